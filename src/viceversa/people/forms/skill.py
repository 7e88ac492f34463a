"""The organisation's own skills, other words for them, and levels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.people.forms.fields import LineField
from viceversa.people.models import Skill

MOST_ALIASES = 20


class SkillForm(forms.Form):
    name = LineField(label=_("Name"), max_length=120)
    group = LineField(label=_("Group"), max_length=80, help_text=_("One of those below, or new."))
    facet = forms.ChoiceField(label=_("Kind"), choices=Skill.Facet.choices)


class AliasForm(forms.Form):
    text = LineField(
        label=_("Another word for it"),
        max_length=120,
        help_text=_("What people type when they mean this skill, such as the name of a product."),
    )


class LevelForm(forms.Form):
    name = LineField(label=_("Name"), max_length=80)


class LevelChangeForm(LevelForm):
    aliases = forms.CharField(
        label=_("Other words for it in staff files"),
        required=False,
        max_length=600,
        help_text=_("With commas between, such as VP, Vice Pres."),
    )

    def clean_aliases(self) -> list[str]:
        words = self.cleaned_data["aliases"].split(",")
        return [" ".join(word.split())[:80] for word in words if word.strip()][:MOST_ALIASES]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        return ", ".join(value) if isinstance(value, list) else value
