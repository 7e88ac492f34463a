"""The certificate: a tagged PDF for the two alone, with nothing in it that was sealed."""

import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.goals import make_goal
from viceversa.meetings.models import Meeting
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.closing import certificate_facts

pytestmark = pytest.mark.django_db
SECRET = "What nobody else may read"
ENDED = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


def completed(learner: str = "Tamsin Marlow", adviser: str = "Juno Okapi") -> Partnership:
    programme = make_programme("Digital half hour")
    pair = make_partnership(
        programme,
        learner=make_enrolment(programme, make_person(learner, rank=5), learner=True),
        adviser=make_enrolment(programme, make_person(adviser, rank=1), adviser=True),
        state="active",
    )
    make_goal(pair, kind="clients", title=SECRET)
    make_goal(pair, kind="career", stream="return", title=SECRET)
    make_goal(pair, kind="strategy", title=SECRET, agreed=False)
    pair.state, pair.ended_at = Partnership.State.COMPLETED, ENDED
    pair.save()
    return pair


def address(pair: Partnership) -> str:
    return reverse("partnerships:certificate", args=[pair.key])


@pytest.fixture
def download(signed_in: Callable[..., Client]) -> Callable[..., bytes]:
    def get(pair: Partnership, line: str = "") -> bytes:
        client = signed_in(make_user(pair.learner.person))
        answer = client.post(address(pair), {"line": line})
        assert answer.status_code == 200, answer.content.decode()[-2000:]
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        return answer.content

    return get


def inflated(pdf: bytes) -> bytes:
    """The file with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"\n".join(opened)


def text_of(pdf: bytes) -> str:
    """The words of the page: glyphs back to letters by each font's own table."""
    content = inflated(pdf)
    letters: dict[str, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", content, re.DOTALL):
        for glyph, letter in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            letters[glyph.decode().lower()] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return "".join(letters.values())


def test_it_is_a_tagged_pdf_that_says_which_standard_it_keeps(
    download: Callable[..., bytes],
) -> None:
    pdf = download(completed())
    content = inflated(pdf)

    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert re.search(rb"pdfuaid:part>?\s*=?\"?1", content)
    assert re.search(rb"/Lang\s*\(en", content)
    assert b"/H1" in content


def test_it_holds_names_programme_dates_half_hours_and_both_streams() -> None:
    pair = completed()
    for number in range(3):
        Meeting.objects.create(
            partnership=pair,
            state="held" if number else "cancelled",
            starts_at=ENDED,
            zone="UTC",
            booked_by=pair.learner.person,
            created_at=ENDED,
        )

    facts = certificate_facts(pair)

    assert (facts.learner, facts.adviser) == ("Tamsin Marlow", "Juno Okapi")
    assert (facts.programme, facts.half_hours) == ("Digital half hour", 2)
    assert facts.ended_at == ENDED
    assert facts.learning == ["Talk to clients thoughtfully"]
    assert facts.returned == ["Move a career on"]


def test_nothing_that_was_sealed_is_on_the_page_or_in_the_file(
    signed_in: Callable[..., Client], download: Callable[..., bytes]
) -> None:
    pair = completed()
    page = signed_in(make_user(pair.learner.person)).get(address(pair)).content.decode()

    assert "Juno Okapi" in page
    assert "Talk to clients thoughtfully" in page
    assert SECRET not in page
    assert SECRET.encode() not in inflated(download(pair))


def test_a_line_of_ones_own_goes_into_this_copy_only(download: Callable[..., bytes]) -> None:
    pair = completed()

    assert "Ж" in text_of(download(pair, "Ж is for Жизнь"))
    assert "Ж" not in text_of(download(pair))


@pytest.mark.parametrize(
    "name",
    [
        "#panic() $x^2$ *bold* _it_",
        '"); #read("/etc/passwd")',
        "Zoë O'Brien-Ñandú <script>",
        "] #text(red)[x",
        "\\u{41} ` ``` //",
        "Дмитрий Ωμέγας",
    ],
)
def test_a_hostile_name_is_a_name_and_nothing_else(
    name: str, download: Callable[..., bytes]
) -> None:
    letters = text_of(download(completed(learner=name)))

    assert {letter for letter in name if not letter.isspace()} <= set(letters)


@pytest.mark.parametrize("name", ["שלום כהן", "محمد علي"])
def test_names_from_right_to_left_are_set_or_said_to_have_no_font(
    name: str, signed_in: Callable[..., Client]
) -> None:
    pair = completed(adviser=name)

    answer = signed_in(make_user(pair.adviser.person)).post(address(pair), {"line": ""})

    assert answer.status_code in (200, 409)
    if answer.status_code == 409:
        assert "no font for" in answer.content.decode()


@pytest.mark.parametrize("name", ["\U00010380\U00010381 Ugarit", "王小明"])
def test_a_script_without_a_font_is_said_in_words_and_the_page_can_be_printed(
    name: str, signed_in: Callable[..., Client]
) -> None:
    pair = completed(learner=name)
    client = signed_in(make_user(pair.learner.person))

    answer = client.post(address(pair), {"line": ""})

    assert answer.status_code in (200, 409)
    if answer.status_code == 409:
        assert "Print the page of the certificate" in answer.content.decode()
    else:
        assert answer.content.startswith(b"%PDF")
    assert name in client.get(address(pair)).content.decode()


def test_each_of_the_two_gets_it_and_nobody_else(signed_in: Callable[..., Client]) -> None:
    pair = completed()

    for enrolment in (pair.learner, pair.adviser):
        client = signed_in(make_user(enrolment.person))
        assert client.post(address(pair), {"line": ""}).content.startswith(b"%PDF")
    for person in (make_person(), make_coordinator(pair.programme)):
        client = signed_in(make_user(person))
        assert client.get(address(pair)).status_code == 404
        assert client.post(address(pair), {"line": ""}).status_code == 404


@pytest.mark.parametrize("state", ["active", "closing", "ended"])
def test_there_is_none_before_it_is_completed(state: str, signed_in: Callable[..., Client]) -> None:
    pair = make_partnership(state=state)
    if pair.ring is None:
        pair.ring = make_partnership(state="active").ring
        pair.save()

    assert signed_in(make_user(pair.learner.person)).get(address(pair)).status_code == 409


def test_a_line_of_201_signs_is_too_long(signed_in: Callable[..., Client]) -> None:
    pair = completed()

    answer = signed_in(make_user(pair.learner.person)).post(address(pair), {"line": "x" * 201})

    assert answer.status_code == 422
