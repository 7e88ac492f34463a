from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.vault.rules import keys

WAYS = [
    (keys.RECOVERY, _("My recovery code — eight groups of four letters and figures")),
    (keys.PASSPHRASE, _("My passphrase — the words I set here myself")),
]


def _secret(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SetPassphrase(forms.Form):
    passphrase = _secret(
        _("Passphrase"),
        _("At least 12 characters. Several words that belong to you are best."),
    )
    again = _secret(_("The same once more"), "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("passphrase", "")
        if first and len(first) < keys.SHORTEST_PASSPHRASE:
            self.add_error("passphrase", _("Take at least 12 characters."))
        if first and cleaned.get("again") and first != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        return cleaned


class Recover(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you have?"),
        choices=WAYS,
        initial=keys.RECOVERY,
        widget=forms.RadioSelect,
    )
    secret = _secret(_("Code or passphrase"), _("It goes nowhere but to your key."))


class StartAnew(forms.Form):
    understood = forms.BooleanField(
        label=_("I know that what was written stays closed until my partner shares it again."),
        error_messages={"required": _("Tick this to go on.")},
    )
