"""The page that asks why something is hidden or sent back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from viceversa.community.forms.moderation import ReasonForm
from viceversa.community.views.frame import Frame


def ask_why(
    request: HttpRequest,
    template: str,
    context: Frame,
    *,
    give: Callable[[str], None],
    done: str,
    back: HttpResponse,
) -> HttpResponse:
    """`give` takes the reason; afterwards the reader goes `back`."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give(form.cleaned_data["reason"])
        messages.success(request, done)
        return back
    status = 422 if form.is_bound else 200
    return render(request, template, {**context, "form": form}, status=status)
