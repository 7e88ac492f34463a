"""Reads the tokens and works out contrasts, from OKLCH by way of linear sRGB (WCAG 2.2)."""

import math
import re
from pathlib import Path

TOKENS = Path("src/viceversa/design/static/design/tokens.css")
PAIR = re.compile(r"--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)")
Colour = tuple[float, float, float]


def tokens() -> dict[str, tuple[Colour, Colour]]:
    """Token to its light and its dark colour, each as lightness, chroma, hue."""
    return {
        name: (_parsed(light), _parsed(dark))
        for name, light, dark in PAIR.findall(TOKENS.read_text())
        if "/" not in light
    }


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _parsed(text: str) -> Colour:
    lightness, chroma, hue = text.replace("%", "").split()
    return float(lightness) / 100, float(chroma), float(hue)


def _luminance(colour: Colour) -> float:
    red, green, blue = _linear_srgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear_srgb(colour: Colour) -> Colour:
    """Björn Ottosson's OKLab matrices; what lies outside sRGB is clipped as browsers do."""
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _clipped(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _clipped(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _clipped(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _clipped(value: float) -> float:
    return min(1.0, max(0.0, value))
