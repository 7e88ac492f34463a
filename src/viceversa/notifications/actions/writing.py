"""From a delivery to the letter that goes out."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from viceversa.notifications.actions.faults import Outdated, Undeliverable
from viceversa.notifications.actions.letter import Item, absolute, compose_letter
from viceversa.notifications.actions.stopping import stop_path
from viceversa.notifications.messages import Digest
from viceversa.notifications.models import Delivery, Notification
from viceversa.notifications.rules import REGISTRY, CalendarPart, Message, is_local_path
from viceversa.notifications.rules.rhythm import local


def letter_of(delivery: Delivery, *, now: datetime) -> EmailMultiAlternatives:
    """Raises Outdated for what is no longer true, Undeliverable for what can never go out."""
    notification = delivery.notification
    if not notification.person.is_present:
        raise Undeliverable(_("The person has left."))
    _check_address(delivery.address)
    kind = REGISTRY.get(notification.kind, Message)
    if not kind.stands(notification.about, now=now):
        raise Outdated(_("It was no longer true when it would have gone out."))
    has_switch = not kind.required
    return compose_letter(
        key=delivery.key,
        to=delivery.address,
        title=notification.title,
        paragraphs=[notification.body] if notification.body else [],
        items=_items_of(notification),
        action_path=_link(notification, kind),
        action_label=str(kind.action),
        with_preferences=has_switch,
        stop_path=stop_path(delivery) if has_switch else "",
        calendar=_calendar_of(delivery),
    )


def _link(notification: Notification, kind: type[Message]) -> str:
    """Through the inbox where there is a line: the address says nothing, asks for a sign-in, and
    works for its owner alone."""
    if notification.in_inbox:
        return reverse("notifications:open", args=[notification.key]) if notification.path else ""
    path = kind.mailed_path(notification.path)
    return path if is_local_path(path) else ""


def _items_of(notification: Notification) -> Sequence[Item]:
    if notification.kind != Digest.kind:
        return []
    zone = notification.person.time_zone
    told = Notification.objects.filter(gathered__digest=notification).order_by("id")
    return [
        Item(
            title=line.title,
            body=line.body,
            when=date_format(local(line.created_at, zone), "l j F, H:i"),
            url=absolute(_link(line, REGISTRY.get(line.kind, Message))) if line.path else "",
        )
        for line in told
    ]


def _calendar_of(delivery: Delivery) -> CalendarPart | None:
    if not delivery.calendar_method:
        return None
    return CalendarPart(delivery.calendar_method, delivery.calendar_text)


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise Undeliverable(_("This is not an address that mail can be sent to.")) from error
