from typing import Any

from tests.factories.programmes import MADE_AT, make_enrolment, make_programme
from viceversa.partnerships.models import Partnership
from viceversa.programmes.models import Enrolment, Programme


def make_partnership(
    programme: Programme | None = None,
    *,
    learner: Enrolment | None = None,
    adviser: Enrolment | None = None,
    **fields: Any,
) -> Partnership:
    programme = programme or make_programme()
    return Partnership.objects.create(
        programme=programme,
        learner=learner or make_enrolment(programme, learner=True),
        adviser=adviser or make_enrolment(programme, adviser=True),
        created_at=fields.pop("created_at", MADE_AT),
        **fields,
    )
