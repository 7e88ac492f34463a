"""Pins and forbidden pairs of a round, as people and as the engine knows them."""

from viceversa.matching.models import PairWish, Round

Ids = tuple[str, str]


def wishes_as_ids(round_: Round) -> tuple[list[Ids], list[Ids]]:
    """Pins and forbidden pairs by the organisation's ids."""
    rows = PairWish.objects.filter(round=round_).values_list(
        "kind", "learner__person__external_id", "adviser__person__external_id"
    )
    pairs = [(kind, (learner, adviser)) for kind, learner, adviser in rows.order_by("pk")]
    return (
        [pair for kind, pair in pairs if kind == PairWish.Kind.PIN],
        [pair for kind, pair in pairs if kind == PairWish.Kind.FORBID],
    )


def wishes_in(pins: list[Ids], forbidden: list[Ids]) -> list[list[str]]:
    """What a solve took into account, to see later whether wishes have changed since."""
    return sorted([*(["pin", *pair] for pair in pins), *(["forbid", *pair] for pair in forbidden)])


def wishes_since(round_: Round) -> int:
    """How many wishes were made, changed or released since the last solve."""
    solved = {tuple(row) for row in round_.summary.get("wishes", [])}
    now = {tuple(row) for row in wishes_in(*wishes_as_ids(round_))}
    return len({row[1:] for row in solved ^ now})
