from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "viceversa.home"
    label = "home"
