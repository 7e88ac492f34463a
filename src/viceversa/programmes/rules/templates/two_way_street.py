"""Both learn and both teach, openly and in equal measure."""

from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS
from viceversa.programmes.rules.templates.base import Template, points, text

TWO_WAY_STREET = Template(
    key="two_way_street",
    name="Two-way street",
    summary="Two people far apart on the ladder teach each other, turn and turn about.",
    shape="Forty-five minutes every two weeks for six months. Everyone may enrol as both.",
    learners="any",
    advisers="any",
    weeks=26,
    skills=(),
    weights={**DEFAULT_WEIGHTS, "goals": 4, "adviser_wishes": 3},
    fields={
        "purpose": text(
            """Experience and newness are both worth something, and they seldom meet. Here each
            person brings something to teach and something to learn. Sessions alternate, and the
            programme goes on only while both gain.""",
        ),
        "learner_objective": text(
            """Learn one thing well enough to use it, from somebody you would not have asked, and
            see your own work as it looks from there."""
        ),
        "adviser_objective": text(
            """Learn how the organisation works beyond your own unit, get honest advice on your
            next step, and practise leading a conversation with a senior person."""
        ),
        "guidelines": points(
            "Odd meetings go one way, even meetings the other. Keep count; the page does it too.",
            "Each side writes down three wishes and three offers before the first meeting.",
            "Rank stays outside. Whoever teaches today leads today.",
            "After three meetings ask each other: do we both gain? If not, stop well.",
        ),
        "learner_role": text(
            """As the senior of the two you carry the greater responsibility that this becomes
            something. Fix the next date before you part. Never use what you hear."""
        ),
        "adviser_role": text(
            """As the junior of the two you are a teacher on your own ground. Take the lead there,
            prepare, and take direction about the organisation in the other meetings."""
        ),
        "return_stream": text(
            """Half of all meetings: strategy, careers, money, the unwritten rules. If you see
            potential, put the other's name forward, with consent."""
        ),
        "training": text(
            """One workshop for both sides together: how to teach in twenty minutes, how to learn
            in front of somebody."""
        ),
        "support": text(
            """The coordinators ask both sides after three meetings, in one minute, whether both
            gain. Switching partners is ordinary and needs no reason."""
        ),
        "sponsor_letter": text(
            "Dear colleague,",
            """The best advice I had last year came from somebody in her second year with us. What
            she wanted in return was simple: how a budget is really made. Nobody had told her.""",
            """This programme makes such exchanges ordinary. Say what you can teach, say what you
            want to learn, and we find the person on the other side.""",
        ),
        "engagement": "long",
        "mode": "always_on",
        "choosing": "together",
        "meeting_minutes": 45,
        "meeting_every_days": 14,
        "target_mastery": 2,
        "most_wants": 3,
        "coverage_target": 75,
        "min_rank_gap": 1,
        "shared_hours": 2,
        "advisers_per_learner": 1,
        "learners_per_adviser": 1,
    },
)
