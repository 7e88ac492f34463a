"""What the plainly fictional pairs of the sample say to each other."""

LEARNER_ANSWERS: dict[str, dict[str, object]] = {
    "you": {
        "background": "Twenty years with clients, most of them on the telephone. I write long.",
        "expects": "We come prepared and we are on time.",
        "implied": "People expect me to know already. Here I would like not to.",
    },
    "aims": {
        "aims": "To speak about short video with a client without changing the subject.",
        "outcomes": ["Make one short video myself", "Know what an AI assistant is good for"],
        "engagement": "long",
    },
    "leave": {
        "directive": True,
        "interrupt": True,
        "disagree": True,
        "homework": True,
        "words": "Tell me when I talk too long, and when I am wrong. I asked for this.",
    },
    "trust": {
        "confidentiality": "goals",
        "comfort": "Show me first, then let me try.",
        "off_limits": "Budgets and people in my team.",
        "political": "My colleagues may smile. I would say that I am learning something.",
    },
    "meet": {
        "every_days": 7,
        "minutes": 30,
        "channel": "video",
        "place": "",
        "ends_on": "",
    },
    "back": {
        "return_stream": "How decisions are made here, and one client conversation to sit in on.",
        "how_we_end": "Either of us can say it is enough; no reason is needed.",
    },
}
ADVISER_ANSWERS: dict[str, dict[str, object]] = {
    "you": {
        "background": "One year here, before that two summers in a small studio.",
        "expects": "Questions are welcome, also small ones.",
        "implied": "New people are expected to listen. I will speak as well.",
    },
    "aims": {
        "aims": "To learn how decisions are made, and to explain things well.",
        "engagement": "long",
    },
    "trust": {
        "confidentiality": "goals",
        "political": "Somebody may ask what we talk about. I would say: short video.",
    },
    "meet": {
        "every_days": 7,
        "minutes": 30,
        "channel": "video",
        "place": "",
        "ends_on": "",
    },
    "back": {"return_stream": "", "how_we_end": ""},
}
REPLIES = (
    {"reply": "can", "words": "We make the first one together."},
    {"reply": "partly", "words": "For writing and for summaries; not for legal questions."},
)
GOALS = (
    ("learning", "clients", "Speak about short video with a client", "Before the spring meeting."),
    ("return", "career", "Understand how a promotion comes about", "Formally and informally."),
)
SKILL_GOAL = ("Make a short video without help", "One minute, filmed and cut on my own telephone.")
LEVEL = (2, "comparison", "Laying out a printed page")
FORWARD = (
    ("talk", "Ten minutes at the spring meeting, on film with a telephone. I would ask the chair."),
    ("project", "The new welcome film. I would speak with the head of communications."),
)
FEEDBACK = (
    "In the half hour with my team you answered at once, before anybody had finished.",
    "People follow you further when they feel heard first.",
    "Next time, say back what you heard, then answer.",
    ("coaching", "Speaking in front of a team; ask the learning desk.", ""),
)
QUESTIONS = "How long may a video be before nobody watches it?\nWho would see a first attempt?"
CONCERNS = "That it looks as if I wanted to be young."
IDEAS = "Show the workshop in the old print room."
SHOWN = "I bring three clips: one good, one bad, one ours."
NOTE = "Ten seconds for the first sentence. Film upright. Sound matters more than light."
OWN_NOTE = "Asking was easier than I had feared."
PROMISE = ("Film one minute a week and watch it without sound", "Film one minute before Friday")
THANKS = "Thank you for your patience with the microphone."
SURPRISED = "How much one can say in twenty seconds."
BETTER = "If we tried it on a real client question."
MESSAGE = "I filmed the first one. It is shaky, and it is mine."
ANSWER = "Shaky is fine. Bring it on Tuesday and we cut it together."
LEDGER = {
    "learner": {
        "gave": "A seat at the spring meeting",
        "learned": "Upright, short, with a caption",
    },
    "adviser": {
        "gave": "Three clips taken apart",
        "learned": "Who decides, and who is asked first",
    },
}
LOOK_BACK = {
    "worked": "Half an hour was enough, nearly every time.",
    "take_along": "Ask somebody who does it every day.",
    "even_better": "If we had begun a year ago.",
}
