"""What the sample organisation lacks, so that every page has something to show."""

from datetime import datetime, timedelta

from tests.factories import make_user
from tests.factories.passkeys import make_passkey
from viceversa.accounts.actions import invite_people
from viceversa.accounts.queries import people_without_account
from viceversa.home.sample import SIGN_INS
from viceversa.matching.actions.round import gather_round
from viceversa.matching.actions.solving import solve_round
from viceversa.matching.models import Ask, Round, WhatIf
from viceversa.meetings.models import Delegate, Holiday
from viceversa.people.actions.importing import check_run, start_check, start_import
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import Actor, system

CHOOSING = "choose-for-yourself"
ASSISTANT = "co_coordinator"
MANAGER = system("the walk", via="command")
ADMINISTRATOR = Actor(
    person_id=None, label="the walk", roles=frozenset({"directory_administrator", "operator"})
)
STAFF = "Id,Name,Email,Manager,Level\n" + "".join(
    f"N{number},New Person {number},new{number}@new.example,{'N0' if number else ''},Manager\n"
    for number in range(30)
)


def furnish(now: datetime) -> None:
    """What the sample lacks: a solved round, a comparison, somebody who chooses, an import …"""
    programme = Programme.objects.get(slug="digital-half-hour")
    if not Round.objects.filter(programme=programme).exists():
        round_ = gather_round(programme=programme, by=MANAGER, now=now)
        solve_round(round_id=round_.pk, attempt=round_.attempt, by=MANAGER)
    if Programme.objects.filter(slug=CHOOSING).exists():
        return
    _compare(Round.objects.get(programme=programme, number=1), now)
    _let_choose(programme, now)
    learner, assistant = _signing_in("learner"), _signing_in(ASSISTANT)
    Delegate.objects.create(principal=learner, person=assistant, named_at=now)
    day = (now + timedelta(days=20)).date()
    Holiday.objects.create(programme=programme, first=day, last=day, name="Founders' day")
    invite_people(people=list(people_without_account()[:1]), by=ADMINISTRATOR, now=now)
    _import(now)
    make_passkey(make_user(learner), name="Blue laptop", opens_key=True)
    make_passkey(make_user(learner), name="Green key")


def _compare(round_: Round, now: datetime) -> None:
    """As if it had been worked out: the same people, the same answer."""
    WhatIf.objects.create(
        round=round_,
        attempt=round_.attempt,
        state=WhatIf.State.READY,
        settings=round_.settings,
        summary=round_.summary,
        created_at=now,
    )


def _let_choose(source: Programme, now: datetime) -> None:
    """A programme in which learners choose, with one ask to the sample's adviser."""
    programme = Programme.objects.create(
        slug=CHOOSING,
        name="Choose for yourself",
        template=source.template,
        state=Programme.State.MATCHING,
        choosing=Programme.Choosing.LEARNER,
        created_at=now,
        open_link_enabled=True,
    )
    coordinator = _signing_in("coordinator")
    Standing.objects.create(programme=programme, person=coordinator, role="coordinator")
    asks, asked = (
        Enrolment.objects.create(
            programme=programme,
            person=_signing_in(part),
            created_at=now,
            goals="Judge what a short film can do for us.",
            **{f"is_{part}": True},
        )
        for part in ("learner", "adviser")
    )
    Ask.objects.create(
        programme=programme,
        learner=asks,
        adviser=asked,
        choice=1,
        goals=asks.goals,
        state=Ask.State.SENT,
        sent_at=now,
        created_at=now,
        expires_at=now + timedelta(days=7),
    )


def _import(now: datetime) -> None:
    for name in ("new.csv", "checked.csv"):
        run = start_import(content=STAFF.encode(), filename=name, by=ADMINISTRATOR, now=now)
    check_run(run=start_check(run=run, by=ADMINISTRATOR, now=now), now=now)


def _signing_in(part: str) -> Person:
    email = next(one.email for one in SIGN_INS if one.part == part)
    return Person.objects.get(email=email)
