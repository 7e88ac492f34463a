"""Initials for the circle that stands for a person."""

ROLES = ("adviser", "learner")


def initials(name: str) -> str:
    """First letters of the first and the last word; symbols are passed over."""
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    letters = [next(letter for letter in word if letter.isalpha()) for word in chosen]
    return "".join(letters).upper()[:2] or "?"
