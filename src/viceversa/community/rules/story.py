"""From a draft to a story that all read, and back."""

DRAFT, ASKING, WAITING, PUBLISHED = "draft", "asking", "waiting", "published"
UNDER_WAY = frozenset({ASKING, WAITING, PUBLISHED})


def voice_of(*, is_sponsor: bool, is_learner: bool, is_adviser: bool) -> str:
    if is_sponsor:
        return "sponsor"
    if is_learner:
        return "learner"
    return "adviser" if is_adviser else "coordinator"


def after_asking(agreed: list[bool]) -> str:
    """A second look comes when everyone named has said yes."""
    return WAITING if all(agreed) else ASKING
