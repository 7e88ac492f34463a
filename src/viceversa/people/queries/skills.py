"""Skills by what people type, and who offers them."""

from functools import lru_cache

from django.db.models import Count, IntegerField, Max, Prefetch, QuerySet
from django.db.models.expressions import Func

from viceversa.people.models import Offer, Person, Skill, SkillAlias, Want
from viceversa.people.rules.skills import SkillIndex, normalise
from viceversa.toolkit.errors import NotFound

COUNTED_UP_TO = 99
MOST_SKILLS = 5


class _Offering(Func):
    """How many present people offer a skill, counting no further than one beyond the limit."""

    output_field = IntegerField()
    template = """(
        SELECT COUNT(*) FROM (
            SELECT 1 FROM people_offer offer
            JOIN people_person person ON person.id = offer.person_id
            WHERE offer.skill_id = %(expressions)s AND person.left_on IS NULL
            LIMIT 100
        ) counted
    )"""


def skills() -> QuerySet[Skill]:
    return Skill.objects.order_by("group", "name")


def skills_with_aliases() -> QuerySet[Skill]:
    aliases = Prefetch("aliases", queryset=SkillAlias.objects.order_by("text"))
    return skills().prefetch_related(aliases)


def offering_counts() -> dict[int, int]:
    """How many present people offer each skill, counted no further than COUNTED_UP_TO + 1."""
    return dict(Skill.objects.order_by().annotate(held=_Offering("pk")).values_list("pk", "held"))


def skill_by_slug(slug: str) -> Skill:
    skill = Skill.objects.filter(slug=slug).first()
    if skill is None:
        raise NotFound("There is no such skill. Look through the list of skills.")
    return skill


def find_skill(text: str) -> Skill | None:
    """The skill of this name, or with this other name, however it is written."""
    plain = normalise(text)
    if not plain:
        return None
    alias = SkillAlias.objects.select_related("skill").filter(normalised=plain).first()
    named = text.replace("\0", "").strip()
    return alias.skill if alias else Skill.objects.filter(name__iexact=named).first()


def find_skills(text: str) -> tuple[tuple[int, ...], str]:
    """The skills named with commas between, and the first name that nobody knows."""
    names = [name for name in text.split(",") if normalise(name)][:MOST_SKILLS]
    found = {name: find_skill(name) for name in names}
    unknown = next((name.strip() for name, skill in found.items() if skill is None), "")
    return tuple(skill.pk for skill in found.values() if skill is not None), unknown


def suggest_skills(text: str, *, limit: int = 5) -> list[Skill]:
    """The nearest skills, best first; empty when nothing comes close."""
    if not normalise(text):
        return []
    keys = [found.key for found in _index(_stamp()).suggest(text, limit)]
    by_slug = {skill.slug: skill for skill in Skill.objects.filter(slug__in=keys)}
    return [by_slug[key] for key in keys if key in by_slug]


def _stamp() -> tuple[int, int, int]:
    seen = SkillAlias.objects.aggregate(last=Max("id"), count=Count("id"))
    return seen["last"] or 0, seen["count"], Skill.objects.count()


@lru_cache(maxsize=4)
def _index(stamp: tuple[int, int, int]) -> SkillIndex:
    """Made anew whenever a skill or an alias was added; the stamp tells."""
    labels = {slug: [name] for slug, name in Skill.objects.values_list("slug", "name")}
    for slug, text in SkillAlias.objects.values_list("skill__slug", "text").order_by("id"):
        labels[slug].append(text)
    return SkillIndex(labels)


def offers_of(person: Person) -> QuerySet[Offer]:
    return (
        Offer.objects.filter(person=person)
        .select_related("skill")
        .order_by("-level", "skill__name")
    )


def wants_of(person: Person) -> QuerySet[Want]:
    return (
        Want.objects.filter(person=person)
        .select_related("skill")
        .order_by("priority", "skill__name")
    )
