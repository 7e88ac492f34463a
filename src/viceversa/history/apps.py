from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "viceversa.history"
    label = "history"
