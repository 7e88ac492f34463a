"""My profile: skills and limits."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import TimeInput
from viceversa.people.actions.profile import Limits
from viceversa.people.forms.fields import LanguagesField, SkillField, TimeZoneField
from viceversa.people.models import Person, Profile
from viceversa.people.models.skill import Mastery

MASTERIES = [
    (Mastery.BASIC.value, gettext_lazy("Basic — I get along")),
    (Mastery.WORKING.value, gettext_lazy("Working — I use it every week")),
    (Mastery.STRONG.value, gettext_lazy("Strong — others ask me")),
    (Mastery.EXPERT.value, gettext_lazy("Expert — I could teach a course")),
]
TARGETS = [
    (Mastery.BASIC.value, gettext_lazy("Basic — get along")),
    (Mastery.WORKING.value, gettext_lazy("Working — use it every week")),
    (Mastery.STRONG.value, gettext_lazy("Strong — be asked by others")),
    (Mastery.EXPERT.value, gettext_lazy("Expert — teach it myself")),
]
PRIORITIES = [
    (1, gettext_lazy("Most of all")),
    (2, gettext_lazy("Next")),
    (3, gettext_lazy("If there is time")),
]


def _asks_for_suggestions(part: str) -> forms.TextInput:
    """Renews the suggestions while one types; without JavaScript they come with the answer."""
    return forms.TextInput(
        attrs={
            "autocomplete": "off",
            "placeholder": gettext_lazy("Such as LinkedIn"),
            "hx-get": reverse_lazy("people:me"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{part}-near",
            "hx-select": f"#{part}-near",
            "hx-swap": "outerMorph",
        }
    )


class OfferForm(forms.Form):
    prefix = "offer"
    skill = SkillField(label=gettext_lazy("I can teach"), widget=_asks_for_suggestions("offer"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("How well I know it"), choices=MASTERIES, coerce=int, initial=2
    )


class WantForm(forms.Form):
    prefix = "want"
    skill = SkillField(label=gettext_lazy("I want to learn"), widget=_asks_for_suggestions("want"))
    target = forms.TypedChoiceField(
        label=gettext_lazy("How far I want to get"), choices=TARGETS, coerce=int, initial=1
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("How much it matters"), choices=PRIORITIES, coerce=int, initial=1
    )


class LimitsForm(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("About me"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Two or three sentences. Everyone in the organisation can read it."),
    )
    learning_style = forms.ChoiceField(
        label=gettext_lazy("I learn best when you"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("It depends")),
            ("show", gettext_lazy("Show me, then let me try")),
            ("talk", gettext_lazy("Talk it through with me first")),
            ("read", gettext_lazy("Let me read beforehand")),
        ],
    )
    hours_from = forms.TimeField(label=gettext_lazy("I can meet from"), widget=TimeInput())
    hours_to = forms.TimeField(label=gettext_lazy("until"), widget=TimeInput())
    time_zone = TimeZoneField()
    meets_by_video = forms.BooleanField(label=gettext_lazy("By video"), required=False)
    meets_in_person = forms.BooleanField(label=gettext_lazy("In person"), required=False)
    languages = LanguagesField()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("hours_from"), given.get("hours_to")
        if begins and ends and begins >= ends:
            self.add_error("hours_to", _("Your working day ends before it begins."))
        if not (given.get("meets_by_video") or given.get("meets_in_person")):
            self.add_error("meets_in_person", _("Choose at least one way to meet."))
        return given

    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)


def limits_of(person: Person, profile: Profile) -> dict[str, Any]:
    names = ("about", "learning_style", "hours_from", "hours_to")
    values = {name: getattr(profile, name) for name in names}
    ways = {name: getattr(profile, name) for name in ("meets_by_video", "meets_in_person")}
    return {**values, **ways, "time_zone": person.time_zone, "languages": person.languages}
