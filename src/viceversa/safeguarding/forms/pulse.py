from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import DateInput
from viceversa.safeguarding.forms import words
from viceversa.safeguarding.models import Wave
from viceversa.safeguarding.rules import timing
from viceversa.safeguarding.rules.ballot import LONGEST_COMMENT
from viceversa.safeguarding.rules.groups import (
    AS_IT_IS,
    COARSER,
    MOST_BREAKDOWNS,
    NOT_SAID,
    Group,
)
from viceversa.safeguarding.rules.questions import FOUR_KEYS, MOST_QUESTIONS
from viceversa.safeguarding.rules.release import LEAST_K, MOST_K


class NewPulse(forms.Form):
    questions = forms.MultipleChoiceField(
        label=_("What to ask"),
        choices=[(key, f"{words.NAMES[key]} — {text}") for key, text in words.QUESTIONS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=list(FOUR_KEYS),
        help_text=_("One to four. Each is answered yes, partly, no or cannot tell."),
    )
    breakdowns = forms.MultipleChoiceField(
        label=_("Show results also by"),
        choices=list(words.BREAKDOWNS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "At most three, each on its own. The more you choose, the fewer can be shown. "
            "Each person sees how they are counted, and may say less."
        ),
    )
    k = forms.IntegerField(
        label=_("Smallest group that is shown"),
        min_value=LEAST_K,
        max_value=MOST_K,
        initial=LEAST_K,
        help_text=_("Five, or more. The same number of partners must stand behind each figure."),
    )
    audience = forms.ChoiceField(
        label=_("Who sees the results"),
        choices=Wave.Audience.choices,
        initial=Wave.Audience.ASKED,
        widget=forms.RadioSelect,
    )
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options.setdefault("initial", {"closes_on": today + timing.USUAL})
        super().__init__(*args, **options)
        self.today = today

    def clean_questions(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["questions"]
        if len(chosen) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Choose four at most: a pulse takes a minute."))
        return chosen

    def clean_breakdowns(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["breakdowns"]
        if len(chosen) > MOST_BREAKDOWNS:
            raise forms.ValidationError(_("Choose three at most."))
        return chosen

    def clean_closes_on(self) -> date:
        chosen: date = self.cleaned_data["closes_on"]
        problem = timing.closing_problem(chosen, self.today)
        if problem == "too_soon":
            raise forms.ValidationError(_("Leave people three days at least."))
        if problem:
            raise forms.ValidationError(_("Choose a day within the next six weeks."))
        return chosen


class Answer(forms.Form):
    """One field for each question and each group of the person who is asked."""

    def __init__(
        self, *args: Any, questions: list[str], groups: tuple[Group, ...], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.questions, self.groups = questions, groups
        for key in questions:
            self.fields[key] = forms.ChoiceField(
                label=words.QUESTIONS[key],
                choices=list(words.ANSWERS.items()),
                widget=forms.RadioSelect(attrs={"class": "inline"}),
                error_messages={"required": _("Answer this too; “cannot tell” is an answer.")},
            )
        for group in groups:
            self.fields[f"as_{group.breakdown}"] = forms.ChoiceField(
                label=words.BREAKDOWNS[group.breakdown],
                choices=[(choice, _choice(group, choice)) for choice in group.choices],
                initial=AS_IT_IS,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = forms.CharField(
            label=_("Something to add"),
            required=False,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            help_text=_(
                "Shown as you write it, among the others in no order, once ten or more have "
                "answered. Write nothing by which one could know you or your partner."
            ),
        )

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[key] for key in self.questions]

    @property
    def counting(self) -> list[forms.BoundField]:
        return [self[f"as_{group.breakdown}"] for group in self.groups]

    @property
    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        return {
            "answers": [data[key] for key in self.questions],
            "counted": {g.breakdown: data[f"as_{g.breakdown}"] for g in self.groups},
            "comment": data["comment"],
        }


def _choice(group: Group, choice: str) -> str:
    if choice == NOT_SAID:
        return str(_("I prefer not to say"))
    return words.value_in_words(group.coarse if choice == COARSER else group.fine)
