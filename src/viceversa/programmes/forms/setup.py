"""The five forms of the set-up. Each checks its own step with the rules and never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import DateInput, RangeInput
from viceversa.people.models import Level, Skill
from viceversa.people.models.skill import Mastery
from viceversa.programmes.models import Programme
from viceversa.programmes.rules import setup
from viceversa.programmes.rules.eligibility import Criteria


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _text(label: object, length: int, *, rows: int = 4, hint: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=length,
        required=False,
        help_text=hint,  # type: ignore[arg-type]
        widget=_area(rows),
    )


def _number(name: str, label: object, hint: object = "", **extra: Any) -> forms.IntegerField:
    low, high, sentence = setup.RANGES[name]
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        help_text=hint,  # type: ignore[arg-type]
        widget=forms.NumberInput(attrs={"min": low, "max": high}),
        error_messages={"required": sentence, "invalid": sentence},
        **extra,
    )


class StepForm(forms.Form):
    """Base of the five. `programme` gives the initial values."""

    step: str = ""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        kwargs.setdefault("initial", self.initial_of(programme))
        super().__init__(*args, **kwargs)

    @classmethod
    def initial_of(cls, programme: Programme) -> dict[str, Any]:
        return {name: getattr(programme, name) for name in cls.base_fields if name != "skills"}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for field, sentence in setup.problems(self.values()).items():
            self.add_error(field if field in self.fields else None, sentence)
        return values

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ObjectivesForm(StepForm):
    step = "objectives"
    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Give it a name.")}
    )
    purpose = _text(
        _("Purpose"),
        2000,
        rows=6,
        hint=_("What should be different when it is over? Enrolment cannot open without it."),
    )
    learner_objective = _text(_("What learners get out of it"), 1000)
    adviser_objective = _text(_("What advisers get out of it"), 1000)
    engagement = forms.ChoiceField(
        label=_("How deep"),
        widget=forms.RadioSelect,
        choices=[
            ("short", _("A short introduction — a few meetings and a moment of information")),
            ("long", _("A longer plan — months, with goals and something made together")),
        ],
    )
    mode = forms.ChoiceField(
        label=_("How it runs"),
        widget=forms.RadioSelect,
        choices=[
            ("cohort", _("One cohort — everyone starts and ends together")),
            ("always_on", _("Always on — people join at any time, with rolling rounds")),
        ],
    )
    choosing = forms.ChoiceField(
        label=_("How pairs are made"),
        widget=forms.RadioSelect,
        choices=[
            ("together", _("Decided together — a round of matching that you look through")),
            ("learner", _("The learner chooses — from a short list, and asks")),
        ],
    )
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=DateInput)
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=DateInput,
        help_text=_("An always-on programme may leave it open."),
    )


class LevelsForm(StepForm):
    step = "levels"
    learner_level_min = forms.ModelChoiceField(
        Level.objects.all(), label=_("From level"), required=False, empty_label=_("Any level")
    )
    learner_level_max = forms.ModelChoiceField(
        Level.objects.all(), label=_("up to level"), required=False, empty_label=_("Any level")
    )
    adviser_level_min = forms.ModelChoiceField(
        Level.objects.all(), label=_("From level"), required=False, empty_label=_("Any level")
    )
    adviser_level_max = forms.ModelChoiceField(
        Level.objects.all(), label=_("up to level"), required=False, empty_label=_("Any level")
    )
    adviser_newest_months = _number(
        "adviser_newest_months",
        _("Advisers joined at most so many months ago"),
        _("Newness counts from the hire date, for graduates and experienced hires alike."),
        required=False,
    )
    adviser_must_offer = forms.BooleanField(
        label=_("Advisers must offer one of the topics in their profile"), required=False
    )
    outside_guests = forms.BooleanField(
        label=_("Guests and members without a level may take part"),
        required=False,
        help_text=_("For associations and networks: people in the directory without a level fit."),
    )
    skills = forms.ModelMultipleChoiceField(
        Skill.objects.all(),
        label=_("Topics"),
        required=False,
    )
    target_mastery = forms.TypedChoiceField(
        label=_("How far learners should get"),
        coerce=int,
        choices=Mastery.choices,
        help_text=_("Basic is enough for most: know it, have used it, can ask about it."),
    )
    most_wants = _number("most_wants", _("Topics each learner may name"))
    coverage_target = _number(
        "coverage_target",
        _("Share of the learner levels that should have an adviser, in percent"),
        _("100 means: every one of them."),
    )
    places_limit = _number(
        "places_limit", _("Places in all"), _("Beyond it people wait."), required=False
    )

    @classmethod
    def initial_of(cls, programme: Programme) -> dict[str, Any]:
        return {**super().initial_of(programme), "skills": programme.skills.all()}

    def skill_groups(self) -> list[dict[str, Any]]:
        """The topics by group, with those chosen now; one query."""
        chosen = {str(getattr(value, "pk", value)) for value in self["skills"].value() or ()}
        groups: dict[str, list[dict[str, Any]]] = {}
        for pk, name, group in Skill.objects.order_by("group", "name").values_list(
            "pk", "name", "group"
        ):
            skill = {"pk": pk, "name": name, "chosen": str(pk) in chosen}
            groups.setdefault(group, []).append(skill)
        return [
            {"name": name, "skills": skills, "chosen": sum(skill["chosen"] for skill in skills)}
            for name, skills in groups.items()
        ]

    def criteria(self) -> dict[str, Criteria]:
        """Role → who would fit by what is typed; fields that cannot be read count as empty."""
        typed = self.cleaned_data
        must_offer = [skill.pk for skill in typed.get("skills") or ()]
        return {
            role: Criteria(
                lowest_rank=_rank(typed.get(f"{role}_level_min")),
                highest_rank=_rank(typed.get(f"{role}_level_max")),
                newest_months=typed.get("adviser_newest_months") if role == "adviser" else None,
                must_offer_any_of=frozenset(must_offer)
                if role == "adviser" and typed.get("adviser_must_offer")
                else None,
                outside_guests=bool(typed.get("outside_guests")),
            )
            for role in ("learner", "adviser")
        }


def _rank(level: Level | None) -> int | None:
    return level.rank if level else None


class GuidelinesForm(StepForm):
    step = "guidelines"
    guidelines = _text(
        _("Guidelines for both"),
        4000,
        rows=8,
        hint=_("How the gap in rank is handled, what stays between the two, how to cancel."),
    )
    learner_role = _text(_("What is expected of learners"), 2000)
    adviser_role = _text(_("What is expected of advisers"), 2000)
    meeting_minutes = _number("meeting_minutes", _("Minutes each time"))
    meeting_every_days = _number("meeting_every_days", _("Days between meetings"))
    min_rank_gap = _number(
        "min_rank_gap",
        _("Least number of levels between the two"),
        _("0 allows people of one level. Reporting lines are always kept apart."),
    )
    shared_hours = _number("shared_hours", _("Working hours they must share"))
    ask_expires_days = _number("ask_expires_days", _("Days to answer a proposal or an ask"))
    same_unit_allowed = forms.BooleanField(
        label=_("The two may work in the same unit"), required=False
    )
    past_partners_allowed = forms.BooleanField(
        label=_("Former partners may be matched again"), required=False
    )


class GrowthForm(StepForm):
    step = "growth"
    return_stream = _text(
        _("What learners give back"),
        2000,
        hint=_("How the organisation works, career advice, a word in the right place."),
    )
    advisers_per_learner = _number(
        "advisers_per_learner",
        _("Advisers for each learner"),
        _("One is never enough where careers are at stake; two or three is our advice there."),
    )
    learners_per_adviser = _number("learners_per_adviser", _("Learners for each adviser"))
    different_stages = forms.BooleanField(
        label=_("A learner's advisers must be at different career stages"), required=False
    )
    one_from_other_field = forms.BooleanField(
        label=_("One of them must come from another field"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weights = self.programme.weights or setup.DEFAULT_WEIGHTS
        for name, (label, hint) in setup.WEIGHT_LABELS.items():
            self.fields[f"weight_{name}"] = forms.IntegerField(
                label=label,
                help_text=hint,
                initial=weights.get(name, 0),
                widget=RangeInput(attrs={"min": 0, "max": setup.MOST_WEIGHT, "step": 1}),
            )

    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{name}"] for name in setup.WEIGHT_NAMES]

    def values(self) -> dict[str, Any]:
        cleaned = super().values()
        weights = {name: cleaned.pop(f"weight_{name}", 0) for name in setup.WEIGHT_NAMES}
        return {**cleaned, "weights": weights}


class SupportForm(StepForm):
    step = "support"
    training = _text(_("Training for both roles"), 2000)
    support = _text(_("Support while it runs"), 2000, hint=_("Whom to call, and how fast."))
    sponsor_letter = _text(
        _("The sponsor's letter"),
        4000,
        rows=10,
        hint=_("Everyone invited reads it. Ask the sponsor to make it their own."),
    )
    open_link_enabled = forms.BooleanField(
        label=_("People may join by themselves through a link"),
        required=False,
        help_text=_("Only signed-in people who fit; interns and newcomers included."),
    )


STEP_FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (ObjectivesForm, LevelsForm, GuidelinesForm, GrowthForm, SupportForm)
}
