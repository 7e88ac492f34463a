from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db.models import Count, Q
from django.test import Client, TestCase

from tests.factories import actor_for_person
from viceversa.accounts.models import RoleGrant, User
from viceversa.history.models import Entry
from viceversa.home.actions import load_sample
from viceversa.home.sample import SIGN_INS, generate
from viceversa.insights.models import Passing, Theme
from viceversa.learning.models import Demand, Pack, Resource
from viceversa.meetings.models import Help, Meeting
from viceversa.notifications.models import Delivery, Notification
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.portfolio import portfolios_of
from viceversa.partnerships.queries.training import training_missing
from viceversa.people.models import Offer, Person, Want
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import Refused

NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


def load_the_sample() -> None:
    load_sample(
        organisation=generate(people=240, seed=2026, today=NOW.date()),
        by=system("tests", via="command"),
        now=NOW,
        echo=lambda line: None,
    )


class TestTheSample(TestCase):
    """Loaded once: every test sees it as it was."""

    signed_in: Callable[[User], Client]

    @classmethod
    def setUpTestData(cls) -> None:
        load_the_sample()

    @pytest.fixture(autouse=True)
    def _client(self, signed_in: Callable[[User], Client]) -> None:
        self.signed_in = signed_in

    def test_the_sample_is_a_whole_organisation(self) -> None:
        assert Person.objects.count() == 240
        assert Person.objects.filter(manager__isnull=True).count() == 1
        assert Offer.objects.count() > 240
        assert Want.objects.count() > 240
        assert set(Programme.objects.values_list("state", flat=True)) == {"enrolling", "running"}
        assert Standing.objects.filter(role="coordinator").count() == 4

    def test_one_programme_is_ready_to_match_and_one_runs(self) -> None:
        ready = Enrolment.objects.filter(programme__state="enrolling")
        assert ready.filter(is_learner=True).count() == 24
        assert ready.filter(is_adviser=True).count() == 61
        assert Partnership.objects.filter(programme__state="running").count() == 17

    def test_partnerships_are_in_every_state_people_meet(self) -> None:
        states = set(Partnership.objects.values_list("state", flat=True))
        assert states >= {
            *("proposed", "accepted", "preparing", "active", "paused", "closing", "completed"),
            *("declined", "ended"),
        }
        assert Help.objects.filter(kind="cancellations", resolved_at=None).count() == 1
        assert Meeting.objects.filter(state="booked", starts_at__gt=NOW).exists()

    def test_the_learner_who_signs_in_has_advisers_of_two_stages_and_two_fields(self) -> None:
        learner = Person.objects.get(email=next(s.email for s in SIGN_INS if s.part == "learner"))
        (portfolio,) = portfolios_of(actor_for_person(learner))
        units = {line.partnership.adviser.person.unit_id for line in portfolio.lines}
        assert (portfolio.stages, len(units), portfolio.has_other_field) == (2, 2, True)

    def test_one_agreement_lies_side_by_side_and_one_waits_for_the_second_signature(self) -> None:
        both = Q(agreement_parts__handed_in_at__isnull=False)
        replied = Q(agreement_parts__replied_at__isnull=False)
        rows = Partnership.objects.annotate(answers=Count("agreement_parts", filter=both))
        lying = rows.filter(answers=2, agreements=None).annotate(
            replies=Count("agreement_parts", filter=replied)
        )
        assert [row.replies for row in lying] == [1]
        (draft,) = Agreement.objects.filter(state="draft")
        assert (draft.learner_signed_at is None) != (draft.adviser_signed_at is None)

    def test_a_theme_was_passed_on_and_answered(self) -> None:
        assert Theme.objects.filter(programme__state="running").count() == 3
        assert Passing.objects.exclude(answer="").count() == 1

    def test_the_sample_sends_no_mail(self) -> None:
        assert Notification.objects.exists()
        assert not Delivery.objects.exists()

    def test_everybody_listed_can_sign_in_with_the_printed_password(self) -> None:
        users = {user.email: user for user in User.objects.all()}
        assert all(
            users[sign_in.email].check_password("half an hour a week") for sign_in in SIGN_INS
        )
        assert set(RoleGrant.objects.values_list("role", flat=True)) == {
            "directory_administrator",
            "operator",
            "safeguarding_contact",
        }

    def test_both_of_every_partnership_can_sign_in_and_see_it(self) -> None:
        users = {user.person_id: user for user in User.objects.all()}
        for pair in Partnership.objects.select_related("learner", "adviser"):
            for person in (pair.learner.person_id, pair.adviser.person_id):
                client = self.signed_in(users[person])
                assert client.get(f"/partnerships/{pair.key}/").status_code == 200, pair.state

    def test_the_sample_is_refused_where_people_already_are(self) -> None:
        entries = Entry.objects.count()

        with pytest.raises(Refused, match="already holds people"):
            load_the_sample()

        assert Person.objects.count() == 240
        assert Entry.objects.count() == entries

    def test_there_is_a_library_to_keep_fresh_and_a_training_to_finish(self) -> None:
        kinds = set(Resource.objects.values_list("kind", flat=True))
        assert kinds == set(Resource.Kind.values)
        assert Resource.objects.filter(review_by__lt=NOW.date()).count() == 1
        assert Pack.objects.get(origin="ai-assistants").state == "published"
        assert Pack.objects.get(origin="data-security").state == "draft"
        assert Demand.objects.filter(programme__state="running").count() == 1
        signed = Partnership.objects.filter(state="active")
        assert [training_missing(row) for row in signed] == [[] for _row in signed]
        assert any(training_missing(row) for row in Partnership.objects.filter(state="accepted"))
        assert not Delivery.objects.filter(state="waiting").exists()
