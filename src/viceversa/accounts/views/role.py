from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.accounts.actions import grant_role, revoke_role
from viceversa.accounts.forms import GrantRole, Search
from viceversa.accounts.permissions import check_can_grant_roles
from viceversa.accounts.queries import role_grant_by_id, role_grants
from viceversa.accounts.views.tabs import account_tabs
from viceversa.design.tables import Column, headers
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("role", _("Role")),
    Column("name", _("Held by")),
    Column("do", _("Actions"), hidden=True),
]


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_grant_roles(actor)
    form = GrantRole(request.POST or None)
    if form.is_valid() and form.user is not None:
        try:
            role = form.cleaned_data["role"]
            grant = grant_role(user=form.user, role=role, by=actor, now=clock.now())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            what = {"name": form.user.label, "role": grant.get_role_display()}
            messages.success(request, _("%(name)s is now: %(role)s.") % what)
            return redirect("accounts:roles")
    search = Search(request.GET)
    found = role_grants(search=search.words())
    context = {
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "search": search,
        "form": form,
        "headers": headers(COLUMNS, query=request.GET),
        "tabs": account_tabs(actor, "roles"),
    }
    return render(request, "accounts/role/list.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: HttpRequest, grant_id: int) -> HttpResponse:
    grant = role_grant_by_id(grant_id)
    revoke_role(grant=grant, by=actor_of(request), now=clock.now())
    messages.success(request, _("%(name)s no longer holds this role.") % {"name": grant.user.label})
    return redirect("accounts:roles")
