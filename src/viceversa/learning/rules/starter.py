"""The packs, articles and words that come with the product, read from `learning/data`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from viceversa.learning.rules.modules import SOURCE_LANGUAGE, paragraphs_of
from viceversa.learning.rules.packs import Step

DATA = Path(__file__).parents[1] / "data"
LEVEL_OF = {"basic": 1, "working": 2, "strong": 3, "expert": 4}


@dataclass(frozen=True)
class StarterPlan:
    level: int
    steps: tuple[Step, ...]
    task: str


@dataclass(frozen=True)
class StarterPack:
    slug: str
    title: str
    facet: str
    topics: tuple[str, ...]
    is_risky: bool
    summary: str
    guard: str
    ideas: tuple[str, ...]
    sources: str
    interests: str
    plans: tuple[StarterPlan, ...]


@dataclass(frozen=True)
class StarterArticle:
    slug: str
    title: str
    words: str
    topics: tuple[str, ...]
    sources: str
    interests: str


@dataclass(frozen=True)
class Term:
    word: str
    meaning: str


def starter_packs(language: str = SOURCE_LANGUAGE) -> list[StarterPack]:
    files = sorted((DATA / "packs" / language).glob("*.toml"))
    return [_pack(path.stem, _read(path)) for path in files]


def _pack(slug: str, raw: dict[str, Any]) -> StarterPack:
    return StarterPack(
        slug=slug,
        title=raw["title"],
        facet=raw["facet"],
        topics=tuple(raw["topics"]),
        is_risky=raw.get("is_risky", False),
        summary=_joined(raw["summary"]),
        guard=_joined(raw.get("guard", "")),
        ideas=tuple(raw["ideas"]),
        sources="\n".join(raw["sources"]),
        interests=raw.get("interests", ""),
        plans=tuple(_plan(plan) for plan in raw["plans"]),
    )


def _plan(raw: dict[str, Any]) -> StarterPlan:
    steps = tuple(Step(minutes, what) for minutes, what in raw["steps"])
    return StarterPlan(LEVEL_OF[raw["level"]], steps, _joined(raw["task"]))


def starter_articles(language: str = SOURCE_LANGUAGE) -> list[StarterArticle]:
    raw = _read(DATA / "library" / language / "articles.toml")
    return [
        StarterArticle(
            slug=one["slug"],
            title=one["title"],
            words=_joined(one["words"]),
            topics=tuple(one["topics"]),
            sources="\n".join(one["sources"]),
            interests=one.get("interests", ""),
        )
        for one in raw["articles"]
    ]


@lru_cache(maxsize=8)
def glossary(language: str = SOURCE_LANGUAGE) -> tuple[Term, ...]:
    path = DATA / "library" / language / "glossary.toml"
    if not path.is_file():
        return glossary(SOURCE_LANGUAGE)
    return tuple(Term(one["word"], _joined(one["meaning"])) for one in _read(path)["terms"])


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _joined(text: str) -> str:
    return "\n\n".join(paragraphs_of(text))
