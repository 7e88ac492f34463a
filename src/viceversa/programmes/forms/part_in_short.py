"""What a part says, a line for each section of its form: the page folds what is settled."""

from collections.abc import Iterable

from django.forms import BoundField, Form
from django.utils.translation import ngettext

from viceversa.programmes.forms.part import PartForm


def in_short(form: PartForm) -> dict[str, str]:
    """Section → its line; empty where nothing is said yet."""
    return {
        "goals": _begins(form, ["goals", "career_direction"]),
        "wants": _topics(form.wants_shown()),
        "offers": _topics(form.offers_shown()),
        "adviser": _join([_capacity(form), form.enrolment.value_statement]),
        "comfort": _join(
            [
                _chosen(form["comfort_depth"]),
                _chosen(form["comfort_format"]),
                _begins(form, ["comfort", "off_limits"]),
            ]
        ),
    }


def open_at_first(form: PartForm, short: dict[str, str]) -> set[str]:
    """Sections that somebody on this side still has to fill; with an error, all of them."""
    if form.errors:
        return set(short)
    needed = {"goals", "wants"} if form["is_learner"].value() else set()
    needed |= {"offers"} if form["is_adviser"].value() else set()
    return {name for name in needed if not short[name]}


def _begins(form: Form, names: Iterable[str]) -> str:
    texts = (str(form[name].value() or "").strip() for name in names)
    return _join(", ".join(text.splitlines()) for text in texts)


def _topics(rows: Iterable[dict[str, BoundField]]) -> str:
    said = [(row["skill"].value(), _chosen(row["level"])) for row in rows]
    return _join(f"{skill} ({level.lower()})" if level else skill for skill, level in said if skill)


def _chosen(field: BoundField) -> str:
    """The label of what is chosen; empty where nothing is."""
    value = field.value()
    labels = {str(code): str(label) for code, label in field.field.choices}  # type: ignore[attr-defined]
    return labels.get(str(value), "") if value not in (None, "") else ""


def _capacity(form: PartForm) -> str:
    value = str(form["capacity"].value() or "")
    if not value.isdigit() or not form["is_adviser"].value():
        return ""
    number = int(value)
    return ngettext("%(n)s learner", "%(n)s learners", number) % {"n": number}


def _join(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
