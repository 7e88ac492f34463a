from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "viceversa.accounts"
    label = "accounts"
