"""What newcomers see that insiders no longer do: hiring, onboarding, everyday work."""

from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS
from viceversa.programmes.rules.templates.base import Template, points, text

FRESH_EYES = Template(
    key="fresh_eyes",
    name="Fresh eyes",
    summary="People new to the organisation show long-serving leaders how it looks from outside.",
    shape="An hour every two weeks for four months. Advisers joined within the last year.",
    learners="top",
    advisers="any",
    weeks=17,
    skills=(
        "newcomers-perspective",
        "hiring",
        "onboarding",
        "workplace-expectations",
        "company-culture",
        "users-view",
        "customer-experience",
        "informal-organisation",
        "asking-for-help",
        "working-across-generations",
    ),
    weights={**DEFAULT_WEIGHTS, "other_unit": 4, "skills": 4},
    fields={
        "purpose": text(
            """Those who decide how we hire, welcome and lead have often been here for decades.
            People who came last year, straight from study or from another firm, still notice what
            is odd, slow or good about us. This programme brings the two together before the
            newcomers stop noticing.""",
        ),
        "learner_objective": text(
            """See three parts of the organisation through the eyes of somebody for whom they are
            new, among them how we hire and how the first hundred days feel, and change one thing
            within your reach."""
        ),
        "adviser_objective": text(
            """Understand why things are as they are, build ties outside your own unit, and see
            that an observation made with care can move something."""
        ),
        "guidelines": points(
            "Awareness first, remedies second: nobody has to defend anything in this room.",
            "The adviser says what happened and how it felt, balanced and fair, without names.",
            "The learner listens, says back what was heard, and asks before explaining.",
            "Words matter: inform, do not embarrass. Either may take a sentence back.",
            "Themes may be passed on only as themes, and only when both agree.",
        ),
        "learner_role": text(
            """Ask about the last ordinary week, not about opinions. Take notes for yourself only.
            Bring one thing you changed, or could not change and why, to the next meeting."""
        ),
        "adviser_role": text(
            """Keep a small diary of what surprises you. Bring examples with what led to them. You
            speak for yourself; nobody expects you to speak for all newcomers."""
        ),
        "return_stream": text(
            """The learner draws the informal map: who is asked before a decision, which process is
            really followed, what is expected of newcomers and never written down."""
        ),
        "training": text(
            """For both: listen, reflect, confirm, in one short exercise. For advisers: how to give
            balanced feedback. For learners: what to do with criticism of something you built."""
        ),
        "support": text(
            """The coordinators join the first minutes of the first meeting if you like. A contact
            outside the line is there for anything that feels unsafe."""
        ),
        "sponsor_letter": text(
            "Dear colleague,",
            """After enough years one stops seeing the furniture. I would like us to borrow the
            eyes of people who still bump into it.""",
            """If you have been with us for long: come curious, and resist the urge to explain. If
            you are new: you owe us no praise. Tell us what you see, fairly, and ask us anything
            you like in return.""",
            """I will read the themes, without names, and I will answer them in public.""",
        ),
        "engagement": "long",
        "mode": "cohort",
        "choosing": "together",
        "meeting_minutes": 60,
        "meeting_every_days": 14,
        "target_mastery": 2,
        "most_wants": 3,
        "coverage_target": 60,
        "adviser_newest_months": 12,
        "min_rank_gap": 2,
        "shared_hours": 2,
        "same_unit_allowed": False,
        "advisers_per_learner": 1,
        "learners_per_adviser": 1,
    },
)
