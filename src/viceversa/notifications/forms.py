from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import TimeInput
from viceversa.notifications.models import Pace
from viceversa.notifications.rules import Message, kinds_of_choice
from viceversa.notifications.rules.rhythm import Rhythm

AREAS = {
    "meetings.reminder_": gettext_lazy("Reminders"),
    "partnerships.reminder_": gettext_lazy("Reminders"),
    "meetings.": gettext_lazy("Half hours"),
    "partnerships.": gettext_lazy("Your partnerships"),
    "matching.": gettext_lazy("Finding a partner"),
    "programmes.": gettext_lazy("Programmes"),
    "": gettext_lazy("The rest"),
}
AS_IT_IS = [("", gettext_lazy("Leave each as it is")), *Pace.choices]


@dataclass(frozen=True)
class Area:
    label: str
    fields: list[BoundField]


class Preferences(forms.Form):
    """The pace of each kind that has a choice."""

    every = forms.ChoiceField(
        label=gettext_lazy("All of them"),
        help_text=gettext_lazy("What cannot wait for a digest comes at once then."),
        choices=AS_IT_IS,
        required=False,
    )

    def __init__(self, chosen: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data)
        self._kinds = kinds_of_choice()
        for kind in self._kinds:
            self.fields[_name(kind)] = forms.ChoiceField(
                label=str(kind.label),
                choices=_choices(kind),
                initial=kind.pace_for(chosen.get(kind.kind, "")),
            )

    def areas(self) -> list[Area]:
        """Those that matter every week first."""
        fields: dict[str, list[BoundField]] = {str(label): [] for label in AREAS.values()}
        for kind in self._kinds:
            label = next(AREAS[start] for start in AREAS if kind.kind.startswith(start))
            fields[str(label)].append(self[_name(kind)])
        return [Area(label, found) for label, found in fields.items() if found]

    def paces(self) -> dict[str, str]:
        """By kind. One choice for all of them goes before the choices below it."""
        every = self.cleaned_data["every"]
        return {
            kind.kind: _nearest(kind, every) if every else self.cleaned_data[_name(kind)]
            for kind in self._kinds
        }


class HoursForm(forms.Form):
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), widget=TimeInput())
    quiet_to = forms.TimeField(label=gettext_lazy("Until"), widget=TimeInput())
    quiet_weekends = forms.BooleanField(
        label=gettext_lazy("Quiet on Saturdays and Sundays, too"), required=False
    )
    digest_at = forms.TimeField(label=gettext_lazy("Digests come at"), widget=TimeInput())
    digest_weekday = forms.TypedChoiceField(
        label=gettext_lazy("The weekly one comes on"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
    )

    def __init__(self, rhythm: Rhythm, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(rhythm, name) for name in self.base_fields})
        self._zone = rhythm.zone

    def rhythm(self) -> Rhythm:
        return Rhythm(zone=self._zone, **self.cleaned_data)


def _name(kind: type[Message]) -> str:
    return kind.kind.replace(".", "-")


def _choices(kind: type[Message]) -> list[tuple[str, Any]]:
    never = Pace.NEVER.label if kind.in_inbox else _("Not at all")
    return [(pace, never if pace == Pace.NEVER else Pace(pace).label) for pace in kind.choices()]


def _nearest(kind: type[Message], pace: str) -> str:
    return pace if pace in kind.choices() else Pace.NOW
