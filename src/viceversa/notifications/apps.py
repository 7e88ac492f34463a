from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules, module_has_submodule


class NotificationsConfig(AppConfig):
    name = "viceversa.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Every kind of message is known before the first is sent or chosen."""
        autodiscover_modules("messages")
        for config in apps.get_app_configs():
            if config.module and module_has_submodule(config.module, "messages"):
                _import_parts(f"{config.name}.messages")


def _import_parts(name: str) -> None:
    package = import_module(name)
    for part in iter_modules(getattr(package, "__path__", ())):
        import_module(f"{name}.{part.name}")
