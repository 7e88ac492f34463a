"""Looking back, and the promises that come of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from viceversa.design.forms import DateInput
from viceversa.meetings.actions.commitment import WRONG_DAYS, NewPromise
from viceversa.meetings.forms.content import long_text
from viceversa.meetings.models import Commitment
from viceversa.meetings.rules import commitments
from viceversa.meetings.rules.second_look import reads_like_a_promise
from viceversa.meetings.rules.words import LookingBack, Promise

MOST_PROMISES = 3
SECOND_LOOK = gettext_lazy(
    "Look at this again: it reads like a promise about a role or pay, and others decide on those. "
    "Write what you will do yourself, or keep the line as it is."
)


class PromiseForm(forms.Form):
    """You said → I will, by when."""

    said = forms.CharField(
        label=gettext_lazy("You said"),
        help_text=gettext_lazy("What you heard from your adviser, in a line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    will = forms.CharField(
        label=gettext_lazy("I will"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say what you will do.")},
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), required=False, widget=DateInput())
    as_meant = forms.BooleanField(label=gettext_lazy("Keep the line as it is."), required=False)

    def __init__(self, *args: Any, today: date, names: tuple[str, ...] = (), **kwargs: Any) -> None:
        """`names`: of the adviser, whom a promise about a role or pay would be for. The tick that
        keeps a line as it is stands there only after a second look was asked for."""
        super().__init__(*args, **kwargs)
        self.today = today
        written = str(self.data.get(self.add_prefix("will"), "")) if self.is_bound else ""
        self.asks_again = reads_like_a_promise(written, names=names)
        if not self.asks_again:
            del self.fields["as_meant"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.asks_again and not values.get("as_meant"):
            self.add_error("will", SECOND_LOOK)
        return values

    def clean_due_on(self) -> date | None:
        return _checked_day(self.cleaned_data["due_on"], self.today)

    def new_promise(self) -> NewPromise:
        values = self.cleaned_data
        return NewPromise(Promise(said=values["said"], will=values["will"]), values["due_on"])


def _checked_day(day: date | None, today: date) -> date | None:
    code = commitments.wrong_with_due(day, today=today)
    if code is not None:
        raise forms.ValidationError(WRONG_DAYS[code], code=code)
    return day


class LookBackForm(forms.Form):
    """Under a minute. The learner's has room for promises."""

    thanks = long_text(gettext_lazy("Thank you for"), rows=2)
    surprised = long_text(gettext_lazy("What surprised me"), rows=2)
    better = long_text(gettext_lazy("Even better if"), rows=2)

    def __init__(
        self,
        *args: Any,
        today: date,
        is_learner: bool,
        names: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.promises = [
            PromiseForm(
                self.data if self.is_bound else None,
                today=today,
                names=names,
                prefix=f"promise-{n}",
                empty_permitted=True,
                use_required_attribute=False,
            )
            for n in range(1, MOST_PROMISES + 1 if is_learner else 1)
        ]

    def is_valid(self) -> bool:
        return super().is_valid() and all(form.is_valid() for form in self.promises)

    def words(self) -> LookingBack:
        return LookingBack(**self.cleaned_data)

    def new_promises(self) -> list[NewPromise]:
        return [form.new_promise() for form in self.promises if form.has_changed()]


class PublishForm(forms.Form):
    """Never filled in beforehand: what everyone may read is typed anew."""

    words = forms.CharField(
        label=gettext_lazy("What everyone in the programme may read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what everyone may read.")},
    )


class FindPromises(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("All promises")), *Commitment.State.choices],
    )
