"""The steps of the agreement, a screen each. They type what was said and store nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import DateInput
from viceversa.partnerships.models import Agreement
from viceversa.partnerships.rules.terms import Outcome, stricter
from viceversa.programmes.models import Programme

MOST_OUTCOMES = 5
LONGEST_OUTCOME = 200
BOTH = 2100
CHANNELS = [
    ("video", gettext_lazy("By video")),
    ("person", gettext_lazy("In person")),
    ("phone", gettext_lazy("By telephone")),
]
RHYTHMS = [
    (7, gettext_lazy("Every week")),
    (14, gettext_lazy("Every two weeks")),
    (28, gettext_lazy("Every four weeks")),
]
LENGTHS = [15, 20, 30, 45, 60]
REPLIES = [
    ("can", gettext_lazy("I can — this is something I know")),
    ("partly", gettext_lazy("Partly — some of it")),
    ("cannot", gettext_lazy("I cannot — somebody else is better for it")),
]


def area(
    label: Any, hint: Any = "", *, rows: int = 3, required: bool = False, longest: int = 1000
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class Step(forms.Form):
    """Answers as they are sealed: texts, numbers and truths only."""

    def answers(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


class You(Step):
    background = area(
        gettext_lazy("Your background"),
        gettext_lazy("Where you come from and what shaped how you work. Three sentences do."),
        rows=4,
        required=True,
    )
    expects = area(
        gettext_lazy("What you expect of each other, said aloud"),
        gettext_lazy("For example: we come prepared, we answer within two days."),
    )
    implied = area(
        gettext_lazy("What people usually expect without saying it"),
        gettext_lazy("Of somebody in your role, and of somebody new. Does it fit the two of you?"),
    )


class AdviserAims(Step):
    aims = area(
        gettext_lazy("Your aims"),
        gettext_lazy("What would make this worth your half hours?"),
        required=True,
    )
    engagement = forms.ChoiceField(
        label=gettext_lazy("A short introduction, or a longer plan?"),
        choices=Programme.Engagement.choices,
        widget=forms.RadioSelect,
    )


class LearnerAims(AdviserAims):
    outcomes = forms.CharField(
        label=gettext_lazy("What you want to be able to do in the end"),
        help_text=gettext_lazy("One on each line, five at most. Your adviser replies to each."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("aims", "outcomes", "engagement")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("outcomes")
        if isinstance(known, list):
            self.initial["outcomes"] = "\n".join(known)

    def clean_outcomes(self) -> list[str]:
        lines = [line.strip(" •-\t") for line in self.cleaned_data["outcomes"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if not found:
            raise forms.ValidationError(_("Write at least one."))
        if len(found) > MOST_OUTCOMES:
            raise forms.ValidationError(_("Five at most: which ones matter most?"))
        if any(len(line) > LONGEST_OUTCOME for line in found):
            raise forms.ValidationError(_("Keep each line under 200 characters."))
        return found


class Leave(Step):
    """The learner's leave for the adviser."""

    directive = forms.BooleanField(
        label=gettext_lazy("You may be directive: tell me what to do, not only suggest it."),
        required=False,
    )
    interrupt = forms.BooleanField(
        label=gettext_lazy("You may interrupt me."),
        required=False,
    )
    disagree = forms.BooleanField(
        label=gettext_lazy("You may say no to me, and that I am wrong."),
        required=False,
    )
    homework = forms.BooleanField(
        label=gettext_lazy("You may set me homework, and ask whether I did it."),
        required=False,
    )
    words = area(
        gettext_lazy("In your own words"),
        gettext_lazy(
            "What your adviser may do has to come from you, and in words that sound like you."
        ),
        required=True,
    )

    def clean(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        if not any(said.get(name) for name in ("directive", "interrupt", "disagree", "homework")):
            self.add_error(
                None, _("Give leave for at least one: without it nobody dares to speak.")
            )
        return said


class AdviserTrust(Step):
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("How much stays between you"),
        help_text=gettext_lazy(
            "Where your wishes differ, the stricter one stands. One of you can raise it at any "
            "time; lowering it needs both, and never holds for what is past."
        ),
        choices=Agreement.Confidentiality.choices,
        widget=forms.RadioSelect,
    )
    political = area(
        gettext_lazy("What stands around the two of you"),
        gettext_lazy("Who may not like this, who might ask about it, and what you would answer."),
    )


class LearnerTrust(AdviserTrust):
    comfort = area(
        gettext_lazy("What makes it easy for you"),
        gettext_lazy("Topics, depth, a way of asking."),
        rows=2,
    )
    off_limits = area(
        gettext_lazy("What is off limits"),
        gettext_lazy("Topics you do not want to talk about."),
        rows=2,
    )
    field_order = ("confidentiality", "comfort", "off_limits", "political")


