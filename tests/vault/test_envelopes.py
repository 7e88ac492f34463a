"""Envelopes and keys on plain values."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.vault.rules import envelope, keys
from viceversa.vault.rules.envelope import Broken, Place, TooLong

pytestmark = pytest.mark.pure

KEY = b"k" * 32
HERE = Place(envelope.SEALED, "meetings.Note.text", "abc", 7)


def sealed(text: str, place: Place = HERE, key: bytes = KEY) -> bytes:
    return envelope.seal(text, ring="r", version=3, key=key, place=place)


@given(st.text(max_size=3000))
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    assert envelope.open_(sealed(text), ring="r", key=KEY, place=HERE) == text


@given(st.text(max_size=200), st.text(max_size=200))
def test_short_texts_have_one_length(one: str, other: str) -> None:
    sizes = {len(sealed(text)) for text in (one, other) if len(text.encode()) <= 252}
    assert len(sizes) <= 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, tier=envelope.PERSONAL),
        replace(HERE, field="meetings.Note.title"),
        replace(HERE, item="abd"),
        replace(HERE, author=8),
    ],
)
def test_a_moved_envelope_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(Broken):
        envelope.open_(sealed("hush"), ring="r", key=KEY, place=elsewhere)


def test_another_ring_another_version_or_another_key_does_not_open_it() -> None:
    raw = sealed("hush")
    for ring, changed, key in (
        ("s", raw, KEY),
        ("r", raw[:1] + (4).to_bytes(4, "big") + raw[5:], KEY),
        ("r", raw, b"x" * 32),
    ):
        with pytest.raises(Broken):
            envelope.open_(changed, ring=ring, key=key, place=HERE)


@given(st.integers(0, 284), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at: int, by: int) -> None:
    raw = bytearray(sealed("hush"))
    raw[at % len(raw)] ^= by
    with pytest.raises(Broken):
        envelope.open_(bytes(raw), ring="r", key=KEY, place=HERE)


def test_two_envelopes_of_one_text_differ() -> None:
    assert sealed("hush") != sealed("hush")


def test_five_megabytes_are_refused() -> None:
    with pytest.raises(TooLong):
        sealed("x" * 5_000_000)


def test_a_wrap_opens_for_its_member_and_its_ring_only() -> None:
    (private, public), (other, _public) = keys.new_pair(), keys.new_pair()
    wrapped = keys.wrap(KEY, public, about="ring 1")
    assert keys.unwrap(wrapped, private, about="ring 1") == KEY
    for who, about in ((other, "ring 1"), (private, "ring 2")):
        with pytest.raises(keys.WrongSecret):
            keys.unwrap(wrapped, who, about=about)


@pytest.mark.parametrize(
    ("kind", "secret", "wrong"),
    [
        (keys.STORE, b"s" * 32, b"t" * 32),
        (keys.PASSPHRASE, "a heron in the reeds", "a heron in the reed"),
        (keys.RECOVERY, "ABCD EFGH", "ABCD EFGJ"),
        (keys.PASSKEY, b"p" * 32, b"q" * 32),
    ],
)
def test_a_slot_opens_with_its_secret_only(
    kind: str, secret: bytes | str, wrong: bytes | str
) -> None:
    private, _public = keys.new_pair()
    locked, parameters = keys.lock(private, kind, secret, owner="1/1")
    assert keys.unlock(locked, kind, secret, parameters, owner="1/1") == private
    for tried, owner in ((wrong, "1/1"), (secret, "2/1")):
        with pytest.raises(keys.WrongSecret):
            keys.unlock(locked, kind, tried, parameters, owner=owner)


def test_a_recovery_code_may_be_typed_carelessly() -> None:
    private, _public = keys.new_pair()
    code = keys.new_recovery_code()
    locked, parameters = keys.lock(private, keys.RECOVERY, code, owner="1/1")
    typed = f" {code.lower().replace(' ', '-')} "
    assert keys.unlock(locked, keys.RECOVERY, typed, parameters, owner="1/1") == private
