"""My part. Topics are typed by name or another word for them; the form finds the skill."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.forms import TimeInput
from viceversa.people.models import Skill, SkillAlias
from viceversa.people.models.skill import Mastery
from viceversa.people.rules.skills import SkillIndex, normalise
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.models.limits import Depth, Format, Style
from viceversa.programmes.queries import Prefill, known_languages, skills_of
from viceversa.programmes.rules import part as rules
from viceversa.programmes.rules.aim import least_target
from viceversa.toolkit.languages import language_name

OFFER_ROWS = 4
TAKEN = (
    "is_learner",
    "is_adviser",
    "goals",
    "career_direction",
    "demand",
    "capacity",
    "comfort",
    "comfort_depth",
    "comfort_format",
    "off_limits",
    "learning_style",
    "hours_from",
    "hours_to",
    "languages",
)


def _area(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PartForm(forms.Form):
    is_learner = forms.BooleanField(label=gettext_lazy("I want to learn"), required=False)
    is_adviser = forms.BooleanField(label=gettext_lazy("I want to advise"), required=False)
    goals = _area(
        gettext_lazy("My goals"),
        gettext_lazy("What should be different in half a year? Goals come first, then the ask."),
    )
    career_direction = _area(
        gettext_lazy("Where I want to go"), gettext_lazy("The next step, or the one after.")
    )
    demand = forms.IntegerField(label=gettext_lazy("How many advisers I would like"), min_value=1)
    capacity = forms.IntegerField(
        label=gettext_lazy("How many learners I can take"),
        min_value=0,
        max_value=rules.MOST_CAPACITY,
        help_text=gettext_lazy("0 means: not at the moment."),
    )
    comfort = _area(
        gettext_lazy("What makes me comfortable"),
        gettext_lazy("Topics that are easy to begin with, a place, a way of asking."),
        rows=2,
    )
    comfort_depth = forms.ChoiceField(
        label=gettext_lazy("How deep"),
        required=False,
        choices=[("", gettext_lazy("I do not mind")), *Depth.choices],
    )
    comfort_format = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        choices=[("", gettext_lazy("I do not mind")), *Format.choices],
    )
    off_limits = _area(
        gettext_lazy("Not to be talked about"),
        gettext_lazy("Pay, clients by name, a colleague: whatever you want to leave out."),
        rows=2,
    )
    learning_style = forms.ChoiceField(
        label=gettext_lazy("How I like to learn"),
        required=False,
        choices=[("", gettext_lazy("I do not mind")), *Style.choices],
    )
    hours_from = forms.TimeField(label=gettext_lazy("My day from"), widget=TimeInput)
    hours_to = forms.TimeField(label=gettext_lazy("to"), widget=TimeInput)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages I can do this in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        self.enrolment = enrolment
        self.programme: Programme = enrolment.programme
        super().__init__(*args, **kwargs)
        self.want_rows = self._add_rows("want", self.programme.most_wants, _("How far"))
        for _skill, target in self.want_rows:
            self.fields[target].initial = self.programme.target_mastery
        self.offer_rows = self._add_rows("offer", OFFER_ROWS, _("How well"))
        for place, (start, example) in enumerate(rules.STATEMENT_PROMPTS, start=1):
            self.fields[f"value_{place}"] = forms.CharField(
                label=start,
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"placeholder": example}),
            )
        self.fields["demand"].widget.attrs["max"] = self.programme.advisers_per_learner
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in known_languages(enrolment.languages)
        ]

    @property
    def minds_how(self) -> bool:
        """Whether anything is said about what makes it good."""
        names = ("comfort_depth", "comfort_format", "comfort", "off_limits")
        return any(self[name].value() for name in names)

    @property
    def when_in_words(self) -> str:
        hours = [self.initial.get(name) for name in ("hours_from", "hours_to")]
        languages = [language_name(code) for code in self.initial.get("languages") or ()]
        clock = "–".join(time_format(hour, "H:i") for hour in hours if hour)
        return ", ".join(word for word in (clock, *languages) if word)

    def _add_rows(self, name: str, number: int, level_label: str) -> list[tuple[str, str]]:
        rows = []
        for place in range(1, number + 1):
            skill, level = f"{name}_{place}", f"{name}_{place}_level"
            self.fields[skill] = forms.CharField(
                label=_("Topic %(n)s") % {"n": place},
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"list": f"{name}-topics", "autocomplete": "off"}),
            )
            self.fields[level] = forms.TypedChoiceField(
                label=level_label,
                coerce=int,
                choices=Mastery.choices,
                required=False,
                empty_value=None,
            )
            rows.append((skill, level))
        return rows

    def rows_of(self, rows: Sequence[tuple[str, str]]) -> list[dict[str, forms.BoundField]]:
        return [{"skill": self[skill], "level": self[level]} for skill, level in rows]

    def wants_shown(self) -> list[dict[str, forms.BoundField]]:
        return self.rows_of(self.want_rows)

    def offers_shown(self) -> list[dict[str, forms.BoundField]]:
        return self.rows_of(self.offer_rows)

    def value_fields(self) -> list[forms.BoundField]:
        return [self[f"value_{place}"] for place in (1, 2, 3)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not (values.get("is_learner") or values.get("is_adviser")):
            self.add_error("is_learner", _("Choose to learn, to advise, or both."))
        self._clean_topics(values)
        hours = rules.hours_problem(values.get("hours_from"), values.get("hours_to"))
        if hours:
            self.add_error("hours_to", hours)
        most = self.programme.advisers_per_learner
        if (values.get("demand") or 1) > most:
            self.add_error("demand", _("At most %(n)s in this programme.") % {"n": most})
        return values

    def _clean_topics(self, values: dict[str, Any]) -> None:
        typed = [
            (values.get(skill) or "").strip() for skill, _level in self.want_rows + self.offer_rows
        ]
        finder = SkillFinder([text for text in typed if text])
        aim = self.programme.target_mastery
        values["wants"] = self._found(finder, self.want_rows, values, otherwise=aim)
        values["offers"] = self._found(finder, self.offer_rows, values, otherwise=Mastery.BASIC)
        topics = rules.Topics(
            wants=[skill for skill, _level in values["wants"]],
            offers=[skill for skill, _level in values["offers"]],
            most_wants=self.programme.most_wants,
            of_programme=skills_of(self.programme),
        )
        found = rules.topic_problems(
            topics,
            is_learner=bool(values.get("is_learner")),
            is_adviser=bool(values.get("is_adviser")),
        )
        for name, sentence in found.items():
            self.add_error("want_1" if name == "wants" else "offer_1", sentence)

    def _found(
        self,
        finder: "SkillFinder",
        rows: Sequence[tuple[str, str]],
        values: dict[str, Any],
        *,
        otherwise: int,
    ) -> list[tuple[int, int]]:
        found = []
        for skill, level in rows:
            text = (values.get(skill) or "").strip()
            if not text:
                continue
            known = finder.find(text)
            if known is None:
                self.add_error(skill, finder.sentence(text))
            else:
                found.append((known, values.get(level) or otherwise))
        return found


class SkillFinder:
    """By name, alias or slug, three queries for all; near misses only for the sentence."""

    def __init__(self, texts: Sequence[str]) -> None:
        plain = {text: normalise(text) for text in texts}
        slugs = {text: words.replace(" ", "-") for text, words in plain.items()}
        names = dict(Skill.objects.filter(name__in=texts).values_list("name", "pk"))
        aliases = dict(
            SkillAlias.objects.filter(normalised__in=plain.values()).values_list(
                "normalised", "skill_id"
            )
        )
        by_slug = dict(Skill.objects.filter(slug__in=slugs.values()).values_list("slug", "pk"))
        self._found = {
            text: names.get(text) or aliases.get(plain[text]) or by_slug.get(slugs[text])
            for text in texts
        }

    def find(self, text: str) -> int | None:
        return self._found.get(text)

    def sentence(self, text: str) -> str:
        names = dict(Skill.objects.values_list("slug", "name"))
        index = SkillIndex({slug: [name] for slug, name in names.items()})
        near = [names[suggestion.key] for suggestion in index.suggest(text, limit=3)]
        if near:
            return _("We do not know “%(text)s”. Did you mean %(names)s?") % {
                "text": text,
                "names": _(" or ").join(near),
            }
        return _("We do not know “%(text)s”. Choose a topic from the list.") % {"text": text}


def skill_rows(prefix: str, topics: Sequence[tuple[Skill, int]], number: int) -> dict[str, Any]:
    """Initial values of so many rows."""
    initial: dict[str, Any] = {}
    for place, (skill, level) in enumerate(topics[:number], start=1):
        initial[f"{prefix}_{place}"] = skill.name
        initial[f"{prefix}_{place}_level"] = level
    return initial


def initial_part(
    enrolment: Enrolment,
    wants: Sequence[tuple[Skill, int]],
    offers: Sequence[tuple[Skill, int]],
    prefill: Prefill | None,
) -> dict[str, Any]:
    """What the form starts with: the part as saved, or before that what the profile says."""
    initial = {name: getattr(enrolment, name) for name in TAKEN}
    if prefill:
        wants, offers = wants or _aimed(enrolment, prefill), offers or prefill.offers
        initial["learning_style"] = enrolment.learning_style or prefill.learning_style
        initial["languages"] = enrolment.languages or prefill.languages
    initial.update(skill_rows("want", wants, enrolment.programme.most_wants))
    initial.update(skill_rows("offer", offers, OFFER_ROWS))
    for place, part in enumerate(enrolment.value_parts[:3], start=1):
        initial[f"value_{place}"] = part
    return initial


def _aimed(enrolment: Enrolment, prefill: Prefill) -> list[tuple[Skill, int]]:
    """The wants of the profile with the programme's aim as the least target."""
    aim = enrolment.programme.target_mastery
    return [(skill, least_target(target, aim)) for skill, target in prefill.wants]
