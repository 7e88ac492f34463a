"""Two people write everything that the product lets them write, through its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from tests.factories import make_enrolment, make_partnership, make_person, make_skill, make_user
from tests.trust.browsing import Writer
from viceversa.accounts.queries import actor_for
from viceversa.meetings.actions.booking import book_meeting
from viceversa.meetings.models import Commitment, Meeting, Note, Unclear
from viceversa.partnerships.models import Goal, Partnership
from viceversa.partnerships.rules.agreement import STEPS
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock

QUARTER = timedelta(days=90)


@dataclass
class Pair:
    """Two writers and the keys of what they wrote."""

    partnership: Partnership
    learner: Writer
    adviser: Writer
    keys: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.partnership.key

    @property
    def both(self) -> tuple[Writer, Writer]:
        return self.learner, self.adviser


def make_pair(
    programme: Programme,
    numbers: Iterator[int] | None = None,
    planted: dict[str, str] | None = None,
) -> Pair:
    """Both have said yes, and share a key."""
    skill = make_skill("Short video")
    learner = make_enrolment(programme, make_person(), learner=True, wants={skill: 1})
    adviser = make_enrolment(programme, make_person(), adviser=True, offers={skill: 3})
    numbers = numbers or count(1)
    planted = {} if planted is None else planted
    return Pair(
        make_partnership(programme, learner=learner, adviser=adviser, state="accepted"),
        Writer(make_user(learner.person), "learner", numbers, planted),
        Writer(make_user(adviser.person), "adviser", numbers, planted),
    )


def agree(pair: Pair) -> None:
    last_day = (clock.now() + QUARTER).date().isoformat()
    for side, writer in (("learner", pair.learner), ("adviser", pair.adviser)):
        for step in STEPS[side]:
            given = {"ends_on": last_day} if step == "meet" else {}
            if step == "trust":
                given = {"confidentiality": "story"}
            writer.fill("partnerships:agreement_step", pair.key, step, **given)
        writer.press("partnerships:agreement_hand_in", pair.key)
    pair.adviser.fill("partnerships:agreement_replies", pair.key)


def sign(pair: Pair, version: int = 1) -> None:
    for writer in pair.both:
        writer.press("partnerships:agreement_sign", pair.key, version=str(version), commits="on")


def put_together(pair: Pair) -> None:
    pair.learner.press("partnerships:agreement_together", pair.key)


def change_agreement(pair: Pair) -> None:
    """A second version, with the roles in it; signed. A third stays a draft."""
    pair.learner.fill("partnerships:agreement_change", pair.key, "back")
    sign(pair, 2)
    pair.adviser.fill("partnerships:agreement_change", pair.key, "you")


def set_goals(pair: Pair) -> None:
    pair.learner.fill("partnerships:propose_goal", pair.key, kind="clients")
    pair.adviser.fill("partnerships:propose_goal", pair.key, kind="career")
    first, second = Goal.objects.filter(partnership=pair.partnership).order_by("pk")
    pair.adviser.press("partnerships:goal_act", pair.key, first.key, "accept")
    pair.learner.press("partnerships:goal_act", pair.key, second.key, "accept")
    pair.adviser.fill("partnerships:goal", pair.key, first.key, form="/reply/")
    pair.learner.fill("partnerships:goal", pair.key, second.key, form="/reply/")
    pair.learner.fill("partnerships:goal", pair.key, first.key, form="/before/")
    pair.learner.fill("partnerships:goal", pair.key, first.key, form="/adjust/")
    pair.adviser.fill("partnerships:goal", pair.key, second.key, form="/share/")
    pair.keys["goal"] = [first.key, second.key]


def say_for_themselves(pair: Pair) -> None:
    """What only its author can open: how often, and how sure; and where one is, for the other."""
    pair.learner.fill("partnerships:propose_goal", pair.key, kind="literacy", stream="learning")
    goal = Goal.objects.get(partnership=pair.partnership, kind="literacy")
    pair.adviser.press("partnerships:goal_act", pair.key, goal.key, "accept")
    pair.learner.fill("partnerships:goal", pair.key, goal.key, form="/use-before/")
    pair.learner.fill("partnerships:goal", pair.key, goal.key, form="/level/")
    pair.adviser.fill("partnerships:confidence", pair.key, form="/before/")


def give_back(pair: Pair) -> None:
    """A name put forward after a yes, another thing that is only asked, and a note."""
    for _time in range(2):
        pair.learner.fill("partnerships:forward", pair.key)
    pair.keys["name"] = list(pair.partnership.forwards.values_list("key", flat=True))
    asked = pair.keys["name"][0]
    pair.adviser.press("partnerships:forward_act", pair.key, asked, "agree")
    pair.learner.press("partnerships:forward_act", pair.key, asked, "done")
    pair.learner.fill("partnerships:feedback", pair.key, resource="coaching")
    pair.learner.spoil("partnerships:feedback", pair.key, resource="coaching", link="nowhere")
    pair.keys["feedback"] = list(pair.partnership.feedback.values_list("key", flat=True))


def exchange(pair: Pair, *, times: int = 2) -> None:
    for _time in range(times):
        for writer in pair.both:
            for kind in ("wanted", "gave", "learned"):
                writer.fill("partnerships:ledger", pair.key, kind=kind)
            writer.fill("partnerships:messages", pair.key)
    pair.keys["entry"] = list(pair.partnership.ledger.values_list("key", flat=True))
    pair.keys["letter"] = list(pair.partnership.letters.values_list("key", flat=True))


def meet(pair: Pair) -> None:
    """One half hour ahead, prepared; it begins, is held, and looked back on."""
    now = clock.now()
    by = actor_for(make_user(pair.partnership.learner.person))
    meeting = book_meeting(
        partnership=pair.partnership, starts_at=now + timedelta(days=2), by=by, now=now
    )
    place = (pair.key, meeting.key)
    for writer in pair.both:
        writer.fill("meetings:prepare", *place)
        writer.spoil("meetings:prepare", *place, **{"source-1": "no address"})
    pair.learner.fill("meetings:agenda", *place, **_agenda())
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now - timedelta(minutes=20))
    for writer in pair.both:
        for kind in Note.Kind.values:
            writer.fill("meetings:note_new", *place, kind)
    own = Note.objects.filter(meeting=meeting, kind="own", author=pair.partnership.learner.person)
    pair.learner.fill("meetings:note", *place, own.get().key)
    for _time in range(2):
        pair.learner.press("meetings:unclear", *place)
    lost = Unclear.objects.filter(meeting=meeting).values_list("key", flat=True)
    pair.learner.press("meetings:unclear_settle", *place, lost[0])
    pair.keys["unclear"] = list(lost)
    pair.learner.press("meetings:held", *place)
    for writer in pair.both:
        due = {
            f"promise-{n}-due_on": (now.date() + timedelta(days=7 * n)).isoformat()
            for n in range(1, 4)
        }
        writer.fill("meetings:after", *place, **(due if writer is pair.learner else {}))
    pair.learner.fill("meetings:promise_new", pair.key, due_on="")
    pair.keys["meeting"] = [meeting.key]
    pair.keys["note"] = list(pair.partnership.notes.values_list("key", flat=True))
    pair.keys["promise"] = list(
        Commitment.objects.filter(partnership=pair.partnership).values_list("key", flat=True)
    )


def _agenda() -> dict[str, str]:
    """Five minutes for each of the first parts, none for the rest."""
    return {f"minutes-{n}": "5" if n <= 4 else "" for n in range(1, 13)}


def close(pair: Pair) -> None:
    """Each drafts a story, and neither says yes to that of the other."""
    said = {"gained": "yes", "wants_more": "no", "more_until": "", "story_consent": "on"}
    for writer in pair.both:
        writer.fill("partnerships:closing", pair.key, **said)
    for writer in pair.both:
        writer.fill("partnerships:story", pair.key)


def live(pair: Pair, state: str) -> None:
    """Writes all that can be written on the way to this state."""
    if state == "accepted":
        return
    agree(pair)
    if state == "preparing":
        return
    put_together(pair)
    sign(pair)
    change_agreement(pair)
    set_goals(pair)
    say_for_themselves(pair)
    give_back(pair)
    exchange(pair)
    meet(pair)
    by_learner = pair.learner.press
    if state == "paused":
        by_learner("partnerships:pause", pair.key)
    if state == "ended":
        by_learner("partnerships:leave", pair.key)
    if state in ("closing", "completed"):
        by_learner("partnerships:start_closing", pair.key)
        pair.adviser.press("partnerships:start_closing", pair.key)
        close(pair)
    if state == "completed":
        by_learner("partnerships:complete", pair.key)
