from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "viceversa.matching"
    label = "matching"
