from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.history.rules import AREAS


class SearchHistory(forms.Form):
    q = forms.CharField(
        label=_("Who or what"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    area = forms.ChoiceField(
        label=_("Part"),
        required=False,
        choices=[("", _("All")), *((area, area.capitalize()) for area in AREAS)],
    )

    def words(self) -> str:
        return str(self.cleaned_data["q"]).strip() if self.is_valid() else ""

    def chosen_area(self) -> str:
        return str(self.cleaned_data["area"]) if self.is_valid() else ""
