from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from viceversa.meetings.queries.calendar import sentence
from viceversa.meetings.rules.busy import tidied, wrong_with_address


class Days(forms.Form):
    days = forms.TypedMultipleChoiceField(
        label=_("I meet on"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
        error_messages={"required": _("Choose at least one day of the week.")},
    )


class BusyAddress(forms.Form):
    address = forms.CharField(
        label=_("Address of your calendar"),
        help_text=_("It begins with https:// or webcal:// and mostly ends in .ics."),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    def clean_address(self) -> Any:
        address = tidied(self.cleaned_data["address"])
        problem = wrong_with_address(address, allow_private=settings.BUSY_ALLOW_PRIVATE)
        if problem:
            raise forms.ValidationError(sentence(problem), code=problem)
        return address
