from django.urls import path

from viceversa.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("preferences/", views.preferences, name="preferences"),
    path("stop/<str:signed>/", views.stop, name="stop"),
    path("<str:key>/", views.open_one, name="open"),
]
