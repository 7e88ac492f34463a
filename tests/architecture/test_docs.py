import pytest

from docs.generate import REFERENCE, pages


@pytest.mark.pure
def test_generated_reference_pages_are_of_this_code() -> None:
    stale = [
        name
        for name, text in pages().items()
        if (REFERENCE / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"
