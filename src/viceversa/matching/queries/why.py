"""Why these two, and why not those: a few rows each, whatever the size of the round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.matching.models import Proposal, Round
from viceversa.matching.queries.round import (
    enrolment_in,
    option_of,
    people_named,
)
from viceversa.matching.queries.wishes import wishes_as_ids
from viceversa.matching.rules.asking import Asking
from viceversa.matching.rules.keeping import FAVOUR
from viceversa.matching.rules.refusal import rules_between
from viceversa.matching.rules.words import cost, points
from viceversa.programmes.models import Enrolment
from viceversa.toolkit.prepared import prepared

Wishes = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class WhyNot:
    """`kind` is matched, possible, forbidden, unclear (several people of that name) or unknown."""

    kind: str
    sentences: list[str]
    learner: Enrolment | None = None
    adviser: Enrolment | None = None
    wish: str = ""
    learners: list[Enrolment] = field(default_factory=list)
    advisers: list[Enrolment] = field(default_factory=list)


def alternatives_of(proposal_id: int) -> dict[str, Any]:
    """Whom else each of the two could have had, by name. Two queries."""
    (rows,) = _alternatives.first(proposal_id) or ({},)
    ids = [row[0] for side in ("learner", "adviser") for row in rows.get(side, [])]
    named = Enrolment.objects.filter(pk__in=ids).values_list("pk", "key", "person__name")
    people = {pk: {"key": key, "name": name} for pk, key, name in named}
    return {
        f"{side}_alternatives": [
            {**people[pk], "score": points(score), "is_proposed": proposed}
            for pk, score, proposed in rows.get(side, [])
            if pk in people
        ]
        for side in ("learner", "adviser")
    }


@prepared
def _alternatives(proposal: int) -> QuerySet[Any, Any]:
    return Proposal.objects.filter(pk=proposal).order_by().values_list("alternatives")


def asking_for(round_: Round, asked: Mapping[str, str]) -> Asking | None:
    """The learner or the adviser chosen so far; None when nobody is, or both are."""
    given = {role: asked.get(role, "") for role in ("learner", "adviser")}
    chosen = [(role, key) for role, key in given.items() if key]
    if len(chosen) != 1:
        return None
    role, key = chosen[0]
    return Asking(role, key, enrolment_in(round_, key, role).person.name)


def why_not(round_: Round, asked: Mapping[str, str], wishes: Wishes) -> WhyNot | None:
    """Two people by key (`learner`, `adviser`) or by name (`who`, `whom`); None when not asked."""
    learners = _people(round_, "learner", asked.get("learner", ""), asked.get("who", ""))
    advisers = _people(round_, "adviser", asked.get("adviser", ""), asked.get("whom", ""))
    if learners is None or advisers is None:
        return None
    if not learners or not advisers:
        role = _("learner") if not learners else _("adviser")
        return WhyNot(
            "unknown", [_("No %(role)s of this round goes by that name.") % {"role": role}]
        )
    if len(learners) > 1 or len(advisers) > 1:
        return WhyNot(
            "unclear", [_("Several people go by that name.")], learners=learners, advisers=advisers
        )
    return _answer(round_, learners[0], advisers[0], wishes)


def _nobody(*, is_learner: bool) -> str:
    if is_learner:
        return _("No learner of this programme goes by that name.")
    return _("No adviser of this programme goes by that name.")


def _people(round_: Round, role: str, key: str, name: str) -> list[Enrolment] | None:
    if key:
        return [enrolment_in(round_, key, role)]
    if not name.strip():
        return None
    found = people_named(round_, role, name[:80])
    exact = [one for one in found if one.person.name.casefold() == name.strip().casefold()]
    return exact or found


def _answer(round_: Round, learner: Enrolment, adviser: Enrolment, wishes: Wishes) -> WhyNot:
    kind, sentences = _kind(round_, learner, adviser)
    wish = wishes.get((learner.pk, adviser.pk), "")
    return WhyNot(kind, sentences, learner, adviser, wish)


def _kind(round_: Round, learner: Enrolment, adviser: Enrolment) -> tuple[str, list[str]]:
    if Proposal.objects.filter(round=round_, learner=learner, adviser=adviser).exists():
        return "matched", [_("These two are proposed as partners in this round.")]
    option = option_of(round_, learner, adviser)
    if option is not None:
        return "possible", [cost(*option), *_favour(round_, option[0])]
    said = _rules(round_, learner, adviser)
    if said:
        return "forbidden", said
    return "possible", [_("No rule forbids it. Work it out to see what it would cost.")]


def _favour(round_: Round, objective: str) -> list[str]:
    """The prices are those of the sum that was solved, in which standing pairs count for more."""
    worth = round_.settings.get(FAVOUR, 0)
    if objective != "total" or not worth or not round_.summary.get("standing"):
        return []
    return [_("In this a pair that stood before counts for more than its score, as you chose.")]


def _rules(round_: Round, learner: Enrolment, adviser: Enrolment) -> list[str]:
    """Loads the snapshot, which only this question needs."""
    snapshot = Round.objects.values_list("snapshot", flat=True).get(pk=round_.pk)
    pair = (learner.person.external_id, adviser.person.external_id)
    return rules_between(snapshot, round_.settings, pair, ruled_out=wishes_as_ids(round_)[1])
