from django.urls import path

from viceversa.vault import views

app_name = "vault"
urlpatterns = [
    path("", views.key, name="key"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("recovery-code/", views.recovery_code, name="recovery_code"),
    path("recover/", views.recover_key, name="recover"),
    path("anew/", views.anew, name="anew"),
]
