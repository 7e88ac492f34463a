from django.urls import path

from viceversa.history import views

app_name = "history"
urlpatterns = [
    path("", views.index, name="list"),
    path("check/", views.check, name="check"),
]
