"""How forms are drawn: our templates for every form, and inputs that browsers help with."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from viceversa.design.html import Piece, said
from viceversa.design.icons import icon


class Renderer(TemplatesSetting):
    """Fields are put together in Python: a filter of six takes a fraction of the time that the
    framework's nested templates take, to the same HTML."""

    form_template_name = "design/form.html"
    field_template_name = "field"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == self.field_template_name:
            return draw_field(context["field"])
        if template_name == forms.Select.template_name:
            return _list(context["widget"])
        if template_name in INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


INPUTS = {
    widget.template_name
    for widget in (
        *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput),
        *(forms.DateInput, forms.TimeInput, forms.DateTimeInput, forms.PasswordInput),
    )
}


FIELD = Piece('<div class="{classes}"><label for="{id}">{name}</label>{help}{control}</div>')
OPTIONAL = Piece('{name} <span class="optional">{optional}</span>')


def draw_field(
    field: forms.BoundField, *, label: str = "", hint: str = "", optional: str = ""
) -> SafeString:
    """A field with its label, help and errors; `optional="no"` hides the word “(optional)”."""
    if field.is_hidden:
        return field.as_widget()
    kind = kind_of(field)
    classes = "field invalid" if field.errors else "field"
    help_ = _help(field, hint) + _errors(field)
    if kind == "checkbox":
        return format_html(
            '<div class="{}"><div class="choice single">{}<label for="{}">{}</label></div>{}</div>',
            *(classes, field, field.id_for_label, label or field.label, help_),
        )
    name = _label(field, label, optional)
    if kind == "choices":
        return format_html(
            '<fieldset class="{}"{}><legend>{}</legend>{}<div class="{}">{}</div></fieldset>',
            *(classes, _described(field), name, help_, _way(field), _choices(field)),
        )
    return FIELD(
        classes=classes, id=field.id_for_label, name=name, help=help_, control=_control(field, kind)
    )


def _control(field: forms.BoundField, kind: str) -> SafeString:
    if kind != "range":
        return field.as_widget()
    return format_html(
        '<div class="range">{}<output for="{id}" data-output="{id}">{}</output></div>',
        *(field, "" if field.value() is None else field.value()),
        id=field.id_for_label,
    )


def _way(field: forms.BoundField) -> str:
    """Short choices stand in a row: `RadioSelect(attrs={"class": "inline"})`."""
    is_inline = "inline" in str(field.field.widget.attrs.get("class", "")).split()
    return "choices inline" if is_inline else "choices"


def _choices(field: forms.BoundField) -> SafeString:
    """“Label — sentence” in two, for choices that explain themselves."""
    drawn = SafeString()
    for option in field:
        label, _dash, sentence = str(option.choice_label).partition(" — ")
        below = format_html("<small>{}</small>", sentence.strip()) if sentence else ""
        drawn += format_html(
            '<div class="choice">{}<label for="{}">{}{}</label></div>',
            *(option.tag(), option.id_for_label, label.strip(), below),
        )
    return drawn


def _label(field: forms.BoundField, label: str, optional: str) -> SafeString:
    name = label or field.label
    if field.field.required or optional == "no":
        return conditional_escape(name)
    return OPTIONAL(name=name, optional=_("(optional)"))


def _described(field: forms.BoundField) -> SafeString | str:
    ids = field.aria_describedby
    return format_html(' aria-describedby="{}"', ids) if ids else ""


def _help(field: forms.BoundField, hint: str) -> SafeString:
    words = [words for words in (field.help_text, hint) if words]
    if not words:
        return SafeString()
    text = format_html_join(" ", "{}", ((word,) for word in words))
    named = field.help_text and field.auto_id
    id_ = format_html(' id="{}_helptext"', field.auto_id) if named else ""
    return format_html('<p class="help"{}>{}</p>', id_, text)


def _errors(field: forms.BoundField) -> SafeString:
    if not field.errors:
        return SafeString()
    lines = format_html_join(
        "",
        '<p class="error">{}<span>{}</span></p>',
        ((icon("circle-alert", 16), error) for error in field.errors),
    )
    return format_html('<div id="{}_error">{}</div>', field.auto_id, lines)


def _input(widget: dict[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{said(widget["value"])}"'
    kind, name = said(widget["type"]), said(widget["name"])
    return SafeString(f'<input type="{kind}" name="{name}"{value}{flatatt(widget["attrs"])}>')


def _list(widget: dict[str, Any]) -> SafeString:
    parts = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    attributes = flatatt(widget["attrs"])
    return SafeString(f'<select name="{said(widget["name"])}"{attributes}>{parts}</select>')


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    shown = "".join(map(_option, options))
    return f'<optgroup label="{said(name)}">{shown}</optgroup>' if name else shown


def _option(option: dict[str, Any]) -> str:
    chosen = " selected" if option["selected"] else ""
    return f'<option value="{said(option["value"])}"{chosen}>{said(option["label"])}</option>'


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
