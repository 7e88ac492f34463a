"""Signing in and out, and passwords: the addresses of the sign-in library that are in use. What is
not listed here cannot be reached. The names are the library's."""

from allauth.account import views
from django.urls import path, re_path

from viceversa.accounts.views import sign_in

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/out/", views.logout, name="account_logout"),
    path("sign-in/passkey/", sign_in.by_passkey, name="account_login_passkey"),
    path("sign-in/code/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/password/", views.password_reset, name="account_reset_password"),
    path("sign-in/password/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "sign-in/password/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/again/", views.reauthenticate, name="account_reauthenticate"),
    path("account/again/passkey/", sign_in.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/password/first/", views.password_set, name="account_set_password"),
]
