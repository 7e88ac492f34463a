import ast
import re

import pytest
from django.urls import get_resolver

from tests.architecture.source import ROOT

pytestmark = pytest.mark.pure

PAGE = ROOT / "docs" / "explanation" / "practices.md"
ROW = re.compile(r"^\| (\d-\d\d) \|([^|]+)\|([^|]+)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
COUNTS = {"0": 28, "1": 15, "2": 43, "3": 25, "4": 19}


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row) for row in ROW.findall(PAGE.read_text())]


def address_names() -> set[str]:
    names = set()
    for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items():
        names |= {f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    return names | {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_all_130_practices_are_listed_once() -> None:
    expected = [f"{text}-{n:02}" for text, most in COUNTS.items() for n in range(1, most + 1)]
    assert [row[0] for row in rows()] == expected
    assert len(expected) == 130


def test_each_practice_is_true_with_page_and_test_or_not_yet() -> None:
    known = address_names()
    for number, _practice, state, page, test in rows():
        if state == "not yet":
            assert (page, test) == ("", ""), number
            continue
        assert state == "true", number
        assert page.strip("`") in known, f"{number}: no address is called {page}"
        assert _test_exists(test.strip("`")), f"{number}: no such test {test}"


def _test_exists(name: str) -> bool:
    file, _, function = name.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text())
    return any(
        isinstance(node, ast.FunctionDef) and node.name == function for node in ast.walk(tree)
    )
