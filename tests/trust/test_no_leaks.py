"""A thousand texts are written through the real pages into a home of its own. None is found again
outside the envelopes: in the database file, its log, a dump, the mails, the program's log, and
whatever else lies in the home. The same search finds what is planted there plainly."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from tests.architecture.source import ROOT
from tests.trust.encodings import ENCODINGS
from tests.trust.scanner import found_in, found_in_folder, secret
from viceversa.home.sample import talk

DATABASE, LOG = "viceversa.sqlite3", "viceversa.log"
FIRST_CONTROL = 900_000
PLACES = ("database", "write-ahead log", "dump", "log", "mail", "another file")


@dataclass(frozen=True)
class Home:
    folder: Path
    planted: dict[str, str]
    missing: list[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("home")
    with open(folder / LOG, "wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.trust.plant"],
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if "DJANGO" not in name},
                "VICEVERSA_HOME": str(folder),
                "SECRET_KEY": "only-for-tests",
                "LOG_LEVEL": "DEBUG",
            },
            stdout=subprocess.PIPE,
            stderr=log,
            check=False,
        )
    assert done.returncode == 0, (folder / LOG).read_text()[-4000:]
    return Home(folder=folder, **json.loads(done.stdout))


def dump_of(database: Path) -> bytes:
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump()).encode("utf-8", "surrogateescape")


def copied(home: Home, folder: Path) -> Path:
    """A copy to look into, so that the home stays as the program left it."""
    shutil.copytree(home.folder, folder / "copy")
    return folder / "copy"


def test_a_thousand_texts_went_into_every_sealed_field(home: Home) -> None:
    assert len(home.planted) >= 1000
    assert len(set(home.planted.values())) >= 60
    assert home.missing == [], "a sealed field in which nobody wrote: see tests/trust/journey.py"


def test_there_is_something_to_search_in_every_place(home: Home) -> None:
    assert (home.folder / DATABASE).stat().st_size > 1_000_000
    assert (home.folder / f"{DATABASE}-wal").stat().st_size > 100_000
    assert (home.folder / LOG).stat().st_size > 1_000
    letters = b"".join(path.read_bytes() for path in (home.folder / "mail").iterdir())
    assert letters.count(b"Subject: ") > 100
    assert b"List-Unsubscribe" in letters


def test_none_is_found_in_the_home(home: Home) -> None:
    found = found_in_folder(home.folder)

    assert {
        place: [home.planted.get(one, one) for one in words] for place, words in found.items()
    } == {}


def test_what_the_pairs_of_the_sample_say_is_not_found_either(home: Home) -> None:
    said = [
        *(talk.NOTE, talk.OWN_NOTE, talk.THANKS, talk.SURPRISED, talk.BETTER, talk.MESSAGE),
        *(talk.ANSWER, *talk.PROMISE, talk.SHOWN, talk.CONCERNS),
        *talk.LOOK_BACK.values(),
    ]
    held = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())

    assert b"Odile Wren" in held
    assert [words for words in said if words.encode() in held] == []


def test_none_is_found_in_a_dump(home: Home, tmp_path: Path) -> None:
    dump = dump_of(copied(home, tmp_path) / DATABASE)

    assert b"partnerships_letter" in dump
    assert found_in(dump) == set()


def controls(place: str) -> Iterator[tuple[str, str, bytes]]:
    """Twenty for each place: the way it is written down, the secret, and the bytes."""
    first = FIRST_CONTROL + 100 * PLACES.index(place)
    for number, (name, encode) in enumerate(ENCODINGS.items(), start=first):
        yield name, secret(number), encode(f"It was {secret(number)} that they said.".encode())


@pytest.mark.parametrize("place", PLACES)
def test_all_twenty_controls_are_found(place: str, home: Home, tmp_path: Path) -> None:
    folder = copied(home, tmp_path)
    planted = list(controls(place))
    data = WRITERS[place](folder, [raw for _name, _secret, raw in planted])

    found = found_in(data)

    assert [name for name, word, _raw in planted if word not in found] == []
    assert found == {word for _name, word, _raw in planted}


def _into_database(folder: Path, raw: list[bytes]) -> bytes:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        _insert(connection, raw)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / DATABASE).read_bytes()


def _into_wal(folder: Path, raw: list[bytes]) -> bytes:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        _insert(connection, raw)
        return (folder / f"{DATABASE}-wal").read_bytes()


def _into_dump(folder: Path, raw: list[bytes]) -> bytes:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        _insert(connection, raw)
    return dump_of(folder / DATABASE)


def _insert(connection: sqlite3.Connection, raw: list[bytes]) -> None:
    connection.execute("CREATE TABLE control (said)")
    connection.executemany("INSERT INTO control VALUES (?)", [(one,) for one in raw])
    connection.commit()


def _into_log(folder: Path, raw: list[bytes]) -> bytes:
    lines = "\n".join(f"2026-03-02 09:12:00,000 INFO somewhere {one!r}" for one in raw)
    return (folder / LOG).read_bytes() + lines.encode()


def _into_mail(folder: Path, raw: list[bytes]) -> bytes:
    letter = EmailMessage("A letter", "See the files.", "a@firm.example", ["b@firm.example"])
    for number, one in enumerate(raw):
        letter.attach(f"{number}.bin", one, "application/octet-stream")
    letters = b"\n".join(path.read_bytes() for path in (folder / "mail").iterdir())
    return letters + letter.message().as_bytes()


def _into_file(folder: Path, raw: list[bytes]) -> bytes:
    return (folder / "keys" / "key-store").read_bytes() + b"\n" + b"\n".join(raw)


WRITERS = {
    "database": _into_database,
    "write-ahead log": _into_wal,
    "dump": _into_dump,
    "log": _into_log,
    "mail": _into_mail,
    "another file": _into_file,
}
