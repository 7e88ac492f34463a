"""Fields that texts of the library share."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.people.forms.fields import LineField, readable_language
from viceversa.people.models import Skill
from viceversa.people.queries.skills import find_skill, suggest_skills
from viceversa.people.rules.languages import language_code

MOST_TOPICS = 6


class TopicsField(forms.CharField):
    """Skills of the directory by any of their names, with commas between."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Topics"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("Skills of the directory with commas between, such as Short video."),
        )
        super().__init__(max_length=600, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(skill.name for skill in value)

    def clean(self, value: Any) -> list[Skill]:
        names = [" ".join(name.split()) for name in super().clean(value).split(",")]
        found = [_skill_named(name) for name in names if name]
        if len(found) > MOST_TOPICS:
            raise forms.ValidationError(
                _("Six topics are enough; name those that matter most."), code="many"
            )
        return list({skill.pk: skill for skill in found}.values())


def _skill_named(name: str) -> Skill:
    skill = find_skill(name)
    if skill is not None:
        return skill
    near = ", ".join(one.name for one in suggest_skills(name, limit=3))
    sentence = (
        _("No skill is called “%(text)s”. Did you mean %(near)s?")
        if near
        else _("No skill is called “%(text)s”. Try another word, or look at the list.")
    )
    raise forms.ValidationError(sentence, code="skill", params={"text": name, "near": near})


class LanguageField(LineField):
    """One language by name or code, shown by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Language"))
        kwargs.setdefault("help_text", gettext_lazy("Such as English, or en."))
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return readable_language(value) if value else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        code = language_code(text)
        if code is None:
            raise forms.ValidationError(
                _("“%(text)s” is not a language that is known here. Write it in English."),
                code="language",
                params={"text": text},
            )
        return code


def area(label: Any, length: int, *, rows: int = 4, **extra: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, **extra)
