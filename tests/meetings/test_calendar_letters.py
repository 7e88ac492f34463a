"""Invitations, updates and cancellations as they reach a mailbox."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction
from icalendar import Calendar

from tests.factories import make_person
from tests.meetings.half_hours import NEXT_MONDAY, book, make_pair
from tests.notifications.sink import Sink, free_port, serving
from viceversa.meetings.actions.letters import send_letters
from viceversa.meetings.models import CalendarLetter
from viceversa.notifications.actions import deliver_waiting
from viceversa.notifications.models import Delivery, Notification, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings: Any) -> int:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_TIMEOUT = 5
    settings.BASE_URL = "https://mentoring.example"
    settings.DEFAULT_FROM_EMAIL = "Viceversa <halfhours@mentoring.example>"
    return int(settings.EMAIL_PORT)


def _calendar_part(message: EmailMessage) -> EmailMessage:
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(part, EmailMessage)
    return part


def _event(message: EmailMessage) -> Any:
    return Calendar.from_ical(_calendar_part(message).get_content()).walk("VEVENT")[0]


def test_an_invitation_is_one_mail_with_text_html_calendar_and_a_file(
    port: int, now: datetime
) -> None:
    meeting = book(place="Library, window table")
    send_letters(meeting=meeting, method="REQUEST", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    learner, adviser = meeting.partnership.learner.person, meeting.partnership.adviser.person
    assert sink.recipients == [learner.email, adviser.email]
    message = sink.taken[0][1]
    assert message["Subject"] == "Half hour with Juno Okapi"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    part = _calendar_part(message)
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    [file] = list(message.iter_attachments())
    assert file.get_filename() == "invitation.ics"
    assert file.get_content() == CalendarLetter.objects.get(person=learner).text.encode()
    text = message.get_body(("plain",))
    assert text is not None
    assert "Monday 9 March 2026, 10:00 to 10:30 (Europe/Berlin), Library, window table." in (
        text.get_content()
    )


def test_no_parameter_of_the_calendar_part_stands_twice(port: int, now: datetime) -> None:
    """Readers forgive it or throw the part away."""
    send_letters(meeting=book(place="Café, 2. Stock"), method="REQUEST", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    header = sink.taken[0][1].as_bytes().partition(b"Content-Type: text/calendar")[2]
    parameters = header.partition(b"Content-Transfer-Encoding")[0]
    assert parameters.count(b"charset=") == 1
    assert parameters.count(b"method=") == 1
    assert "Café, 2. Stock" in _calendar_part(sink.taken[0][1]).get_content().replace("\\,", ",")


def test_the_method_of_the_part_is_the_method_of_the_text(port: int, now: datetime) -> None:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    meeting.sequence = 1
    send_letters(meeting=meeting, method="CANCEL", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    methods = []
    for _address, message in sink.taken:
        part = _calendar_part(message)
        inside = str(Calendar.from_ical(part.get_content())["METHOD"])
        assert part["Content-Type"].params["method"] == inside
        methods.append(inside)
    assert methods == ["REQUEST", "REQUEST", "CANCEL", "CANCEL"]


def test_each_reads_the_name_of_the_other_and_nothing_else(port: int, now: datetime) -> None:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    summaries = [str(_event(message)["SUMMARY"]) for _address, message in sink.taken]
    assert summaries == [
        "Viceversa: half hour with Juno Okapi",
        "Viceversa: half hour with Tamsin Marlow",
    ]
    assert "DESCRIPTION" not in _event(sink.taken[0][1])


def test_organiser_is_the_mailbox_that_sends_and_both_are_asked(port: int, now: datetime) -> None:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    event = _event(sink.taken[0][1])
    assert event["ORGANIZER"] == "mailto:halfhours@mentoring.example"
    assert sink.taken[0][1]["From"] == "Viceversa <halfhours@mentoring.example>"
    people = (meeting.partnership.learner.person, meeting.partnership.adviser.person)
    assert [str(attendee) for attendee in event["ATTENDEE"]] == [
        f"mailto:{person.email}" for person in people
    ]
    for attendee in event["ATTENDEE"]:
        assert attendee.params["ROLE"] == "REQ-PARTICIPANT"
        assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
        assert attendee.params["RSVP"] == "TRUE"


def test_an_update_keeps_the_uid_and_raises_the_sequence(port: int, now: datetime) -> None:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    meeting.starts_at = NEXT_MONDAY + timedelta(days=1)
    meeting.sequence = 1
    meeting.save()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    meeting.sequence = 2
    meeting.save()
    send_letters(meeting=meeting, method="CANCEL", now=now)
    with serving(Sink(), port) as sink:
        deliver_waiting(now=now)

    mine = [_event(message) for _address, message in sink.taken][::2]
    assert {str(event["UID"]) for event in mine} == {meeting.uid}
    assert [event["SEQUENCE"] for event in mine] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in mine] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    subjects = [str(message["Subject"]) for _address, message in sink.taken][::2]
    assert subjects == [
        "Half hour with Juno Okapi",
        "Changed: half hour with Juno Okapi",
        "Called off: half hour with Juno Okapi",
    ]


def test_the_same_letter_is_written_once(now: datetime) -> None:
    meeting = book()
    for _turn in range(2):
        send_letters(meeting=meeting, method="REQUEST", now=now)

    assert CalendarLetter.objects.count() == 2
    assert Delivery.objects.count() == 2


def test_nothing_is_sent_to_those_who_left_or_cannot_be_reached(now: datetime) -> None:
    partnership = make_pair()
    gone = partnership.adviser.person
    gone.left_on = now.date()
    gone.save()
    send_letters(meeting=book(partnership), method="REQUEST", now=now)

    letter = CalendarLetter.objects.get()
    assert letter.person == partnership.learner.person
    assert gone.email not in letter.text


def test_the_inbox_is_left_to_the_booking(now: datetime) -> None:
    send_letters(meeting=book(), method="REQUEST", now=now)

    assert not Notification.objects.filter(in_inbox=True).exists()


def test_somebody_who_wants_no_invitations_gets_none(now: datetime) -> None:
    meeting = book()
    adviser = meeting.partnership.adviser.person
    Preference.objects.create(
        person=adviser, kind="meetings.calendar_invitation", channel="email", pace="never"
    )
    send_letters(meeting=meeting, method="REQUEST", now=now)

    assert Delivery.objects.get().address == meeting.partnership.learner.person.email


def test_a_mail_waits_for_the_morning_unless_the_half_hour_is_before(now: datetime) -> None:
    night = now.replace(hour=22)
    partnership = make_pair(learner_zone="Europe/Berlin", adviser_zone="Asia/Tokyo")
    adviser = partnership.adviser.person.email
    for starts_at in (NEXT_MONDAY, night.replace(hour=23)):
        send_letters(meeting=book(partnership, starts_at=starts_at), method="REQUEST", now=night)

    waits = Delivery.objects.order_by("id").values_list("address", "not_before")
    learner = partnership.learner.person.email
    assert list(waits) == [
        (learner, datetime(2026, 3, 3, 6, 0, tzinfo=UTC)),
        (adviser, night),
        (learner, night),
        (adviser, night),
    ]


def test_an_hour_without_a_mail_server_loses_and_doubles_no_invitation(
    port: int, now: datetime
) -> None:
    meetings = [book(starts_at=NEXT_MONDAY + timedelta(days=days)) for days in range(3)]
    for meeting in meetings:
        send_letters(meeting=meeting, method="REQUEST", now=now)
    keys = set(Delivery.objects.values_list("key", flat=True))
    for minute in range(60):
        deliver_waiting(now=now + timedelta(minutes=minute))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}

    with serving(Sink(), port) as sink:
        for minute in range(60, 130):
            deliver_waiting(now=now + timedelta(minutes=minute))

    assert len(sink.taken) == 6
    assert set(sink.ids) == {f"<{key}@mentoring.example>" for key in keys}
    assert {str(_event(message)["UID"]) for _address, message in sink.taken} == {
        meeting.uid for meeting in meetings
    }


class Forgetful(Sink):
    """Takes the first mail and hangs up before saying so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        first = not self.taken
        answer = await super().handle_DATA(server, session, envelope)
        if first:
            assert server.transport is not None
            server.transport.close()
        return answer


def test_an_invitation_sent_a_second_time_has_the_same_message_id(port: int, now: datetime) -> None:
    send_letters(meeting=book(), method="REQUEST", now=now)
    with serving(Forgetful(), port) as sink:
        for minute in range(10):
            deliver_waiting(now=now + timedelta(minutes=minute))

    assert len(sink.taken) == 3
    assert sorted(sink.ids) == sorted(
        [
            sink.ids[0],
            *(
                f"<{key}@mentoring.example>"
                for key in Delivery.objects.values_list("key", flat=True)
            ),
        ]
    )


def test_letters_of_a_booking_that_fails_are_not_sent(now: datetime) -> None:
    meeting = book()

    def fail_after_letters() -> None:
        with transaction.atomic():
            send_letters(meeting=meeting, method="REQUEST", now=now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_letters()

    assert not CalendarLetter.objects.exists()
    assert not Delivery.objects.exists()


def test_writing_letters_costs_the_same_for_everybody(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    meeting = book()
    make_person()
    with django_assert_max_num_queries(14):
        send_letters(meeting=meeting, method="REQUEST", now=now)
