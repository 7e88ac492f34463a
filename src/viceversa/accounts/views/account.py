"""The accounts of everybody, for those who look after them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.accounts.actions import close_account, end_sessions
from viceversa.accounts.forms import SearchAccounts
from viceversa.accounts.permissions import can_steer, check_can_administer_accounts
from viceversa.accounts.queries import account_by_id, accounts, roles_of, tokens_of
from viceversa.accounts.views.tabs import account_tabs
from viceversa.design.tables import Column, headers
from viceversa.history.queries import entries_about
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("name", _("Name")),
    Column("state", _("State")),
    Column("seen", _("Last sign-in")),
    Column("roles", _("Roles")),
]
ENTRIES_SHOWN = 10


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_administer_accounts(actor)
    form = SearchAccounts(request.GET)
    found = accounts(search=form.words(), state=form.state_chosen())
    page = page_of(found, number=page_number(request.GET.get("page")))
    roles = roles_of(page.rows)
    context = {
        "page": page,
        "rows": [(user, roles[user.pk]) for user in page.rows],
        "form": form,
        "headers": headers(COLUMNS, query=request.GET),
        "tabs": account_tabs(actor, "list"),
    }
    return render(request, "accounts/account/list.html", context)


@require_GET
def detail(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_administer_accounts(actor)
    user = account_by_id(user_id)
    context = {
        "account": user,
        "roles": roles_of([user])[user.pk],
        "tokens": tokens_of(user),
        "can_steer": can_steer(actor, user),
        "entries": entries_about(user)[:ENTRIES_SHOWN],
    }
    return render(request, "accounts/account/detail.html", context)


@require_POST
def end_all_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    user = account_by_id(user_id)
    end_sessions(user=user, by=actor_of(request), now=clock.now())
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": user.label})
    return redirect("accounts:detail", user_id=user.pk)


@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    user = account_by_id(user_id)
    close_account(user=user, by=actor_of(request), now=clock.now())
    messages.success(request, _("The account of %(name)s is closed.") % {"name": user.label})
    return redirect("accounts:detail", user_id=user.pk)
