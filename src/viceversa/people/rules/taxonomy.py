"""The starter skills every organisation begins with, read from `people/data/skills.json`."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FACETS = ("trend", "technology", "tool", "channel", "craft", "organisation")
STARTER_FILE = Path(__file__).parents[1] / "data" / "skills.json"


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """A heading in the list of skills."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class StarterSkill:
    """One skill: our name, the words people type for it, and its ESCO address if it has one."""

    slug: str
    name: str
    group: str
    facet: str
    aliases: tuple[str, ...]
    esco: str | None

    @property
    def labels(self) -> tuple[str, ...]:
        """The name first, then every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Groups and skills in the order they are shown, and the credit line to show with them."""

    credit: str
    groups: tuple[StarterGroup, ...]
    skills: tuple[StarterSkill, ...]

    def names_and_aliases(self) -> dict[str, tuple[str, ...]]:
        """Slug → name and aliases, as `SkillIndex` takes them."""
        return {skill.slug: skill.labels for skill in self.skills}


def read_taxonomy(text: str) -> Taxonomy:
    """Read a taxonomy from the text of its JSON file."""
    raw = json.loads(text)
    return Taxonomy(
        credit=raw["credit"],
        groups=tuple(StarterGroup(**group) for group in raw["groups"]),
        skills=tuple(
            StarterSkill(**{**skill, "aliases": tuple(skill["aliases"])}) for skill in raw["skills"]
        ),
    )


@lru_cache(maxsize=1)
def starter_taxonomy() -> Taxonomy:
    """Return the taxonomy that comes with the product."""
    return read_taxonomy(STARTER_FILE.read_text(encoding="utf-8"))
