"""Forms about who takes part and who runs it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.design.forms import SearchInput
from viceversa.programmes.models import Enrolment

MOST_BYTES = 2 * 1024 * 1024
STATES = [
    ("invited", _("Invite — they say yes or no first")),
    ("enrolled", _("Enrol at once — they are told and can still stop")),
]
ROLES = [("learner", _("Learners")), ("adviser", _("Advisers"))]


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=SearchInput(attrs={"autocomplete": "off"}),
    )


class FilterForm(SearchForm):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *ROLES])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Enrolment.State.choices]
    )
    confirmed = forms.ChoiceField(
        label=_("Part looked at"),
        required=False,
        choices=[("", _("All")), ("yes", _("Yes")), ("no", _("Not yet"))],
    )


class RolesForm(forms.Form):
    """Learn, advise or both."""

    is_learner = forms.BooleanField(label=_("I want to learn"), required=False)
    is_adviser = forms.BooleanField(label=_("I want to advise"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not (values.get("is_learner") or values.get("is_adviser")):
            raise forms.ValidationError(_("Choose at least one. Both is welcome."))
        return values


class LessonForm(forms.Form):
    lesson = forms.CharField(
        label=_("What I learned"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence that would have helped you three months ago."),
    )
    share = forms.BooleanField(
        label=_("Everyone in this programme may read it, with my name"), required=False
    )


class PickForm(forms.Form):
    """People ticked in a list, and what for."""

    role = forms.ChoiceField(label=_("As"), choices=ROLES, widget=forms.RadioSelect)
    state = forms.ChoiceField(label=_("How"), choices=STATES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": "learner", "state": "invited"})
        super().__init__(*args, **kwargs)


class EligibleForm(PickForm):
    pass


class ListForm(PickForm):
    text = forms.CharField(
        label=_("E-mail addresses or numbers, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("or a CSV or text file"),
        required=False,
        help_text=_("Of each line the first e-mail address counts, else the first column."),
    )
    exceptions_allowed = forms.BooleanField(
        label=_("Also take people whom the levels or skills leave out"), required=False
    )

    def clean_file(self) -> str:
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Split it in two."))
        raw = file.read()
        if b"\x00" in raw[:4096]:
            raise forms.ValidationError(_("This is not a text file. Save the table as CSV first."))
        try:
            return str(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(raw.decode("cp1252", errors="replace"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("text") and not values.get("file") and "file" not in self.errors:
            self.add_error("text", _("Paste at least one line, or choose a file."))
        return values

    def joined(self) -> str:
        """The file first, so that its line numbers are those of the file."""
        parts = (self.cleaned_data.get("file"), self.cleaned_data.get("text"))
        return "\n".join(part for part in parts if part)
