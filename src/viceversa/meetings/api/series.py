"""Half hours that come back, for programs of the two. When and where, never what about."""

from datetime import date, time

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from viceversa.meetings.actions import series
from viceversa.meetings.models import Series
from viceversa.meetings.queries.booker import booker_for
from viceversa.meetings.queries.booking import open_series
from viceversa.meetings.rules.booking import LONGEST, SHORTEST
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of

router = Router(tags=["meetings"])


class SeriesOut(Schema):
    key: str
    first_on: date
    clock: time = Field(description="On the clock of the zone, summer and winter.")
    zone: str
    every_days: int
    minutes: int
    until: date
    place: str
    link: str


class SeriesIn(Schema):
    first_on: date
    clock: time = Field(description="On the learner's clock.")
    every_days: int = 7
    minutes: int = Field(30, ge=SHORTEST, le=LONGEST)
    until: date
    place: str = Field("", max_length=200)
    link: str = Field("", max_length=500)
    make_link: bool = False


@router.get("/partnerships/{key}/series", response=SeriesOut)
def read_series(request: HttpRequest, key: str) -> Series:
    """How your half hours come back."""
    found = open_series(booker_for(actor_of(request), key).partnership)
    if found is None:
        raise NotFound(_("These half hours do not come back."))
    return found


@router.post("/partnerships/{key}/series", response={201: SeriesOut})
def book_series(request: HttpRequest, key: str, data: SeriesIn) -> tuple[int, Series]:
    """Book half hours that come back, as the learner."""
    actor = actor_of(request)
    partnership = booker_for(actor, key).partnership
    made = series.book_series(
        partnership=partnership, by=actor, now=clock.now(), **data.model_dump()
    )
    return 201, made


@router.post("/partnerships/{key}/series/stop", response={204: None})
def stop_series(request: HttpRequest, key: str) -> tuple[int, None]:
    """Book nothing new, as either of the two. What is booked already stays."""
    series.stop_series(series=read_series(request, key), by=actor_of(request), now=clock.now())
    return 204, None
