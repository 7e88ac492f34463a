from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "viceversa.design"
    label = "design"

    def ready(self) -> None:
        from viceversa.design.sentences import speak_plainly

        speak_plainly()
