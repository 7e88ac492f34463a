"""What is typed around a half hour. Lengths keep every row well inside one envelope."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.rules import agenda
from viceversa.meetings.rules.agenda import Slot
from viceversa.meetings.rules.words import (
    CHECKLIST,
    HEARD,
    MOST_FACTS,
    NEVER,
    TRIED,
    USES,
    Preparing,
)

LONG_TEXT, SHORT_TEXT, NOTE = 2000, 300, 15_000
KNOWING = [
    (NEVER, gettext_lazy("I have never come across it")),
    (HEARD, gettext_lazy("I have heard of it and could not explain it")),
    (TRIED, gettext_lazy("I have tried it once or twice")),
    (USES, gettext_lazy("I use it and could show somebody")),
]
READY = {
    "goals": gettext_lazy("I looked at our goals"),
    "promises": gettext_lazy("I know what I promised, and how it went"),
    "question": gettext_lazy("I have one question that I really want answered"),
    "quiet": gettext_lazy("Nobody will call me in this half hour"),
    "show": gettext_lazy("I have one thing that we can try together"),
    "sources": gettext_lazy("I checked where my facts come from"),
    "plain": gettext_lazy("I can say it without words that only I know"),
}


def long_text(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PrepareForm(forms.Form):
    """Two minutes. What is left empty is left out."""

    questions = long_text(
        gettext_lazy("Questions"),
        gettext_lazy("One on each line; the first is the one to start with."),
    )
    concerns = long_text(gettext_lazy("Concerns"), rows=2)
    ideas = long_text(gettext_lazy("Ideas"), rows=2)
    knows = forms.ChoiceField(
        label=gettext_lazy("How well do you know what you will talk about?"),
        required=False,
        choices=KNOWING,
        widget=forms.RadioSelect,
    )
    knows_more = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=SHORT_TEXT
    )
    hands_on = forms.CharField(
        label=gettext_lazy("What could you try together?"),
        help_text=gettext_lazy("A thing to do with your own hands, not a slide."),
        required=False,
        max_length=SHORT_TEXT,
    )

    def __init__(self, side: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ready"] = forms.MultipleChoiceField(
            label=_("Ready?"),
            required=False,
            choices=[(code, READY[code]) for code in CHECKLIST[side]],
            widget=forms.CheckboxSelectMultiple,
        )
        for n in range(1, MOST_FACTS + 1):
            self.fields[f"fact-{n}"] = forms.CharField(
                label=_("What is so"), required=False, max_length=SHORT_TEXT
            )
            self.fields[f"source-{n}"] = forms.CharField(
                label=_("Where it says so"),
                required=False,
                max_length=500,
                validators=[
                    URLValidator(
                        schemes=["https"],
                        message=_("Give the source as a link that begins with https://."),
                    )
                ],
                widget=forms.URLInput(attrs={"placeholder": "https://"}),
            )

    @property
    def facts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"fact-{n}"], self[f"source-{n}"]) for n in range(1, MOST_FACTS + 1)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for n in range(1, MOST_FACTS + 1):
            fact, source = values.get(f"fact-{n}"), values.get(f"source-{n}")
            if fact and source == "":
                self.add_error(f"source-{n}", _("Say where it says so, or leave the fact out."))
            if source and fact == "":
                self.add_error(f"fact-{n}", _("Say what the source shows."))
        return values

    def words(self) -> Preparing:
        values = self.cleaned_data
        pairs = ((values[f"fact-{n}"], values[f"source-{n}"]) for n in range(1, MOST_FACTS + 1))
        return Preparing(
            questions=values["questions"],
            concerns=values["concerns"],
            ideas=values["ideas"],
            knows=values["knows"],
            knows_more=values["knows_more"],
            hands_on=values["hands_on"],
            facts=tuple(pair for pair in pairs if pair[0]),
            ready=tuple(values["ready"]),
        )


def prepared(words: Preparing) -> dict[str, Any]:
    """As the form shows it again."""
    shown: dict[str, Any] = {
        "questions": words.questions,
        "concerns": words.concerns,
        "ideas": words.ideas,
        "knows": words.knows,
        "knows_more": words.knows_more,
        "hands_on": words.hands_on,
        "ready": list(words.ready),
    }
    for n, (fact, source) in enumerate(words.facts[:MOST_FACTS], start=1):
        shown |= {f"fact-{n}": fact, f"source-{n}": source}
    return shown


def two_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class AgendaForm(forms.Form):
    """A row for each part: its minutes and what it is about. An empty row falls away."""

    def __init__(self, *args: Any, titles: dict[str, str], of: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles, self.of = titles, of
        for n in range(1, agenda.MOST_SLOTS + 1):
            self.fields[f"kind-{n}"] = forms.ChoiceField(
                required=False,
                choices=[(kind, kind) for kind in agenda.KINDS],
                widget=forms.HiddenInput,
            )
            self.fields[f"minutes-{n}"] = forms.IntegerField(
                label=_("Minutes"), required=False, min_value=0, max_value=of
            )
            self.fields[f"about-{n}"] = forms.CharField(
                label=_("About"), required=False, max_length=SHORT_TEXT, widget=two_lines()
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "number": n,
                "title": self.titles.get(str(self[f"kind-{n}"].value() or ""), ""),
                "kind": self[f"kind-{n}"],
                "minutes": self[f"minutes-{n}"],
                "about": self[f"about-{n}"],
            }
            for n in range(1, agenda.MOST_SLOTS + 1)
        ]

    @property
    def filled(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if _is_filled(row)]

    @property
    def spare(self) -> list[dict[str, Any]]:
        """For parts that are not there yet."""
        return [row for row in self.rows if not _is_filled(row)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for n in range(1, agenda.MOST_SLOTS + 1):
            is_named = values.get(f"about-{n}") or values.get(f"kind-{n}") not in ("", agenda.OTHER)
            if values.get(f"minutes-{n}") and not is_named:
                self.add_error(f"about-{n}", _("Say what these minutes are for."))
        if not self.errors:
            self._check_sum()
        return values

    def _check_sum(self) -> None:
        total = sum(slot.minutes for slot in self.slots())
        if total > self.of:
            over = {"sum": total, "minutes": self.of, "over": total - self.of}
            self.add_error(None, str(TOO_LONG) % over)
        if total == 0:
            self.add_error(None, _("Give at least one part some minutes."))

    def slots(self) -> list[Slot]:
        values = self.cleaned_data
        return [
            Slot(
                values[f"kind-{n}"] or agenda.OTHER,
                values[f"minutes-{n}"],
                tuple(line.strip() for line in values[f"about-{n}"].splitlines() if line.strip()),
            )
            for n in range(1, agenda.MOST_SLOTS + 1)
            if values.get(f"minutes-{n}")
        ]


def _is_filled(row: dict[str, Any]) -> bool:
    return any(row[name].value() for name in ("kind", "minutes", "about"))


TOO_LONG = gettext_lazy("This takes %(sum)s minutes and you have %(minutes)s. Take %(over)s away.")


def drawn_up(slots: list[Slot]) -> dict[str, Any]:
    """As the form shows it for editing."""
    shown: dict[str, Any] = {}
    for n, slot in enumerate(slots[: agenda.MOST_SLOTS], start=1):
        about = "\n".join(slot.lines)[:SHORT_TEXT]
        shown |= {f"kind-{n}": slot.kind, f"minutes-{n}": slot.minutes, f"about-{n}": about}
    return shown


class NoteForm(forms.Form):
    """`seen` is the version that the writer had before them; 0 for a new note."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
