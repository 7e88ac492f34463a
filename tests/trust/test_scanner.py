import gzip
import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trust.encodings import ENCODINGS
from tests.trust.scanner import found_in, found_in_folder, secret

pytestmark = pytest.mark.pure

TEXT = f"Then {secret(7)} was said, and {secret(8)} after it.".encode()
TWICE = {"json in json", "base64 of gzip", "hex of utf-16"}
PACKED = {"gzip", "zlib", "zip"}
LOST_IN_CAPITALS = {name for name in ENCODINGS if "base64" in name} | PACKED | {"json escapes"}
PAIRS = [
    (outer, inner)
    for outer, inner in itertools.permutations(set(ENCODINGS) - TWICE, 2)
    if not (outer == "capitals" and inner in LOST_IN_CAPITALS)
    and not (outer.startswith("utf-16") and inner in PACKED)  # packed bytes are not letters
]


def test_there_are_twenty_ways_to_write_a_text_down() -> None:
    assert len(ENCODINGS) == 20
    assert len({encode(TEXT) for encode in ENCODINGS.values()}) == 20


@pytest.mark.parametrize("name", ENCODINGS)
@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_a_secret_is_found_in_every_encoding(name: str, before: bytes, after: bytes) -> None:
    data = before + b"\n" + ENCODINGS[name](TEXT) + b"\n" + after

    assert found_in(data) >= {secret(7), secret(8)}


def test_a_secret_is_found_two_encodings_deep() -> None:
    missed = [
        (outer, inner)
        for outer, inner in PAIRS
        if secret(7) not in found_in(ENCODINGS[outer](ENCODINGS[inner](TEXT)))
    ]
    assert missed == []


def test_bytes_by_chance_hold_nothing() -> None:
    assert found_in(random.Random(1).randbytes(1_000_000)) == set()


def test_a_stream_that_was_cut_off_gives_what_it_had() -> None:
    packed = gzip.compress(TEXT + random.Random(2).randbytes(5000))

    assert secret(7) in found_in(packed[:3000])


def test_a_folder_names_the_files_that_hold_something(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("nothing here")
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "1.eml").write_bytes(ENCODINGS["base64"](TEXT))
    (tmp_path / secret(9)).write_text("named")

    assert found_in_folder(tmp_path) == {
        "mail/1.eml": {secret(7), secret(8)},
        secret(9): {secret(9)},
    }
