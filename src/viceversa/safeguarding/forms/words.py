"""Questions, answers and groups in words."""

from django.utils.translation import gettext_lazy as _

from viceversa.safeguarding.rules import groups, questions

QUESTIONS = {
    "commitment": _("We both keep to what we agreed: we come, we prepare, we do what we said."),
    "respect": _("We treat each other with respect, whatever our positions."),
    "honesty": _("I can say honestly what I think."),
    "goals": _("I know which specific goals we work on."),
    "rhythm": _("We meet as often as agreed, and answer each other in good time."),
    "safety": _("Nothing I say or do here can be held against me."),
    "trust": _("I can trust my partner with what I tell them."),
    "morale": _("Taking part makes my work better, or gives me more joy in it."),
}
NAMES = {
    "commitment": _("Commitment"),
    "respect": _("Respect"),
    "honesty": _("Honest communication"),
    "goals": _("Specific goals"),
    "rhythm": _("Rhythm and response"),
    "safety": _("Safety"),
    "trust": _("Trust"),
    "morale": _("Morale"),
}
ANSWERS = {
    questions.YES: _("Yes"),
    questions.PARTLY: _("Partly"),
    questions.NO: _("No"),
    questions.CANNOT_TELL: _("Cannot tell"),
}
BREAKDOWNS = {
    groups.ROLE: _("Learner or adviser"),
    groups.YEARS: _("Years in the organisation"),
    groups.LEVEL: _("Level"),
    groups.UNIT: _("Unit"),
}
VALUES = {
    groups.LEARNER: _("Learner"),
    groups.ADVISER: _("Adviser"),
    groups.BOTH: _("Learner and adviser"),
    "years_under_1": _("Under 1 year"),
    "years_1_to_3": _("1 to 3 years"),
    "years_3_to_10": _("3 to 10 years"),
    "years_10_on": _("10 years or more"),
    "years_under_3": _("Under 3 years"),
    "years_3_on": _("3 years or more"),
    groups.UPPER: _("Upper half of the ladder"),
    groups.LOWER: _("Lower half of the ladder"),
    "": _("Everybody"),
}


def value_in_words(value: str) -> str:
    """Names of units and levels stand for themselves."""
    return str(VALUES.get(value, value))


def counted_as(found: list[groups.Group] | tuple[groups.Group, ...]) -> str:
    """The sentence's end: Engineering · 1 to 3 years."""
    return " · ".join(value_in_words(group.fine) for group in found)
