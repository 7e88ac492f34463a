"""Every page of the sample organisation, with real objects, for everybody who may open some.

An address that is new stands in the URLconf, so it is walked too; where it needs an object that
nobody here names, `unknown_parts` says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from tests.trust.addresses import Address, addresses
from viceversa.accounts.actions import invite_people
from viceversa.accounts.models import Invitation, User
from viceversa.accounts.queries import link_secret, people_without_account
from viceversa.home.actions.sample_life import STORIES
from viceversa.home.sample import SIGN_INS
from viceversa.matching.actions.round import gather_round
from viceversa.matching.actions.solving import solve_round
from viceversa.matching.models import Ask, Round, WhatIf
from viceversa.meetings.models import Commitment, Delegate, Holiday, Meeting, Note
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Goal, LedgerEntry, Letter, Partnership
from viceversa.people.actions.importing import check_run, start_check, start_import
from viceversa.people.models import ImportRun, Level, Person, Skill
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.queries import visible_programmes
from viceversa.programmes.rules.setup import STEP_KEYS
from viceversa.programmes.rules.templates import TEMPLATES
from viceversa.toolkit.actor import Actor, system

Values = Mapping[str, list[str]]
NOT_PAGES = (
    "api/",
    "^api/",
    "design/",
    "livez",
    "readyz",
    "favicon",
    "static",
    ".ics",
    "sign-in/out",
)
CHOOSING = "choose-for-yourself"
ASSISTANT = "co_coordinator"
AGREEMENT_STEPS = ["you", "aims", "leave", "trust", "meet", "back"]
MANAGER = system("the walk", via="command")
ADMINISTRATOR = Actor(
    person_id=None, label="the walk", roles=frozenset({"directory_administrator", "operator"})
)
STAFF = "Id,Name,Email,Manager,Level\n" + "".join(
    f"N{number},New Person {number},new{number}@new.example,{'N0' if number else ''},Manager\n"
    for number in range(30)
)


@dataclass(frozen=True)
class Walker:
    """Somebody signed in, or nobody. `only` keeps to addresses that begin so."""

    name: str
    user: User | None
    only: str = ""

    @cached_property
    def person(self) -> Person | None:
        return self.user.person if self.user else None

    def pages(self) -> Iterator[tuple[str, str]]:
        """The name of an address and a path, for each page there could be."""
        for address in _pages():
            if address.route.startswith(self.only):
                for values in _values(address.route, self):
                    for path in address.filled(values):
                        yield address.name, path


def walkers() -> list[Walker]:
    """Signed out; everybody the sample lets sign in; one of the two of every story it tells."""
    by_email = {user.email: user for user in User.objects.select_related("person")}
    named = [Walker(one.part, by_email[one.email]) for one in SIGN_INS]
    lived = Partnership.objects.exclude(state__in=["proposed", "accepted", "declined"])
    stories = lived.select_related("learner__person").order_by("-pk")[: len(STORIES)]
    return [
        Walker("signed out", None),
        *named,
        *(
            Walker(
                f"learner of {row.pk}, {row.state}", _account(row.learner.person), "partnerships/<"
            )
            for row in stories
        ),
    ]


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


def _account(person: Person) -> User:
    user = User.objects.filter(person=person).first()
    return user or User.objects.create_user(email=person.email or "", person=person)


def _pages() -> list[Address]:
    return [one for one in addresses() if not any(word in one.route for word in NOT_PAGES)]


def unknown_parts() -> set[tuple[str, str]]:
    """Addresses with a variable part for which nobody here has a value, ever."""
    known = {
        (address.name, part)
        for walker in walkers()
        for address in _pages()
        for values in _values(address.route, walker)
        for part in address.parts
        if values.get(part)
    }
    wanted = {(address.name, part) for address in _pages() for part in address.parts}
    return wanted - known


def _values(route: str, walker: Walker) -> list[Values]:
    """What may stand in the variable parts of an address, one mapping for each thing it is about."""
    for beginning, about in ABOUT:
        if route.startswith(beginning):
            return about(walker)
    return [{}]


def _partnerships(walker: Walker) -> list[Values]:
    if walker.person is None:
        return []
    mine = Partnership.objects.filter(learner__person=walker.person)
    mine |= Partnership.objects.filter(adviser__person=walker.person)
    by_state = {row.state: row for row in mine.order_by("pk")}
    return [_of_partnership(row) for row in by_state.values()]


def _of_partnership(row: Partnership) -> Values:
    meetings = Meeting.objects.filter(partnership=row).order_by("starts_at")
    chosen = {meeting.state: meeting.key for meeting in meetings}
    notes = Note.objects.filter(meeting__partnership=row, meeting__key__in=chosen.values())
    return {
        "key": [row.key],
        "step": AGREEMENT_STEPS,
        "number": ["1"],
        "kind": ["together", "own"],
        "meeting": list(chosen.values()),
        "note": list(notes.values_list("key", flat=True)[:2]),
        "goal": list(Goal.objects.filter(partnership=row).values_list("key", flat=True)[:2]),
        "what": ["adjust", "release"],
        **_written(row),
    }


def _written(row: Partnership) -> dict[str, list[str]]:
    kinds = {"promise": Commitment, "entry": LedgerEntry, "letter": Letter}
    return {
        part: list(kind.objects.filter(partnership=row).values_list("key", flat=True)[:1])  # type: ignore[attr-defined]
        for part, kind in kinds.items()
    }


def _assistants(walker: Walker) -> list[Values]:
    rows = Delegate.objects.filter(person=walker.person) if walker.person else []
    return [
        {**values, "delegate": [row.key]}
        for row in rows
        for values in _partnerships(Walker("", User(person=row.principal)))
    ]


def _people(walker: Walker) -> list[Values]:
    chief = Person.objects.filter(manager=None).order_by("pk")[:1]
    found = [*chief, *([walker.person] if walker.person else [])]
    return [{"key": [person.key for person in found]}]


def _imports(_walker: Walker) -> list[Values]:
    return [{"key": list(ImportRun.objects.values_list("key", flat=True)[:2])}]


def _skills(_walker: Walker) -> list[Values]:
    return [
        {"slug": list(Skill.objects.order_by("pk").values_list("slug", flat=True)[:1]), "pk": ["1"]}
    ]


def _levels(_walker: Walker) -> list[Values]:
    return [{"pk": [str(pk) for pk in Level.objects.values_list("pk", flat=True)[:1]]}]


def _accounts(_walker: Walker) -> list[Values]:
    users = User.objects.order_by("pk").values_list("pk", flat=True)[:1]
    invited = Invitation.objects.values_list("pk", flat=True)[:1]
    return [{"user_id": [str(pk) for pk in users], "invitation_id": [str(pk) for pk in invited]}]


def _programmes(walker: Walker) -> list[Values]:
    if walker.person is None:
        return []
    actor = Actor(person_id=walker.person.pk, label="")
    return [_of_programme(row) for row in visible_programmes(actor)]


def _of_programme(row: Programme) -> Values:
    asks = Ask.objects.filter(programme=row).values_list("key", flat=True)
    what_ifs = WhatIf.objects.filter(round__programme=row).values_list("key", flat=True)
    return {
        "slug": [row.slug],
        "number": ["1"],
        "step": list(STEP_KEYS),
        "key": [*asks[:1], *what_ifs[:1]],
    }


def _notifications(walker: Walker) -> list[Values]:
    mine = Notification.objects.filter(person=walker.person) if walker.person else None
    return [
        {
            "key": list(mine.values_list("key", flat=True)[:1]) if mine is not None else [],
            "signed": ["nobody:signed-this"],
        }
    ]


def _secrets(_walker: Walker) -> list[Values]:
    keys = Invitation.objects.values_list("key", flat=True)[:1]
    return [
        {
            "secret": [*(link_secret(key) for key in keys), "nobody-was-given-this"],
            "uidb36": ["1"],
            "key": ["set-password"],
        }
    ]


ABOUT = (
    ("partnerships/<", _partnerships),
    ("assistants/<", _assistants),
    ("people/chart/<", _people),
    ("people/import/<", _imports),
    ("people/skills/<", _skills),
    ("people/ladder/<", _levels),
    ("people/<", _people),
    ("people/me/", lambda _walker: [{"slug": ["short-video"]}]),
    ("accounts/", _accounts),
    ("account/", lambda _walker: [{"token_id": ["1"]}]),
    ("roles/", lambda _walker: [{"grant_id": ["1"]}]),
    ("programmes/new/<", lambda _walker: [{"key": [one.key for one in TEMPLATES]}]),
    (
        "programmes/join/<",
        lambda _walker: [
            {
                "key": list(
                    Programme.objects.filter(slug=CHOOSING).values_list("open_link_key", flat=True)
                )
            }
        ],
    ),
    ("programmes/<", _programmes),
    ("inbox/", _notifications),
    ("invitation/", _secrets),
    ("^sign-in/", _secrets),
)
