from django.urls import URLPattern, path

from viceversa.meetings.views import assistant, booking, cadence, help, moving


def _half_hours(prefix: str, names: str) -> list[URLPattern]:
    """The same pages for the two and for assistants, under addresses of their own."""
    one = f"{prefix}<str:meeting>/"
    return [
        path(prefix, booking.index, name=f"{names}list"),
        path(f"{prefix}book/", booking.book, name=f"{names}book"),
        path(f"{prefix}series/", moving.series, name=f"{names}series"),
        path(f"{prefix}series/stop/", moving.series_stop, name=f"{names}series_stop"),
        path(one, booking.detail, name=f"{names}meeting"),
        path(f"{one}move/", moving.move, name=f"{names}move"),
        path(f"{one}cancel/", moving.cancel, name=f"{names}cancel"),
        path(f"{one}propose/", moving.propose, name=f"{names}propose"),
        path(f"{one}take/", moving.take, name=f"{names}take"),
        path(f"{one}drop/", moving.drop, name=f"{names}drop"),
    ]


HALF_HOURS = "partnerships/<str:key>/half-hours/"
of_partnership: list[URLPattern] = [
    *_half_hours(HALF_HOURS, ""),
    path(f"{HALF_HOURS}<str:meeting>/missed/", moving.missed, name="missed"),
    path("programmes/<slug:slug>/help/", help.index, name="help"),
    path("programmes/<slug:slug>/cadence/", cadence.of_programme, name="cadence"),
    path("programmes/<slug:slug>/holidays/", help.holidays, name="holidays"),
    path(
        "programmes/<slug:slug>/holidays/<int:number>/remove/", help.remove, name="holiday_remove"
    ),
]
assistants: list[URLPattern] = [
    path("assistants/", assistant.index, name="assistants"),
    path("assistants/name/", assistant.name, name="assistant_name"),
    path("assistants/<str:delegate>/", assistant.principal, name="assistant"),
    path("assistants/<str:delegate>/end/", assistant.end, name="assistant_end"),
    *_half_hours("assistants/<str:delegate>/with/<str:key>/", "assistant_"),
]
