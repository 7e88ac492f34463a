"""Adding and changing a person by hand."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import DateInput
from viceversa.people.actions.person import Facts
from viceversa.people.forms.fields import LanguagesField, LineField, PersonField, TimeZoneField
from viceversa.people.models import KeepApart, Level, Person
from viceversa.people.rules.values import BadValue, read_email

CHECKED = gettext_lazy("I have checked that this new address belongs to them")


class EmailField(forms.CharField):
    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return read_email(text) if text else ""
        except BadValue as error:
            raise forms.ValidationError(
                _("“%(value)s” is not an e-mail address."), code="email", params={"value": text}
            ) from error


class PersonForm(forms.Form):
    name = LineField(label=gettext_lazy("Name"), max_length=200)
    external_id = LineField(
        label=gettext_lazy("Number"),
        max_length=80,
        help_text=gettext_lazy("Such as the employee number."),
    )
    email = EmailField(
        label=gettext_lazy("Work e-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Invitations and reminders go there."),
    )
    email_checked = forms.BooleanField(label=CHECKED, required=False)
    title = LineField(label=gettext_lazy("Job title"), required=False, max_length=300)
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"),
        queryset=Level.objects.order_by("-rank"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    unit = LineField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "units"}),
    )
    place = LineField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "places"}),
    )
    time_zone = TimeZoneField(required=False)
    languages = LanguagesField()
    manager = PersonField(label=gettext_lazy("Manager"), required=False)
    hired_on = forms.DateField(label=gettext_lazy("Hired on"), required=False, widget=DateInput())

    def __init__(self, data: QueryDict | None = None, *, person: Person | None = None) -> None:
        self.person = person
        super().__init__(data, initial=_initial(person) if person else None)
        if person is None or not person.email:
            del self.fields["email_checked"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        before = self.person.email if self.person else None
        if before and given.get("email", before) != before and not given.get("email_checked"):
            self.add_error(
                "email_checked",
                _("Mails about mentoring go to this address. Tick to confirm the change."),
            )
        return given

    def facts(self) -> Facts:
        given = {
            name: value for name, value in self.cleaned_data.items() if name != "email_checked"
        }
        return Facts(**given)


def _initial(person: Person) -> dict[str, Any]:
    names = ("name", "external_id", "email", "title", "level", "time_zone", "languages", "manager")
    values = {name: getattr(person, name) for name in names}
    places = {"unit": person.unit.name if person.unit else ""}
    places["place"] = person.place.name if person.place else ""
    return {**values, **places, "hired_on": person.hired_on}


class LeftForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())


class ApartForm(forms.Form):
    other = PersonField(label=gettext_lazy("From whom"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (KeepApart.Reason.PAY, gettext_lazy("One has a say in the other's pay or promotion")),
            (KeepApart.Reason.CARE, gettext_lazy("A safeguarding contact asked")),
        ],
        widget=forms.RadioSelect,
        initial=KeepApart.Reason.PAY,
    )
