"""Who is let in: accounts that are open and whose person is present."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from viceversa.accounts.models import User
from viceversa.accounts.queries import may_sign_in


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: Any) -> User | None:
        """The account, its person and the person's level in one query."""
        user = User.objects.select_related("person__level").filter(pk=user_id).first()
        return user if user is not None and may_sign_in(user) else None

    def user_can_authenticate(self, user: User | None) -> bool:
        return user is not None and may_sign_in(user)

    def _check_password(
        self, user: AbstractBaseUser | None, password: str
    ) -> AbstractBaseUser | None:
        """A closed account answers as a wrong password does: nobody learns that it once was."""
        found: AbstractBaseUser | None = super()._check_password(user, password)
        self._stash_user(None)
        return found


class ResetTokens(PasswordResetTokenGenerator):
    """Reset links die with the address, the sessions and the account."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        usual = super()._make_hash_value(user, timestamp)
        return f"{usual}|{user.email}|{user.session_epoch}|{may_sign_in(user)}"
