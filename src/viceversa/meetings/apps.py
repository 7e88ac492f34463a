from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "viceversa.meetings"
    label = "meetings"
