from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import make_user
from viceversa.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/partnerships/%00/", "/programmes/%00/", "/people/a%00b/", "/inbox/%00/"]
)
def test_an_address_with_a_nul_in_it_is_missing_and_not_an_error(
    path: str, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(make_user()).get(path)

    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


def test_programs_hear_the_same(client: Client) -> None:
    assert client.get("/api/v1/partnerships/%00/meetings").status_code == 404
