"""The states of a programme: which may follow which, and what each asks for."""

from collections.abc import Mapping
from types import MappingProxyType

from viceversa.programmes.rules.facts import Facts

ORDER = ("draft", "enrolling", "matching", "running", "closing", "archived")

FOLLOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "draft": ("enrolling", "archived"),
        "enrolling": ("matching", "archived"),
        "matching": ("running", "enrolling"),
        "running": ("closing", "matching"),
        "closing": ("archived", "running"),
        "archived": (),
    }
)

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "enrolling": "Open enrolment",
        "matching": "Start matching",
        "running": "Start the programme",
        "closing": "Begin to close",
        "archived": "Archive",
    }
)
BACK: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("matching", "enrolling"): "Open enrolment again",
        ("running", "matching"): "Match again",
        ("closing", "running"): "Run on",
    }
)


def may_follow(state: str, to: str) -> bool:
    return to in FOLLOWS.get(state, ())


def verb_for(state: str, to: str) -> str:
    return BACK.get((state, to)) or VERBS[to]


def is_before_it_runs(state: str) -> bool:
    return state in ("draft", "enrolling", "matching")


def missing_for(to: str, facts: Facts) -> tuple[str, ...]:
    """Sentences that say what stands in the way; empty when nothing does."""
    if to == "enrolling":
        return _missing_for_enrolling(facts)
    if to == "matching":
        return _missing_for_matching(facts)
    if to == "running":
        return _missing_for_running(facts)
    return ()


def _missing_for_enrolling(facts: Facts) -> tuple[str, ...]:
    missing = []
    if not facts.purpose.strip():
        missing.append("Write down the purpose, so that people know what they say yes to.")
    if facts.coordinators < 1:
        missing.append("Name a coordinator.")
    if facts.starts_on is None:
        missing.append("Set the day on which it starts.")
    if facts.ends_on is None and facts.mode == "cohort":
        missing.append("Set the day on which it ends.")
    return tuple(missing)


def _missing_for_matching(facts: Facts) -> tuple[str, ...]:
    missing = []
    if facts.learners < 1:
        missing.append("Nobody is enrolled as a learner yet.")
    if facts.advisers < 1:
        missing.append("Nobody is enrolled as an adviser yet.")
    return tuple(missing)


def _missing_for_running(facts: Facts) -> tuple[str, ...]:
    if facts.choosing == "together" and facts.partnerships < 1:
        return ("There is no partnership yet. Publish a round first.",)
    return ()


def people_may_join(state: str, mode: str) -> bool:
    """By the open link or by saying yes to an invitation."""
    if mode == "always_on":
        return state in ("enrolling", "matching", "running")
    return state in ("enrolling", "matching")


def coordinators_may_add(state: str) -> bool:
    return state in ("enrolling", "matching", "running")


def people_may_leave(state: str) -> bool:
    return state != "archived"


def settings_may_change(state: str) -> bool:
    return state != "archived"


def next_step(facts: Facts, *, steps_left: int) -> tuple[str, str]:
    """A code and one sentence: the one thing for a coordinator to do now."""
    if facts.state == "draft":
        return _next_in_draft(facts, steps_left)
    if facts.state == "enrolling":
        return _next_in_enrolling(facts)
    if facts.state == "matching":
        return _next_in_matching(facts)
    return {
        "running": ("partnerships", "It runs. See who has not yet said yes to a partner."),
        "closing": ("close", "Look at the results with the sponsor, then archive it."),
        "archived": ("duplicate", "It is over. Use its settings for the next one."),
    }[facts.state]


def _next_in_draft(facts: Facts, steps_left: int) -> tuple[str, str]:
    if steps_left:
        steps = "One step" if steps_left == 1 else f"{_words(steps_left)} steps"
        return "set_up", f"{steps} of the set-up to look at, two minutes each."
    if _missing_for_enrolling(facts):
        return "set_up", _missing_for_enrolling(facts)[0]
    if facts.coordinators < 2:
        return "coordinators", "Name a second coordinator, so that it never hangs on one person."
    return "readiness", "Go through the readiness check, then open enrolment."


def _next_in_enrolling(facts: Facts) -> tuple[str, str]:
    missing = _missing_for_matching(facts)
    if missing:
        return "invite", f"{missing[0]} Invite people."
    if facts.places_offered < facts.places_wanted:
        short = facts.places_wanted - facts.places_offered
        places = "one place" if short == 1 else f"{short} places"
        return "invite", f"Learners want {places} more than advisers offer. Invite more advisers."
    return "match", "There are enough advisers for the learners. Start matching when you are ready."


def _next_in_matching(facts: Facts) -> tuple[str, str]:
    if facts.partnerships:
        return "start", "Partnerships are proposed. Start the programme when people have answered."
    if facts.choosing == "learner":
        return "choose", "Learners choose now. Start the programme when the first pairs agree."
    return "round", "Run a round of matching and look at what it proposes."


def _words(number: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(number, str(number))
