"""What is typed at the door. The sign-in library's forms with our words, and our own."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from viceversa.accounts.models import Role, User
from viceversa.accounts.queries import account_by_email
from viceversa.accounts.rules import READ, WRITE
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

WORK_EMAIL = _("Work e-mail")
PASSWORD_HINT = _("At least 12 characters. Three or four words in a row are easy to remember.")


def _email(label: Any = WORK_EMAIL) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    return forms.EmailField(label=label, max_length=254, widget=widget)


def _reword(form: forms.Form, name: str, label: Any, hint: Any = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignIn(library.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email()
        _reword(self, "password", _("Password"))


class RequestCode(library.RequestLoginCodeForm):  # type: ignore[misc]
    """For an unknown address the same work is done as for a known one, and nothing is sent."""

    email = _email()

    def clean_email(self) -> str:
        email: str = super().clean_email().lower()
        if self._user is None:
            later(
                "accounts.send_login_code",
                address=email,
                code="",
                asked_at=clock.now().isoformat(),
            )
        return email


class ConfirmCode(library.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(
            self, "code", _("Code"), _("Eight letters, like XKLF-QRTW. Big or small is all one.")
        )
        self.fields["code"].widget.attrs.update({"autocapitalize": "characters", "maxlength": 20})


class RequestReset(library.ResetPasswordForm):  # type: ignore[misc]
    """A job looks whether anybody signs in with the address."""

    email = _email()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        later("accounts.send_reset_link", address=email)
        return email


class NewPassword(library.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _reword(self, "password1", _("New password"), PASSWORD_HINT)


class ChangePassword(library.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _reword(self, "oldpassword", _("Present password"))
        _reword(self, "password1", _("New password"), PASSWORD_HINT)


class FirstPassword(library.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _reword(self, "password1", _("Password"), PASSWORD_HINT)


class AcceptInvitation(forms.Form):
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=PASSWORD_HINT,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        self._user = user
        self.without_password = bool(data) and "without_password" in data
        super().__init__(data)
        self.fields["password"].widget.attrs["required"] = False

    def clean_password(self) -> str | None:
        if self.without_password:
            return None
        password: str = self.cleaned_data["password"]
        if not password:
            raise forms.ValidationError(_("Choose a password, or go on without one."))
        validate_password(password, self._user)
        return password


class Search(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def words(self) -> str:
        return str(self.cleaned_data["q"]).strip() if self.is_valid() else ""


class SearchAccounts(Search):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("active", _("Signed in before")),
            ("never", _("Never signed in")),
            ("closed", _("Closed or left")),
        ],
    )

    def state_chosen(self) -> str:
        return str(self.cleaned_data["state"]) if self.is_valid() else ""


class GrantRole(forms.Form):
    email = _email(_("Whose account (the address they sign in with)"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def clean_email(self) -> str:
        self.user = account_by_email(self.cleaned_data["email"])
        if self.user is None:
            raise forms.ValidationError(
                _("Nobody signs in with this address. Invite the person first.")
            )
        return self.user.email


class NewToken(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What it is for, such as “nightly staff file”.")
    )
    may = forms.ChoiceField(
        label=_("It may"),
        widget=forms.RadioSelect,
        initial=READ,
        choices=[
            (READ, _("Read — what you may see, nothing else")),
            (WRITE, _("Read and write — everything that you may do")),
        ],
    )
    days = forms.TypedChoiceField(
        label=_("It stops working after"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )

    def scopes(self) -> list[str]:
        return [READ, WRITE] if self.cleaned_data["may"] == WRITE else [READ]
