from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "viceversa.toolkit"
    label = "toolkit"
