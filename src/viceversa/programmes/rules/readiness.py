"""The readiness check: facts we can count, questions only people can answer, and an advice that
may say not to start."""

from dataclasses import dataclass

from viceversa.programmes.rules.facts import Facts

GOOD, OPEN, BAD = "good", "open", "bad"
ANSWERS = ("yes", "no", "unsure")
LEAST_PURPOSE = 40
LEAST_MEETINGS = {"short": 2, "long": 6}


@dataclass(frozen=True)
class Check:
    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Question:
    key: str
    text: str
    why: str
    is_grave: bool = False


@dataclass(frozen=True)
class Advice:
    """`verdict` is ready, pilot or wait."""

    verdict: str
    title: str
    sentence: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "time",
        "Have the learners themselves said that they will keep the time free?",
        "Cancelled meetings are the most common end. A yes from their office is not a yes.",
    ),
    Question(
        "no_reprisal",
        "Is it agreed that nothing said here counts in pay, promotion or reviews?",
        "Advisers are honest only when honesty costs nothing.",
        is_grave=True,
    ),
    Question(
        "free_no",
        "Can everyone say no, or stop, without giving a reason?",
        "An adviser who was told to take part is not free to speak.",
        is_grave=True,
    ),
    Question(
        "working_time",
        "May advisers do this in working time?",
        "Otherwise the junior side pays for what the senior side learns.",
    ),
    Question(
        "outside_contact",
        "Do both sides know whom to call outside the line when something goes wrong?",
        "The coordinator knows both people; that is why it has to be somebody else.",
    ),
    Question(
        "act_on_it",
        "Has somebody promised to act on what is learned?",
        "Being asked and then ignored is worse than not being asked.",
    ),
)
QUESTION_KEYS = tuple(question.key for question in QUESTIONS)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Everything that can be worked out from the programme itself."""
    return (
        _purpose(facts),
        _both_sides(facts),
        _sponsor(facts),
        _coordinators(facts),
        _time(facts),
        _people(facts),
        _skills(facts),
        _guidelines(facts),
        _training(facts),
        _support(facts),
    )


def _purpose(facts: Facts) -> Check:
    length = len(facts.purpose.strip())
    if not length:
        return Check("Purpose", "There is none yet. A vague purpose is how most of these end.", BAD)
    if length < LEAST_PURPOSE:
        return Check("Purpose", "Very short. Could a stranger tell what should be different?", OPEN)
    return Check("Purpose", "Written down.", GOOD)


def _both_sides(facts: Facts) -> Check:
    sides = (("learner", facts.learner_objective), ("adviser", facts.adviser_objective))
    lacking = [side for side, text in sides if not text.strip()]
    if lacking:
        note = f"Nothing says what the {' and the '.join(lacking)} gets out of it."
        return Check("Something for both sides", note, BAD)
    return Check("Something for both sides", "Each side has an objective of its own.", GOOD)


def _sponsor(facts: Facts) -> Check:
    if not facts.sponsors:
        return Check("Sponsor", "Nobody is named. Who says that this matters?", BAD)
    if not facts.letter.strip():
        return Check("Sponsor", "Named, but there is no letter to the people invited.", OPEN)
    return Check("Sponsor", "Named, and has written a letter.", GOOD)


def _coordinators(facts: Facts) -> Check:
    if facts.coordinators >= 2:
        return Check("Two coordinators", f"{facts.coordinators} are named.", GOOD)
    note = "Only one. Leave and illness happen; name a second." if facts.coordinators else "None."
    return Check("Two coordinators", note, OPEN if facts.coordinators else BAD)


def _time(facts: Facts) -> Check:
    if facts.starts_on is None or (facts.ends_on is None and facts.mode == "cohort"):
        return Check("Enough time", "The dates are not set.", BAD)
    if facts.ends_on is None:
        return Check("Enough time", "Always on, without an end.", GOOD)
    meetings = (facts.ends_on - facts.starts_on).days // max(facts.meeting_every_days, 1)
    least = LEAST_MEETINGS.get(facts.engagement, LEAST_MEETINGS["long"])
    if meetings < least:
        note = f"Only {meetings} meetings fit between the dates; {least} is the least we advise."
        return Check("Enough time", note, OPEN)
    return Check("Enough time", f"{meetings} meetings fit between the dates.", GOOD)


def _people(facts: Facts) -> Check:
    label = "Enough advisers for the learners"
    if not facts.learners or not facts.advisers:
        learners = "one learner" if facts.learners == 1 else f"{facts.learners} learners"
        advisers = "one adviser" if facts.advisers == 1 else f"{facts.advisers} advisers"
        return Check(label, f"So far {learners} and {advisers}.", OPEN)
    wanted = "one place" if facts.places_wanted == 1 else f"{facts.places_wanted} places"
    note = f"Learners want {wanted}, advisers offer {facts.places_offered}."
    return Check(label, note, GOOD if facts.places_offered >= facts.places_wanted else BAD)


def _skills(facts: Facts) -> Check:
    label = "Somebody can teach what is wanted"
    if not facts.skills_wanted:
        return Check(label, "No learner has named a topic yet.", OPEN)
    if facts.skills_nobody_offers:
        note = f"{facts.skills_nobody_offers} of {facts.skills_wanted} wanted topics: no adviser."
        return Check(label, note, OPEN)
    return Check(label, f"All {facts.skills_wanted} wanted topics have an adviser.", GOOD)


def _guidelines(facts: Facts) -> Check:
    label = "Guidelines about power"
    if not facts.guidelines.strip():
        return Check(label, "Nothing says how the gap in rank is handled.", BAD)
    return Check(label, "Written. Read them once as the junior side would.", GOOD)


def _training(facts: Facts) -> Check:
    if not facts.training.strip():
        return Check("Training for both roles", "Nothing is said about it.", OPEN)
    return Check("Training for both roles", "Described.", GOOD)


def _support(facts: Facts) -> Check:
    if not facts.support.strip():
        return Check("Support while it runs", "Nobody is named to turn to.", OPEN)
    return Check("Support while it runs", "Described.", GOOD)


def advice(facts: Facts) -> Advice:
    """Never a gate: coordinators may start against it, and then at least they know."""
    found = checks(facts)
    bad = [check.label for check in found if check.state == BAD]
    grave = [q for q in QUESTIONS if q.is_grave and facts.answers.get(q.key) == "no"]
    noes = [q for q in QUESTIONS if facts.answers.get(q.key) == "no"]
    doubts = [q for q in QUESTIONS if facts.answers.get(q.key) not in ("yes", "no")]
    if grave or len(bad) > 2:
        return Advice("wait", "We advise not to start yet", _why_wait(grave, bad))
    if bad or noes or len(doubts) > 2:
        return Advice("pilot", "Start small", _why_pilot(bad, noes, doubts))
    return Advice("ready", "Ready to start", "Nothing stands in the way that we can see.")


def _why_wait(grave: list[Question], bad: list[str]) -> str:
    if grave:
        return (
            "Without safety for the junior side this does more harm than good. "
            "Settle that first; the programme will keep."
        )
    return f"Mend first: {', '.join(bad).lower()}."


def _why_pilot(bad: list[str], noes: list[Question], doubts: list[Question]) -> str:
    if bad:
        return f"Mend {', '.join(bad).lower()}, or run a pilot with a few pairs and learn from it."
    if noes:
        return "Not everyone is behind it. A pilot with a few pairs shows what it would take."
    return f"{len(doubts)} questions are open. Answer them, or begin with a pilot of a few pairs."
