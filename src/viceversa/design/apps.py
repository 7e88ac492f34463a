from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "viceversa.design"
    label = "design"
