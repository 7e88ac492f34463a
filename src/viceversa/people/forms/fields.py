"""Fields that read as the staff file is read: one time zone, several languages, one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.people.models import Person, Skill
from viceversa.people.queries.directory import find_person
from viceversa.people.queries.skills import find_skill, suggest_skills
from viceversa.people.rules.languages import language_code
from viceversa.people.rules.values import (
    UNSEEN,
    BadValue,
    read_languages,
    read_time_zone,
)
from viceversa.toolkit.languages import language_name


class LineField(forms.CharField):
    """One line of text. What cannot be seen is refused, spaces are made single."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        text = " ".join(text.split())
        if UNSEEN.search(text):
            raise forms.ValidationError(
                _("This holds characters that cannot be seen. Type it again."), code="unseen"
            )
        return text


class TimeZoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Time zone"))
        kwargs.setdefault("help_text", gettext_lazy("Such as Europe/London."))
        super().__init__(max_length=64, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return read_time_zone(text) if text else "UTC"
        except BadValue as error:
            raise forms.ValidationError(
                _("“%(value)s” is not a time zone. Write it like Europe/London."),
                code="time_zone",
                params={"value": text},
            ) from error


def readable_language(code: str) -> str:
    """Its name, where that is read again as the same language."""
    name = language_name(code)
    return name if language_code(name) == code else code


class LanguagesField(forms.CharField):
    """Languages by name or code, with commas between; a list of codes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Languages"))
        kwargs.setdefault(
            "help_text", gettext_lazy("With commas between, such as English, French.")
        )
        super().__init__(max_length=200, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(readable_language, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        known, unknown = read_languages(super().clean(value))
        if unknown:
            raise forms.ValidationError(
                _("“%(word)s” is not a language that is known here. Write it in English."),
                code="language",
                params={"word": unknown[0]},
            )
        return list(known)


class PersonField(forms.CharField):
    """Somebody, by e-mail, number or full name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("E-mail, number or full name."))
        super().__init__(max_length=254, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return (value.email or value.external_id) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        text: str = super().clean(self.prepare_value(value))
        if not text:
            return None
        found = find_person(text)
        if len(found) == 1:
            return found[0]
        sentence = (
            _("More than one person is called “%(text)s”. Give the e-mail or the number.")
            if found
            else _("Nobody present has “%(text)s” as e-mail, number or name.")
        )
        raise forms.ValidationError(sentence, code="person", params={"text": text})


class SkillField(forms.CharField):
    """A skill by any of its names."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Skill"))
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Skill | None:
        text: str = super().clean(value)
        skill = find_skill(text) if text else None
        if skill is None and text:
            near = ", ".join(found.name for found in suggest_skills(text, limit=3))
            sentence = (
                _("No skill is called “%(text)s”. Did you mean %(near)s?")
                if near
                else _("No skill is called “%(text)s”. Try another word, or look at the list.")
            )
            raise forms.ValidationError(sentence, code="skill", params={"text": text, "near": near})
        return skill
