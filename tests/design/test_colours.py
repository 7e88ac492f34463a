import pytest

from tests.design.colours import contrast, tokens

SURFACES = ["paper", "sheet", "sunk"]
WASHES = ["tide-wash", "ember-wash", "plum-wash", "good-wash", "bad-wash"]
TEXTS = ["ink", "soft", "tide", "ember", "plum", "good", "bad"]
PAIRS = (
    [(text, surface) for text in TEXTS for surface in SURFACES]
    + [(text, wash) for text in ("ink", "soft") for wash in WASHES]
    + [(wash.removesuffix("-wash"), wash) for wash in WASHES]
    + [("on-accent", accent) for accent in ("tide", "ember", "plum", "good", "bad")]
    + [("paper", "ink")]
)
PARTS = [("edge", surface) for surface in SURFACES] + [
    (tone, surface) for tone in ("tide", "ember", "plum", "good", "bad") for surface in SURFACES
]
SCHEMES = {"light": 0, "dark": 1}

pytestmark = pytest.mark.pure


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    assert set(TEXTS + SURFACES + WASHES + ["line", "edge", "on-accent"]) == set(tokens())


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "surface"), PAIRS)
def test_text_can_be_read(text: str, surface: str, scheme: str) -> None:
    side = SCHEMES[scheme]
    found = contrast(tokens()[text][side], tokens()[surface][side])
    assert found >= 4.5, f"{text} on {surface}, {scheme}: {found:.2f}"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("part", "surface"), PARTS)
def test_parts_of_controls_can_be_seen(part: str, surface: str, scheme: str) -> None:
    side = SCHEMES[scheme]
    found = contrast(tokens()[part][side], tokens()[surface][side])
    assert found >= 3, f"{part} on {surface}, {scheme}: {found:.2f}"
