"""What a form says when something typed does not fit: what to do, not what a field is."""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


def speak_plainly() -> None:
    """For every form there is; a field that has words of its own keeps them."""
    forms.Field.default_error_messages["required"] = _("Please fill this in.")
    for field in (forms.ChoiceField, forms.TypedChoiceField, forms.MultipleChoiceField):
        field.default_error_messages["invalid_choice"] = _("Choose one of those that are offered.")
    forms.ModelChoiceField.default_error_messages["invalid_choice"] = _(
        "Choose one of those that are offered."
    )
    forms.DateField.default_error_messages["invalid"] = _("Choose a day of the calendar.")
    forms.TimeField.default_error_messages["invalid"] = _("Write a time like 09:30.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number.")
    _speak_of_limits()


def _speak_of_limits() -> None:
    validators.MaxLengthValidator.message = ngettext_lazy(
        "Shorten it to one character; it has %(show_value)d.",
        "Shorten it to %(limit_value)d characters; it has %(show_value)d.",
        "limit_value",
    )
    validators.MaxValueValidator.message = _("Choose %(limit_value)s or less.")
    validators.MinValueValidator.message = _("Choose %(limit_value)s or more.")
