from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "viceversa.safeguarding"
    label = "safeguarding"
