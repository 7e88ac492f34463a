"""Forms about when and where. They read what a clock shows and give a moment."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import DateInput, SearchInput, TimeInput
from viceversa.meetings.models import Help
from viceversa.meetings.rules.booking import LONGEST, SHORTEST
from viceversa.meetings.rules.link import is_link
from viceversa.meetings.rules.times import SkippedTime, moment, wrong_with_moment
from viceversa.partnerships.forms.agreement import RHYTHMS, rhythms

WRONG = {
    "past": _("That time is over. Choose one that lies ahead."),
    "far": _("That is more than a year away. Choose a time within a year."),
}


class WhenForm(forms.Form):
    """A day and a time on the clock of one zone."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    at = forms.TimeField(label=_("Time"), widget=TimeInput())

    def __init__(self, *args: Any, zone: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        today = now.astimezone(ZoneInfo(zone)).date()
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        self.fields["at"].label = _("Time in %(zone)s") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day, at = values.get("day"), values.get("at")
        if day is None or at is None:
            return values
        try:
            values["starts_at"] = moment(day, at.replace(second=0, microsecond=0), self.zone)
        except (SkippedTime, OverflowError, ValueError):
            self.add_error("at", _("On that day the clocks jump over this time. Choose another."))
            return values
        wrong = wrong_with_moment(values["starts_at"], now=self.now)
        if wrong:
            self.add_error("day", WRONG[wrong])
        return values

    @property
    def starts_at(self) -> datetime:
        at: datetime = self.cleaned_data["starts_at"]
        return at


class PlaceForm(WhenForm):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST)
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_(
            "Neutral ground is best: a café, a quiet room, a walk. Not the learner's office."
        ),
    )
    link = forms.CharField(
        label=_("Video link"),
        required=False,
        max_length=500,
        help_text=_("Begins with https://. Stands in both calendars."),
        widget=forms.URLInput(),
    )
    make_link = forms.BooleanField(label=_("Make a video room for it"), required=False)

    def __init__(self, *args: Any, can_make_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_make_link:
            del self.fields["make_link"]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not is_link(link):
            raise forms.ValidationError(_("A link begins with https:// and a host."))
        return link

    @property
    def where(self) -> dict[str, Any]:
        return {
            "minutes": self.cleaned_data["minutes"],
            "place": self.cleaned_data["place"],
            "link": self.cleaned_data["link"],
            "make_link": self.cleaned_data.get("make_link", False),
        }


class MoveForm(PlaceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput())


class SeriesForm(PlaceForm):
    every_days = forms.TypedChoiceField(label=_("How often"), coerce=int, choices=RHYTHMS)
    until = forms.DateField(label=_("Last day"), widget=DateInput())

    field_order = ["day", "at", "every_days", "until", "minutes", "place", "link", "make_link"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every_days"].choices = rhythms(self.initial.get("every_days"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        day, until = values.get("day"), values.get("until")
        if day and until and until < day:
            self.add_error("until", _("The last day comes before the first."))
        return values

    @property
    def rhythm(self) -> dict[str, Any]:
        values = self.cleaned_data
        clock: time = values["at"].replace(second=0, microsecond=0)
        return {
            "first_on": values["day"],
            "clock": clock,
            "every_days": values["every_days"],
            "until": values["until"],
        }


class MissedForm(forms.Form):
    side = forms.ChoiceField(label=_("Who could not come"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["side"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class FindHelp(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=80, widget=SearchInput())
    kind = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("All")), *Help.Kind.choices]
    )


class HolidayForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    first = forms.DateField(label=_("First day"), widget=DateInput())
    last = forms.DateField(label=_("Last day"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return values


class FindAssistant(forms.Form):
    q = forms.CharField(
        label=_("Name, title or number"),
        required=False,
        max_length=100,
        widget=SearchInput(attrs={"autocomplete": "off"}),
    )


def on_the_clock(at: datetime, zone: str) -> dict[str, Any]:
    """A moment as the fields of `WhenForm` show it."""
    here = at.astimezone(ZoneInfo(zone))
    return {"day": here.date(), "at": here.time().replace(tzinfo=None)}


def last_day(until: date | None, today: date) -> date:
    """Suggested for a series: the agreed end, or twelve weeks."""
    weeks = today + timedelta(weeks=12)
    if until is None or until <= today:
        return weeks
    return min(until, today + timedelta(days=364))
