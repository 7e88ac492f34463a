from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from viceversa.partnerships.actions.feedback import WRONG_REFERRALS
from viceversa.partnerships.rules.feedback import Feedback, Referral, wrong_with

RESOURCES = [
    ("coaching", _("Internal coaching")),
    ("on_the_job", _("Training on the job")),
    ("course", _("A course or learning programme")),
    ("employee_group", _("An employee group")),
    ("mentoring", _("A mentoring programme")),
]
FIELD_OF_FAULT = {"which": "where", "kind": "resource"}


def _line(label: Any, help_text: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class FeedbackForm(forms.Form):
    """What I saw, why it matters, one next step; and where to go for it."""

    saw = _line(
        _("What I saw"),
        _("One thing that happened, as a camera would have seen it. No “always”, no “never”."),
        _("Say what you saw."),
    )
    matters = _line(
        _("Why it matters"),
        _("For what they want to reach, not for what you would have done."),
        _("Say why it matters."),
    )
    step = _line(
        _("One next step"),
        _("Small enough for this month."),
        _("Name one next step."),
    )
    resource = forms.ChoiceField(
        label=_("Somewhere to learn it"),
        required=False,
        choices=[("", _("Nothing in particular")), *RESOURCES],
    )
    where = forms.CharField(label=_("Which one, or whom to ask"), required=False, max_length=300)
    link = forms.CharField(
        label=_("Link to it"),
        required=False,
        max_length=500,
        validators=[
            URLValidator(schemes=["https"], message=_("Give a link that begins with https://."))
        ],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "link" not in self.errors and "resource" not in self.errors:
            code = wrong_with(self._referral(values))
            if code is not None:
                self.add_error(FIELD_OF_FAULT[code], WRONG_REFERRALS[code])
        return values

    def _referral(self, values: dict[str, Any]) -> Referral:
        return Referral(values.get("resource", ""), values.get("where", ""), values.get("link", ""))

    @property
    def feedback(self) -> Feedback:
        values = self.cleaned_data
        return Feedback(values["saw"], values["matters"], values["step"], self._referral(values))
