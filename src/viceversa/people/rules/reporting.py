"""Reporting lines as plain dictionaries, person → manager ("" for nobody).

Nothing here recurses: a chain of 100,000 people is as good as one of three. Every function
takes time in proportion to the number of people.
"""

from collections import abc


def cycles(managers: abc.Mapping[str, str]) -> list[list[str]]:
    """Every circle of people who report to each other, each beginning with its first by file."""
    done: set[str] = set()
    found: list[list[str]] = []
    for start in managers:
        path: dict[str, None] = {}
        person = start
        while person in managers and person not in done and person not in path:
            path[person] = None
            person = managers[person]
        if person in path:
            walk = list(path)
            found.append(walk[walk.index(person) :])
        done.update(path)
    return found


def orphans(managers: abc.Mapping[str, str]) -> list[str]:
    """People whose manager is named but is nobody we know."""
    return [person for person, boss in managers.items() if boss and boss not in managers]


def roots(managers: abc.Mapping[str, str]) -> list[str]:
    """People who report to nobody."""
    return [person for person, boss in managers.items() if not boss]


def depths(managers: abc.Mapping[str, str]) -> dict[str, int]:
    """Steps up to the top: 0 for roots and orphans. People in or under a circle are absent."""
    known: dict[str, int] = {}
    lost: set[str] = set()
    for start in managers:
        path: dict[str, None] = {}
        person = start
        while person in managers and person not in known and person not in path:
            if person in lost:
                break
            path[person] = None
            person = managers[person]
        if person in path or person in lost:
            lost.update(path)
            continue
        depth = known.get(person, -1)
        for step, member in enumerate(reversed(path), start=1):
            known[member] = depth + step
    return known


def chain(managers: abc.Mapping[str, str], person: str) -> list[str]:
    """The managers above a person, nearest first; stops where a circle would begin again."""
    above: dict[str, None] = {}
    boss = managers.get(person, "")
    while boss in managers and boss not in above and boss != person:
        above[boss] = None
        boss = managers[boss]
    return list(above)


def skip_levels(managers: abc.Mapping[str, str]) -> dict[str, str]:
    """Each person's manager's manager, where there is one."""
    above = {person: managers.get(boss, "") for person, boss in managers.items() if boss}
    return {person: boss for person, boss in above.items() if boss in managers and boss != person}


def greatest_depth(managers: abc.Mapping[str, str]) -> int:
    return max(depths(managers).values(), default=0)
