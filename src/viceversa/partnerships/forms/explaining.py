from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.partnerships.rules.explaining import LIKES
from viceversa.partnerships.rules.goals import STEPS


class SayLevel(forms.Form):
    """For the partner to read, who explains it."""

    level = forms.TypedChoiceField(
        label=_("Where are you with this?"),
        coerce=int,
        choices=[(number, f"{name} — {sentence}") for number, name, sentence in STEPS],
        widget=forms.RadioSelect,
    )
    like = forms.ChoiceField(label=_("Explain it to me"), choices=LIKES, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Something it could be compared with"),
        help_text=_("What you know well: a craft, a sport, a process of your team."),
        required=False,
        max_length=300,
    )
