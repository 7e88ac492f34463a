import pytest
from django.test import Client

from viceversa.config.api import PROBLEMS


def operations() -> list[tuple[str, str, dict[str, object]]]:
    document = Client().get("/api/v1/openapi.json").json()
    return [
        (method, path.replace("{", "").replace("}", ""), operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


@pytest.mark.django_db
def test_no_operation_answers_without_a_token() -> None:
    found = operations()
    assert len(found) > 20
    for method, path, _operation in found:
        answer = Client().generic(method.upper(), path)
        assert answer.status_code == 401, (method, path, answer.status_code)
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_every_operation_says_how_it_can_fail() -> None:
    for method, path, operation in operations():
        documented = set(operation["responses"])  # type: ignore[call-overload]
        assert {str(status) for status in PROBLEMS} <= documented, (method, path)


def test_an_unknown_address_is_a_problem_and_no_page() -> None:
    answer = Client().get("/api/v1/nothing/here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
