"""Looking back: one's own words at once, the partner's when both have handed in."""

from dataclasses import dataclass
from datetime import datetime

from viceversa.partnerships.models import Closing, Goal, Partnership
from viceversa.partnerships.queries.goals import confidentiality_of
from viceversa.partnerships.queries.opening import Words, words
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules import closing as rules
from viceversa.vault.rules.envelope import SEALED, Place


def place_of_closing(partnership: Partnership, author_id: int) -> Place:
    return Place(SEALED, "partnerships.Closing.sealed", partnership.key, author_id)


@dataclass(frozen=True)
class LookBack:
    """`theirs` stays None until both have handed in."""

    mine: tuple[Closing, Words] | None
    theirs: tuple[Closing, Words] | None
    partner_is_done: bool
    past: list[tuple[Closing, Words]]
    confidentiality: str | None
    looks: list[rules.Look]

    @property
    def both_are_done(self) -> bool:
        return len(self.looks) == 2


def looks_of(partnership: Partnership) -> list[rules.Look]:
    """The plain answers of the closing under way, earliest first."""
    rows = Closing.objects.filter(partnership=partnership, is_past=False)
    return sorted((look_of(row) for row in rows), key=lambda look: look.handed_in_at)


def looked_back(partnership: Partnership) -> frozenset[str]:
    """Which sides have handed in; no query but while the two close."""
    if partnership.state != Partnership.State.CLOSING:
        return frozenset()
    rows = Closing.objects.filter(partnership=partnership, is_past=False)
    return frozenset(rows.values_list("side", flat=True))


def look_of(row: Closing) -> rules.Look:
    return rules.Look(
        gained=row.gained,
        wants_more=row.wants_more,
        more_until=row.more_until,
        story_consent=row.story_consent,
        handed_in_at=row.handed_in_at,
    )


def look_back(seat: Seat) -> LookBack:
    rows = list(Closing.objects.filter(partnership=seat.partnership))
    current = {row.author_id: row for row in rows if not row.is_past}
    both = len(current) == 2
    mine, theirs = current.get(seat.me.pk), current.get(seat.partner.pk)
    return LookBack(
        mine=(mine, _words(seat, mine)) if mine else None,
        theirs=(theirs, _words(seat, theirs)) if theirs and both else None,
        partner_is_done=theirs is not None,
        past=[(row, _words(seat, row)) for row in rows if row.is_past],
        confidentiality=confidentiality_of(seat.partnership),
        looks=sorted((look_of(x) for x in current.values()), key=lambda x: x.handed_in_at),
    )


def _words(seat: Seat, row: Closing) -> Words:
    return words(seat, place_of_closing(seat.partnership, row.author_id), row.sealed)


def may_tell_story(partnership: Partnership) -> bool:
    """Both consent, and what they signed says that a story may be told."""
    return rules.may_tell_story(looks_of(partnership), confidentiality_of(partnership))


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says by itself: nothing that was sealed."""

    learner: str
    adviser: str
    programme: str
    started_at: datetime | None
    ended_at: datetime | None
    half_hours: int
    learning: list[str]
    returned: list[str]


def certificate_facts(partnership: Partnership) -> CertificateFacts:
    """Two queries. Half hours are counted where they are kept, if they are."""
    goals = list(Goal.objects.filter(partnership=partnership, state__in=["open", "reached"]))
    meetings = getattr(partnership, "meetings", None)
    return CertificateFacts(
        learner=partnership.learner.person.name,
        adviser=partnership.adviser.person.name,
        programme=partnership.programme.name,
        started_at=partnership.started_at or partnership.created_at,
        ended_at=partnership.ended_at,
        half_hours=meetings.filter(state="held").count() if meetings is not None else 0,
        learning=_kinds(goals, "learning"),
        returned=_kinds(goals, "return"),
    )


def _kinds(goals: list[Goal], stream: str) -> list[str]:
    found = [goal.get_kind_display() for goal in goals if goal.stream == stream]
    return list(dict.fromkeys(found))
