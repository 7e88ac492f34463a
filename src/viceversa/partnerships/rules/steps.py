"""The steps of the conversation: which fields of the agreement each of them is about."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from viceversa.partnerships.rules.terms import Outcome, Permission, Terms

OF_ONE_SIDE = {
    "background": "{side}_background",
    "expects": "{side}_expects",
    "implied": "{side}_implied",
    "aims": "{side}_aims",
}


def to_answers(terms: Terms, fields: list[str], side: str) -> dict[str, Any]:
    """What a form about these fields begins with."""
    permission = asdict(terms.permission)
    values: dict[str, Any] = {}
    for field in fields:
        if field in permission:
            values[field] = permission[field]
        elif field == "outcomes":
            values[field] = [outcome.text for outcome in terms.outcomes]
        else:
            values[field] = getattr(terms, _name(field, side))
    return values


def to_changes(step: str, answers: Mapping[str, Any], side: str) -> dict[str, Any]:
    """Fields of the terms, out of the answers to one step."""
    if step == "leave":
        return {"permission": Permission(**answers)}
    changes = {_name(field, side): value for field, value in answers.items()}
    if "outcomes" in changes:
        changes["outcomes"] = tuple(Outcome(text) for text in changes["outcomes"])
    if "ends_on" in changes:
        changes["ends_on"] = day(changes["ends_on"])
    return changes


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _name(field: str, side: str) -> str:
    return OF_ONE_SIDE.get(field, field).format(side=side)
