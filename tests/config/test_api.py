from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.factories import make_coordinator, make_enrolment, make_programme, make_user
from viceversa.accounts.actions import create_token
from viceversa.accounts.queries import actor_for
from viceversa.config.wsgi import application
from viceversa.toolkit import clock

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def token(db: None) -> str:
    """A coordinator's key, who is also directory administrator."""
    programme = make_programme("Digital half hour", slug="something", state="enrolling")
    make_enrolment(programme, learner=True)
    make_enrolment(programme, adviser=True)
    user = make_user(make_coordinator(programme), roles=("directory_administrator",))
    now = clock.now()
    _token, secret = create_token(
        user=user,
        name="tests",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for(user),
        now=now,
    )
    return secret


@pytest.mark.django_db
def test_no_operation_answers_without_a_token() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    asked = 0
    for path, operations in document["paths"].items():
        for method in operations:
            answer = Client().generic(method.upper(), path.replace("{", "").replace("}", ""))
            assert answer.status_code == 401, (method, path, answer.status_code)
            assert answer["Content-Type"] == "application/problem+json"
            asked += 1
    assert asked > 10


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.django_db
def test_whatever_is_sent_gets_a_documented_answer(case: Any, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    case.call_and_validate(
        headers=headers,
        checks=[not_a_server_error, status_code_conformance, content_type_conformance],
    )


def test_an_unknown_address_is_a_problem_and_no_page() -> None:
    answer = Client().get("/api/v1/nothing/here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
