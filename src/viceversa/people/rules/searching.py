"""What is typed into a search and what is searched, brought to the same words."""

import re
import unicodedata

MOST_TERMS = 6
LONGEST_TERM = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_WITHOUT_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_EACH_A_WORD = re.compile(r"([\u3400-\u9fff\uf900-\ufaff])")  # written without spaces


def words_of(text: str) -> list[str]:
    """Small letters without accents, cut at everything that is no letter and no figure."""
    if text.isascii():
        return _NOT_PLAIN.sub(" ", text.lower()).split()
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(map(_plain, apart)).translate(_WITHOUT_PARTS)
    return _EACH_A_WORD.sub(r" \1 ", plain).split()


def _plain(letter: str) -> str:
    if letter.isalnum():
        return letter
    if unicodedata.combining(letter):
        return ""
    return letter if unicodedata.category(letter)[0] == "M" else " "


def terms_of(typed: str) -> list[str]:
    """The words somebody must have, each of them at least as a beginning."""
    return [word[:LONGEST_TERM] for word in words_of(typed)][:MOST_TERMS]
