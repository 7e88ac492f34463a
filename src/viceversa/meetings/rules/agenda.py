"""A time-boxed agenda: drafted from what is there, edited by the learner, never longer than the
half hour."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate

ARRIVE, PROMISES, GOALS, QUESTIONS, THEIRS = "arrive", "promises", "goals", "questions", "theirs"
HANDS_ON, CLOSE, OTHER = "hands_on", "close", "other"
ORDER = (ARRIVE, PROMISES, GOALS, QUESTIONS, THEIRS, HANDS_ON, CLOSE)
SHARES = {ARRIVE: 2, PROMISES: 3, GOALS: 3, QUESTIONS: 6, THEIRS: 4, HANDS_ON: 9, CLOSE: 3}
KINDS = (*ORDER, OTHER)
FIRST_TO_GO = (ARRIVE, PROMISES, THEIRS, GOALS, QUESTIONS, CLOSE)
MOST_SLOTS = 8
LINES_IN_A_SLOT = 3


@dataclass(frozen=True)
class Slot:
    """Some minutes of the meeting. `kind` stands for its title, `lines` are people's own words."""

    kind: str
    minutes: int
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What an agenda is drafted from: `mine` are the learner's questions, `theirs` those of the
    adviser."""

    goals: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    hands_on: tuple[str, ...] = ()


def draft(minutes: int, material: Material) -> list[Slot]:
    """Slots that fill the meeting exactly, each at least a minute long, always with time to do
    something together. Raises ValueError for a meeting without a minute."""
    if minutes < 1:
        raise ValueError("A meeting has at least one minute.")
    lines = {
        PROMISES: material.promises,
        GOALS: material.goals,
        QUESTIONS: material.mine,
        THEIRS: material.theirs,
        HANDS_ON: material.hands_on,
    }
    kinds = [kind for kind in ORDER if kind not in (PROMISES, THEIRS) or lines[kind]]
    for kind in FIRST_TO_GO:
        if len(kinds) > minutes and kind in kinds:
            kinds.remove(kind)
    times = shared_out(minutes, [SHARES[kind] for kind in kinds])
    return [
        Slot(kind, time, tuple(lines.get(kind, ())[:LINES_IN_A_SLOT]))
        for kind, time in zip(kinds, times, strict=True)
    ]


def with_line(slots: Sequence[Slot], line: str) -> list[Slot]:
    """The line is tried together: in the slot for that, else in the longest. The last line gives
    way where there is no room."""
    if any(line in slot.lines for slot in slots):
        return list(slots)
    home = next((slot for slot in slots if slot.kind == HANDS_ON), None)
    home = home or max(slots, key=lambda slot: slot.minutes)
    lines = (*home.lines[: LINES_IN_A_SLOT - 1], line)
    return [replace(slot, lines=lines) if slot is home else slot for slot in slots]


def shared_out(minutes: int, shares: list[int]) -> list[int]:
    """Whole minutes by share, at least one each, that sum to `minutes`; the largest remainders
    get what is left."""
    free, total = minutes - len(shares), sum(shares)
    exact = [free * share for share in shares]
    given = [1 + part // total for part in exact]
    left = minutes - sum(given)
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(exact[i] % total), i))
    for i in by_remainder[:left]:
        given[i] += 1
    return given


def wrong_with_slots(minutes: Iterable[int], *, of: int) -> str | None:
    """A code, or nothing."""
    times = list(minutes)
    if not times:
        return "empty"
    if len(times) > MOST_SLOTS:
        return "many"
    if min(times) < 1:
        return "short"
    return "long" if sum(times) > of else None


def offsets(minutes: Iterable[int]) -> list[int]:
    """After how many minutes each slot begins."""
    return [0, *accumulate(minutes)][:-1]


def part_at(slots: Sequence[Slot], minute: float) -> Slot | None:
    """What is on after so many minutes; nothing before and after."""
    begins = offsets(slot.minutes for slot in slots)
    on = [
        slot
        for slot, begin in zip(slots, begins, strict=True)
        if begin <= minute < begin + slot.minutes
    ]
    return on[0] if on else None


def as_text(slots: Iterable[Slot]) -> str:
    return json.dumps([asdict(slot) for slot in slots], ensure_ascii=False)


def from_text(text: str) -> list[Slot]:
    """Raises ValueError, KeyError or TypeError for what is no agenda."""
    return [
        Slot(row["kind"], row["minutes"], tuple(row["lines"]))
        for row in json.loads(text)
        if row["kind"] in KINDS
    ]
