from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.accounts.messages import Invited
from viceversa.accounts.models import Invitation, User
from viceversa.accounts.permissions import check_can_invite
from viceversa.accounts.queries import (
    accounts_of_people,
    actor_for,
    in_parts,
    link_secret,
    owners_of_addresses,
)
from viceversa.accounts.rules import INVITATION_LASTS, hash_of
from viceversa.history.actions import record, record_many
from viceversa.notifications.actions import notify_many
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Who was invited, and why others were not: person → sentence."""

    invitations: list[Invitation]
    left_out: dict[Person, str] = field(default_factory=dict)


def invite_person(
    *, person: Person, by: Actor, now: datetime, standing_allows: bool = False
) -> Invitation:
    """Sends a one-time link; an earlier one stops working."""
    outcome = invite_people(people=[person], by=by, now=now, standing_allows=standing_allows)
    if person in outcome.left_out:
        raise Refused(outcome.left_out[person], code="cannot_invite")
    return outcome.invitations[0]


@transaction.atomic
def invite_people(
    *, people: Iterable[Person], by: Actor, now: datetime, standing_allows: bool = False
) -> Outcome:
    """The same for many at once. Those who cannot be invited are left out, with the reason.

    `standing_allows` is said by a package that has checked a standing of its own.
    """
    check_can_invite(by, standing_allows=standing_allows)
    everybody = list({person.pk: person for person in people}.values())
    left_out = _who_cannot(everybody)
    fit = [person for person in everybody if person not in left_out]
    _withdraw_earlier(fit, now=now)
    invitations = Invitation.objects.bulk_create(
        [_invitation(person, now=now) for person in fit], batch_size=1000
    )
    record_many(by=by, verb="accounts.invited", targets=fit, now=now)
    notify_many(
        [(invitation.person, _message(invitation, by)) for invitation in invitations], now=now
    )
    return Outcome(invitations=invitations, left_out=left_out)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, now: datetime) -> None:
    check_can_invite(by)
    withdrawn = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    if not withdrawn:
        raise Refused(_("This invitation is no longer open."), code="not_open")
    record(by=by, verb="accounts.invitation_withdrawn", target=invitation.person, now=now)


@transaction.atomic
def accept_invitation(*, secret: str, password: str | None, now: datetime) -> User:
    """Opens the account. Without a password its owner signs in with codes by e-mail.

    Used, expired, withdrawn and unknown links are refused in the same words.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(token_hash=hash_of(secret))
        .first()
    )
    if invitation is None or not invitation.is_open(now):
        raise Refused(link_is_dead(), code="not_open")
    user = _opened_account(invitation.person, password)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record(by=actor_for(user), verb="accounts.invitation_accepted", target=user, now=now)
    return user


def link_is_dead() -> str:
    return _(
        "This invitation has been used, has run out or was replaced by a newer one. "
        "Look for a newer e-mail, or ask the person who invited you."
    )


def _opened_account(person: Person, password: str | None) -> User:
    """The link went to the directory's address, so opening it confirms that address."""
    email = (person.email or "").strip().lower()
    if owners_of_addresses([email]).get(email, person.pk) != person.pk:
        raise Refused(_address_taken(), code="address_taken")
    user = User.objects.select_for_update(of=("self",)).filter(person=person).first()
    user = user or User(person=person, session_epoch=0)
    user.email = email
    user.is_active = True
    user.session_epoch += 1
    user.set_password(password)
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    return user


def _who_cannot(people: Sequence[Person]) -> dict[Person, str]:
    accounts = accounts_of_people(person.pk for person in people)
    owners = owners_of_addresses((person.email or "").strip().lower() for person in people)
    reasons = {person: _why_not(person, accounts, owners) for person in people}
    return {person: reason for person, reason in reasons.items() if reason}


def _why_not(person: Person, accounts: dict[int, User], owners: dict[str, int | None]) -> str:
    email = (person.email or "").strip().lower()
    account = accounts.get(person.pk)
    if not person.is_present:
        return _("%(name)s has left.") % {"name": person.name}
    if not email:
        return _("%(name)s has no e-mail address in the directory.") % {"name": person.name}
    if account is not None and account.is_active:
        return _("%(name)s has an account already.") % {"name": person.name}
    if owners.get(email, person.pk) != person.pk:
        return _address_taken()
    return ""


def _address_taken() -> str:
    return _("Another account signs in with this address. An operator can close that one first.")


def _withdraw_earlier(people: Sequence[Person], *, now: datetime) -> None:
    for some in in_parts(person.pk for person in people):
        Invitation.objects.filter(
            person__in=some, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=now)


def _invitation(person: Person, *, now: datetime) -> Invitation:
    key = new_key()
    return Invitation(
        person=person,
        key=key,
        token_hash=hash_of(link_secret(key)),
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )


def _message(invitation: Invitation, by: Actor) -> Invited:
    return Invited(key=invitation.key, inviter=by.label, until=invitation.expires_at)
