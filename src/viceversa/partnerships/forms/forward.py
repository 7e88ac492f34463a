from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("project", _("A project")),
    ("role", _("A role")),
    ("talk", _("A talk")),
    ("award", _("An award")),
    ("other", _("Something else")),
]


class AskToPutForward(forms.Form):
    kind = forms.ChoiceField(
        label=_("For what kind of thing?"), choices=KINDS, widget=forms.RadioSelect
    )
    what = forms.CharField(
        label=_("For what, and with whom?"),
        help_text=_("So that a yes or a no is about this very thing."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say for what, and with whom you would speak.")},
    )
