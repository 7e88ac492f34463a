"""One answer: how it is written before it is sealed. All are of one length, comment or not."""

import json
from dataclasses import dataclass, field

from viceversa.safeguarding.rules.groups import Cell

LENGTH = 4096
LONGEST_COMMENT = 600


@dataclass(frozen=True)
class Ballot:
    """`cells` are the groups that it counts in; `counterparts` are numbers without names."""

    answers: tuple[str, ...]
    cells: frozenset[Cell] = frozenset()
    counterparts: frozenset[int] = frozenset()
    comment: str = field(default="", repr=False)


def written(ballot: Ballot) -> bytes:
    """Raises ValueError for what does not fit."""
    text = json.dumps(
        {
            "answers": list(ballot.answers),
            "cells": sorted(ballot.cells),
            "counterparts": sorted(ballot.counterparts),
            "comment": ballot.comment,
        },
        ensure_ascii=False,
    ).encode()
    if len(text) > LENGTH:
        raise ValueError(f"{len(text)} bytes")
    return text.ljust(LENGTH)


def read(raw: bytes) -> Ballot:
    data = json.loads(raw)
    return Ballot(
        answers=tuple(data["answers"]),
        cells=frozenset((breakdown, value) for breakdown, value in data["cells"]),
        counterparts=frozenset(data["counterparts"]),
        comment=data["comment"],
    )
