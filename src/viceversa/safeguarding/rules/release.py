"""What may be published: a cell only if every group that one can tell apart by all that is
published keeps k who answered, and k whom they spoke of. A sum of published figures then never
singles out fewer than k."""

from collections import defaultdict
from collections.abc import Sequence

from viceversa.safeguarding.rules.ballot import Ballot
from viceversa.safeguarding.rules.bands import bands_of
from viceversa.safeguarding.rules.groups import Cell

QUORUM = 8
LEAST_K, MOST_K = 5, 25
Class = frozenset[Cell]


def classes_of(ballots: Sequence[Ballot], published: frozenset[Cell]) -> dict[Class, list[Ballot]]:
    """Those who are in the same published cells, and so cannot be told apart."""
    found: dict[Class, list[Ballot]] = defaultdict(list)
    for ballot in ballots:
        found[ballot.cells & published].append(ballot)
    return dict(found)


def holds(ballots: Sequence[Ballot], k: int) -> bool:
    counterparts = frozenset[int]().union(*(ballot.counterparts for ballot in ballots))
    return len(ballots) >= k and len(counterparts) >= k


def size_of(cell: Cell, ballots: Sequence[Ballot]) -> int:
    return sum(1 for ballot in ballots if cell in ballot.cells)


def smallest(cells: frozenset[Cell], ballots: Sequence[Ballot]) -> Cell:
    return min(cells, key=lambda cell: (size_of(cell, ballots), cell))


def _telling(ballots: Sequence[Ballot]) -> frozenset[Cell]:
    """Those large enough for two bands; one band alone says nothing."""
    cells = frozenset[Cell]().union(*(ballot.cells for ballot in ballots))
    return frozenset(cell for cell in cells if len(bands_of(size_of(cell, ballots))) > 1)


def releasable(ballots: Sequence[Ballot], k: int) -> frozenset[Cell] | None:
    """The cells beside everybody; None when not even everybody can be shown. While a class is too
    small, the smallest cell that it lies in goes, or the smallest of all."""
    if len(ballots) < max(QUORUM, k) or not holds(ballots, k):
        return None
    published = _telling(ballots)
    while published:
        small = [
            cells
            for cells, members in classes_of(ballots, published).items()
            if not holds(members, k)
        ]
        if not small:
            break
        touched = frozenset[Cell]().union(*small) or published
        published -= {smallest(touched, ballots)}
    return published
