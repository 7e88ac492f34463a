"""Texts as they are kept, and as they are searched."""

MOST_WORDS = 6


def tidy(text: str) -> str:
    """Without what databases cannot keep, and with one kind of line break."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def searchable(*texts: str) -> str:
    return " ".join(" ".join(texts).casefold().split())


def words_of(typed: str) -> list[str]:
    return tidy(typed).casefold().split()[:MOST_WORDS]
