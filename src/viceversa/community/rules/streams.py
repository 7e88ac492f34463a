"""Which way a tip runs: from advisers to those above, or from leaders to those below."""

GIVEN, RETURNED = "given", "returned"


def streams_of(*, is_adviser: bool, is_learner: bool, is_leader: bool) -> tuple[str, ...]:
    """What somebody can write. Whoever has no part of the own reads, and writes nothing."""
    given = (GIVEN,) if is_adviser else ()
    returned = (RETURNED,) if is_learner or is_leader else ()
    return (*given, *returned)
