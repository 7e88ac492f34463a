from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import DateInput
from viceversa.partnerships.rules.closing import fits_extension

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _text(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=6000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class LookBackForm(forms.Form):
    worked = _text(_("What worked between you two?"))
    take_along = _text(_("What do you take along?"))
    even_better = _text(_("Even better if …"), required=False)
    gained = _yes_no(_("Did you gain from it?"))
    wants_more = _yes_no(_("Would you like to go on?"))
    more_until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=DateInput(),
        help_text=_("If you would like to go on. Of two different days the earlier counts."),
    )
    story_consent = forms.BooleanField(
        label=_("We may tell a story about it together."), required=False
    )

    def __init__(self, *args: Any, today: date, may_tell: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        if not may_tell:
            del self.fields["story_consent"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        until = cleaned.get("more_until")
        if cleaned.get("wants_more") and "more_until" not in self.errors:
            if until is None:
                self.add_error("more_until", _("Say until when you would go on."))
            elif not fits_extension(until, today=self.today):
                self.add_error("more_until", _("Choose a day within the next year."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        return {
            "words": {name: data[name] for name in ("worked", "take_along", "even_better")},
            "gained": data["gained"],
            "wants_more": data["wants_more"],
            "more_until": data["more_until"],
            "story_consent": data.get("story_consent", False),
        }


class OwnLine(forms.Form):
    line = forms.CharField(
        label=_("A line of your own"),
        required=False,
        max_length=200,
        help_text=_("It is printed on this copy and kept nowhere. Leave it empty for none."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
