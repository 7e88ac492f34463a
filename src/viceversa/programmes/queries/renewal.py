"""What people say they gained, as counts."""

from django.db.models import Count, Q

from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.rules.renewal import Renewal, Side


def renewal_of(programme: Programme) -> Renewal:
    """One query. Whoever does both counts on both sides. Answers of people who stopped stay in:
    who gained nothing leaves first, and a count that drops when somebody leaves tells on them."""
    yes = Q(gained=Enrolment.Gained.YES)
    counts = (
        Enrolment.objects.filter(programme=programme)
        .exclude(gained="")
        .aggregate(
            learners=Count("pk", filter=Q(is_learner=True)),
            learners_gained=Count("pk", filter=yes & Q(is_learner=True)),
            advisers=Count("pk", filter=Q(is_adviser=True)),
            advisers_gained=Count("pk", filter=yes & Q(is_adviser=True)),
        )
    )
    return Renewal(
        Side(counts["learners_gained"], counts["learners"]),
        Side(counts["advisers_gained"], counts["advisers"]),
    )
