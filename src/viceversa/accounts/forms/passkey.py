"""What comes back from a passkey, through a script of ours. The views check it."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.accounts.rules import ceremony

LONGEST_ANSWER = 20_000
NEEDED = _("Your passkey has not answered yet. Press the button and follow your browser.")


class Answer(forms.Form):
    """The answer of a passkey. Never shown again: a new question needs a new answer."""

    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": NEEDED, "invalid": NEEDED}
    )

    def clean_credential(self) -> dict[str, Any]:
        answer = self.cleaned_data["credential"]
        if not isinstance(answer, dict) or len(self.data["credential"]) > LONGEST_ANSWER:
            raise forms.ValidationError(NEEDED)
        return answer


class AnswerWithSecret(Answer):
    secret = forms.CharField(
        max_length=100,
        widget=forms.HiddenInput,
        error_messages={
            "required": _(
                "This passkey can sign you in, but it cannot open a key. Nothing was changed."
            )
        },
    )

    def clean_secret(self) -> bytes:
        try:
            return ceremony.secret_of(self.cleaned_data["secret"])
        except ceremony.Failed:
            raise forms.ValidationError(
                _("The passkey gave no secret of the right kind.")
            ) from None


class PasskeyName(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that you know it again, such as “work laptop” or “blue key”."),
    )


class NewPasskey(PasskeyName, Answer):
    field_order = ["name", "credential"]


class ConfirmPassword(library.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder", None)
