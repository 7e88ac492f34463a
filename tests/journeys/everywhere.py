"""Every page of the sample organisation, with real objects, for everybody who may open some.

An address that is new stands in the URLconf, so it is walked too; where it needs an object that
nobody here names, `unknown_parts` says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.journeys.furnishing import CHOOSING
from tests.trust.addresses import Address, addresses
from viceversa.accounts.models import Invitation, User
from viceversa.accounts.queries import link_secret, passkeys_of
from viceversa.community.models import Chat, Opportunity, Post, Story, Tip
from viceversa.home.actions.sample_life import STORIES
from viceversa.home.sample import SIGN_INS
from viceversa.insights.models import Theme
from viceversa.learning.models import Pack, Resource
from viceversa.learning.rules.modules import modules
from viceversa.matching.models import Ask, WhatIf
from viceversa.meetings.models import Commitment, Delegate, Meeting, Note, Unclear
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Forward, Goal, LedgerEntry, Letter, Partnership
from viceversa.people.models import ImportRun, Level, Person, Skill
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import visible_programmes
from viceversa.programmes.rules.setup import STEP_KEYS
from viceversa.programmes.rules.templates import TEMPLATES
from viceversa.safeguarding.models import Concern
from viceversa.safeguarding.queries.pulse import pulses_visible_to
from viceversa.toolkit.actor import Actor

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
AGREEMENT_STEPS = ["you", "aims", "leave", "trust", "meet", "back"]


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
    """What may stand in the variable parts of an address, for each thing it is about."""
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
        "idea": ["all-0"],
        "unclear": list(
            Unclear.objects.filter(meeting__partnership=row).values_list("key", flat=True)
        ),
        "what": ["adjust", "release"],
        **_written(row),
    }


def _written(row: Partnership) -> dict[str, list[str]]:
    kinds = {
        "promise": Commitment,
        "entry": LedgerEntry,
        "letter": Letter,
        "name": Forward,
    }
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
    return [{"slug": [Skill.objects.earliest("pk").slug], "pk": ["1"]}]


def _levels(_walker: Walker) -> list[Values]:
    return [{"pk": [str(pk) for pk in Level.objects.values_list("pk", flat=True)[:1]]}]


def _accounts(_walker: Walker) -> list[Values]:
    users = User.objects.order_by("pk").values_list("pk", flat=True)[:1]
    invited = Invitation.objects.values_list("pk", flat=True)[:1]
    return [{"user_id": [str(pk) for pk in users], "invitation_id": [str(pk) for pk in invited]}]


def _own_account(walker: Walker) -> list[Values]:
    passkeys = [str(one.pk) for one in passkeys_of(walker.user)] if walker.user else []
    return [{"token_id": ["1"], "passkey_id": passkeys}]


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
        "key": [*asks[:1], *what_ifs[:1], *_themes(row)[:1]],
        **_of_community(row),
    }


def _themes(row: Programme) -> list[str]:
    return list(Theme.objects.filter(programme=row).values_list("key", flat=True))


def _answering(_walker: Walker) -> list[Values]:
    passed = Theme.objects.filter(passings__isnull=False)
    return [{"key": list(passed.values_list("key", flat=True)[:1])}]


def _of_community(row: Programme) -> dict[str, list[str]]:
    kinds = {"tip": Tip, "story": Story, "opportunity": Opportunity, "chat": Chat}
    found = {
        part: list(kind.objects.filter(programme=row).values_list("key", flat=True)[:4])
        for part, kind in kinds.items()
    }
    posts = Post.objects.filter(question__chat__programme=row).values_list("key", flat=True)
    return {**found, "post": list(posts[:2]), "what": ["hand-in", "publish"]}


def _pulses(walker: Walker) -> list[Values]:
    """Those in which the walker is asked, or stands behind; for others there is nothing."""
    if walker.person is None:
        return []
    mine = pulses_visible_to(Actor(person_id=walker.person.pk, label=""))
    return [{"key": list(mine.order_by("pk").values_list("key", flat=True))}]


def _concerns(walker: Walker) -> list[Values]:
    """Those that were sent to the walker."""
    if walker.person is None:
        return []
    mine = Concern.objects.filter(holders__person=walker.person)
    return [{"key": list(mine.values_list("key", flat=True))}]


def _joining(_walker: Walker) -> list[Values]:
    open_ = Programme.objects.filter(slug=CHOOSING)
    return [{"key": list(open_.values_list("open_link_key", flat=True))}]


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


def _learning(_walker: Walker) -> list[Values]:
    """Of each state one: a pack on its way, a resource that is past its day."""
    packs = {row.state: row.key for row in Pack.objects.order_by("pk")}
    resources = {row.kind: row.key for row in Resource.objects.order_by("review_by")}
    old = Resource.objects.order_by("review_by").values_list("key", flat=True)[:1]
    return [
        {
            "key": [*packs.values(), *resources.values(), *old],
            "level": ["1", "4"],
            "slug": [one.slug for one in modules()],
            "number": ["1", "5"],
        }
    ]


ABOUT = (
    ("learning/", _learning),
    ("partnerships/<", _partnerships),
    ("assistants/<", _assistants),
    ("people/chart/<", _people),
    ("people/import/<", _imports),
    ("people/skills/<", _skills),
    ("people/ladder/<", _levels),
    ("people/<", _people),
    ("people/me/", lambda _walker: [{"slug": ["short-video"]}]),
    ("accounts/", _accounts),
    ("account/", _own_account),
    ("roles/", lambda _walker: [{"grant_id": ["1"]}]),
    ("pulses/<", _pulses),
    ("concerns/<", _concerns),
    ("keep-apart/", _people),
    ("programmes/new/<", lambda _walker: [{"key": [one.key for one in TEMPLATES]}]),
    ("programmes/join/<", _joining),
    ("programmes/<", _programmes),
    ("inbox/", _notifications),
    ("themes/", _answering),
    ("invitation/", _secrets),
    ("^sign-in/", _secrets),
)
