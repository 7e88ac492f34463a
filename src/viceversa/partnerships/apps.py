from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "viceversa.partnerships"
    label = "partnerships"
