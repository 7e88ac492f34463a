from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_CHARACTERS = 60_000
MOST_BYTES = 65_000


class WriteLetter(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(
                _("This has %(n)s characters; a message takes 60,000. Send it in two.")
                % {"n": f"{len(text):,}"}
            )
        if len(text.encode(errors="replace")) > MOST_BYTES:
            raise forms.ValidationError(
                _("This takes more room than a message has in this script. Send it in two.")
            )
        return text


class LetIn(forms.Form):
    """The fingerprint as it was shown, so that a change in between is noticed."""

    seen = forms.CharField(widget=forms.HiddenInput())
    compared = forms.BooleanField(
        label=gettext_lazy("We compared it, and both see the same."),
        error_messages={"required": gettext_lazy("Compare the fingerprint first, then tick this.")},
    )
