"""What is typed on the pages of an ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.matching.queries.shortlist import Choice
from viceversa.programmes.models import Enrolment

ORDER = ("first", "second", "third")
LABELS = {
    "first": gettext_lazy("First choice"),
    "second": gettext_lazy("Second choice"),
    "third": gettext_lazy("Third choice"),
}


class WriteGoals(forms.Form):
    """Goals and career direction come before the ask."""

    goals = forms.CharField(
        label=gettext_lazy("What do you want to be able to do?"),
        help_text=gettext_lazy(
            "One narrow thing is best: one channel, one tool, one question. The adviser you ask "
            "reads this, and matching looks for people who can help with it."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write down what you want to learn first.")},
    )
    career_direction = forms.CharField(
        label=gettext_lazy("Where is it to lead you?"),
        help_text=gettext_lazy(
            "What you are working towards in your own career. Only the adviser you ask reads this."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChooseAdvisers(forms.Form):
    """Up to three of the short list, in order of wish."""

    def __init__(self, choices: list[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {choice.enrolment.key: choice.enrolment for choice in choices}
        named = [(key, str(row.person)) for key, row in self.by_key.items()]
        for place in ORDER:
            self.fields[place] = forms.ChoiceField(
                label=LABELS[place],
                required=place == "first",
                choices=[("", _("Nobody")), *named],
                error_messages={"required": _("Choose whom to ask first.")},
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [values[place] for place in ORDER if values.get(place)]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("Choose three different people, or fewer."))
        return values

    def advisers(self) -> list[Enrolment]:
        keys = [self.cleaned_data[place] for place in ORDER if self.cleaned_data.get(place)]
        return [self.by_key[key] for key in keys]


class WriteMessage(forms.Form):
    """One question, or the reply to it."""

    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a sentence first.")},
    )
