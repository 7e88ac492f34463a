"""What the silence clocks need to know, and who needs help. Times and sides, never a word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from viceversa.meetings.models import Cancellation, Help, Holiday, Meeting, Pause, Proposal
from viceversa.meetings.rules.booking import ADVISER, LEARNER, other
from viceversa.meetings.rules.help import COORDINATORS, SILENCE, STEPS, Span, Story, Turn, holiday
from viceversa.partnerships.models import Agreement, AgreementPart, Letter, Partnership
from viceversa.partnerships.rules.lifecycle import PAUSED
from viceversa.people.queries.searching import named
from viceversa.programmes.models import Programme


@dataclass
class _Gathered:
    turns: list[Turn] = field(default_factory=list)
    agreeing: list[Turn] = field(default_factory=list)
    proposal: Turn | None = None
    contact: list[datetime] = field(default_factory=list)
    meets_ahead: bool = False

    def said(self, side: str, at: datetime) -> None:
        self.turns.append(Turn(side, at))
        self._heard(side, at)

    def agreed(self, side: str, at: datetime) -> None:
        self.agreeing.append(Turn(side, at, of_agreement=True))
        self._heard(side, at)

    def _heard(self, side: str, at: datetime) -> None:
        if side == LEARNER:
            self.contact.append(at)


def may_be_due(now: datetime) -> QuerySet[Partnership]:
    """Where a clock of silence may have come to a step, or one that is open may be settled: a few
    too many, never one too few. With a half hour ahead only an open proposal waits for an answer,
    and that is the case of nearly all."""
    mine = {"partnership": OuterRef("pk")}
    ahead = Meeting.objects.filter(**mine, state=Meeting.State.BOOKED, starts_at__gt=now)
    proposed = Proposal.objects.filter(
        meeting__partnership=OuterRef("pk"),
        meeting__state=Meeting.State.BOOKED,
        taken_at=None,
        dropped_at=None,
        created_at__lte=now - STEPS[SILENCE][0],
    )
    is_open = Help.objects.filter(**mine, resolved_at=None)
    going_on = Partnership.objects.exclude(programme__state=Programme.State.ARCHIVED)
    return going_on.filter(~Exists(ahead) | Exists(proposed) | Exists(is_open))


def stories(partnerships: Sequence[Partnership], now: datetime) -> dict[int, Story]:
    """Six queries for any number of partnerships."""
    sides = {
        (row.pk, person): side
        for row in partnerships
        for side, person in (
            ("learner", row.learner.person_id),
            ("adviser", row.adviser.person_id),
        )
    }
    found: dict[int, _Gathered] = defaultdict(_Gathered)
    ids = [row.pk for row in partnerships]
    _read_letters(ids, sides, found)
    _read_agreements(ids, found)
    _read_meetings(ids, found, now)
    _read_proposals(ids, found)
    _read_cancellations(ids, found)
    return {row.pk: _story(row, found[row.pk]) for row in partnerships}


def _story(partnership: Partnership, found: _Gathered) -> Story:
    accepted = [
        at for at in (partnership.learner_accepted_at, partnership.adviser_accepted_at) if at
    ]
    return Story(
        accepted_at=max(accepted, default=partnership.created_at),
        contact_at=min(found.contact, default=None),
        turns=tuple(found.turns),
        agreeing=tuple(found.agreeing),
        proposal=found.proposal,
        meets_ahead=found.meets_ahead,
    )


def _read_letters(
    ids: list[int], sides: dict[tuple[int, int], str], found: dict[int, _Gathered]
) -> None:
    """Struck letters ask for nothing."""
    rows = Letter.objects.filter(partnership__in=ids, struck_at=None).order_by("id")
    for partnership, author, at in rows.values_list("partnership", "author", "sent_at"):
        side = sides.get((partnership, author))
        if side is not None:
            found[partnership].said(side, at)


def _read_agreements(ids: list[int], found: dict[int, _Gathered]) -> None:
    """Answers handed in, replies and signatures are words, too, though not letters whose answers
    are timed. Once both have signed, the date is for the learner to make."""
    _read_parts(ids, found)
    versions = Agreement.objects.filter(partnership__in=ids).order_by()
    for version in versions.only("partnership_id", "learner_signed_at", "adviser_signed_at"):
        story = found[version.partnership_id]
        for side in (LEARNER, ADVISER):
            if signed_at := version.signed_at(side):
                story.agreed(side, signed_at)
        if agreed_at := version.in_force_at:
            story.agreeing += [Turn("both", agreed_at), Turn(ADVISER, agreed_at)]


def _read_parts(ids: list[int], found: dict[int, _Gathered]) -> None:
    """With the answers of both in, it is for the adviser to reply to what the learner wants."""
    parts: dict[int, dict[str, AgreementPart]] = defaultdict(dict)
    handed_in = AgreementPart.objects.filter(partnership__in=ids, handed_in_at__isnull=False)
    for part in handed_in.order_by().defer("sealed"):
        parts[part.partnership_id][part.side] = part
    for partnership, sides in parts.items():
        story, moments = found[partnership], [part.handed_in_at for part in sides.values()]
        last = max(moment for moment in moments if moment)
        replied_at = sides[ADVISER].replied_at if ADVISER in sides else None
        story.agreed(LEARNER if LEARNER in sides else ADVISER, last)
        if replied_at:
            story.agreed(ADVISER, replied_at)


def _read_meetings(ids: list[int], found: dict[int, _Gathered], now: datetime) -> None:
    """A booking is the learner's word; a half hour held is a word of both."""
    rows = Meeting.objects.filter(partnership__in=ids).order_by()
    for partnership, state, starts_at, made_at, held_at in rows.values_list(
        "partnership", "state", "starts_at", "created_at", "held_at"
    ):
        found[partnership].said(LEARNER, made_at)
        if held_at is not None:
            found[partnership].turns.append(Turn("both", held_at))
        if state == Meeting.State.BOOKED and starts_at > now:
            found[partnership].meets_ahead = True


