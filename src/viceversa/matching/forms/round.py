"""What coordinators type on the pages of a round."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import RangeInput, SearchInput
from viceversa.matching.rules.settings import least_gap
from viceversa.people.forms.names import level_field, unit_field

WEIGHTS = {
    "skills": _("What is wanted and offered"),
    "goals": _("Goals that are alike"),
    "other_unit": _("From another unit"),
    "place": _("Same place"),
    "hours": _("Hours in common"),
}


class FindPairs(forms.Form):
    """The filters above the table of pairs."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80, widget=SearchInput())
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    level = forms.ChoiceField(label=_("Learner's level"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All pairs")), ("weak", _("Weak matches")), ("pinned", _("Pinned"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field()
        self.fields["level"] = level_field(_("Learner's level"))


class FindUnmatched(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=80, widget=SearchInput())
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("All")), ("learner", _("Learners")), ("adviser", _("Advisers"))],
    )


class WeightsForm(forms.Form):
    """How much each part of the score counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in WEIGHTS.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=10,
                widget=RangeInput(attrs={"min": 0, "max": 10}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(name) for name in WEIGHTS):
            raise forms.ValidationError(
                _("At least one weight must be above 0, or every pair would be alike.")
            )
        return values

    def weight_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in WEIGHTS]

    def settings_after(self, before: Mapping[str, Any], *, outside_guests: bool) -> dict[str, Any]:
        """As a round keeps them, with all that is not asked for here as before."""
        weights = {name: self.cleaned_data[name] for name in WEIGHTS}
        return {**before, "weights": {**before["weights"], **weights}}


class WhatIfForm(WeightsForm):
    """Weights and rules to try. The programme keeps its own."""

    min_rank_gap = forms.IntegerField(
        label=_("Least rank gap"),
        help_text=_("Levels between the two, at least."),
        min_value=0,
        max_value=9,
    )
    shared_hours = forms.FloatField(
        label=_("Shared hours a day"),
        min_value=0,
        max_value=8,
        help_text=_("In which both work, at least."),
    )
    same_unit_allowed = forms.BooleanField(
        label=_("Two people of one unit are allowed"), required=False
    )
    past_partners_allowed = forms.BooleanField(
        label=_("Partners of before are allowed"), required=False
    )
    different_stages = forms.BooleanField(
        label=_("A learner's advisers must be of different levels"), required=False
    )
    one_other_field = forms.BooleanField(
        label=_("One of several advisers must come from another field"), required=False
    )
    order = forms.ChoiceField(
        label=_("What comes first"),
        widget=forms.RadioSelect,
        choices=[
            ("fair", _("Everybody first — as many learners as possible, then the weakest match")),
            ("coverage", _("As many as possible — coverage first, then the best scores")),
            ("total", _("Best scores — the highest sum, even if somebody is worse off")),
        ],
    )

    def settings_after(self, before: Mapping[str, Any], *, outside_guests: bool) -> dict[str, Any]:
        values = self.cleaned_data
        gap = least_gap(values["min_rank_gap"], outside_guests=outside_guests)
        rules = {
            "min_rank_gap": gap,
            "shared_hours": values["shared_hours"],
            "same_unit": not values["same_unit_allowed"],
            "past_partners": not values["past_partners_allowed"],
        }
        return {
            **super().settings_after(before, outside_guests=outside_guests),
            "rules": {**before["rules"], **rules},
            "different_stages": values["different_stages"],
            "one_other_field": values["one_other_field"],
            "order": values["order"],
        }


def initial_of(settings: dict[str, Any]) -> dict[str, Any]:
    """The form filled with what a round was solved with."""
    rules = settings["rules"]
    return {
        "min_rank_gap": rules["min_rank_gap"] or 0,
        "shared_hours": rules["shared_hours"],
        "same_unit_allowed": not rules["same_unit"],
        "past_partners_allowed": not rules["past_partners"],
        "different_stages": settings["different_stages"],
        "one_other_field": settings.get("one_other_field", False),
        "order": settings["order"],
        **{name: round(settings["weights"].get(name, 0)) for name in WEIGHTS},
    }
