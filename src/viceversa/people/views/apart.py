from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from viceversa.people.actions import end_keep_apart, keep_apart
from viceversa.people.forms.person import ApartForm
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.directory import person_for
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """One page for noting and for taking back; it never shows what is noted."""
    actor = actor_of(request)
    check_can_manage_directory(actor)
    person = person_for(actor, key)
    form = ApartForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "person": person}
        return render(
            request, "people/person/apart.html", context, status=422 if form.errors else 200
        )
    other = form.cleaned_data["other"]
    if "end" in request.POST:
        end_keep_apart(one=person, other=other, by=actor, now=clock.now())
        messages.success(request, _("Taken back, if it was noted. Wishes of the two stay."))
    else:
        reason = form.cleaned_data["reason"]
        keep_apart(one=person, other=other, reason=reason, by=actor, now=clock.now())
        messages.success(request, _("Noted. Matching reads it; it is shown to nobody."))
    return redirect("people:person", key=person.key)
