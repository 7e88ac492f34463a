"""Small first things that fit what the two want and offer."""

from viceversa.partnerships import rules
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.ideas import Idea, Topic, first_ideas
from viceversa.people.models import Skill
from viceversa.programmes.models import EnrolmentOffer, EnrolmentWant

MOST_TOPICS = 3


def ideas_for(partnership: Partnership) -> list[Idea]:
    """About what the learner wants and the adviser offers; else about what the learner wants."""
    wants = list(
        EnrolmentWant.objects.filter(enrolment=partnership.learner)
        .order_by("priority", "id")
        .values_list("skill", "priority")
    )
    offers = dict(
        EnrolmentOffer.objects.filter(enrolment=partnership.adviser).values_list("skill", "level")
    )
    chosen = rules.what_the_other_gives(wants, offers) or [skill for skill, _priority in wants]
    skills = Skill.objects.in_bulk(chosen[:MOST_TOPICS])
    return first_ideas(
        [Topic(skills[pk].slug, skills[pk].name, skills[pk].facet) for pk in chosen[:MOST_TOPICS]]
    )
