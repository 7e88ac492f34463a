"""My part in a programme, and whom I do not want to meet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.programmes.actions import (
    Part,
    keep_apart,
    save_lesson,
    save_part,
    say_gained,
    take_back_apart,
)
from viceversa.programmes.forms import LessonForm, PartForm, SearchForm, initial_part
from viceversa.programmes.forms.part_in_short import in_short, open_at_first
from viceversa.programmes.models import Enrolment
from viceversa.programmes.queries import (
    people_by_words,
    person_to_keep_apart,
    prefill_for,
    shared_lessons,
    skill_names,
    skills_of,
    topics_of,
)
from viceversa.programmes.rules.enrolment import ACTIVE
from viceversa.programmes.views.joining import own_enrolment
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of

FOUND = 8
PLAIN = (
    "is_learner",
    "is_adviser",
    "wants",
    "offers",
    "demand",
    "capacity",
    "goals",
    "career_direction",
    "comfort",
    "comfort_depth",
    "comfort_format",
    "off_limits",
    "learning_style",
    "hours_from",
    "hours_to",
    "languages",
)


@require_http_methods(["GET", "POST"])
def my_part(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    enrolment = own_enrolment(actor, slug)
    if request.method == "POST":
        form = PartForm(request.POST, enrolment=enrolment)
        if form.is_valid():
            save_part(enrolment=enrolment, part=_part(form), by=actor, now=clock.now())
            messages.success(request, _("Saved. You can change it until you have a partner."))
            return redirect("programmes:detail", slug=slug)
    else:
        form = PartForm(enrolment=enrolment, initial=_initial(enrolment))
    short = in_short(form)
    context = {
        "programme": enrolment.programme,
        "enrolment": enrolment,
        "form": form,
        "short": short,
        "open": open_at_first(form, short),
        "is_active": enrolment.state in ACTIVE,
        "topics": sorted(skills_of(enrolment.programme).values()),
        "skills": skill_names(),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/part/my_part.html", context, status=status)


def _initial(enrolment: Enrolment) -> dict[str, object]:
    wants, offers = topics_of(enrolment)
    prefill = None if enrolment.part_confirmed_at else prefill_for(enrolment.person)
    return initial_part(enrolment, wants, offers, prefill)


def _part(form: PartForm) -> Part:
    typed = form.cleaned_data
    values = {name: typed[name] for name in PLAIN}
    return Part(**values, value_parts=[typed[f"value_{place}"] for place in (1, 2, 3)])


@require_http_methods(["GET", "POST"])
def lessons(request: HttpRequest, slug: str) -> HttpResponse:
    """What the others share, and one's own lesson."""
    actor = actor_of(request)
    enrolment = own_enrolment(actor, slug)
    initial = {"lesson": enrolment.lesson, "share": enrolment.lesson_is_shared}
    form = LessonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_lesson(
            enrolment=enrolment,
            text=form.cleaned_data["lesson"],
            is_shared=form.cleaned_data["share"],
            by=actor,
            now=clock.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("programmes:lessons", slug=slug)
    lessons = shared_lessons(enrolment.programme)
    context = {
        "programme": enrolment.programme,
        "form": form,
        "enrolment": enrolment,
        "page": page_of(lessons, number=page_number(request.GET.get("page"))),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/part/lessons.html", context, status=status)


@require_POST
def gained(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    answer = request.POST.get("answer", "")
    say_gained(enrolment=own_enrolment(actor, slug), answer=answer, by=actor, now=clock.now())
    messages.success(request, _("Noted. You can change your answer until the programme is over."))
    return redirect("programmes:detail", slug=slug)


@require_http_methods(["GET"])
def apart(request: HttpRequest, slug: str) -> HttpResponse:
    """Search for somebody. What was noted before is shown to nobody, the author included."""
    actor = actor_of(request)
    enrolment = own_enrolment(actor, slug)
    term = words_typed(request)
    found = people_by_words(term).exclude(pk=enrolment.person_id)[:FOUND] if term else []
    context = {
        "programme": enrolment.programme,
        "form": SearchForm(request.GET),
        "term": term,
        "found": list(found),
    }
    return render(request, "programmes/part/apart.html", context)


@require_POST
def note_apart(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    enrolment = own_enrolment(actor, slug)
    other = person_to_keep_apart(actor, request.POST.get("person", ""))
    if other is None:
        raise NotFound(_("There is nobody of that name any more. Search again."))
    note = take_back_apart if request.POST.get("take_back") else keep_apart
    note(enrolment=enrolment, other=other, by=actor, now=clock.now())
    messages.success(request, _("Noted. Nobody is told, and no page shows it."))
    return redirect("programmes:my_part", slug=slug)
