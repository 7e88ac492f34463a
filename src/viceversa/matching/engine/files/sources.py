"""Both input files, read together, and the problem they describe."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.files.faults import BadFiles, nearest
from viceversa.matching.engine.files.people_csv import PeopleFile, read_people
from viceversa.matching.engine.files.people_names import SEARCHED
from viceversa.matching.engine.files.programme_toml import Programme, read_programme
from viceversa.matching.engine.people.building import build_problem
from viceversa.matching.engine.people.problem import Problem, Progress
from viceversa.matching.engine.people.settings import Settings

PEOPLE, PROGRAMME = "people.csv", "programme.toml"


@dataclass(frozen=True)
class Sources:
    programme: Programme
    file: PeopleFile


def read_sources(
    people_path: Path, programme_path: Path, progress: Progress | None = None
) -> Sources:
    """People are checked under default settings when the programme is wrong, so that all
    mistakes of both files are told together."""
    sentences: list[str] = []
    programme = Programme(Settings(), ladder_known=False)
    try:
        programme = read_programme(programme_path)
    except BadFiles as reason:
        sentences += reason.sentences
    try:
        file = read_people(people_path, programme, progress)
    except BadFiles as reason:
        raise BadFiles([*sentences, *reason.sentences], reason.complete) from reason
    if sentences:
        raise BadFiles(sentences)
    return Sources(programme, file)


def problem_of(
    sources: Sources, progress: Progress | None = None, *, listed: bool = True
) -> Problem:
    """Rules and scores from the files; raises BadFiles when they describe no problem."""
    programme = sources.programme
    try:
        return build_problem(
            sources.file.people,
            programme.settings,
            forbidden=programme.forbidden,
            progress=progress,
            listed=listed,
        )
    except BadInput as reason:
        raise BadFiles([f"{PEOPLE}: {reason}{_missing_role(sources)}"]) from reason


def _missing_role(sources: Sources) -> str:
    columns = sources.file.people.columns
    there = {"learner": columns.is_learner.any(), "adviser": columns.is_adviser.any()}
    missing = " or ".join(role for role, anybody in there.items() if not anybody)
    return f" Nobody has the role {missing}." if missing else ""


def check_pairs(sources: Sources, name: str) -> None:
    """A pair with a mistyped id would be pinned or kept apart for nobody, and silently."""
    programme, known = sources.programme, sources.file.people.columns.index
    few = list(known) if len(known) <= SEARCHED else []
    sentences = [
        f"{name}: The {kind} pair of {pair[0]} and {pair[1]} leads to nobody: "
        f'there is no id "{one}".{nearest(one, few)}'
        for kind, pairs in (("pinned", programme.pins), ("forbidden", programme.forbidden))
        for pair in pairs
        for one in pair
        if one not in known
    ]
    if sentences:
        raise BadFiles(sentences)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def fingerprint_of(path: Path) -> str:
    """The fingerprint of a file's content, which is never in memory as a whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
