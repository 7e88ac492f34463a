from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.partnerships.rules.closing import LONGEST_STORY


class StoryForm(forms.Form):
    text = forms.CharField(
        label=_("Your story"),
        max_length=LONGEST_STORY,
        help_text=_("What you two tried, what came of it, what others could do. 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something first.")},
    )
