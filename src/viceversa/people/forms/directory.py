"""The filters above the directory."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import SearchInput
from viceversa.people.forms.names import level_field, place_field, unit_field
from viceversa.people.queries.directory import ORDERS, Filter
from viceversa.people.queries.skills import find_skills

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
        self.fields["level"] = level_field(_("Level"))
        self.fields["unit"] = unit_field()
        self.fields["place"] = place_field()
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
