"""Using AI assistants with judgement, by doing real work with them side by side."""

from viceversa.programmes.rules.templates.base import Template, points, text

AI_LITERACY = Template(
    key="ai_literacy",
    name="AI literacy",
    summary="Leaders use AI on their own work, with somebody beside them who knows its limits.",
    shape="Half an hour a week for eight weeks. An adviser may take two learners.",
    learners="top",
    advisers="any",
    weeks=8,
    skills=(
        "ai-assistants",
        "prompt-writing",
        "checking-ai-answers",
        "ai-writing-and-editing",
        "ai-research-and-search",
        "ai-meeting-notes",
        "ai-for-data-analysis",
        "ai-use-cases",
        "ai-ethics",
        "ai-rules-and-oversight",
        "deepfakes-and-synthetic-media",
        "data-security-habits",
    ),
    fields={
        "purpose": text(
            """People who decide about AI should have used it on a task of their own, seen it fail,
            and know what must never be put into it. Eight half hours with a patient adviser are
            enough for that.""",
        ),
        "learner_objective": text(
            """Use an assistant for one weekly task; recognise a wrong answer; know our rules for
            data; be able to judge a proposal that has "AI" in its title."""
        ),
        "adviser_objective": text(
            """Learn to explain risk to people who carry it, see which questions leaders ask before
            they invest, and be known as somebody with judgement, not only with tricks."""
        ),
        "guidelines": points(
            "Work on a real task of the learner, with harmless or invented data.",
            "No client data, personal data or secrets in a tool that is not approved for them.",
            "Check every answer that matters against a second source, together, at least once.",
            "The adviser says plainly what the tool cannot do. Selling it is not the task.",
            "There are no stupid questions and no scores. Nobody sees who knew what.",
        ),
        "learner_role": text(
            """Bring one task each week that you would otherwise do yourself. Keep your hands on
            the keyboard. Write down what it got wrong."""
        ),
        "adviser_role": text(
            """You need to use these tools weekly, not to be an engineer. Prepare one task and one
            failure for each meeting. Ask an expert before you advise on anything legal."""
        ),
        "return_stream": text(
            """The learner shows how a decision to spend money is prepared: the business case, who
            is heard, what makes it fail. The adviser leaves able to write one."""
        ),
        "training": text(
            """An hour for advisers with our security and legal experts. A page for learners: what
            may go into which tool. The half-hour plans are reviewed by an expert and dated."""
        ),
        "support": text(
            """A channel where advisers ask experts; answers within a day. The coordinators move a
            pair whose interests have grown apart, without questions."""
        ),
        "sponsor_letter": text(
            "Dear colleague,",
            """We are asked to decide about AI every week, mostly from slides. I have decided to
            sit down in front of it instead, next to somebody half my seniority who uses it
            daily, and I ask you to do the same for eight half hours.""",
            """You will find it less clever than its friends say and more useful than its enemies
            say. You will also find out what you should never type into it.""",
        ),
        "engagement": "short",
        "mode": "always_on",
        "choosing": "learner",
        "meeting_minutes": 30,
        "meeting_every_days": 7,
        "target_mastery": 1,
        "most_wants": 2,
        "coverage_target": 80,
        "adviser_must_offer": True,
        "min_rank_gap": 1,
        "shared_hours": 1,
        "advisers_per_learner": 1,
        "learners_per_adviser": 2,
    },
)
