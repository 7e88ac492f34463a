"""Texts that a spreadsheet would run as a formula, made inert and back again.

The convention: a text that begins with a formula sign (after any spaces and apostrophes) is
written with one apostrophe more in front, and the reader takes one apostrophe away from such
a text. So `=1+1` is written `'=1+1`, `-5` is written `'-5`, and `'=x` is written `''=x`: what
was exported comes back exactly as it was, and no cell begins with a formula sign.
"""

import re

FORMULA_SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"  # the last four are the full-width forms
_ACTIVE = re.compile(rf"'*\s*[{re.escape(FORMULA_SIGNS)}]")


def shield(text: str) -> str:
    return "'" + text if _ACTIVE.match(text) else text


def unshield(text: str) -> str:
    return text[1:] if text[:1] == "'" and _ACTIVE.match(text) else text
