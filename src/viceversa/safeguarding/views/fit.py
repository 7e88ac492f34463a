"""Does it fit? Asked after the first half hour. The answer only chooses what is shown next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.people.queries.directory import person_for
from viceversa.safeguarding.actions.fit import end_wish, look_at_fit, wish_apart
from viceversa.safeguarding.forms.fit import FITS, Apart, Fit
from viceversa.safeguarding.queries.fit import own_partnership, own_wishes, partner_in
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@never_cache
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def fit(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = own_partnership(actor, key)
    form = Fit(request.POST if request.method == "POST" else None)
    answer = ""
    if form.is_valid():
        look_at_fit(partnership=partnership, by=actor)
        answer = form.cleaned_data["answer"]
        if answer == FITS:
            messages.success(request, _("Good. What you said is kept nowhere."))
            return redirect("partnerships:detail", key=key)
    context = {
        "form": form,
        "partnership": partnership,
        "partner": partner_in(partnership, actor),
        "answer": answer,
    }
    status = 422 if form.errors else 200
    return render(request, "safeguarding/fit/fit.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def apart(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Apart(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wish_apart(other=form.cleaned_data["other"], by=actor)
        except Refused as refused:
            form.add_error("other", refused.sentence)
        else:
            messages.success(request, _("Noted. You two are never matched; nobody is told."))
            return redirect("safeguarding:apart")
    context = {"form": form, "wishes": own_wishes(actor)}
    status = 422 if form.errors else 200
    return render(request, "safeguarding/fit/apart.html", context, status=status)


@require_POST
def end_apart(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    end_wish(other=person_for(actor, key), by=actor)
    messages.success(request, _("Taken back."))
    return redirect("safeguarding:apart")