def _read_proposals(ids: list[int], found: dict[int, _Gathered]) -> None:
    rows = Proposal.objects.filter(meeting__partnership__in=ids).order_by("id")
    for partnership, state, side, made_at, taken_at, dropped_at in rows.values_list(
        "meeting__partnership",
        "meeting__state",
        "side",
        "created_at",
        "taken_at",
        "dropped_at",
    ):
        if taken_at is not None:
            found[partnership].turns.append(Turn(other(side), taken_at))
        elif dropped_at is None and state == Meeting.State.BOOKED:
            found[partnership].proposal = Turn(side, made_at)


def _read_cancellations(ids: list[int], found: dict[int, _Gathered]) -> None:
    rows = Cancellation.objects.filter(meeting__partnership__in=ids).order_by("id")
    for partnership, side, at in rows.values_list("meeting__partnership", "side", "at"):
        found[partnership].turns.append(Turn(side, at))


def stops_of(partnerships: Sequence[Partnership], now: datetime) -> dict[int, list[Span]]:
    """Holidays of the programme and pauses of the partnership, in two queries."""
    by_programme: dict[int, list[Span]] = defaultdict(list)
    for row in Holiday.objects.filter(programme__in={row.programme_id for row in partnerships}):
        by_programme[row.programme_id].append(holiday(row.first, row.last))
    found = {row.pk: list(by_programme[row.programme_id]) for row in partnerships}
    pauses = Pause.objects.filter(partnership__in=[row.pk for row in partnerships])
    for pause in pauses:
        found[pause.partnership_id].append((pause.first, pause.last or now))
    return found


def help_in(programme: Programme, *, kind: str = "", search: str = "") -> QuerySet[Help]:
    """What coordinators see: from the second step on, the longest open first. The caller has
    checked that the actor coordinates."""
    found = Help.objects.filter(
        partnership__programme=programme, resolved_at=None, step__gte=COORDINATORS
    ).exclude(partnership__state=PAUSED)
    if kind in Help.Kind.values:
        found = found.filter(kind=kind)
    found = found.filter(
        named(search, "partnership__learner__person__", "partnership__adviser__person__")
    )
    return found.select_related(
        "partnership__learner__person", "partnership__adviser__person"
    ).order_by("since", "id")


def open_help(partnership: Partnership, *, side: str, kind: str) -> Help | None:
    return Help.objects.filter(
        partnership=partnership, side=side, kind=kind, resolved_at=None
    ).first()


def holidays_of(programme: Programme) -> QuerySet[Holiday]:
    return Holiday.objects.filter(programme=programme).order_by("-first", "id")
