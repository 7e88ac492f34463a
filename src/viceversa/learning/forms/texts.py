"""Resources, packs, plans: each form gives what was typed in the shape of its action."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import DateInput
from viceversa.learning.actions.pack import PackText
from viceversa.learning.actions.resource import ResourceText
from viceversa.learning.forms.fields import LanguageField, TopicsField, area
from viceversa.learning.models import Pack, Plan, Resource
from viceversa.learning.rules.keeping import missing_credit, nowhere_to_go, wrong_with_review
from viceversa.learning.rules.packs import BadStep, Step, as_lines, read_steps
from viceversa.people.forms.fields import LineField, PersonField
from viceversa.toolkit import clock

MOST_IDEAS = 6
REVIEW_SENTENCES = {
    "past": gettext_lazy("Choose a day ahead for the next review."),
    "far": gettext_lazy("Two years is the longest a text stands unread."),
}


class ReviewByForm(forms.Form):
    review_by = forms.DateField(
        label=gettext_lazy("Review again by"),
        widget=DateInput,
        help_text=gettext_lazy("After this day it is marked as expired and no longer suggested."),
    )

    def clean_review_by(self) -> date:
        day: date = self.cleaned_data["review_by"]
        code = wrong_with_review(day, clock.now().date())
        if code and day != self.initial.get("review_by"):
            raise forms.ValidationError(str(REVIEW_SENTENCES[code]), code=code)
        return day


class _TextForm(ReviewByForm):
    """Sources and interests, topics, who looks after it."""

    needs_sources = False

    topics = TopicsField(required=False)
    sources = area(
        gettext_lazy("Sources"),
        2000,
        rows=3,
        required=False,
        help_text=gettext_lazy("One a line: who says so, where, when."),
    )
    has_interests = forms.BooleanField(
        label=gettext_lazy("Somebody who recommends or wrote this gains from it"), required=False
    )
    interests = forms.CharField(
        label=gettext_lazy("Who gains, and what"),
        max_length=600,
        required=False,
        help_text=gettext_lazy("Such as: the publisher is a client of ours. Shown on the page."),
    )
    language = LanguageField(initial="en")
    owner = PersonField(
        label=gettext_lazy("Who looks after it"),
        required=False,
        help_text=gettext_lazy("E-mail, number or full name. Told when a review is due."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        code = missing_credit(
            needs_sources=self._needs_sources(values),
            sources=values.get("sources", ""),
            gains=values.get("has_interests", False),
            interests=values.get("interests", ""),
        )
        if code == "sources":
            self.add_error("sources", _("Say whose words or findings these are."))
        elif code == "interests":
            self.add_error("interests", _("Say who gains from this, and what."))
        return values

    def _needs_sources(self, values: dict[str, Any]) -> bool:
        return False

    @property
    def beside(self) -> dict[str, Any]:
        """What an action takes beside the text."""
        return {name: self.cleaned_data[name] for name in ("topics", "owner", "review_by")}


class ResourceForm(_TextForm):
    field_order = ("kind", "title", "words", "address", "ask", "topics", "sources")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Resource.Kind.choices)
    title = LineField(label=gettext_lazy("Title"), max_length=120)
    words = area(
        gettext_lazy("What it is, and for whom"),
        2000,
        help_text=gettext_lazy("Three or four plain sentences."),
    )
    address = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A page to open. Leave it empty where one asks a person."),
    )
    ask = LineField(
        label=gettext_lazy("Whom to ask"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A name or a team, and how to reach them."),
    )

    def _needs_sources(self, values: dict[str, Any]) -> bool:
        return values.get("kind") == Resource.Kind.ARTICLE

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        leads = nowhere_to_go(values.get("address", ""), values.get("ask", ""))
        if leads and values.get("kind") != Resource.Kind.ARTICLE and "address" not in self.errors:
            self.add_error("ask", _("Give an address, or say whom to ask."))
        return values

    def text(self) -> ResourceText:
        names = ("kind", "title", "words", "address", "ask", "language", "sources")
        return ResourceText(**{name: self.cleaned_data[name] for name in (*names, *INTERESTS)})


INTERESTS = ("has_interests", "interests")


def resource_initial(resource: Resource) -> dict[str, Any]:
    names = ("kind", "title", "words", "address", "ask", *COMMON)
    return {name: getattr(resource, name) for name in names} | {
        "topics": list(resource.topics.all())
    }


COMMON = ("language", "sources", "has_interests", "interests", "owner", "review_by")


class PackForm(_TextForm):
    field_order = ("title", "facet", "summary", "topics", "ideas", "is_risky", "guard", "sources")

    title = LineField(label=gettext_lazy("Title"), max_length=120)
    facet = forms.ChoiceField(label=gettext_lazy("Facet"), choices=Pack.Facet.choices)
    summary = area(gettext_lazy("What one can do after this half hour"), 1000, rows=3)
    topics = TopicsField()
    ideas = area(
        gettext_lazy("Small ideas for a first session"),
        1500,
        rows=4,
        required=False,
        help_text=gettext_lazy("One a line, each done in five minutes."),
    )
    is_risky = forms.BooleanField(
        label=gettext_lazy("A mistake here could do harm; an expert checks it first"),
        required=False,
        help_text=gettext_lazy("Such as artificial intelligence or data security."),
    )
    guard = area(
        gettext_lazy("What both keep in mind"),
        1000,
        rows=3,
        required=False,
        help_text=gettext_lazy("Shown above the plan: what is safe here, and what is not said."),
    )

    def clean_ideas(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["ideas"].splitlines())
        ideas = tuple(line for line in lines if line)
        if len(ideas) > MOST_IDEAS:
            raise forms.ValidationError(_("Six ideas are enough. Keep the smallest."), code="many")
        return ideas

    def text(self) -> PackText:
        names = ("title", "facet", "summary", "guard", "ideas", "is_risky", "language", "sources")
        return PackText(**{name: self.cleaned_data[name] for name in (*names, *INTERESTS)})


def pack_initial(pack: Pack) -> dict[str, Any]:
    names = ("title", "facet", "summary", "guard", "is_risky", *COMMON)
    return {name: getattr(pack, name) for name in names} | {
        "topics": list(pack.topics.all()),
        "ideas": "\n".join(pack.ideas),
    }


class PlanForm(forms.Form):
    steps = area(
        gettext_lazy("The half hour, step by step"),
        3000,
        rows=7,
        help_text=gettext_lazy(
            "One step a line: the minutes, then what happens. They add up to 30, as in "
            "“5 Say what you tried since last time”."
        ),
    )
    task = area(
        gettext_lazy("What the learner tries with their own hands"),
        600,
        rows=2,
        help_text=gettext_lazy("One thing, on their own device. It goes into drafted agendas."),
    )

    def clean_steps(self) -> list[Step]:
        try:
            return read_steps(self.cleaned_data["steps"])
        except BadStep as error:
            raise forms.ValidationError(
                _("Begin this line with its minutes: “%(line)s”."),
                code="step",
                params={"line": str(error)[:80]},
            ) from error


def plan_initial(plan: Plan | None) -> dict[str, Any]:
    return {"steps": as_lines(plan.parts), "task": plan.task} if plan else {}


class CheckerForm(forms.Form):
    """Somebody out of those who know the subject."""

    reviewer = forms.TypedChoiceField(label=gettext_lazy("Who checks it"), coerce=int)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        shown = [(pk, f"{one.name}, {one.title}".rstrip(", ")) for pk, one in self.people.items()]
        self.fields["reviewer"].choices = shown  # type: ignore[attr-defined]


class CheckForm(ReviewByForm):
    field_order = ("is_right", "note", "review_by")

    is_right = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("It is right and safe to use")),
            ("no", gettext_lazy("Something should change first")),
        ],
    )
    note = area(
        gettext_lazy("What should change, or what you would add"),
        1000,
        rows=3,
        required=False,
        help_text=gettext_lazy("Read by those who keep the library."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("is_right") is False and not values.get("note", "").strip():
            self.add_error("note", _("Say what should change, in a sentence or two."))
        return values
