"""How to explain something to somebody who knows much else: where they are with it, how they like
it explained, and three aids to plain words."""

LIKES = (
    ("comparison", "With a comparison from my own work"),
    ("show", "Show me first, then say it"),
    ("steps", "One step at a time"),
    ("why", "Why first, how later"),
    ("story", "As the story of somebody who used it"),
)
AIDS = (
    ("comparison", "A comparison", "“It is like … in your work, except that …”"),
    ("plain", "No word that only you know", "Or say it once, and what it means in a plain one."),
    ("back", "Say it back", "“How would you tell a colleague?” It tests the explaining, not them."),
)
AID_FOR_STEP = {
    1: "Begin with what it is for. Leave out how it works inside.",
    2: "Begin with one example they have seen, and name its parts.",
    3: "Let them do it, and say only the next thing.",
    4: "Ask what goes wrong at times, and begin there.",
    5: "Talk as to a colleague; look at the odd cases together.",
}


def like_in_words(like: str) -> str:
    return dict(LIKES).get(like, "")
