from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.community.forms.topics import TopicField
from viceversa.community.models import Tip
from viceversa.community.rules.limits import TIP
from viceversa.design.forms import SearchInput
from viceversa.people.models import Skill

STREAMS = {
    Tip.Stream.GIVEN: _("Tips and tricks — what newcomers do every day and others can copy"),
    Tip.Stream.RETURNED: _("Career and how we work — what takes years to find out here"),
}


class TipForm(forms.Form):
    """Who can write one kind only is not asked which."""

    stream = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your tip"),
        max_length=TIP.letters,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One thing that works, in a few lines. 600 characters."),
        error_messages={"required": _("Write your tip first.")},
    )
    topic = TopicField()

    def __init__(self, *args: Any, streams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streams = streams
        if len(streams) == 1:
            del self.fields["stream"]
        else:
            choices = [(stream, STREAMS[Tip.Stream(stream)]) for stream in streams]
            self.fields["stream"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_stream(self) -> str:
        return str(self.cleaned_data.get("stream") or self.streams[0])


class TipFilterForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=SearchInput(attrs={"autocomplete": "off"}),
    )
    stream = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("Both")), *Tip.Stream.choices]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args: Any, topics: Sequence[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(topic.slug, topic.name) for topic in topics]
        self.fields["topic"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]
