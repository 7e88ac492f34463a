"""Two people of the sample who live their partnership."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor


@dataclass(frozen=True)
class Pair:
    partnership: Partnership
    learner: Actor
    adviser: Actor
    now: datetime

    @property
    def both(self) -> tuple[Actor, Actor]:
        return self.learner, self.adviser

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)
