"""Training that comes with the product: flows of cards, read from `learning/data/modules`."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "modules"
SOURCE_LANGUAGE = "en"
SIDES = frozenset({"learner", "adviser"})


@dataclass(frozen=True)
class Answer:
    text: str
    reply: str
    fits: bool


@dataclass(frozen=True)
class Card:
    title: str
    paragraphs: tuple[str, ...]
    question: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Module:
    slug: str
    title: str
    summary: str
    minutes: int
    sides: frozenset[str]
    cards: tuple[Card, ...]
    sources: tuple[str, ...]

    @property
    def numbers(self) -> range:
        return range(1, len(self.cards) + 1)


def read_module(slug: str, text: str) -> Module:
    raw = tomllib.loads(text)
    return Module(
        slug=slug,
        title=raw["title"],
        summary=raw["summary"],
        minutes=raw["minutes"],
        sides=frozenset(raw["sides"]),
        cards=tuple(_card(card) for card in raw["cards"]),
        sources=tuple(raw["sources"]),
    )


def _card(raw: dict[str, Any]) -> Card:
    answers = raw["answers"]
    return Card(
        title=str(raw["title"]),
        paragraphs=paragraphs_of(str(raw["text"])),
        question=str(raw["question"]),
        answers=tuple(Answer(one["text"], one["reply"], one["fits"]) for one in answers),
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Split at empty lines, each without line breaks."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(part for part in parts if part)


@lru_cache(maxsize=8)
def modules(language: str = SOURCE_LANGUAGE) -> tuple[Module, ...]:
    """All of them in their order, each in the language asked for where there is a translation."""
    found = sorted((FOLDER / SOURCE_LANGUAGE).glob("*.toml"))
    return tuple(_translated(path, language) for path in found)


def _translated(path: Path, language: str) -> Module:
    other = FOLDER / language / path.name
    chosen = other if other.is_file() else path
    return read_module(path.stem.split("-", 1)[1], chosen.read_text(encoding="utf-8"))


def module(slug: str, language: str = SOURCE_LANGUAGE) -> Module | None:
    return next((one for one in modules(language) if one.slug == slug), None)


def slugs_for(side: str) -> set[str]:
    return {one.slug for one in modules() if side in one.sides}


def cards_left(numbers: Iterable[int], answered: Iterable[int]) -> list[int]:
    return sorted(set(numbers) - set(answered))
