from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from viceversa.home import queries
from viceversa.home.queries import half_hours
from viceversa.home.queries.sharing import sharing_for
from viceversa.home.queries.to_fix import to_fix, to_fix_for
from viceversa.home.rules import greeting, waits_for_coordinator
from viceversa.safeguarding.queries.fit import fits_to_look_at
from viceversa.safeguarding.queries.pulse import open_pulses_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of, words_typed


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = getattr(request.user, "person", None)
    zone = ZoneInfo(person.time_zone) if person else ZoneInfo("UTC")
    standings = queries.standings_of(actor)
    enrolments = queries.my_enrolments(actor)
    partnerships = queries.my_partnerships(actor)
    now = clock.now()
    sides = [(row.partnership, row.side) for row in partnerships]
    turns = half_hours.my_turn(sides)
    assisted = half_hours.assisted_by(actor)
    ahead = half_hours.half_hours_of(actor, now=now)
    context = {
        "person": person,
        "first_name": person.name.split()[0] if person else "",
        "greeting": greeting(now.astimezone(zone).hour),
        "coordinated": queries.coordinated(standings),
        "sponsored": queries.sponsored(standings),
        "invitations": [row for row in enrolments if row.state == row.State.INVITED],
        "parts": [row for row in enrolments if row.state == row.State.ENROLLED],
        "waiting": [row for row in enrolments if row.state == row.State.WAITING],
        "to_answer": [row for row in partnerships if not row.i_said_yes],
        "partners": [row for row in partnerships if row.i_said_yes],
        "to_agree": [
            (row, turns[row.partnership.pk]) for row in partnerships if row.partnership.pk in turns
        ],
        "training": half_hours.training_of(actor, sides),
        "half_hours": [row for row in ahead if row.asks_something],
        "prepared": [row for row in ahead if not row.asks_something],
        "to_look_back": half_hours.to_look_back(actor, now=now),
        "to_fix": to_fix(sides, now=now),
        "promises": half_hours.promises_due(actor, today=now.astimezone(zone).date()),
        "assisted": assisted,
        "to_fix_for": to_fix_for(assisted, now=now),
        "zone": zone,
        "sharing": sharing_for(actor, now=now),
        "pulses": open_pulses_of(actor),
        "fits": fits_to_look_at(actor),
        "asks": list(queries.asks_to_answer(actor)),
        "is_directory_administrator": actor.has("directory_administrator"),
        "is_operator": actor.has("operator"),
        "is_safeguarding_contact": actor.has("safeguarding_contact"),
    }
    return render(request, "home/today.html", {**context, "to_do": _things_to_do(context)})


def _things_to_do(found: Mapping[str, Any]) -> int:
    """What waits for this person. A pulse does not count: nobody may learn who answered it."""
    kinds = ["to_agree", "to_answer", "asks", "invitations", "training", "promises"]
    kinds += ["to_look_back", "to_fix", "to_fix_for"]
    sharing = found["sharing"]
    return (
        sum(len(found[kind]) for kind in kinds)
        + sum(not one.has_prepared for one in found["half_hours"])
        + len(sharing.asked)
        + len(sharing.to_look_at)
        + sum(waits_for_coordinator(row.step) for row in found["coordinated"])
    )


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = words_typed(request)
    found = queries.search(actor_of(request), words)
    return render(request, "home/search.html", {"words": words, **found})
