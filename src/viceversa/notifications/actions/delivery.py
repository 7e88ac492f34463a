"""E-mails on their way. A row is claimed for a while, sent, and marked at once; a worker that dies
leaves it to the next. So a message goes out at least once, and twice only when the mail server took
it and could not say so; its Message-ID is then the same."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from viceversa.notifications.actions.faults import (
    NotNow,
    Outdated,
    ServerGone,
    Undeliverable,
    fault_of,
)
from viceversa.notifications.actions.writing import letter_of
from viceversa.notifications.models import Delivery
from viceversa.notifications.rules import (
    EMAIL,
    LEASE,
    LONGEST_BATCH,
    MOST_ATTEMPTS,
    wait_after,
)

logger = logging.getLogger(__name__)

State = Delivery.State
BATCH = 100


def deliver_waiting(*, now: datetime, batch: int = BATCH) -> bool:
    """Sends one batch over one connection. True when there may be more to send."""
    claimed = _claim(batch, now=now)
    if not claimed:
        return False
    backend = get_connection()
    try:
        sent_or_settled = _send_all(claimed, backend, now=now)
    except ServerGone:
        return False
    finally:
        _close(backend)
    return sent_or_settled < len(claimed) or len(claimed) == batch


@transaction.atomic
def _claim(batch: int, *, now: datetime) -> list[Delivery]:
    waiting = Delivery.objects.filter(state=State.WAITING, channel=EMAIL, not_before__lte=now)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    ids = list(waiting.order_by("not_before", "id").values_list("pk", flat=True)[:batch])
    Delivery.objects.filter(pk__in=ids).update(not_before=now + LEASE, attempts=F("attempts") + 1)
    return list(
        Delivery.objects.filter(pk__in=ids).select_related("notification__person").order_by("id")
    )


def _send_all(claimed: list[Delivery], backend: BaseEmailBackend, *, now: datetime) -> int:
    """How many were settled; the rest is given back when the claim would run out."""
    started = time.monotonic()
    settled = 0
    try:
        _open(backend)
    except ServerGone as error:
        _all_wait(claimed, error, now=now)
        raise
    for delivery in claimed:
        if time.monotonic() - started > LONGEST_BATCH.total_seconds():
            break
        try:
            _deliver(delivery, backend, now=now)
        except ServerGone as error:
            _all_wait([delivery], error, now=now)
            _give_back(claimed[settled + 1 :], until=now + wait_after(1))
            raise
        settled += 1
    _give_back(claimed[settled:], until=now)
    return settled


def _all_wait(deliveries: Sequence[Delivery], error: ServerGone, *, now: datetime) -> None:
    logger.warning("mail has to wait: %s", error)
    for delivery in deliveries:
        _wait(delivery, str(error), now=now)


def _give_back(untried: Sequence[Delivery], *, until: datetime) -> None:
    """One letter that the server dies of must not use up the attempts of those behind it."""
    ids = [delivery.pk for delivery in untried]
    Delivery.objects.filter(pk__in=ids).update(not_before=until, attempts=F("attempts") - 1)


def _open(backend: BaseEmailBackend) -> None:
    try:
        backend.open()
    except (SMTPException, OSError) as error:
        raise ServerGone(f"{type(error).__name__}: {error}") from error


def _deliver(delivery: Delivery, backend: BaseEmailBackend, *, now: datetime) -> None:
    try:
        _send(letter_of(delivery, now=now), backend)
    except Outdated as reason:
        _settle(delivery, State.DROPPED, str(reason))
    except Undeliverable as error:
        _give_up(delivery, str(error))
    except NotNow as error:
        _wait(delivery, str(error), now=now)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT, sent_at=now, error="")


def _send(letter: EmailMultiAlternatives, backend: BaseEmailBackend) -> None:
    try:
        backend.send_messages([letter])
    except (SMTPException, OSError, ValueError) as error:
        raise fault_of(error) from error


def _wait(delivery: Delivery, reason: str, *, now: datetime) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _give_up(delivery, reason)
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        not_before=now + wait_after(delivery.attempts), error=reason[:300]
    )


def _give_up(delivery: Delivery, reason: str) -> None:
    logger.warning("mail %s is given up: %s", delivery.key, reason)
    _settle(delivery, State.FAILED, reason)


def _settle(delivery: Delivery, state: str, reason: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, error=reason[:300])


def _close(backend: BaseEmailBackend) -> None:
    try:
        backend.close()
    except (SMTPException, OSError):
        logger.info("the mail server was gone before we said goodbye")
