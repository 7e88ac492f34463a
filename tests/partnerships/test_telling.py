"""With several partners at once, a mail says which partnership it is about."""

import pytest

from tests.factories import make_enrolment, make_partnership, make_person, make_programme
from viceversa.partnerships.messages.agreement import AgreementHolds
from viceversa.partnerships.messages.closing import BothLookedBack, PartnershipCompleted
from viceversa.partnerships.messages.erasing import KeptAfterAll, WordsErased
from viceversa.partnerships.messages.lifecycle import (
    ClosingStarted,
    ClosingWished,
    PartnershipOver,
    PartnershipPaused,
    PartnershipResumed,
    WentOn,
)
from viceversa.partnerships.messages.partnership import PartnerAccepted, PartnershipAccepted
from viceversa.partnerships.models import Partnership

pytestmark = pytest.mark.django_db

TO_BOTH = [
    *(AgreementHolds, BothLookedBack, PartnershipCompleted, ClosingStarted, ClosingWished),
    *(PartnershipOver, PartnershipPaused, PartnershipResumed, WentOn),
    *(PartnerAccepted, PartnershipAccepted, KeptAfterAll, WordsErased),
]


@pytest.fixture
def pair() -> Partnership:
    programme = make_programme()
    learner = make_enrolment(programme, person=make_person("Odile Wren"), learner=True)
    adviser = make_enrolment(programme, person=make_person("Una Tidewell"), adviser=True)
    return make_partnership(programme, learner=learner, adviser=adviser)


@pytest.mark.parametrize("kind", TO_BOTH, ids=lambda kind: kind.__name__)
def test_both_are_named_in_the_subject(kind: type, pair: Partnership) -> None:
    assert kind(partnership=pair).title.endswith(": Odile Wren and Una Tidewell")


def test_after_two_yeses_the_mail_says_what_comes_next(pair: Partnership) -> None:
    assert "The agreement comes next" in PartnershipAccepted(partnership=pair).body
