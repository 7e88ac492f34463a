"""Fields that narrow a list down by the names an organisation gave its levels, units and places."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from viceversa.people.models import Level, Place, Unit
from viceversa.toolkit.prepared import Row, prepared

MOST_CHOICES = 40


def level_field(label: Any) -> forms.ChoiceField:
    """The whole ladder, the highest first. An organisation has a handful of levels."""
    levels = [(str(pk), name) for pk, name in _levels()]
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Any")), *levels])


def unit_field() -> forms.Field:
    return _names(_("Unit"), _units())


def place_field() -> forms.Field:
    return _names(_("Place"), _places())


def _names(label: Any, rows: list[Row]) -> forms.Field:
    """A list to choose from while it is short; beyond that one types a part of the name."""
    if len(rows) > MOST_CHOICES:
        typed = forms.TextInput(attrs={"placeholder": _("Part of its name")})
        return forms.CharField(label=label, required=False, max_length=200, widget=typed)
    choices = [("", _("Any")), *((name, name) for (name,) in rows)]
    return forms.ChoiceField(label=label, required=False, choices=choices)


@prepared
def _levels() -> QuerySet[Any, Any]:
    return Level.objects.order_by("-rank").values_list("pk", "name")


@prepared
def _units() -> QuerySet[Any, Any]:
    return Unit.objects.values_list("name")[: MOST_CHOICES + 1]


@prepared
def _places() -> QuerySet[Any, Any]:
    return Place.objects.values_list("name")[: MOST_CHOICES + 1]
