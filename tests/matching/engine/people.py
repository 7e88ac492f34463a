"""People for tests: one learner, one adviser who fits, and a seeded crowd."""

from __future__ import annotations

import random
from typing import Any

from viceversa.matching.engine import Participant, Rules, Settings, Want

SKILLS = [f"Skill {number}" for number in range(12)]
ZONES = ["Europe/London", "Europe/Berlin", "America/New_York"]


def learner(id: str = "L1", **changes: Any) -> Participant:
    values: dict[str, Any] = {
        "name": f"Learner {id}",
        "rank": 5,
        "unit": "Sales",
        "roles": frozenset({"learner"}),
        "wants": (Want("Short video", 2, 1),),
    }
    return Participant(id=id, **(values | changes))


def adviser(id: str = "A1", **changes: Any) -> Participant:
    values: dict[str, Any] = {
        "name": f"Adviser {id}",
        "rank": 1,
        "unit": "Design",
        "roles": frozenset({"adviser"}),
        "offers": {"Short video": 3},
    }
    return Participant(id=id, **(values | changes))


def lenient(**rules: Any) -> Settings:
    return Settings(rules=Rules(**rules))


def crowd(size: int, seed: int) -> list[Participant]:
    """A management tree with learners near the top; some are left over."""
    rng = random.Random(seed)
    people = []
    for number in range(size):
        senior = rng.random() < 0.4
        role = "learner" if senior else "adviser"
        people.append(
            Participant(
                id=f"p{number:03d}",
                name=f"Person {number}",
                rank=rng.randint(3, 5) if senior else rng.randint(1, 4),
                unit=f"Unit {rng.randrange(4)}",
                timezone=rng.choice(ZONES),
                manager_id=f"p{number // 4:03d}" if number else "",
                roles=frozenset({role}),
                offers={skill: rng.randint(1, 4) for skill in rng.sample(SKILLS, 3)},
                wants=tuple(
                    Want(skill, rng.randint(1, 3), place)
                    for place, skill in enumerate(rng.sample(SKILLS, 3), start=1)
                ),
                goals=" ".join(rng.sample(["film", "cloud", "clients", "budget", "voice"], 3)),
                asks=(f"p{rng.randrange(size):03d}",),
            )
        )
    return people
