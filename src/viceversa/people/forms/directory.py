"""The filters above the directory."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import SearchInput
from viceversa.people.models import Level, Place, Unit
from viceversa.people.queries.directory import ORDERS, Filter
from viceversa.people.queries.skills import find_skills

MOST_CHOICES = 40
STATES = [("present", _("Present")), ("left", _("Left")), ("all", _("Everyone"))]


class DirectoryFilters(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=SearchInput(attrs={"placeholder": _("Name, title, number or e-mail")}),
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    offers = forms.CharField(label=_("Offers"), required=False, max_length=120)
    state = forms.ChoiceField(label=_("Who"), required=False, choices=STATES)
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        self.unknown_skill = ""
        super().__init__(data, auto_id="filter_%s")
        levels = [(str(level.pk), level.name) for level in Level.objects.order_by("-rank")]
        self.fields["level"] = forms.ChoiceField(
            label=_("Level"), required=False, choices=[("", _("Any")), *levels]
        )
        self.fields["unit"] = _names("unit", _("Unit"), Unit)
        self.fields["place"] = _names("place", _("Place"), Place)
        self.fields["offers"].widget.attrs["placeholder"] = _("Skills, with commas")

    def narrowed(self) -> Filter:
        """What can be understood of the address; the rest is passed over."""
        self.is_valid()
        given = self.cleaned_data
        skill_ids, self.unknown_skill = find_skills(given.get("offers", ""))
        order = given.get("order", "")
        return Filter(
            words=given.get("q", ""),
            level_id=int(given["level"]) if given.get("level") else None,
            unit=given.get("unit", ""),
            place=given.get("place", ""),
            skill_ids=(0,) if self.unknown_skill else skill_ids,
            state=given.get("state") or "present",
            order=order if order.removeprefix("-") in ORDERS else "name",
        )


def _names(name: str, label: Any, model: type[Unit] | type[Place]) -> forms.Field:
    """A list to choose from while it is short; beyond that one types a part of the name."""
    names = list(model.objects.values_list("name", flat=True)[: MOST_CHOICES + 1])
    if len(names) > MOST_CHOICES:
        typed = forms.TextInput(attrs={"placeholder": _("Part of its name")})
        return forms.CharField(label=label, required=False, max_length=200, widget=typed)
    choices = [("", _("Any")), *((found, found) for found in names)]
    return forms.ChoiceField(label=label, required=False, choices=choices)
