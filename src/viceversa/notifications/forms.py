from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from viceversa.notifications.rules import EMAIL, Message, kinds_of_choice


class Preferences(forms.Form):
    """One tick for each kind that may be switched off: does it come by e-mail as well?"""

    kinds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, said: Mapping[tuple[str, str], bool], data: Any = None) -> None:
        self._kinds = kinds_of_choice()
        wanted = [kind.kind for kind in self._kinds if _wish(kind, said)]
        super().__init__(data, initial={"kinds": wanted})
        field = self.fields["kinds"]
        field.label = _("Send me these by e-mail as well")
        field.choices = [(kind.kind, kind.label) for kind in self._kinds]  # type: ignore[attr-defined]

    def wanted(self) -> dict[tuple[str, str], bool]:
        ticked = set(self.cleaned_data["kinds"])
        return {(kind.kind, EMAIL): kind.kind in ticked for kind in self._kinds}


def _wish(kind: type[Message], said: Mapping[tuple[str, str], bool]) -> bool:
    return said.get((kind.kind, EMAIL), kind.by_email)
