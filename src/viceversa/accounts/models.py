"""Who may sign in, and with what standing in the organisation."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from viceversa.accounts.rules import may_accept
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key

PERSONAL_DATA = {
    "User.email": "sign-in address",
    "User.person": "whose account",
    "User.name": "of an operator who is not in the directory",
    "User.password": "hash only",
    "User.last_login": "last sign-in",
    "RoleGrant.user": "who holds the role",
    "Invitation.person": "who is invited",
    "Token.user": "whose token",
}


class Role(models.TextChoices):
    """Standing in the whole organisation. Coordinator and sponsor belong to a programme."""

    DIRECTORY_ADMINISTRATOR = "directory_administrator", "Directory administrator"
    OPERATOR = "operator", "Operator"
    SAFEGUARDING_CONTACT = "safeguarding_contact", "Safeguarding contact"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """An account. `session_epoch` is part of every session's hash: raising it ends all of them."""

    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The person's name; for an account without a person, one that no other account has."""
        if self.person is not None:
            return self.person.name
        return f"{self.name} ({self.email})" if self.name else self.email

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"


class RoleGrant(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="grant_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class Invitation(models.Model):
    """A one-time link by e-mail that makes an account for a person of the directory."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    def is_open(self, now: datetime) -> bool:
        """Still good, and its person is still here and reachable."""
        return bool(self.person.is_present and self.person.email) and may_accept(
            accepted_at=self.accepted_at,
            withdrawn_at=self.withdrawn_at,
            expires_at=self.expires_at,
            now=now,
        )


class Token(models.Model):
    """A key for programs. Only its hash is kept; the prefix tells tokens apart."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
