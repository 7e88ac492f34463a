"""Where each text of this package belongs: an envelope opens in its own place only."""

from viceversa.vault.rules.envelope import PERSONAL, SEALED, Place


def preparation(meeting: str, author: int) -> Place:
    return Place(SEALED, "meetings.Preparation.sealed", meeting, author)


def agenda(meeting: str, author: int) -> Place:
    return Place(SEALED, "meetings.Meeting.agenda", meeting, author)


def afterword(meeting: str, author: int) -> Place:
    return Place(SEALED, "meetings.Afterword.sealed", meeting, author)


def note_together(note: str, author: int) -> Place:
    return Place(SEALED, "meetings.Note.sealed", note, author)


def note_of_one(note: str, author: int) -> Place:
    return Place(PERSONAL, "meetings.Note.sealed", note, author)


def unclear(key: str, author: int) -> Place:
    return Place(SEALED, "meetings.Unclear.sealed", key, author)


def commitment(key: str, author: int) -> Place:
    return Place(SEALED, "meetings.Commitment.sealed", key, author)
