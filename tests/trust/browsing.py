"""Somebody who fills in whatever form a page shows: every field for words gets a planted text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.trust.scanner import secret
from viceversa.accounts.models import User

NOT_CONTENT = {"place", "link"}  # they go into calendars, and say so
WORDS = {"text", "textarea", "url"}
KEY = 16


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    longest: int = 10_000

    @property
    def takes_words(self) -> bool:
        return self.kind in WORDS and self.name.rsplit("-", 1)[-1] not in NOT_CONTENT

    @property
    def is_of_page(self) -> bool:
        """What it holds comes from the database, and may be another one by the next time."""
        hidden = self.kind == "hidden" and self.name != "csrfmiddlewaretoken"
        return hidden or self.kind == "select"


@dataclass
class Form:
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def takes_words(self) -> bool:
        return any(one.takes_words for one in self.fields)


_BY_HEART: dict[tuple[object, ...], Form] = {}


class _Reader(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        if tag == "option" and self._select is not None:
            self._select.options.append(said.get("value", ""))
            if "selected" in said:
                self._select.value = said.get("value", "")
        elif tag in ("input", "textarea", "select") and said.get("name"):
            self._take(tag, said)

    def _take(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        kind = said.get("type", "text") if tag == "input" else tag
        known = next((one for one in self._form.fields if one.name == said["name"]), None)
        if kind in ("radio", "checkbox") and known is not None:
            known.options.append(said.get("value", "on"))
        else:
            known = Field(said["name"], kind, longest=int(said.get("maxlength", 10_000)))
            self._form.fields.append(known)
            if kind in ("radio", "checkbox"):
                known.options.append(said.get("value", "on"))
            elif tag == "input":
                known.value = said.get("value", "")
        if "checked" in said:
            known.value = said.get("value", "on")
        self._select = known if tag == "select" else self._select
        self._area = known if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class Writer:
    """One of the two in a browser. `planted` says where each secret was typed."""

    def __init__(
        self, user: User, side: str, numbers: Iterator[int], planted: dict[str, str]
    ) -> None:
        self.side = side
        self.client = Client()
        self.client.force_login(user, backend="viceversa.accounts.backend.Backend")
        self.numbers, self.planted = numbers, planted

    def read(self, name: str, *keys: object) -> str:
        answer = self.client.get(reverse(name, args=keys))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def press(self, name: str, *keys: object, **given: str) -> None:
        """One button."""
        answer = self.client.post(reverse(name, args=keys), given)
        assert answer.status_code == 302, (name, answer.status_code, _said(answer))

    def fill(self, name: str, *keys: object, form: str = "", **given: Any) -> None:
        """The form whose action ends so, or the one that takes words; it has to be taken."""
        found = self._form(name, *keys, form=form)
        data = self._filled(found, name, given)
        answer = self.client.post(found.action or reverse(name, args=keys), data)
        assert answer.status_code == 302, (name, answer.status_code, _said(answer))

    def _form(self, name: str, *keys: object, form: str = "") -> Form:
        """A form that holds nothing of its page is looked at once and then known by heart."""
        place = (self.side, name, form, *(key for key in keys if len(str(key)) < KEY))
        if place in _BY_HEART:
            return _BY_HEART[place]
        found = self._seen(name, *keys, form=form)
        if not found.action and not any(one.is_of_page for one in found.fields):
            _BY_HEART[place] = found
        return found

    def _seen(self, name: str, *keys: object, form: str = "") -> Form:
        forms = [one for one in forms_of(self.read(name, *keys)) if one.action.endswith(form)]
        return max(forms, key=lambda one: (one.takes_words, len(one.fields)))

    def spoil(self, name: str, *keys: object, **wrong: str) -> None:
        """Sends a form that cannot be taken, with words in it: errors must not leak either."""
        found = self._form(name, *keys)
        data = self._filled(found, name, wrong)
        answer = self.client.post(found.action or reverse(name, args=keys), data)
        assert answer.status_code in (409, 422), (name, answer.status_code)

    def _filled(self, form: Form, name: str, given: dict[str, Any]) -> dict[str, Any]:
        values = {one.name: self._value(one, name) for one in form.fields if one.name not in given}
        return {**{key: value for key, value in values.items() if value is not None}, **given}

    def _value(self, one: Field, name: str) -> str | None:
        if one.takes_words:
            return self._words(one, name)
        if one.kind == "radio":
            return one.value or one.options[0]
        if one.kind == "select":
            return one.value or next((option for option in one.options if option), "")
        if one.kind == "checkbox":
            return one.options[0]
        return one.value

    def _words(self, one: Field, name: str) -> str:
        word = secret(next(self.numbers))
        self.planted[word] = f"{name} {one.name}"
        if one.kind == "url" or one.name.startswith("source"):
            return f"https://example.org/{word}"
        return f"{word} is how we do it here, and no other way."[: one.longest]


def _said(answer: Any) -> list[str]:
    """What a page complains about."""
    text = answer.content.decode()
    return [part.split("<")[0] for part in text.split('class="error"')[1:]] or [text[-400:]]
