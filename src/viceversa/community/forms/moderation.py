from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.community.rules.limits import LONGEST_REASON


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence, about the text and not the person. Its author reads it."),
        error_messages={"required": _("Say why, so that the author can do better.")},
    )
