from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import RangeInput
from viceversa.partnerships.models import Goal
from viceversa.people.models import Skill
from viceversa.people.models.skill import Mastery

KINDS = [
    (Goal.Kind.LITERACY, _("Understand a skill — the basics are enough; mastery is not needed")),
    (Goal.Kind.CLIENTS, _("Talk to clients thoughtfully — know what they live with")),
    (Goal.Kind.INFLUENCE, _("Gain influence — be heard where it matters")),
    (Goal.Kind.PERSPECTIVE, _("See with fresh eyes — question what everybody takes for granted")),
    (Goal.Kind.CAREER, _("Move a career on — the next step, and who can open the door")),
    (Goal.Kind.STRATEGY, _("Strategy — how the organisation really decides")),
]


TEMPLATES = {
    "rise": {
        "stream": Goal.Stream.RETURN,
        "kind": Goal.Kind.CAREER,
        "title": _("How top roles, promotions and pay rises come about here"),
        "words": _(
            "I know the formal way and the informal one: who decides, when, and on what.\n"
            "I have heard an honest evaluation of where I stand: what speaks for me, what is "
            "missing, and the one thing to build first."
        ),
    }
}


def how_far() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("How far"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=Mastery.choices,
        initial=Mastery.BASIC,
    )


class GoalWords(forms.Form):
    """The words of a goal, which only the two read."""

    title = forms.CharField(label=_("The goal in one line"), max_length=120)
    words = forms.CharField(
        label=_("How will you know that it is reached?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AdjustGoal(GoalWords):
    """How far is asked where the goal is to understand a skill."""

    target = how_far()
    field_order = ("target", "title", "words")

    def __init__(self, *args: Any, has_target: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_target:
            del self.fields["target"]


class ProposeGoal(GoalWords):
    stream = forms.ChoiceField(label=_("Whose goal is it?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What kind"), choices=KINDS, initial=Goal.Kind.LITERACY, widget=forms.RadioSelect
    )
    skill = forms.ModelChoiceField(
        label=_("Skill"),
        queryset=Skill.objects.none(),
        required=False,
        help_text=_("For a goal to understand a skill."),
        empty_label=_("None"),
    )
    target = how_far()

    field_order = ["stream", "kind", "skill", "target", "title", "words"]

    def __init__(self, *args: Any, streams: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stream"].choices = streams  # type: ignore[attr-defined]
        self.fields["skill"].queryset = Skill.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Goal.Kind.LITERACY and not cleaned.get("skill"):
            self.add_error("skill", _("Choose the skill that this goal is about."))
        return cleaned


class ReplyToGoal(forms.Form):
    reply = forms.ChoiceField(
        label=_("How far can you help?"), choices=Goal.Reply.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Progress(forms.Form):
    progress = forms.IntegerField(
        label=_("How far it has come, in percent"),
        min_value=0,
        max_value=100,
        widget=RangeInput(attrs={"step": 5}),
    )


class ShareGoal(forms.Form):
    title = forms.CharField(
        label=_("The title that coordinators read"),
        max_length=200,
        help_text=_("Type it anew. What you two wrote about the goal stays between you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