class Meet(Step):
    every_days = forms.TypedChoiceField(
        label=gettext_lazy("How often"), coerce=int, choices=RHYTHMS, widget=forms.RadioSelect
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long"),
        coerce=int,
        choices=[(length, length) for length in LENGTHS],
        help_text=gettext_lazy("Minutes. Half an hour is enough for most things."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How you meet"), choices=CHANNELS, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Ground that belongs to neither of you works best, and not the learner's office."
        ),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until when"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("On that day you look back together. Empty: as the programme says."),
    )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["every_days"].choices = rhythms(self.initial.get("every_days"))  # type: ignore[attr-defined]
        lengths = [(length, _minutes(length)) for length in LENGTHS]
        self.fields["minutes"].choices = _with(lengths, self.initial.get("minutes"), _minutes)  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        last: date | None = self.cleaned_data["ends_on"]
        if last and self.today and last <= self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return last


def rhythms(value: Any) -> list[tuple[int, Any]]:
    return _with(RHYTHMS, value, _days)


def _days(number: int) -> str:
    return _("Every %(n)s days") % {"n": number}


def _minutes(number: int) -> str:
    return _("%(n)s minutes") % {"n": number}


def _with(choices: Sequence[tuple[int, Any]], value: Any, say: Any) -> list[tuple[int, Any]]:
    """What the programme or the agreement says stays among the choices."""
    if isinstance(value, int) and value not in dict(choices):
        return sorted([*choices, (value, say(value))])
    return list(choices)


class LearnerBack(Step):
    return_stream = area(
        gettext_lazy("What you can give back"),
        gettext_lazy(
            "How the organisation really decides, an honest view of a career, a good word where "
            "it counts: when, and how often?"
        ),
    )
    how_we_end = area(
        gettext_lazy("How you would like to end"),
        gettext_lazy("Empty: either may end at any time without a reason, and you look back."),
        rows=2,
    )


class AdviserBack(LearnerBack):
    return_stream = area(
        gettext_lazy("What you hope comes back to you"),
        gettext_lazy(
            "How the organisation really decides, an honest view of a career, a good word where "
            "it counts."
        ),
    )


class Roles(Step):
    """As it stands in the draft, with the roles beside it; what both wrote may be twice as long."""

    learner_role = area(gettext_lazy("What the learner does"), rows=2, longest=2000)
    adviser_role = area(gettext_lazy("What the adviser does"), rows=2, longest=2000)
    return_stream = area(gettext_lazy("What comes back to the adviser"), longest=BOTH)
    how_we_end = area(gettext_lazy("How we end"), rows=2, longest=BOTH)


class JointTrust(AdviserTrust):
    political = area(gettext_lazy("What stands around the two of you"), longest=BOTH)
    talked_over = forms.BooleanField(
        label=gettext_lazy("We have talked this over, face to face."), required=False
    )


class LearnerJointTrust(JointTrust):
    comfort = area(gettext_lazy("What makes it easy for you"), rows=2)
    off_limits = area(gettext_lazy("What is off limits"), rows=2)
    field_order = ("confidentiality", "comfort", "off_limits", "political", "talked_over")


APART: Mapping[tuple[str, str], type[Step]] = {
    ("learner", "you"): You,
    ("learner", "aims"): LearnerAims,
    ("learner", "leave"): Leave,
    ("learner", "trust"): LearnerTrust,
    ("learner", "meet"): Meet,
    ("learner", "back"): LearnerBack,
    ("adviser", "you"): You,
    ("adviser", "aims"): AdviserAims,
    ("adviser", "trust"): AdviserTrust,
    ("adviser", "meet"): Meet,
    ("adviser", "back"): AdviserBack,
}


TOGETHER: Mapping[tuple[str, str], type[Step]] = {
    **APART,
    ("learner", "trust"): LearnerJointTrust,
    ("adviser", "trust"): JointTrust,
    ("learner", "back"): Roles,
    ("adviser", "back"): Roles,
}


class Replies(forms.Form):
    """The adviser's reply to each outcome."""

    def __init__(self, outcomes: Sequence[Outcome], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = outcomes
        for number, outcome in enumerate(outcomes):
            self.fields[f"reply_{number}"] = forms.ChoiceField(
                label=outcome.text,
                choices=REPLIES,
                widget=forms.RadioSelect,
                initial=outcome.reply or None,
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("In your words"),
                required=False,
                max_length=500,
                initial=outcome.words,
                help_text=_("What you can show, and where it ends."),
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"reply_{number}"], self[f"words_{number}"])
            for number in range(len(self.outcomes))
        ]

    def replies(self) -> list[dict[str, str]]:
        said = self.cleaned_data
        return [
            {"reply": said[f"reply_{number}"], "words": said[f"words_{number}"]}
            for number in range(len(self.outcomes))
        ]


class Raise(forms.Form):
    """Only levels that are stricter than the one in force."""

    level = forms.ChoiceField(
        label=gettext_lazy("From now on"), choices=(), widget=forms.RadioSelect
    )

    def __init__(self, current: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        field.choices = [  # type: ignore[attr-defined]
            (level, label)
            for level, label in Agreement.Confidentiality.choices
            if level != current and stricter(level, current) == level
        ]


class Pause(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Leave it empty to pause until one of you goes on."),
    )
