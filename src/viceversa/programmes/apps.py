from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "viceversa.programmes"
    label = "programmes"
