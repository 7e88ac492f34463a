"""Three half hours: long enough to see what it is, short enough to say yes to."""

from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS
from viceversa.programmes.rules.templates.base import Template, points, text

TASTER = Template(
    key="taster",
    name="Taster",
    summary="Three half hours on one small topic, for organisations that want to try it first.",
    shape="Three half hours within a month. One topic each.",
    learners="any",
    advisers="any",
    weeks=5,
    skills=(
        "ai-assistants",
        "short-video",
        "professional-networks",
        "data-security-habits",
        "online-whiteboards",
        "keyboard-shortcuts",
        "video-meetings",
        "checking-ai-answers",
    ),
    weights={**DEFAULT_WEIGHTS, "goals": 0, "shared_hours": 4},
    fields={
        "purpose": text(
            """Find out, with little effort, whether learning from junior colleagues suits us. A
            few pairs, three half hours, one small topic each: a new app, a change of system. At
            the end we ask both sides and decide.""",
        ),
        "learner_objective": text(
            """Do one thing yourself that somebody had to do for you, and be able to say whether
            you would go on."""
        ),
        "adviser_objective": text(
            """Find out that what you take for granted is worth something to others, and meet
            somebody you would otherwise only read about."""
        ),
        "guidelines": points(
            "One topic, small enough for a single page of notes.",
            "First half hour: look. Second: try. Third: do it alone while the other watches.",
            "What is said stays between the two.",
            "Either may stop after any meeting with one click and no reason.",
        ),
        "learner_role": text(
            "Keep three half hours free now, before you know who it is. Name one topic."
        ),
        "adviser_role": text("Plan three steps. If the first was too big, halve the second."),
        "return_stream": text(
            """The last ten minutes of the third meeting belong to the adviser: one question about
            the organisation or about the next step, answered honestly."""
        ),
        "training": text("One page for each role, five minutes to read. That is all."),
        "support": text(
            """The coordinators are there for questions. After the third meeting two questions go
            to both sides: did you learn something, would you go on?"""
        ),
        "sponsor_letter": text(
            "Dear colleague,",
            """This is a small experiment: three half hours with somebody who can show you
            something you have been meaning to try. I am in it myself.""",
            """If it is useful we make more of it. If not, we have lost an hour and a half, and we
            shall say so.""",
        ),
        "engagement": "short",
        "mode": "cohort",
        "choosing": "together",
        "is_pilot": True,
        "meeting_minutes": 30,
        "meeting_every_days": 10,
        "target_mastery": 1,
        "most_wants": 1,
        "coverage_target": 100,
        "min_rank_gap": 1,
        "shared_hours": 1,
        "places_limit": 24,
        "advisers_per_learner": 1,
        "learners_per_adviser": 1,
    },
)
