"""Each member of a level has an adviser; half an hour every week; the basics are enough."""

from viceversa.programmes.rules.templates.base import Template, points, text

DIGITAL_HALF_HOUR = Template(
    key="digital_half_hour",
    name="Digital half hour",
    summary="Everyone on one level has an adviser and learns one channel or tool at a time.",
    shape="Half an hour a week for three months. Each learner has one adviser.",
    learners="top",
    advisers="bottom",
    weeks=13,
    skills=(
        "short-video",
        "professional-networks",
        "messaging-apps",
        "podcasts",
        "social-media-landscape",
        "social-listening",
        "ai-assistants",
        "online-reputation",
        "hashtags-and-trends",
        "collaboration-tools",
        "crisis-communications",
        "digital-accessibility",
    ),
    fields={
        "purpose": text(
            """Every senior leader here can talk sensibly about the channels and tools our clients
            use, because each has spent a season of half hours trying them with somebody who
            uses them every day.""",
            """Nobody has to master anything. A basic grasp of what is new, on all levels, is what
            we need to advise clients well and to decide well.""",
        ),
        "learner_objective": text(
            """Reach a basic level in one or two narrow topics: know what it is for, have used it
            yourself, and be able to ask your own teams good questions about it."""
        ),
        "adviser_objective": text(
            """Be listened to by somebody with a long view; learn how decisions about clients and
            budgets are made; leave with a career conversation you would not have had."""
        ),
        "guidelines": points(
            """The learner is in the driver's seat: names the topic, keeps the time, and says at
            the end what will be different next week.""",
            """The adviser may be direct, interrupt, disagree and set small tasks. The learner
            gives this leave in writing before the first half hour.""",
            "What is said stays between the two, unless both agree otherwise.",
            "Try it, do not talk about it: each half hour has ten minutes of hands on.",
            "Who cancels proposes a new time the same day. Two in a row, and we ask how to help.",
        ),
        "learner_role": text(
            """Come with one question, one concern and one idea. Keep the half hour as you would
            keep a client's. Practise once before the next one. Say thank you in your own way."""
        ),
        "adviser_role": text(
            """Pick one small thing a week and prepare it. Find out what your learner knows before
            you explain. Bring facts and sources rather than opinions. Say so when you do not
            know."""
        ),
        "return_stream": text(
            """Once a month the half hour runs the other way: how a large client decides, what the
            numbers mean, how a promotion really comes about. The adviser chooses the question."""
        ),
        "training": text(
            """A short online start for each role, twenty minutes, before the first meeting. A
            half-hour plan exists for every topic on the list, so nobody begins with a blank
            page."""
        ),
        "support": text(
            """The coordinators answer within two working days. Advisers meet once a month in a
            circle of their own. For anything that concerns safety there is a contact outside the
            line, whose name is on every page."""
        ),
        "sponsor_letter": text(
            "Dear colleague,",
            """I have been in this business long enough to be sure of many things, and some of
            them are no longer true. The people who know which ones joined us last year.""",
            """I ask each of us on this level to spend half an hour a week with one of them, and to
            do what learners do: ask, try, get it wrong, try again. You will not become an expert.
            You will stop nodding at words you do not know.""",
            """To those who advise: you have my word that an honest answer will never be held
            against you. If it ever feels otherwise, come to me or to the contact named here.""",
        ),
        "engagement": "long",
        "mode": "cohort",
        "choosing": "together",
        "meeting_minutes": 30,
        "meeting_every_days": 7,
        "target_mastery": 1,
        "most_wants": 2,
        "coverage_target": 100,
        "min_rank_gap": 2,
        "shared_hours": 2,
        "advisers_per_learner": 1,
        "learners_per_adviser": 1,
    },
)
