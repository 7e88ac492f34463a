"""The frame of every page: where one can go, and who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from viceversa.design.navigation import Item, Viewer
from viceversa.home.sample import SIGN_INS
from viceversa.home.sample.sign_ins import SAMPLE_PHRASE
from viceversa.notifications.queries import unread_count
from viceversa.programmes.queries import visible_programmes
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.http import actor_of

PROGRAMMES_SHOWN = 4
MOST_USED = 4
PROGRAMME_ICON = "messages-square"


def navigation(request: HttpRequest) -> dict[str, Any]:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        hints = _sample_hints() if settings.SAMPLE_SIGN_IN_HINTS else {}
        return {**hints, "wrong_url": reverse("safeguarding:if_wrong")}
    actor = actor_of(request)
    items = _items(actor, request.path)
    return {
        "navigation": items,
        "most_used": [item for item in items if item.icon != PROGRAMME_ICON][:MOST_USED],
        "viewer": _viewer(request, actor),
        "search_url": reverse("home:search"),
        "wrong_url": reverse("safeguarding:if_wrong"),
    }


def _sample_hints() -> dict[str, Any]:
    people = [
        {"part": sign_in.part.replace("_", " ").capitalize(), "email": sign_in.email}
        for sign_in in SIGN_INS
    ]
    return {"sample_hints": {"people": people, "password": SAMPLE_PHRASE}}


def _items(actor: Actor, path: str) -> list[Item]:
    programmes = visible_programmes(actor).exclude(state="archived").order_by("name")
    named = [
        (programme.name, reverse("programmes:detail", args=[programme.slug]), PROGRAMME_ICON)
        for programme in programmes.only("name", "slug")[: PROGRAMMES_SHOWN + 1]
    ]
    places = [(_("Today"), reverse("home:today"), "sun")]
    if actor.person_id is not None:
        places += [(_("Partnerships"), reverse("partnerships:list"), "arrow-right-left")]
    places += [(_("People"), reverse("people:list"), "users")]
    places += named[:PROGRAMMES_SHOWN]
    places += [(_("Programmes"), reverse("programmes:list"), "layers")]
    places += [(_("Learning"), reverse("learning:home"), "book-open")]
    if actor.has("operator"):
        places += [(_("Accounts"), reverse("accounts:list"), "key-round")]
    current = _current(path, [url for _label, url, _icon in places])
    return [
        Item(label=label, url=url, icon=icon, current=url == current) for label, url, icon in places
    ]


def _current(path: str, urls: list[str]) -> str:
    """The longest address that the path lies under."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")


def _viewer(request: HttpRequest, actor: Actor) -> Viewer:
    links = [Item(label=_("My account"), url=reverse("accounts:account"))]
    if actor.person_id is not None:
        links.insert(0, Item(label=_("My profile"), url=reverse("people:me")))
        links.append(Item(label=_("My calendar"), url=reverse("meetings:calendar")))
        links.append(Item(label=_("Assistants"), url=reverse("meetings:assistants")))
        links.append(Item(label=_("My key"), url=reverse("vault:key")))
        links.append(Item(label=_("Never matched"), url=reverse("safeguarding:apart")))
    inbox = reverse("notifications:inbox")
    return Viewer(
        name=actor.label,
        url=reverse("people:me") if actor.person_id is not None else reverse("accounts:account"),
        inbox_url=inbox if actor.person_id is not None else "",
        inbox_count=unread_count(actor) if actor.person_id is not None else 0,
        inbox_current=request.path.startswith(inbox),
        sign_out_url=reverse("account_logout"),
        links=links,
    )
