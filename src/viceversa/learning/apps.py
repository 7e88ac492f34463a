from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "viceversa.learning"
    label = "learning"
