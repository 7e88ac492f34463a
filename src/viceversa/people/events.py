"""Facts about the directory that packages above react to."""

from dataclasses import dataclass

from viceversa.people.models import Person
from viceversa.toolkit.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """One person was marked as left by hand. An import announces `PeopleLeft` instead."""

    person: Person


@dataclass(frozen=True, kw_only=True)
class PeopleLeft(Event):
    """People left with one import."""

    person_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class PeopleCameBack(Event):
    """People who had left are present again."""

    person_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class ReportingLinesChanged(Event):
    """These people have another manager than before, or none, or are new in a line."""

    person_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class SayInPayChanged(Event):
    """It was noted, or taken back, that one of these two has a say in the other's pay or
    promotion."""

    person_ids: frozenset[int]
