"""Initials for the circle that stands for a person."""

ROLES = ("adviser", "learner")


def initials(name: str) -> str:
    """First letters of the first and the last word; symbols are passed over."""
    letters = [letter for word in name.split() if (letter := _first_letter(word))]
    chosen = letters if len(letters) < 2 else [letters[0], letters[-1]]
    return "".join(chosen).upper()[:2] or "?"


def _first_letter(word: str) -> str:
    return word[0] if word[0].isalpha() else next(filter(str.isalpha, word), "")
