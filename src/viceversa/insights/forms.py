"""What is typed about themes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.insights.rules.theme import MOST_WORDS
from viceversa.people.models import Person


class ThemeForm(forms.Form):
    name = forms.CharField(
        label=_("Theme"), max_length=80, help_text=_("Such as: onboarding, tools, how we decide.")
    )
    function = forms.CharField(
        label=_("Function that owns it"),
        required=False,
        max_length=80,
        help_text=_("Such as: IT. The coordinators then read it and answer for it."),
    )
    owner = forms.EmailField(
        label=_("Or the work e-mail of the person who owns it"),
        required=False,
        help_text=_("Only this person reads what is passed on."),
    )

    def clean_owner(self) -> Person | None:
        email = self.cleaned_data["owner"]
        if not email:
            return None
        person = Person.objects.filter(email__iexact=email, left_on__isnull=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody in the directory has this address. Check it."))
        return person


class SendForm(forms.Form):
    words = forms.CharField(
        label=_("A few words, if you like"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What we did"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
