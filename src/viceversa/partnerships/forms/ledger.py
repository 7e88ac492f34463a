from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.partnerships.models import LedgerEntry

KINDS = [
    (LedgerEntry.Kind.WANTED, _("I wanted")),
    (LedgerEntry.Kind.GAVE, _("I gave")),
    (LedgerEntry.Kind.LEARNED, _("I learned")),
]


class WriteInLedger(forms.Form):
    kind = forms.ChoiceField(label=_("About you"), choices=KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In a sentence or two"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
