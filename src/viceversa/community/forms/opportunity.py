from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.community.models import Opportunity
from viceversa.community.rules.limits import INTEREST, LONGEST_TITLE, OPPORTUNITY
from viceversa.community.rules.opportunity import wrong_with_end
from viceversa.design.forms import DateInput

WRONG = {
    "past": _("That day is over. Choose one that lies ahead."),
    "far": _("That is more than a year away. Choose a day within a year."),
}


class OpportunityForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Opportunity.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("In one line"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a name that says what one would do.")},
    )
    text = forms.CharField(
        label=_("What it is about"),
        max_length=OPPORTUNITY.letters,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What one does, how much time it takes, what one learns. 1,500 characters."),
        error_messages={"required": _("Say what it is about.")},
    )
    ends_on = forms.DateField(
        label=_("Last day to show interest"), widget=DateInput(), help_text=_("Within a year.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["ends_on"].widget.attrs["min"] = today.isoformat()

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        wrong = wrong_with_end(ends_on, today=self.today)
        if wrong:
            raise forms.ValidationError(WRONG[wrong])
        return ends_on


class InterestForm(forms.Form):
    note = forms.CharField(
        label=_("A sentence to go with it"),
        required=False,
        max_length=INTEREST.letters,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you, or what you want to know first. 300 characters."),
    )


class OpportunityFilterForm(forms.Form):
    which = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("Open now")), ("mine", _("Mine")), ("over", _("Over"))],
    )
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("All")), *Opportunity.Kind.choices]
    )
