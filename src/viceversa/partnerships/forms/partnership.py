from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import SearchInput
from viceversa.partnerships.models import Partnership

NEEDS_NEW_PARTNER = "alone"


class FindPartnerships(forms.Form):
    """What a coordinator looks for in the list."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80, widget=SearchInput())
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *Partnership.State.choices,
            (NEEDS_NEW_PARTNER, _("Needs a new partner")),
        ],
    )
