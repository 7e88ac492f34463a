"""The whole sample organisation from a number of people and a seed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from viceversa.home.sample import names as naming
from viceversa.home.sample import setting
from viceversa.home.sample.cast import Part, cast_parts
from viceversa.home.sample.chance import pick
from viceversa.home.sample.enrolling import Crew
from viceversa.home.sample.hierarchy import Post, build_posts, unit_of, units_for
from viceversa.home.sample.programmes import build_programmes
from viceversa.home.sample.setting import PLACE_BY_CODE
from viceversa.home.sample.shapes import Place, RoleGrant, SampleOrganisation, SamplePerson
from viceversa.home.sample.skills import offers_of, wishes_of
from viceversa.home.sample.texts import career_text, goals_text

SAMPLE_DAY = date(2026, 3, 2)
YEARS_HERE = {1: (0.1, 3.5), 2: (0.5, 7), 3: (1, 12), 4: (2, 18), 5: (2, 24), 6: (4, 26)}
WITHOUT_ENGLISH = {"lisbon": 0.08, "bengaluru": 0.02, "nairobi": 0.03}


class _Identity(NamedTuple):
    external_id: str
    name: str
    email: str
    manager: str | None


def generate(
    people: int = 240, seed: int = 2026, *, today: date = SAMPLE_DAY
) -> SampleOrganisation:
    """Return the same organisation for the same three arguments.

    Raises ValueError below 200 people. Dates lie around `today`.
    """
    with _collector_paused():
        return _generate(people, seed, today)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Looking for cycles among a million values, none in one, would take as long again."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def _generate(people: int, seed: int, today: date) -> SampleOrganisation:
    posts = build_posts(people, _rng(seed, "posts"))
    parts = cast_parts(posts)
    for number, part in parts.items():
        posts[number].place = part.place or posts[number].place
    staff = _people(posts, parts, seed, today)
    named = {part.name: number for number, part in parts.items()}
    crew = Crew(posts, staff, named, today)
    return SampleOrganisation(
        name=setting.NAME,
        domain=setting.DOMAIN,
        levels=setting.LEVELS,
        units=units_for(posts),
        places=setting.PLACES,
        people=tuple(staff),
        roles=_roles(crew),
        programmes=build_programmes(crew, _rng(seed, "programmes")),
        sign_ins=setting.SIGN_INS,
    )


def _rng(seed: int, about: str) -> Random:
    """Return a stream of its own, so that more of one thing does not change another."""
    return Random(f"viceversa:{seed}:{about}")


def _roles(crew: Crew) -> tuple[RoleGrant, ...]:
    administrator = crew.staff[crew.named[setting.ADMINISTRATOR]].external_id
    contact = crew.staff[crew.named[setting.SAFEGUARDING_CONTACT]].external_id
    return (
        RoleGrant(administrator, "directory_administrator"),
        RoleGrant(administrator, "operator"),
        RoleGrant(contact, "safeguarding_contact"),
    )


def _people(
    posts: list[Post], parts: dict[int, Part], seed: int, today: date
) -> list[SamplePerson]:
    rng = _rng(seed, "people")
    staff: list[SamplePerson] = []
    for number, identity in enumerate(_identities(posts, parts, seed)):
        person = _person(posts[number], identity, len(posts), rng, today)
        staff.append(_as_cast(person, parts[number], today) if number in parts else person)
    return staff


def _identities(posts: list[Post], parts: dict[int, Part], seed: int) -> Iterator[_Identity]:
    count = len(posts)
    names = _names(count, parts, _rng(seed, "names"))
    mails = _addresses(names, parts)
    pool = range(100_000, 100_000 + max(900_000, 3 * count))
    ids = [f"HR{chosen}" for chosen in _rng(seed, "ids").sample(pool, count)]
    for number, post in enumerate(posts):
        manager = None if post.manager is None else ids[post.manager]
        yield _Identity(ids[number], names[number], mails[number], manager)


def _names(count: int, parts: dict[int, Part], rng: Random) -> list[str]:
    names = naming.invented_names(count, rng, {part.name for part in parts.values()})
    for number, part in parts.items():
        names[number] = part.name
    return names


def _addresses(names: list[str], parts: dict[int, Part]) -> list[str]:
    """Address the named parts first: theirs are printed and must not carry a number."""
    order = [*parts, *(number for number in range(len(names)) if number not in parts)]
    mails = naming.addresses([names[number] for number in order], setting.DOMAIN)
    by_number = dict(zip(order, mails, strict=True))
    return [by_number[number] for number in range(len(names))]


def _person(post: Post, identity: _Identity, people: int, rng: Random, today: date) -> SamplePerson:
    place = PLACE_BY_CODE[post.place]
    offers = offers_of(post.level, rng)
    wants = wishes_of(post.level, offers, rng)
    return SamplePerson(
        external_id=identity.external_id,
        name=identity.name,
        email=identity.email,
        title=setting.title_of(post.level, post.unit, post.craft),
        level=post.level,
        unit=unit_of(post, people),
        place=post.place,
        time_zone=place.time_zone,
        languages=_languages(place, post.level, rng),
        manager=identity.manager,
        hired_on=_hired_on(post.level, rng, today),
        hours=pick(setting.HOURS_DRAW, rng),
        offers=offers,
        wants=wants,
        goals=goals_text(post.level, wants, rng),
        career=career_text(post.level, rng),
    )


def _languages(place: Place, level: int, rng: Random) -> tuple[str, ...]:
    """English for nearly all; often one language of the place besides."""
    missing = 0.0 if level >= setting.VICE_PRESIDENT else WITHOUT_ENGLISH.get(place.code, 0.0)
    if rng.random() < missing:
        return (place.languages[0],)
    local = place.code in WITHOUT_ENGLISH
    other = rng.random() < (0.9 if local else 0.25)
    return ("en", pick(place.languages, rng)) if other else ("en",)


def _hired_on(level: int, rng: Random, today: date) -> date:
    """Return a hiring date; nearly half of the juniors came within eighteen months."""
    least, most = YEARS_HERE[level]
    share = rng.random() ** 1.3
    return today - timedelta(days=round(365.25 * (least + share * (most - least))))


def _as_cast(person: SamplePerson, part: Part, today: date) -> SamplePerson:
    hired = today - timedelta(days=part.days_here) if part.days_here else person.hired_on
    title = person.title
    if part.craft:
        title = setting.title_of(part.level, part.branch, part.craft)
    return replace(
        person,
        title=title,
        languages=("en",),
        hired_on=hired,
        hours=setting.USUAL_HOURS,
        offers=part.offers or person.offers,
        wants=part.wants or person.wants,
        goals=part.goals or person.goals,
    )
