from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.people.forms.fields import PersonField

FITS, UNSURE, ELSE = "fits", "unsure", "else"


class Fit(forms.Form):
    answer = forms.ChoiceField(
        label=_("Does it fit for you?"),
        choices=[
            (FITS, _("Yes, let us go on")),
            (UNSURE, _("Not sure yet")),
            (ELSE, _("I would rather have somebody else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. It is kept nowhere.")},
    )


class Apart(forms.Form):
    other = PersonField(label=_("With whom never"))
