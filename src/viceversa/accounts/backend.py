"""Loads the account and its person in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from viceversa.accounts.models import User


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("person__level").filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
