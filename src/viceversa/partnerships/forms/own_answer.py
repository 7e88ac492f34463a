"""One step out of five, and whether its band may be counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.partnerships.rules.own_answers import CONFIDENCE, KNOWING, USE, Scale


class OwnAnswerForm(forms.Form):
    scale: Scale
    question: Any
    counted: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"] = forms.TypedChoiceField(
            label=self.question,
            coerce=int,
            choices=[
                (number, f"{name} — {sentence}") for number, name, sentence in self.scale.steps
            ],
            widget=forms.RadioSelect,
        )
        self.fields["is_counted"] = forms.BooleanField(label=self.counted, required=False)


class CheckOneself(OwnAnswerForm):
    scale = KNOWING
    question = _("Where are you with this?")
    counted = _("Let the programme count it, as basic, working or strong and without my name.")


class SayUse(OwnAnswerForm):
    scale = USE
    question = _("How often do you use it yourself?")
    counted = _("Let the programme count it, as hardly, monthly or weekly and without my name.")


class SayConfidence(OwnAnswerForm):
    scale = CONFIDENCE
    question = _("How do you speak up in front of somebody far above you?")
    counted = _("Let the programme count it, as unsure, growing or sure and without my name.")
