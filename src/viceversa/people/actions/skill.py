"""The starter skills, and those an organisation adds."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Skill, SkillAlias
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.skills import find_skill
from viceversa.people.rules.skills import normalise
from viceversa.people.rules.taxonomy import StarterSkill, starter_taxonomy
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.ids import new_key


@transaction.atomic
def load_taxonomy(*, by: Actor, now: datetime) -> int:
    """Adds the starter skills that are missing and returns how many. Never takes a word away from
    a skill that the organisation already has."""
    check_can_manage_directory(by)
    taxonomy = starter_taxonomy()
    groups = {group.slug: group.name for group in taxonomy.groups}
    slugs = set(Skill.objects.values_list("slug", flat=True))
    names = {normalise(name) for name in Skill.objects.values_list("name", flat=True)}
    taken = set(SkillAlias.objects.values_list("normalised", flat=True))
    missing = [
        starter
        for starter in taxonomy.skills
        if starter.slug not in slugs and normalise(starter.name) not in names | taken
    ]
    made = Skill.objects.bulk_create(_skill(starter, groups) for starter in missing)
    taken |= names
    SkillAlias.objects.bulk_create(_aliases(zip(made, missing, strict=True), taken))
    if made:
        record(
            by=by,
            verb="people.skills.loaded",
            target=made[0],
            detail={"skills": len(made)},
            now=now,
        )
    return len(made)


def _skill(starter: StarterSkill, groups: dict[str, str]) -> Skill:
    return Skill(
        slug=starter.slug,
        name=starter.name,
        group=groups[starter.group],
        facet=starter.facet,
        esco=starter.esco or "",
    )


def _aliases(pairs: Iterable[tuple[Skill, StarterSkill]], taken: set[str]) -> list[SkillAlias]:
    aliases = []
    for skill, starter in pairs:
        for label in starter.labels:
            plain = normalise(label)
            if plain and plain not in taken:
                taken.add(plain)
                aliases.append(SkillAlias(skill=skill, text=label, normalised=plain))
    return aliases


@transaction.atomic
def add_skill(*, name: str, group: str, facet: str, by: Actor, now: datetime) -> Skill:
    check_can_manage_directory(by)
    plain = _free_word(name)
    skill = Skill.objects.create(
        slug=_free_slug(name), name=name, group=group, facet=facet, is_own=True
    )
    SkillAlias.objects.create(skill=skill, text=name, normalised=plain)
    record(by=by, verb="people.skill.added", target=skill, now=now)
    return skill


@transaction.atomic
def add_alias(*, skill: Skill, text: str, by: Actor, now: datetime) -> SkillAlias:
    check_can_manage_directory(by)
    alias = SkillAlias.objects.create(skill=skill, text=text, normalised=_free_word(text))
    record(by=by, verb="people.skill.alias_added", target=skill, now=now)
    return alias


@transaction.atomic
def remove_alias(*, alias: SkillAlias, by: Actor, now: datetime) -> None:
    check_can_manage_directory(by)
    if alias.text == alias.skill.name:
        raise Refused(_("A skill keeps its own name."), code="own_name")
    record(by=by, verb="people.skill.alias_removed", target=alias.skill, now=now)
    alias.delete()


def _free_word(text: str) -> str:
    plain = normalise(text)
    if not plain:
        raise Refused(_("Use letters or figures, so that people can find it."), code="empty")
    taken = find_skill(text)
    if taken is not None:
        raise Refused(
            _("“%(text)s” already means %(skill)s. One word can stand for one skill only.")
            % {"text": text, "skill": taken.name},
            code="taken",
        )
    return plain


def _free_slug(name: str) -> str:
    slug = slugify(name)[:60] or new_key().lower()
    return f"{slug}-{new_key()[:6].lower()}" if Skill.objects.filter(slug=slug).exists() else slug
