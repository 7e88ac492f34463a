"""A topic typed by name or another word for it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.people.models import Skill
from viceversa.people.queries.skills import find_skill


class TopicField(forms.CharField):
    """Gives a skill, or nothing. The list that helps while typing stands in the page."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Topic"),
            required=False,
            max_length=120,
            widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
            help_text=gettext_lazy("Begin to type: a tool, a channel, how decisions are made …"),
        )

    def clean(self, value: str | None) -> Skill | None:
        text = super().clean(value)
        if not text:
            return None
        skill = find_skill(text)
        if skill is None:
            raise forms.ValidationError(
                _("“%(text)s” is no topic here. Choose one of the list, or leave it empty.")
                % {"text": text}
            )
        return skill
