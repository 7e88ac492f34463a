"""How forms are drawn: our templates for every form, and inputs that browsers help with."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "design/form.html"
    field_template_name = "design/field.html"


class DateInput(forms.DateInput):
    """A calendar field; browsers want the date as year-month-day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class RangeInput(forms.NumberInput):
    input_type = "range"


class SearchInput(forms.TextInput):
    input_type = "search"


KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)


def kind_of(field: forms.BoundField) -> str:
    """Which way a field is drawn: choices, checkbox, select, textarea, file, range or text."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") == "range" or widget.attrs.get("type") == "range":
        return "range"
    return next((kind for known, kind in KINDS if isinstance(widget, known)), "text")
