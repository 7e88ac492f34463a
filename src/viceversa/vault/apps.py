from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "viceversa.vault"
    label = "vault"
