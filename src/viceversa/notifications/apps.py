from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "viceversa.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Every kind of message is known before the first is sent or chosen."""
        autodiscover_modules("messages")
