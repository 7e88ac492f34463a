"""Sample values for the gallery: every component in every state."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR, INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from viceversa.design import visibility
from viceversa.design.forms import DateInput, RangeInput, SearchInput
from viceversa.design.navigation import Item, Viewer
from viceversa.design.scores import Part
from viceversa.design.tables import Column, headers
from viceversa.toolkit.paging import Page

COTTON = Path(__file__).parent / "templates" / "cotton"
LEVELS = [("", "Any level"), ("vp", "Vice president"), ("head", "Head of unit")]
CADENCE = [
    ("week", "Every week — half an hour, the best start"),
    ("fortnight", "Every second week — when calendars are full"),
    ("month", "Every month"),
]
SUBJECTS = [("ai", "AI assistants"), ("video", "Short video"), ("crisis", "Crisis communication")]
PAIRS: list[dict[str, Any]] = [
    {
        "learner": "Tamsin Marlow",
        "post": "VP Operations",
        "adviser": "Juno Okapi",
        "unit": "Support, 9 months",
        "subject": "AI assistants",
        "why": "her first wish; other unit; Tue–Thu mornings shared",
        "score": ".85",
        "parts": [0.45, 0.18, 0.15, 0.07],
        "chosen": True,
    },
    {
        "learner": "Bram Lindqvist",
        "post": "VP Finance",
        "adviser": "Sabra North",
        "unit": "Design, 2 years",
        "subject": "Accessibility",
        "why": "and short video; asked for her",
        "score": ".74",
        "parts": [0.52, 0.12, 0.10],
    },
    {
        "learner": "Odile Wren",
        "post": "VP Markets",
        "adviser": "Kit Tallow",
        "unit": "Sales, 1 year",
        "subject": "Crisis communication",
        "why": "one shared hour only",
        "score": ".61",
        "parts": [0.44, 0.10, 0.07],
    },
]
PART_LABELS = ("Wanted and offered", "Hours", "Learning style", "Distance")


class SignInForm(forms.Form):
    email = forms.EmailField(label="Work e-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the programme", help_text="People see this in e-mails.")
    start = forms.DateField(label="First day", widget=DateInput)
    weeks = forms.IntegerField(label="Length in weeks", initial=26)
    level = forms.ChoiceField(label="Who learns", choices=LEVELS, required=False)
    purpose = forms.CharField(label="Purpose", widget=forms.Textarea, required=False)
    cadence = forms.ChoiceField(
        label="How often", choices=CADENCE, widget=forms.RadioSelect, initial="week"
    )
    subjects = forms.MultipleChoiceField(
        label="Subjects",
        choices=SUBJECTS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose up to two.",
        required=False,
    )
    comfort = forms.IntegerField(
        label="How at ease are you with AI assistants?",
        widget=RangeInput(attrs={"min": 0, "max": 5}),
        initial=3,
        help_text="0 never tried, 5 use it daily.",
    )
    file = forms.FileField(label="Staff file", required=False, help_text="CSV or XLSX, to 50 MB.")
    agree = forms.BooleanField(label="I have read what this programme expects of me")


class FilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=SearchInput)
    level = forms.ChoiceField(label="Level", choices=LEVELS, required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "inputs": inputs(),
        "navigation": _navigation(),
        "most_used": _navigation()[:4],
        "viewer": _viewer(),
        "messages": [*_messages(), *get_messages(request)],
        **_forms(),
        **_lists(request),
        **_figures(),
    }


def inputs() -> dict[str, str]:
    """The comment at the head of each component: what it takes."""
    return {path.stem: _comment(path.read_text()) for path in sorted(COTTON.glob("*.html"))}


def _comment(source: str) -> str:
    return source.split("{% comment %}", 1)[1].split("{% endcomment %}", 1)[0].strip()


def _navigation() -> list[Item]:
    return [
        Item(label="Today", url="#today", icon="sun"),
        Item(label="People", url="#people", icon="users"),
        Item(label="Digital half hour", url="#now", icon="arrow-left-right", current=True),
        Item(label="Fresh eyes", url="#fresh", icon="eye"),
        Item(label="Learning", url="#learning", icon="book-open"),
        Item(label="Results", url="#results", icon="chart-no-axes-column"),
    ]


def _viewer() -> Viewer:
    return Viewer(
        name="Mira Ibis",
        url="#profile",
        inbox_url="#inbox",
        inbox_count=3,
        sign_out_url="/design/",
        links=[Item(label="My data", url="#data", icon="shield")],
    )


def _messages() -> list[Message]:
    return [
        Message(SUCCESS, "Published. 46 partnerships were told this morning."),
        Message(INFO, "The staff file is being read; you may leave this page."),
        Message(ERROR, "Two people left since the snapshot. Solve again before you publish."),
    ]


def _forms() -> dict[str, Any]:
    wrong = SampleForm({"name": "", "start": "31.13.2026", "weeks": "x", "cadence": "week"})
    wrong.is_valid()
    wrong.auto_id = "wrong_%s"
    return {"form": SampleForm(), "wrong_form": wrong, "filter_form": FilterForm(auto_id="f_%s")}


def _lists(request: HttpRequest) -> dict[str, Any]:
    columns = [
        Column("learner", "Learner", sortable=True),
        Column("adviser", "Adviser", sortable=True),
        Column("why", "Why"),
        Column("score", "Score", sortable=True),
        Column("menu", "Actions", hidden=True),
    ]
    pairs = [pair | {"parts": _parts(pair["parts"])} for pair in PAIRS]
    return {
        "headers": headers(columns, order="-score", query=request.GET),
        "pairs": pairs,
        "page": Page(pairs, 2, 25, 1000, False, True),
        "last_page": Page(pairs, 10, 25, 228, True, False),
        "tabs": [
            {"label": "Overview", "url": "#tabs", "current": True},
            {"label": "People", "url": "#tabs", "count": 85},
            {"label": "Rounds", "url": "#tabs", "count": 1},
            {"label": "Letter", "url": "#tabs"},
        ],
        "steps": [
            {"label": "Gather", "url": "#steps", "state": "done"},
            {"label": "Solve", "url": "#steps", "state": "done"},
            {"label": "Review", "url": "#steps", "state": "current"},
            {"label": "Publish", "url": "", "state": "todo"},
        ],
        "checks": [
            {"label": "Two coordinators", "note": "Mira Ibis and Fenn Earle", "state": "good"},
            {"label": "A sponsor's letter", "note": "Written, not yet signed", "state": "open"},
            {"label": "Enough advisers", "note": "22 places for 24 learners", "state": "bad"},
        ],
        "facts": [
            {"term": "Runs", "value": "3 March to 30 September"},
            {"term": "Rhythm", "value": "Half an hour a week"},
            {"term": "Place", "value": "The small room on floor 3, not your office"},
        ],
        "visibilities": [(key, "Juno Okapi") for key in visibility.SENTENCES],
    }


def _figures() -> dict[str, Any]:
    return {
        "parts": _parts(PAIRS[0]["parts"]),
        "bars": [("Sales", 18, 0), ("Design", 12, 24), ("Support", 7, 48)],
        "empty_rows": [],
    }


def _parts(shares: list[float]) -> list[Part]:
    return [Part(label, share) for label, share in zip(PART_LABELS, shares, strict=False)]
