from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import DateInput, SearchInput, TimeInput
from viceversa.partnerships import rules
from viceversa.partnerships.messages import said_about_next
from viceversa.partnerships.models import Partnership
from viceversa.toolkit import clock


class FindPartnerships(forms.Form):
    """What a coordinator looks for in the list."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80, widget=SearchInput())
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *Partnership.State.choices],
    )


class NextMeetingForm(forms.Form):
    """The date and time are those of the learner's own clock; `cleaned_data["at"]` is in UTC."""

    day = forms.DateField(
        label=_("Date"),
        widget=DateInput(),
        error_messages={
            "required": _("Choose a date."),
            "invalid": _("Write the date like 2026-05-21."),
        },
    )
    start = forms.TimeField(
        label=_("Time"),
        widget=TimeInput(),
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write the time like 09:30."),
        },
    )
    place = forms.CharField(
        label=_("Place or link"),
        required=False,
        max_length=rules.LONGEST_PLACE,
        help_text=_(
            "A neutral place, where neither of you is the host: a café, a small meeting room, "
            "a video call. Better not your own office."
        ),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        help_text=_("Up to three lines: what you want to see, try or ask."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": rules.LONGEST_AGENDA}),
    )

    def __init__(self, *args: Any, zone: str, now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.now = now or clock.now()

    def clean_agenda(self) -> str:
        agenda = "\n".join(rules.agenda_lines(self.cleaned_data["agenda"]))
        wrong = rules.wrong_with_texts(place="", agenda=agenda)
        if wrong:
            raise forms.ValidationError(said_about_next(wrong), code=wrong)
        return agenda

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "day" in values and "start" in values:
            self._clean_moment(values)
        return values

    def _clean_moment(self, values: dict[str, Any]) -> None:
        """Days far off are refused before they are reckoned with: calendars end."""
        day, start = values["day"], values["start"]
        apart = day - self.now.date()
        if abs(apart) > 2 * rules.FURTHEST:
            self.add_error("day", said_about_next("far" if apart.days > 0 else "past"))
            return
        try:
            values["at"] = rules.moment(day, start, self.zone)
        except rules.SkippedTime:
            self.add_error("start", self._skipped())
            return
        wrong = rules.wrong_with_moment(values["at"], now=self.now)
        if wrong:
            self.add_error("day", said_about_next(wrong))

    def _skipped(self) -> str:
        return __(
            "The clocks go forward that day in %(zone)s, and this time is skipped. "
            "Choose another time."
        ) % {"zone": self.zone}
