"""A profession's own programme: two or three advisers at different stages, one from elsewhere."""

from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS
from viceversa.programmes.rules.templates.base import Template, points, text

ASSOCIATION = Template(
    key="association",
    name="Association",
    summary="Members of a profession have two or three advisers each, one from another field.",
    shape="Half an hour every two weeks for nine months. Guests from outside are welcome.",
    learners="any",
    advisers="any",
    weeks=39,
    skills=(
        "crisis-communications",
        "social-media-strategy",
        "media-relations",
        "campaign-planning",
        "public-relations",
        "ai-in-marketing",
        "social-media-measurement",
        "building-a-network",
        "career-planning",
        "professional-networks",
        "short-video",
        "client-conversations",
    ),
    weights={**DEFAULT_WEIGHTS, "other_unit": 3, "learner_wishes": 4},
    fields={
        "purpose": text(
            """One mentor is never enough. Every member who wants to learn finds two or three
            advisers at different stages of their working lives, from the first years to the
            middle, and one of them works in another field altogether, for a view without our
            habits.""",
            """Members need no common employer. Whoever belongs to the profession, or is invited as
            a guest, can take part.""",
        ),
        "learner_objective": text(
            """Shorten the learning curve on one particular skill or channel with each adviser, and
            combine them in something real, such as a plan for the first day of a crisis."""
        ),
        "adviser_objective": text(
            """Be known in the profession beyond your employer, practise explaining, and gain the
            advice of somebody who has seen several cycles."""
        ),
        "guidelines": points(
            "The learner forges the match: think of goals and career direction first, then ask.",
            "One narrow topic with each adviser. Do not try to cover the field.",
            "Employers' and clients' secrets stay at home. Say what you cannot talk about.",
            "Convenient places and times; the learner travels.",
            "Thank people for their time, and share what you learned if they agree.",
        ),
        "learner_role": text(
            """You hold two or three threads; you keep them from tangling. Tell each adviser who
            the others are. Fix dates early and come prepared."""
        ),
        "adviser_role": text(
            """Keep to your topic and send your learner on for others. You advise as yourself, not
            as your employer."""
        ),
        "return_stream": text(
            """References, introductions, a look at a draft, a word about a job: each learner gives
            every adviser one thing back in each quarter, and both write down what it was."""
        ),
        "training": text(
            """Two evenings online in the first month, one for each role, recorded. A page on
            confidentiality between employers."""
        ),
        "support": text(
            """Two chairs share the work and answer within three days. Advisers of the same stage
            have a circle. A contact outside both employers takes concerns."""
        ),
        "sponsor_letter": text(
            "Dear member,",
            """Those who join the profession ask us for a mentor. Those who have been in it for
            long could do with one, and seldom ask. This year both get what they need, and not
            from one person but from two or three.""",
            """One of your advisers will come from a field that is not ours. Listen to that one
            especially.""",
        ),
        "engagement": "long",
        "mode": "always_on",
        "choosing": "learner",
        "meeting_minutes": 30,
        "meeting_every_days": 14,
        "target_mastery": 2,
        "most_wants": 3,
        "coverage_target": 70,
        "outside_guests": True,
        "min_rank_gap": 0,
        "shared_hours": 1,
        "same_unit_allowed": False,
        "past_partners_allowed": True,
        "advisers_per_learner": 3,
        "different_stages": True,
        "one_from_other_field": True,
        "learners_per_adviser": 2,
        "open_link_enabled": True,
    },
)
