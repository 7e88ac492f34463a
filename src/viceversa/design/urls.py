from django.urls import path

from viceversa.design import views

app_name = "design"
urlpatterns = [
    path("theme/", views.choose_theme, name="theme"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("design/", views.show_gallery, name="gallery"),
    path("design/letter/", views.show_letter, name="letter"),
    path("design/problem/<int:status>/", views.show_problem, name="problem"),
]
