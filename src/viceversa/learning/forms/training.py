from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.learning.rules.modules import Module


class DemandsForm(forms.Form):
    """Which trainings come before the first half hour."""

    modules = forms.MultipleChoiceField(
        label=_("Before the first half hour"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none, and nobody waits for anything."),
    )

    def __init__(self, *args: Any, offered: list[tuple[Module, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modules"].choices = [  # type: ignore[attr-defined]
            (module.slug, f"{module.title} — {said}") for module, said in offered
        ]
