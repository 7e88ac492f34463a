import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from viceversa.design import problems, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def building(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("building")
def test_gallery_is_there_while_building(client: Client) -> None:
    answer = client.get("/design/")
    assert answer.status_code == 200
    assert "Round 1" in answer.content.decode()


@pytest.mark.parametrize("path", ["/design/", "/design/letter/", "/design/problem/404/"])
def test_gallery_is_not_there_in_earnest(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Every component" not in answer.content.decode()


@pytest.mark.usefixtures("building")
@pytest.mark.parametrize("status", problems.WORDS)
def test_every_problem_has_words_and_a_way_back(client: Client, status: int) -> None:
    answer = client.get(f"/design/problem/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert str(problems.WORDS[status].title) in page
    assert 'href="/"' in page


def test_server_error_is_drawn_without_database_or_session() -> None:
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "This one is our fault" in answer.content.decode()


def test_stale_form_is_refused_in_our_words() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


@pytest.mark.usefixtures("building")
def test_theme_is_kept_and_written_on_the_page(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/sign-in/?x=1"})
    assert answer["Location"] == "/sign-in/?x=1"
    page = client.get("/design/letter/").content.decode()
    assert 'data-theme="dark"' in page


@pytest.mark.usefixtures("building")
def test_system_theme_leaves_the_choice_to_the_system(client: Client) -> None:
    client.post("/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/design/letter/").content.decode()


def test_unknown_theme_is_not_kept(client: Client) -> None:
    answer = client.post("/theme/", {"theme": 'x" onload="y'})
    assert answer.cookies.get("theme") is None


@pytest.mark.usefixtures("building")
def test_forged_theme_cookie_is_not_written_on_the_page(client: Client) -> None:
    client.cookies["theme"] = "purple"
    assert "purple" not in client.get("/design/letter/").content.decode()


@pytest.mark.parametrize(
    "way", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_theme_never_leads_to_another_site(client: Client, way: str) -> None:
    answer = client.post("/theme/", {"theme": "light", "next": way})
    assert answer["Location"] == "/"


def test_theme_is_changed_by_posting_only(client: Client) -> None:
    assert client.get("/theme/").status_code == 405
