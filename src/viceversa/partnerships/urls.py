from django.urls import path

from viceversa.partnerships.views import partnership as views

app_name = "partnerships"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/accept/", views.accept, name="accept"),
    path("<str:key>/decline/", views.decline, name="decline"),
]
of_programme = ([path("", views.of_programme, name="list")], "programme_partnerships")
