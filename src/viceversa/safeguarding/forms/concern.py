"""What a reporter and a handler type. Nothing here knows who they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viceversa.safeguarding.queries.handlers import Handler
from viceversa.safeguarding.rules import receipt
from viceversa.safeguarding.rules.concern import (
    FEWEST_HANDLERS,
    LONGEST_NAMED,
    LONGEST_TEXT,
    MOST_NAMED,
    parts_of,
)
from viceversa.toolkit.ids import new_key

TOO_LONG = _("Keep it under 15,000 characters; you can write more in a second message later.")

TOO_MANY = _("Name ten at most here, and the others in what you write.")


def _long(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG, "required": _("Write something first.")},
        **options,
    )


class What(forms.Form):
    """The first step: what happened, and who is in it."""

    text = _long(
        _("What happened"),
        9,
        help_text=_("As much as you like to say. You can leave out who you are."),
    )
    named = forms.CharField(
        label=_("Whom it is about"),
        required=False,
        max_length=LONGEST_NAMED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Name or work address as in the directory, several with commas. Whoever stands in "
            "their line cannot receive this."
        ),
    )

    def clean_named(self) -> str:
        named: str = self.cleaned_data["named"]
        if len(parts_of(named)) > MOST_NAMED:
            raise forms.ValidationError(TOO_MANY)
        return named


class Report(What):
    """The second: who shall receive it. It carries the first, and the receipt to be."""

    words = forms.CharField(widget=forms.HiddenInput)
    handlers = forms.MultipleChoiceField(
        label=_("Who shall receive it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two or more. Only they can read it. Choose nobody of whom you are unsure."),
        error_messages={
            "required": _("Choose two or more, so that it hangs on nobody alone."),
            "invalid_choice": _(
                "Somebody you chose cannot receive this concern. Choose among those shown now."
            ),
        },
    )

    def __init__(self, *args: Any, offered: list[Handler], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["handlers"].choices = [  # type: ignore[attr-defined]
            (one.person.key, _with_title(one)) for one in offered
        ]
        for name in ("text", "named"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if receipt.read(words) != words:
            raise forms.ValidationError(_("The form has lost its receipt. Begin again."))
        return words

    def clean_handlers(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["handlers"]
        if len(set(chosen)) < FEWEST_HANDLERS:
            raise forms.ValidationError(_("Choose two or more, so that it hangs on nobody alone."))
        return chosen


def _with_title(handler: Handler) -> str:
    person = handler.person
    return f"{person.name}, {person.title}" if person.title else person.name


class Words(forms.Form):
    words = forms.CharField(
        label=_("Your eight words"),
        max_length=400,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=_("In their order. The first four letters of each are enough."),
        error_messages={"required": _("Type the eight words of your receipt.")},
    )

    def clean_words(self) -> str:
        found = receipt.read(self.cleaned_data["words"])
        if found is None:
            raise forms.ValidationError(
                _("These are not eight words of a receipt. Compare them letter by letter.")
            )
        return found


class Message(forms.Form):
    once = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)
    text = _long(_("Your message"), 5)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"once": new_key()})
        super().__init__(*args, **options)
