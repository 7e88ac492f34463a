"""The `partnerships` command: how the partnerships of a programme stand, in facts. What the two
wrote is sealed, and the operator of the machine holds no key to it."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from viceversa.home.queries.standing import PartnershipFacts, facts_in
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock

Echo = Callable[[str], None]
NAMES = 46


def run_partnerships(*, slug: str, as_json: bool, echo: Echo) -> int:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        slugs = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True)[:20])
        echo(f"There is no programme “{slug}”. There are: {slugs or 'none'}.")
        return 1
    rows = facts_in(programme, now=clock.now())
    if as_json:
        echo(json.dumps([row.as_plain() for row in rows], ensure_ascii=False, indent=1))
    else:
        _tell(rows, echo)
    return 0


def _tell(rows: Iterable[PartnershipFacts], echo: Echo) -> None:
    rows = list(rows)
    if not rows:
        echo("No partnership yet.")
        return
    width = min(max(len(row.names) for row in rows), NAMES)
    echo(
        _line(
            *(width, "partnership", "state", "agreement", "waits for", "goals", "held"),
            *("promises", "next", "needs"),
        )
    )
    for row in rows:
        echo(
            _line(
                width,
                row.names,
                row.state,
                f"signed v{row.agreement}" if row.agreement else "not signed",
                " and ".join(row.turn) if len(row.turn) < 2 else "both",
                f"{row.goals_reached}/{row.goals}",
                str(row.held),
                f"{row.promises_kept}/{row.promises_kept + row.promises_open}",
                row.next_at.strftime("%Y-%m-%d %H:%M") if row.next_at else "–",
                ", ".join(row.needs) or "–",
            )
        )


def _line(width: int, names: str, *columns: Any) -> str:
    state, agreement, turn, goals, held, promises, next_at, needs = columns
    return (
        f"{names[:width]:<{width}}  {state:<10} {agreement:<11} {turn or '–':<9} "
        f"{goals:>6} {held:>5} {promises:>9}  {next_at:<16}  {needs}"
    )
