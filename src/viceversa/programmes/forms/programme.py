from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.programmes.rules.readiness import QUESTIONS


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What people will call it. You can change it later."),
        error_messages={"required": _("Give it a name.")},
    )


class ReadinessForm(forms.Form):
    """One question each, answered yes, no or not sure."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.why,
                choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> dict[str, str]:
        return {key: answer for key, answer in self.cleaned_data.items() if answer}
