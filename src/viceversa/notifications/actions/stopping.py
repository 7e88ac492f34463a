"""One tap in a mail program: no more e-mails of that kind. It needs no sign-in, so it can do
nothing else and tells nothing."""

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.notifications.messages import Digest
from viceversa.notifications.models import Delivery, Notification, Pace, Preference
from viceversa.notifications.rules import EMAIL, REGISTRY
from viceversa.toolkit.errors import NotFound

_SIGNER = "viceversa.notifications.stop"


def stop_path(delivery: Delivery) -> str:
    return reverse("notifications:stop", args=[Signer(salt=_SIGNER).sign(delivery.key)])


@transaction.atomic
def stop_by_link(*, signed: str) -> int:
    """Leaves the kind to the inbox; of a digest, every kind in it. Counts the kinds."""
    try:
        key = Signer(salt=_SIGNER).unsign(signed)
    except BadSignature:
        raise _no_such_link() from None
    delivery = Delivery.objects.select_related("notification").filter(key=key).first()
    if delivery is None:
        raise _no_such_link()
    kinds = [kind for kind in _kinds_of(delivery.notification) if _has_switch(kind)]
    Preference.objects.bulk_create(
        [
            Preference(
                person_id=delivery.notification.person_id,
                kind=kind,
                channel=EMAIL,
                pace=Pace.NEVER,
            )
            for kind in kinds
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["pace"],
    )
    return len(kinds)


def _kinds_of(notification: Notification) -> list[str]:
    if notification.kind != Digest.kind:
        return [notification.kind]
    told = Notification.objects.filter(gathered__digest=notification)
    return sorted(set(told.values_list("kind", flat=True)))


def _has_switch(kind: str) -> bool:
    return kind in REGISTRY and not REGISTRY[kind].required


def _no_such_link() -> NotFound:
    return NotFound(_("This link is not one of ours, or it no longer works."))
