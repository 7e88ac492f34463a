"""What is sealed to one person when a pulse opens: the right to answer once, and how they count."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from viceversa.safeguarding.rules.groups import Group

LENGTH = 2048


@dataclass(frozen=True)
class Slip:
    secret: str
    groups: tuple[Group, ...]
    counterparts: frozenset[int]

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"pulse slip {self.secret}".encode()).hexdigest()


def new_slip(groups: Sequence[Group], counterparts: frozenset[int]) -> Slip:
    return Slip(secrets.token_urlsafe(24), tuple(groups), counterparts)


def written(slip: Slip) -> bytes:
    groups = [[group.breakdown, group.fine, group.coarse] for group in slip.groups]
    text = json.dumps(
        {"secret": slip.secret, "groups": groups, "counterparts": sorted(slip.counterparts)},
        ensure_ascii=False,
    )
    return text.encode().ljust(LENGTH)


def read(raw: bytes) -> Slip:
    data = json.loads(raw)
    return Slip(
        data["secret"],
        tuple(Group(*group) for group in data["groups"]),
        frozenset(data["counterparts"]),
    )
