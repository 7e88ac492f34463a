"""What people offer and want: a few skills are popular, most are not, as in life."""

from bisect import bisect
from collections.abc import Collection, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from viceversa.home.sample.chance import pick
from viceversa.home.sample.names import words
from viceversa.home.sample.shapes import SkillOffer, SkillWish
from viceversa.people.rules.taxonomy import starter_taxonomy

DIGITAL_FAVOURITES = words(
    """
    ai-assistants short-video professional-networks prompt-writing podcasts data-literacy
    video-meetings collaboration-tools smartphone-video spreadsheets image-generation
    social-media-landscape data-security-habits checking-ai-answers online-presence
    community-management messaging-apps ai-meeting-notes social-listening automation
    photo-sharing-networks privacy-settings charts-and-data-visualisation video-editing
    digital-accessibility ai-use-cases influencer-partnerships project-boards team-chat
    dashboards spotting-misinformation ai-research-and-search newsletters presentation-design
    no-code-apps web-analytics smartphone-basics microblogging creator-economy ai-agents
    """
)
ORGANISATION_FAVOURITES = words(
    """
    how-decisions-are-made career-coaching client-conversations budgeting public-speaking
    negotiation strategy informal-organisation stakeholder-management sponsorship
    career-planning giving-feedback building-a-network promotion-and-pay long-term-goals
    difficult-conversations presenting team-leadership reading-accounts board-and-governance
    commercial-awareness office-politics managing-upwards executive-presence hiring
    crisis-communications business-cases confidence influence-without-authority
    project-management decision-making media-interviews sector-knowledge onboarding
    """
)
ORGANISATION_GROUPS = frozenset({"organisation", "growing", "communications"})
NEWCOMER_SKILLS = (
    "newcomers-perspective",
    "onboarding",
    "users-view",
    "workplace-expectations",
    "hiring",
    "company-culture",
)
ZIPF_EXPONENT = 0.9
JUNIOR_UP_TO, MIDDLE = 2, 3


class Popularity:
    """Draws skills so that the n-th favourite is drawn in proportion to n to the power −0.9."""

    def __init__(self, slugs: Sequence[str]) -> None:
        self.slugs = tuple(slugs)
        ranks = range(1, len(slugs) + 1)
        self._weights = list(accumulate(rank**-ZIPF_EXPONENT for rank in ranks))

    def draw(self, count: int, rng: Random, but: Collection[str] = ()) -> list[str]:
        """Return distinct skills, none of those excepted, first drawn first."""
        drawn: dict[str, None] = {}
        while len(drawn) < count:
            slug = self.slugs[bisect(self._weights, rng.random() * self._weights[-1])]
            if slug not in but:
                drawn[slug] = None
        return list(drawn)


def _ranked(favourites: Sequence[str], organisation: bool) -> Popularity:
    others = [
        skill.slug
        for skill in starter_taxonomy().skills
        if (skill.group in ORGANISATION_GROUPS) is organisation and skill.slug not in favourites
    ]
    return Popularity([*favourites, *others])


@cache
def digital() -> Popularity:
    """The digital skills, favourites first."""
    return _ranked(DIGITAL_FAVOURITES, organisation=False)


@cache
def organisation() -> Popularity:
    """What long-standing people know: how the firm works, leading, speaking, careers."""
    return _ranked(ORGANISATION_FAVOURITES, organisation=True)


@cache
def skill_names() -> dict[str, str]:
    """Slug → name as it stands inside a sentence."""
    return {skill.slug: _in_sentence(skill.name) for skill in starter_taxonomy().skills}


def _in_sentence(name: str) -> str:
    first = name.split()[0]
    return name if first.isupper() or first == "Wi-Fi" else name[0].lower() + name[1:]


@cache
def offer(slug: str, level: str) -> SkillOffer:
    """Return the one shared value for this offer."""
    return SkillOffer(slug, level)


@cache
def wish(slug: str, target: str, priority: int) -> SkillWish:
    """Return the one shared value for this wish."""
    return SkillWish(slug, target, priority)


def offers_of(level: int, rng: Random) -> tuple[SkillOffer, ...]:
    """Juniors offer digital skills, seniors what they know of the organisation."""
    if level <= JUNIOR_UP_TO:
        strong = digital().draw(pick((4, 5, 6, 7), rng), rng)
        return (*_at(strong, "bwwwwsssse", rng), *_at(organisation().draw(1, rng), "bw", rng))
    if level == MIDDLE:
        fresh = digital().draw(pick((3, 4, 5), rng), rng)
        known = organisation().draw(pick((2, 3), rng), rng)
        return (*_at(fresh, "bwwwss", rng), *_at(known, "bwws", rng))
    known = organisation().draw(pick((4, 5, 6), rng), rng)
    return (*_at(known, "wsssee", rng), *_at(digital().draw(1, rng), "b", rng))


def wishes_of(level: int, offers: Sequence[SkillOffer], rng: Random) -> tuple[SkillWish, ...]:
    """Seniors want digital skills, juniors want to know how the organisation works."""
    held = {held.slug for held in offers}
    if level <= JUNIOR_UP_TO:
        wanted = organisation().draw(pick((3, 4), rng), rng, held)
    elif level == MIDDLE:
        wanted = [*organisation().draw(2, rng, held), *digital().draw(1, rng, held)]
    else:
        wanted = digital().draw(pick((3, 4, 5), rng), rng, held)
    return ranked_wishes(wanted, rng)


def ranked_wishes(slugs: Sequence[str], rng: Random) -> tuple[SkillWish, ...]:
    """Turn skills into wishes, most wanted first, mostly for the basics."""
    return tuple(
        wish(slug, "basic" if rng.random() < 0.7 else "working", priority)
        for priority, slug in enumerate(slugs, start=1)
    )


def _at(slugs: Sequence[str], letters: str, rng: Random) -> list[SkillOffer]:
    return [offer(slug, LEVEL_BY_LETTER[pick(letters, rng)]) for slug in slugs]


LEVEL_BY_LETTER = {"b": "basic", "w": "working", "s": "strong", "e": "expert"}
