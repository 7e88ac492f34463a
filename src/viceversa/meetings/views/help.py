"""For coordinators: who needs help and what to do, and days on which no clock runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.design.tables import Column, headers
from viceversa.meetings.actions.holidays import add_holiday, remove_holiday
from viceversa.meetings.forms.booking import FindHelp, HolidayForm
from viceversa.meetings.models import Holiday
from viceversa.meetings.queries.help import help_in, holidays_of
from viceversa.meetings.views.booking import done
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("pair", gettext_lazy("Learner")),
    Column("adviser", gettext_lazy("Adviser")),
    Column("what", gettext_lazy("What happened")),
    Column("since", gettext_lazy("Since"), numeric=True),
    Column("do", gettext_lazy("What you can do")),
]


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    form = FindHelp(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = help_in(programme, kind=wanted.get("kind", ""), search=wanted.get("q", ""))
    context = {
        "programme": programme,
        "form": form if form.is_bound else FindHelp(),
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "headers": headers(COLUMNS, query=request.GET),
        "is_filtered": any(wanted.values()),
    }
    return render(request, "meetings/help/list.html", context)


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest, slug: str) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    programme = coordinated_programme_for(actor, slug)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> Holiday:
            return add_holiday(programme=programme, by=actor, now=now, **form.cleaned_data)

        if done(act, form) is not None:
            messages.success(request, _("Noted. No clock runs on these days."))
            return redirect("meetings:holidays", slug=slug)
    context = {
        "programme": programme,
        "form": form,
        "page": page_of(holidays_of(programme), number=page_number(request.GET.get("page"))),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/help/holidays.html", context, status=status)


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    holiday = holidays_of(programme).select_related("programme").filter(pk=number).first()
    if holiday is None:
        raise NotFound(_("These days are not in the list any more."))
    remove_holiday(holiday=holiday, by=actor, now=clock.now())
    messages.success(request, _("Removed. The clocks run on these days."))
    return redirect("meetings:holidays", slug=slug)
