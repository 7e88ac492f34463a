from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "viceversa.community"
    label = "community"
