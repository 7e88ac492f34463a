"""What repeats on a review. Drawn in Python: as templates it took half the time of the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from viceversa.design.html import Piece, joined
from viceversa.design.icons import icon
from viceversa.design.templatetags.design import avatar, badge, person, score_bar
from viceversa.matching.rules.asking import Links

register = template.Library()

ROW = Piece("""
<tr {current}>
  <th scope="row"><span class="person">{circle}<span><a href="{to_learner}#why" hx-get="{to_learner}" hx-target="#review" hx-select="#review" hx-swap="outerMorph" hx-push-url="true">{learner}</a><small>{where}</small></span></span></th>
  <td data-label="{adviser_label}">{adviser}</td>
  <td class="words" data-label="{why_label}"><small>{why}</small>{wish}</td>
  <td data-label="{score_label}">{score}</td>
  <td class="tight">{menu}</td>
</tr>
""")  # fmt: skip  # noqa: E501
COLUMN = Piece('<rect x="{x}" y="{y}" width="18" height="{height}" rx="1"></rect>')
FIGURE = Piece("""
<tr><th scope="row" class="number">{label}</th><td class="number">{count}</td></tr>
""")
ALTERNATIVE = Piece("""
<li><a href="{to}" hx-get="{to}" hx-target="#review" hx-select="#review" hx-swap="outerMorph" hx-push-url="true">{name} <small class="number">{also}{score}</small></a></li>
""")  # fmt: skip  # noqa: E501
MENU = Piece("""
<button class="button quiet small round" type="button" popovertarget="pair-{pk}" aria-label="{label} {learner}, {adviser}">{dots}</button><div class="menu" id="pair-{pk}" popover>{choices}</div>
""")  # fmt: skip  # noqa: E501
CHOICE = Piece('<button form="wish" name="wish" value="{wish} {pair}">{icon}{label}</button>')
ADVISER = Piece("""
<span class="person">{circle}<span><a href="{to}#why-not" title="{title}" hx-get="{to}" hx-target="#review" hx-select="#review" hx-swap="outerMorph" hx-push-url="true">{name}</a><small>{where}</small></span></span>
""")  # fmt: skip  # noqa: E501
BOLD = Piece("<b>{words}</b>")
CURRENT = Piece('aria-current="true"')()


@register.simple_tag
def pair_rows(rows: Iterable[Mapping[str, Any]], links: Links, may_wish: bool) -> SafeString:
    """A learner's name leads to the pair, an adviser's name asks why not."""
    labels = {"adviser_label": _("Adviser"), "why_label": _("Why"), "score_label": _("Score")}
    menu = _Menu() if may_wish else None
    return joined(
        ROW(
            current=CURRENT if row["is_chosen"] else "",
            circle=avatar(row["learner"].name, role="learner"),
            to_learner=_to_learner(row, links),
            learner=row["learner"].name,
            where=row["learner"].where,
            adviser=_adviser(row, links),
            why=_why(row),
            wish=_wish(row["wish"]),
            score=score_bar(row["parts"], total=row["score"]),
            menu=menu.of(row) if menu else "",
            **labels,
        )
        for row in rows
    )


def _to_learner(row: Mapping[str, Any], links: Links) -> str:
    if links.to_learner:
        return f"{links.to_learner}{row['learner'].key}"
    return f"{links.to_pair}{row['pk']}"


def _adviser(row: Mapping[str, Any], links: Links) -> SafeString:
    """Beside their own learner, or when it is the learner who is to be chosen, only a name."""
    adviser = row["adviser"]
    if not links.to_adviser or row["is_chosen"]:
        return person(adviser.name, sub=adviser.where, role="adviser")
    return ADVISER(
        circle=avatar(adviser.name, role="adviser"),
        to=f"{links.to_adviser}{adviser.key}",
        title=_("Why not this adviser?"),
        name=adviser.name,
        where=adviser.where,
    )


def _why(row: Mapping[str, Any]) -> SafeString:
    """The skills in bold, then what else speaks for the two."""
    drawn: list[str] = []
    for skill in row["teaches"]:
        drawn += [", ", BOLD(words=skill)] if drawn else [BOLD(words=skill)]
    if drawn and row["around"]:
        drawn.append("; ")
    return joined([*drawn, row["around"]])


def _wish(wish: str) -> SafeString | str:
    if wish == "pin":
        return joined([" ", badge(_("pinned"), icon="pin")])
    if wish == "forbid":
        label = _("forbidden from the next solve on")
        return joined([" ", badge(label, tone="bad", icon="ban")])
    return ""


class _Menu:
    """What one may wish for a pair. For each wish there is so far, its choices are drawn once."""

    def __init__(self) -> None:
        self._label, self._dots = _("Actions for"), icon("ellipsis", 20)
        self._choices = (
            ("release", icon("undo-2", 16), _("Release")),
            ("pin", icon("pin", 16), _("Pin: keep them together")),
            ("forbid", icon("ban", 16), _("Forbid: never these two")),
        )
        self._drawn: dict[str, Piece] = {}

    def of(self, row: Mapping[str, Any]) -> SafeString:
        wish, learner, adviser = row["wish"], row["learner"], row["adviser"]
        if wish not in self._drawn:
            self._drawn[wish] = self._menu(wish)
        return self._drawn[wish](
            pk=row["pk"],
            learner=learner.name,
            adviser=adviser.name,
            pair=f"{learner.key} {adviser.key}",
        )

    def _menu(self, wished: str) -> Piece:
        """Not what is so already; what stays open is which pair it is."""
        places = {name: SafeString(f"{{{name}}}") for name in ("pk", "learner", "adviser", "pair")}
        choices = joined(
            CHOICE(wish=wish, icon=drawn, label=label, **places)
            for wish, drawn, label in self._choices
            if wish != (wished or "release")
        )
        return Piece(MENU(label=self._label, dots=self._dots, choices=choices, **places))


@register.simple_tag
def fairness_columns(columns: Iterable[Mapping[str, Any]]) -> SafeString:
    return joined(COLUMN(x=row["x"], y=row["y"], height=row["height"]) for row in columns)


@register.simple_tag
def fairness_figures(columns: Iterable[Mapping[str, Any]]) -> SafeString:
    return joined(FIGURE(label=row["label"], count=f"{row['count']:,}") for row in columns)


@register.simple_tag
def alternatives(rows: Iterable[Mapping[str, Any]], to_pair: str) -> SafeString:
    """`to_pair` is the address of the pair looked at; each row says what comes behind it."""
    proposed = _("also proposed") + " · "
    return joined(
        ALTERNATIVE(
            to=f"{to_pair}&{row['asking']}",
            name=row["name"],
            also=proposed if row["is_proposed"] else "",
            score=row["score"],
        )
        for row in rows
    )
