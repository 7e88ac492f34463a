from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "viceversa.notifications"
    label = "notifications"
