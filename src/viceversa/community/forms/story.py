from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.community.rules.limits import STORY


def _prompt(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=STORY.letters,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say something here; two sentences are enough.")},
    )


class StoryForm(forms.Form):
    not_known = _prompt(
        _("What I did not know"),
        _("And how you noticed. From senior people it helps most."),
    )
    asked = _prompt(_("Whom I asked"), _("And how. You can say “a colleague” and name nobody."))
    changed = _prompt(_("What changed"), _("For you, or for the work. A small thing is fine."))
