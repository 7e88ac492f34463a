from django.urls import path

from viceversa.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/accept/", views.accept, name="accept"),
    path("<str:key>/decline/", views.decline, name="decline"),
    path("<str:key>/next/", views.next_half_hour, name="next"),
    path("<str:key>/next/clear/", views.clear_next, name="clear_next"),
]
of_programme = ([path("", views.of_programme, name="list")], "programme_partnerships")
