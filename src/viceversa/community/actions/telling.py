"""Telling those who want to come to a live chat, and its hosts, in batches."""

from datetime import datetime

from django.db.models import Q

from viceversa.community.models import Chat, Coming, Host
from viceversa.community.queries.member import people_of_programme
from viceversa.notifications.actions import notify
from viceversa.notifications.rules import Message

BATCH = 500


def tell_those_coming(chat: Chat, message: Message, *, now: datetime) -> None:
    """Whoever has left the programme in the meantime could not open what they would be told of."""
    coming = Coming.objects.filter(chat=chat).values("person")
    hosts = Host.objects.filter(chat=chat, agreed_at__isnull=False).values("person")
    members = people_of_programme(chat.programme, "")
    wanted = members.filter(Q(pk__in=coming) | Q(pk__in=hosts))
    people = list(wanted.order_by("pk"))
    for start in range(0, len(people), BATCH):
        notify(to=people[start : start + BATCH], message=message, now=now)
