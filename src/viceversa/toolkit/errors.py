"""Refusals. Each carries a sentence that a participant understands."""


class Problem(Exception):
    status = 400
    title = "This cannot be done"

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class NotAllowed(Problem):
    """The person may not do this, whatever the state of things."""

    status = 403
    title = "Not yours to do"


class Refused(Problem):
    """The person may, but it is not possible now."""

    status = 409
    title = "Not possible now"


class NotFound(Problem):
    """It does not exist, or it is not for this person: the answer is the same."""

    status = 404
    title = "Nothing here"
