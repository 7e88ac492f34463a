from itertools import count
from typing import Any

from viceversa.people.models import Level, Person, Skill

_numbers = count(1)


def make_level(rank: int, name: str = "") -> Level:
    return Level.objects.get_or_create(rank=rank, defaults={"name": name or f"Level {rank}"})[0]


def make_person(name: str = "", **fields: Any) -> Person:
    number = next(_numbers)
    rank = fields.pop("rank", None)
    if rank is not None:
        fields["level"] = make_level(rank)
    fields.setdefault("external_id", f"E{number:05}")
    fields.setdefault("email", f"person{number}@firm.example")
    fields.setdefault("languages", ["en"])
    return Person.objects.create(name=name or f"Person {number}", **fields)


def make_skill(name: str, **fields: Any) -> Skill:
    slug = name.lower().replace(" ", "-")
    fields = {"name": name, "group": "Digital", "facet": "tool", **fields}
    return Skill.objects.get_or_create(slug=slug, defaults=fields)[0]
