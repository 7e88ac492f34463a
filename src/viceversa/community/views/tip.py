"""The board of tips."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.community.actions import tip as actions
from viceversa.community.forms.tip import TipFilterForm, TipForm
from viceversa.community.permissions import check_coordinates
from viceversa.community.queries.tip import Filters, shown, tip_for, tips_for, topics_in
from viceversa.community.views.frame import frame, member_of
from viceversa.community.views.reason import ask_why
from viceversa.programmes.queries import skill_names
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, slug)
    form = TipFilterForm(request.GET, topics=topics_in(member))
    form.is_valid()
    asked = form.cleaned_data
    filters = Filters(asked.get("q", ""), asked.get("stream", ""), asked.get("topic", ""))
    page = page_of(tips_for(member, filters), number=page_number(request.GET.get("page")))
    context = {
        **frame(member, "tips"),
        "form": form,
        "page": page,
        "rows": shown(member, page.rows),
        "is_filtered": filters != Filters(),
        "may_write": member.is_open and bool(member.streams),
    }
    return render(request, "community/tip/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, slug)
    if not member.streams:
        raise Refused(
            _("Tips come from those who learn, advise or sponsor. You read them."), code="stream"
        )
    form = TipForm(request.POST or None, streams=member.streams)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.write_tip(
            programme=member.programme,
            stream=form.chosen_stream,
            topic=typed["topic"],
            text=typed["text"],
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("On the board. You can take it away at any time."))
        return redirect("community:tips", slug=slug)
    context = {**frame(member, "tips"), "form": form, "skills": skill_names()}
    status = 422 if form.is_bound else 200
    return render(request, "community/tip/new.html", context, status=status)


@require_POST
def thank(request: HttpRequest, slug: str, tip: str) -> HttpResponse:
    found = tip_for(member_of(request, slug), tip)
    actions.thank_for_tip(tip=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Your thanks are on the way to the author, and to nobody else."))
    return redirect("community:tips", slug=slug)


@require_POST
def remove(request: HttpRequest, slug: str, tip: str) -> HttpResponse:
    found = tip_for(member_of(request, slug), tip)
    actions.remove_tip(tip=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Taken away."))
    return redirect("community:tips", slug=slug)


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, tip: str) -> HttpResponse:
    member, actor = member_of(request, slug), actor_of(request)
    found = tip_for(member, tip)
    check_coordinates(actor, member.programme)
    return ask_why(
        request,
        "community/tip/hide.html",
        {**frame(member, "tips"), "tip": found},
        give=lambda reason: actions.hide_tip(tip=found, reason=reason, by=actor, now=clock.now()),
        done=_("Hidden. The author reads your reason."),
        back=redirect("community:tips", slug=slug),
    )


@require_POST
def show_again(request: HttpRequest, slug: str, tip: str) -> HttpResponse:
    found = tip_for(member_of(request, slug), tip)
    actions.show_tip_again(tip=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Shown to everyone again."))
    return redirect("community:tips", slug=slug)
