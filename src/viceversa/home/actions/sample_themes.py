"""Themes of the sample: one that was passed on and answered, and two that wait."""

from datetime import datetime, timedelta

from viceversa.insights.actions.theme import add_theme, answer_theme, pass_themes_on, send_theme
from viceversa.insights.models import Passing, Theme
from viceversa.notifications.models import Delivery
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor, system

THEMES = (
    ("How decisions are made", "Board office"),
    ("Onboarding", "People team"),
    ("Tools", "IT"),
)
SAID = (
    "Nobody says who decides.",
    "I heard of it in the corridor.",
    "",
    "",
    "We ask three people.",
)
ANSWER = "From March each decision of the board is one paragraph on the front page, with a name."


def let_them_speak(programme: Programme, *, now: datetime) -> int:
    """How many themes there are; none where too few take part."""
    by = system("the sample", via="command")
    at = now - timedelta(days=10)
    people = list(
        Enrolment.objects.filter(programme=programme, state=Enrolment.State.ENROLLED)
        .select_related("person")
        .order_by("pk")[: len(SAID)]
    )
    themes = [
        add_theme(programme=programme, name=name, owner=None, function=who, by=by, now=at)
        for name, who in THEMES
    ]
    for part, words in zip(people, SAID, strict=False):
        _send(themes[0], part, words)
    pass_themes_on(by=by, now=at)
    coordinator = coordinators_of(programme).first()
    passing = Passing.objects.filter(theme=themes[0]).select_related("theme__programme").first()
    if passing and coordinator:
        speaks = Actor(person_id=coordinator.pk, label=coordinator.name)
        answer_theme(passing=passing, text=ANSWER, by=speaks, now=at + timedelta(days=3))
    Delivery.objects.filter(state=Delivery.State.WAITING).delete()
    return len(themes)


def _send(theme: Theme, part: Enrolment, words: str) -> None:
    by = Actor(person_id=part.person_id, label=part.person.name)
    send_theme(theme=theme, words=words, by=by)
