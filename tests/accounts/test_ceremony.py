"""Questions and answers on plain values."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.passkeys import FLAG, SALT, SoftKey
from viceversa.accounts.rules.ceremony import (
    Failed,
    Site,
    ask_to_make,
    ask_to_show,
    credential_of,
    evaluates,
    from_text,
    handle_of,
    is_fresh,
    made,
    secret_of,
    shown,
    to_text,
)

pytestmark = pytest.mark.pure

SITE = Site("localhost", "Viceversa")
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=20), inner)
)


def kept(key: SoftKey) -> dict[str, Any]:
    asked, state = ask_to_make(SITE, handle="7", name="a@firm.example", shown="A", known=[])
    return made(SITE, state, key.make(asked))


def test_a_passkey_that_was_made_answers_the_next_question() -> None:
    key = SoftKey()
    known = [credential_of(kept(key))]
    asked, state = ask_to_show(SITE, known=known)

    assert shown(SITE, state, key.show(asked), known=known) == key.id


def test_a_new_passkey_must_stay_on_the_device_and_ask_who_is_there() -> None:
    asked, _state = ask_to_make(SITE, handle="7", name="a", shown="A", known=[])

    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["extensions"]["prf"] == {}


def test_what_is_kept_of_a_passkey_holds_no_secret_that_came_along() -> None:
    asked, state = ask_to_make(SITE, handle="7", name="a", shown="A", known=[])
    answer = SoftKey().make(asked)
    answer["clientExtensionResults"]["prf"]["results"] = {"first": "SECRET"}
    answer["more"] = "SECRET"

    registration = made(SITE, state, answer)

    assert "SECRET" not in json.dumps(registration)
    assert evaluates(registration)


@pytest.mark.parametrize(
    "device",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1"},
        {"rp_id": "evil.example"},
        {"flags": FLAG.UP},
        {"flags": FLAG.UV},
    ],
    ids=["origin", "address without a name", "site", "nobody verified", "nobody present"],
)
def test_answers_from_elsewhere_or_without_a_person_fail(device: dict[str, Any]) -> None:
    asked, state = ask_to_make(SITE, handle="7", name="a", shown="A", known=[])
    with pytest.raises(Failed):
        made(SITE, state, SoftKey(**device).make(asked))

    key = SoftKey()
    known = [credential_of(kept(key))]
    asked, state = ask_to_show(SITE, known=known)
    for name, value in device.items():
        setattr(key, name, value)
    with pytest.raises(Failed):
        shown(SITE, state, key.show(asked), known=known)


def test_an_answer_to_another_question_fails() -> None:
    key = SoftKey()
    known = [credential_of(kept(key))]
    earlier, _state = ask_to_show(SITE, known=known)
    _asked, state = ask_to_show(SITE, known=known)

    with pytest.raises(Failed):
        shown(SITE, state, key.show(earlier), known=known)


def test_a_registration_is_no_answer_to_who_is_there_nor_the_reverse() -> None:
    key = SoftKey()
    known = [credential_of(kept(key))]
    asked, state = ask_to_show(SITE, known=known)
    making, making_state = ask_to_make(SITE, handle="7", name="a", shown="A", known=[])

    with pytest.raises(Failed):
        shown(SITE, state, key.make({**making, "challenge": asked["challenge"]}), known=known)
    with pytest.raises(Failed):
        made(SITE, making_state, key.show({**asked, "challenge": making["challenge"]}))


def test_another_passkey_and_a_forged_signature_fail() -> None:
    key, other = SoftKey(), SoftKey()
    known = [credential_of(kept(key))]
    asked, state = ask_to_show(SITE, known=known)

    with pytest.raises(Failed):
        shown(SITE, state, other.show(asked), known=known)
    other.id = key.id
    with pytest.raises(Failed):
        shown(SITE, state, other.show(asked), known=known)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_any_changed_byte_fails(part: str) -> None:
    key = SoftKey()
    known = [credential_of(kept(key))]
    asked, state = ask_to_show(SITE, known=known)
    answer = key.show(asked)
    raw = bytearray(from_text(answer["response"][part]))
    raw[len(raw) // 2] ^= 1
    answer["response"][part] = to_text(bytes(raw))

    with pytest.raises(Failed):
        shown(SITE, state, answer, known=known)


@given(st.dictionaries(st.sampled_from(["id", "rawId", "type", "response", "x"]), ANYTHING))
def test_whatever_else_comes_back_fails_in_the_same_way(answer: dict[str, Any]) -> None:
    known = [credential_of(kept(SoftKey()))]
    with pytest.raises(Failed):
        shown(SITE, ask_to_show(SITE)[1], answer, known=known)
    with pytest.raises(Failed):
        made(SITE, ask_to_make(SITE, handle="7", name="a", shown="A", known=[])[1], answer)
    assert isinstance(handle_of(answer), str)


@given(st.binary(max_size=300), st.sampled_from(["attestationObject", "clientDataJSON"]))
def test_broken_parts_of_a_registration_fail(raw: bytes, part: str) -> None:
    asked, state = ask_to_make(SITE, handle="7", name="a", shown="A", known=[])
    answer = SoftKey().make(asked)
    answer["response"][part] = to_text(raw)

    with pytest.raises(Failed):
        made(SITE, state, answer)


def test_each_passkey_is_asked_about_a_salt_of_its_own() -> None:
    one, other = SoftKey(), SoftKey()
    known = [credential_of(kept(key)) for key in (one, other)]
    asked, _state = ask_to_show(SITE, known=known, salts={one.id: SALT, other.id: b"t" * 32})

    assert asked["salts"][to_text(one.id)] != asked["salts"][to_text(other.id)]
    assert {row["id"] for row in asked["allowCredentials"]} == {to_text(one.id), to_text(other.id)}


@pytest.mark.parametrize("text", ["", "AAAA", "ä", to_text(b"k" * 31), to_text(b"k" * 33), "a" * 5])
def test_a_secret_has_thirty_two_bytes_or_is_none(text: str) -> None:
    with pytest.raises(Failed):
        secret_of(text)
    assert secret_of(to_text(b"k" * 32)) == b"k" * 32


def test_a_question_is_good_for_five_minutes() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert is_fresh(at, now=at + timedelta(minutes=5))
    assert not is_fresh(at, now=at + timedelta(minutes=5, seconds=1))
    assert not is_fresh(at, now=at - timedelta(seconds=1))


def test_a_device_says_whether_it_can_make_secrets() -> None:
    assert evaluates(kept(SoftKey()))
    assert not evaluates(kept(SoftKey(evaluates=False)))
