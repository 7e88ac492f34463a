from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.accounts.queries import link_secret
from viceversa.notifications.rules import Message


@dataclass(frozen=True, kw_only=True)
class Invited(Message):
    """The stored path holds the invitation's key; only the e-mail holds the secret."""

    kind: ClassVar[str] = "accounts.invited"
    label = gettext_lazy("Your invitation")
    required: ClassVar[bool] = True
    in_inbox: ClassVar[bool] = False
    key: str
    inviter: str
    until: datetime

    @property
    def title(self) -> str:
        return _("Your invitation to Viceversa")

    @property
    def body(self) -> str:
        where = settings.ORGANISATION_NAME or _("your organisation")
        return _(
            "%(inviter)s invites you to Viceversa, where people of %(where)s advise and learn from "
            "each other. The link works once, until %(until)s. Nothing starts before you say yes."
        ) % {
            "inviter": self.inviter,
            "where": where,
            "until": date_format(self.until, "j F"),
        }

    @property
    def path(self) -> str:
        return reverse("accounts:invitation", args=[self.key])

    @classmethod
    def mailed_path(cls, path: str) -> str:
        key = path.rstrip("/").rsplit("/", 1)[-1]
        return reverse("accounts:invitation", args=[link_secret(key)])


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Message):
    kind: ClassVar[str] = "accounts.password_changed"
    label = gettext_lazy("Your password was changed")
    required: ClassVar[bool] = True

    @property
    def title(self) -> str:
        return _("Your password was changed")

    @property
    def body(self) -> str:
        return _("If this was not you, ask for a new password and sign out everywhere.")

    @property
    def path(self) -> str:
        return reverse("accounts:account")


@dataclass(frozen=True, kw_only=True)
class _AboutPasskey(Message):
    required: ClassVar[bool] = True
    name: str

    @property
    def body(self) -> str:
        return _("If this was not you, remove the passkey and sign out everywhere.")

    @property
    def path(self) -> str:
        return reverse("accounts:account")


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(_AboutPasskey):
    kind: ClassVar[str] = "accounts.passkey_added"
    label = gettext_lazy("A passkey was added to your account")

    @property
    def title(self) -> str:
        return _("A passkey signs you in from now on: %(name)s") % {"name": self.name}


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(_AboutPasskey):
    kind: ClassVar[str] = "accounts.passkey_removed"
    label = gettext_lazy("A passkey of yours was removed")

    @property
    def title(self) -> str:
        return _("A passkey no longer signs you in: %(name)s") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("If this was not you, choose a new password and sign out everywhere.")


@dataclass(frozen=True, kw_only=True)
class PasskeyOpensKey(_AboutPasskey):
    kind: ClassVar[str] = "accounts.passkey_opens_key"
    label = gettext_lazy("A passkey can open your key")

    @property
    def title(self) -> str:
        return _("A passkey can open your key: %(name)s") % {"name": self.name}


@dataclass(frozen=True, kw_only=True)
class PasskeyOpensKeyNoMore(_AboutPasskey):
    kind: ClassVar[str] = "accounts.passkey_opens_key_no_more"
    label = gettext_lazy("A passkey no longer opens your key")

    @property
    def title(self) -> str:
        return _("A passkey no longer opens your key: %(name)s") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("If this was not you, sign out everywhere and look at “My key”.")


@dataclass(frozen=True, kw_only=True)
class KeyOpenedByPasskey(Message):
    kind: ClassVar[str] = "accounts.key_opened_by_passkey"
    label = gettext_lazy("Your key was opened with a passkey")
    required: ClassVar[bool] = True

    @property
    def title(self) -> str:
        return _("Your key was opened with a passkey")

    @property
    def body(self) -> str:
        return _("If this was not you, sign out everywhere.")

    @property
    def path(self) -> str:
        return reverse("accounts:account")


@dataclass(frozen=True, kw_only=True)
class _AboutRole(Message):
    role: str

    @property
    def path(self) -> str:
        return reverse("accounts:account")


@dataclass(frozen=True, kw_only=True)
class RoleGranted(_AboutRole):
    kind: ClassVar[str] = "accounts.role_granted"
    label = gettext_lazy("You were given a role")
    required: ClassVar[bool] = True

    @property
    def title(self) -> str:
        return _("You were given a role: %(role)s") % {"role": self.role}

    @property
    def body(self) -> str:
        return _("It holds for the whole organisation from now on.")


@dataclass(frozen=True, kw_only=True)
class RoleTaken(_AboutRole):
    kind: ClassVar[str] = "accounts.role_taken"
    label = gettext_lazy("A role of yours ended")
    required: ClassVar[bool] = True

    @property
    def title(self) -> str:
        return _("A role of yours ended: %(role)s") % {"role": self.role}


@dataclass(frozen=True, kw_only=True)
class TokenMade(Message):
    kind: ClassVar[str] = "accounts.token_made"
    label = gettext_lazy("A token for programs was made in your name")
    required: ClassVar[bool] = True
    name: str

    @property
    def title(self) -> str:
        return _("A token was made in your name: %(name)s") % {"name": self.name}

    @property
    def body(self) -> str:
        return _("Programs that hold it act as you. If this was not you, revoke it now.")

    @property
    def path(self) -> str:
        return reverse("accounts:account")
