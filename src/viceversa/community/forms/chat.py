from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.community.models import Chat, Post
from viceversa.community.rules.chat import (
    MOST_QUESTIONS,
    moment,
    questions_in,
    too_long,
    wrong_with_start,
)
from viceversa.community.rules.limits import (
    HOST_LETTERS,
    LIMIT_OF,
    LONGEST_TITLE,
    QUESTION_LETTERS,
)
from viceversa.design.forms import DateInput, TimeInput

WRONG = {
    "past": gettext_lazy("That time is over. Choose one that lies ahead."),
    "far": gettext_lazy("That is more than a year away. Choose a time within a year."),
}


class ChatForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Give it a title.")},
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    at = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput())
    zone = forms.CharField(
        label=gettext_lazy("On the clock of"),
        max_length=64,
        help_text=gettext_lazy("A time zone such as Europe/London. Readers also see their own."),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=15, max_value=180)
    tag = forms.SlugField(
        label=gettext_lazy("Tag"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("One word to speak of it elsewhere, without the # sign."),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(
                _("There is no such time zone. Write it like Europe/London or America/New_York.")
            )
        return zone

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day, at, zone = (values.get(name) for name in ("day", "at", "zone"))
        if day is None or at is None or not zone:
            return values
        try:
            starts_at = moment(day, at.replace(second=0, microsecond=0), zone)
        except (OverflowError, ValueError):
            starts_at = None
        if starts_at is None:
            self.add_error("at", _("On that day the clocks jump over this time. Choose another."))
            return values
        wrong = wrong_with_start(starts_at, now=self.now)
        if wrong:
            self.add_error("day", WRONG[wrong])
        values["starts_at"] = starts_at
        return values


def initial_of(chat: Chat) -> dict[str, Any]:
    here = chat.starts_at.astimezone(ZoneInfo(chat.zone))
    plain = {name: getattr(chat, name) for name in ("title", "about", "zone", "minutes", "tag")}
    return {**plain, "day": here.date(), "at": here.time()}


class QuestionsForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("One question a line"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("At most twelve. They are numbered Q1, Q2 … in this order."),
        error_messages={"required": gettext_lazy("Ask at least one question.")},
    )

    def clean_text(self) -> list[str]:
        found = questions_in(self.cleaned_data["text"])
        long = too_long(found, most=QUESTION_LETTERS)
        if len(found) > MOST_QUESTIONS:
            raise forms.ValidationError(
                _("These are %(n)s questions. Keep to %(most)s, and ask the others another time.")
                % {"n": len(found), "most": MOST_QUESTIONS}
            )
        if long:
            raise forms.ValidationError(
                _("Question %(n)s has more than %(most)s characters. Shorten it.")
                % {"n": long[0], "most": QUESTION_LETTERS}
            )
        return found


class HostForm(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("Who you are in this"),
        max_length=HOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you do, and why people may ask you. 400 characters."),
        error_messages={"required": gettext_lazy("Say a sentence about yourself.")},
    )


class PostForm(forms.Form):
    """A short answer or a comment; the two have a prefix each, as they stand on one page."""

    text = forms.CharField(error_messages={"required": gettext_lazy("Write something first.")})

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", kind)
        super().__init__(*args, **kwargs)
        limit, is_short = LIMIT_OF[kind], kind == Post.Kind.ANSWER
        label = _("Your answer, live") if is_short else _("Your comment")
        field = forms.CharField(
            label=label,
            max_length=limit.letters,
            widget=forms.Textarea(attrs={"rows": 2 if is_short else 5}),
            help_text=_("%(most)s characters.") % {"most": f"{limit.letters:,}"},
            error_messages={"required": _("Write something first.")},
        )
        self.fields["text"] = field
