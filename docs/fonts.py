"""Cuts the vendored fonts so that a page loads the letters it shows. A step of development:

    npm pack @fontsource-variable/figtree@5.3.0 @fontsource-variable/newsreader@5.3.0
    (unpack both; put their `files/` together in one folder)
    python3 -m venv cut && cut/bin/pip install fonttools==4.68.0 brotli==1.2.1
    cut/bin/python docs/fonts.py FOLDER

It writes the woff2 files, `fonts.css` and `SHA256SUMS`; running it again gives the same bytes.
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

STATIC = Path(__file__).parent.parent / "src/viceversa/design/static/design"
VENDOR = STATIC / "vendor"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum"]

# What English sentences, names and figures are made of. The serif sets headings and large figures
# only, and its kerning is heavy, so the signs that those never hold wait in the next file.
BASIC = "U+20-7E, U+A0, U+B7, U+2010-2014, U+2018-2019, U+201C-201D, U+2026, U+2192, U+2212"
BASIC_SERIF = (
    "U+20-22, U+26-29, U+2C-3B, U+3F, U+41-5A, U+61-7A, U+A0, U+B7, U+2013-2014, U+2018-2019,"
    " U+201C-201D, U+2026"
)
LETTERS = "U+C0-FF, U+152-153"  # of names from western Europe
LATIN = (
    "U+0-FF, U+131, U+152-153, U+2BB-2BC, U+2C6, U+2DA, U+2DC, U+304, U+308, U+329, U+2000-206F,"
    " U+20AC, U+2122, U+2191-2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
EXTENDED = (
    "U+100-2BA, U+2BD-2C5, U+2C7-2CC, U+2CE-2D7, U+2DD-2FF, U+304, U+308, U+329, U+1D00-1DBF,"
    " U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F,"
    " U+A720-A7FF"
)


@dataclass(frozen=True)
class Family:
    """`weights` are those that the style sheets ask for: a range, or one drawn weight for all."""

    name: str
    basic: str
    weights: tuple[int, int] | int
    said: str


FAMILIES = (
    Family("Figtree", BASIC, (400, 650), "400 650"),
    Family("Newsreader", BASIC_SERIF, 450, "400 500"),
)

FACE = """
@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("vendor/{file}") format("woff2");
  unicode-range:
    {ranges};
}}
"""
HEAD = "/* Written by docs/fonts.py: each family in four files, by what letters a page shows. */\n"


def main(folder: Path) -> None:
    css = HEAD
    for old in VENDOR.glob("*.woff2"):
        old.unlink()
    for family in FAMILIES:
        basic = codes(family.basic)
        for part, source, wanted in (
            ("extended", "latin-ext", codes(EXTENDED)),
            ("signs", "latin", codes(LATIN) - basic - codes(LETTERS)),
            ("letters", "latin", codes(LETTERS)),
            ("basic", "latin", basic),
        ):
            file = f"{family.name.lower()}-{part}.woff2"
            font = cut(folder / f"{family.name.lower()}-{source}-wght-normal.woff2", wanted, family)
            font.save(VENDOR / file)
            css += FACE.format(
                family=family.name, weight=family.said, file=file, ranges=ranges(wanted)
            )
    (STATIC / "fonts.css").write_text(css)
    (VENDOR / "SHA256SUMS").write_text(sums())


def cut(path: Path, wanted: set[int], family: Family) -> TTFont:
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": family.weights}, inplace=True)
    font.flavor = "woff2"
    return font


def codes(text: str) -> set[int]:
    found = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def ranges(wanted: set[int]) -> str:
    """As CSS writes them, a few to a line."""
    runs: list[list[int]] = []
    for code in sorted(wanted):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    said = [f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in runs]
    lines = [", ".join(said[at : at + 7]) for at in range(0, len(said), 7)]
    return ",\n    ".join(lines)


def sums() -> str:
    listed = [path for path in sorted(VENDOR.iterdir()) if path.suffix in {".woff2", ".txt"}]
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in listed
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
