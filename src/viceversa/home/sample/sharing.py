"""What the plainly fictional people of the sample write for each other."""

TIPS = (
    (
        "given",
        "short-video",
        "Film upright. Say in the first sentence what people get.",
    ),
    (
        "given",
        "ai-assistants",
        "Tell it who reads the text, how long it may be, and what you know "
        "already. Then ask it what it would still need to know.",
    ),
    (
        "given",
        "professional-networks",
        "Answer three posts of others before you write one of your "
        "own. It is seen by more people, and it is kinder.",
    ),
    (
        "given",
        "",
        "When a meeting goes on about a tool nobody has opened: open it, share the "
        "screen, and press the wrong button first.",
    ),
    (
        "returned",
        "how-decisions-are-made",
        "Most decisions fall the day before the meeting. Ask "
        "whoever brings the paper what they still hesitate about.",
    ),
    (
        "returned",
        "negotiation",
        "Say your number once, then nothing. The silence is theirs.",
    ),
    (
        "returned",
        "",
        "Before a promotion round, ask two people who sat in the last one what they "
        "talked about. They tell you, if you ask what and not who.",
    ),
)
SPONSORS_STORY = (
    "For a year I nodded when people said “prompt”. I thought it was a kind of deadline.",
    "I asked somebody who had been here for four months, in the lift, because there were no "
    "witnesses.",
    "She showed me in ten minutes. I write the first draft of my letters with it now, and I say so "
    "when I do not know a word.",
)
LEARNERS_STORY = (
    "Two clients spoke about short video, and I changed the subject both times.",
    "I asked Juno Okapi, my adviser, to show me one that is bad and to tell me why.",
    "I made one myself. It is shaky. The third client got it by message and rang back.",
)
DRAFTED_STORY = (
    "I did not know that nobody reads the second page of what I send.",
    "A colleague in the reading room, who had counted.",
    "One page, and a question at the end.",
)
OPPORTUNITIES = (
    (
        "project",
        "A film for the reading room",
        18,
        "Three short films about books that nobody "
        "borrows. Four half days over six weeks, with the print room. You learn how a budget is "
        "asked for.",
    ),
    (
        "group",
        "How we answer clients by message",
        30,
        "Six people from four units, one hour every "
        "fortnight until the summer. We write the rules and try them on ourselves.",
    ),
    (
        "role",
        "Stand in at the spring meeting",
        9,
        "Two afternoons beside me at the table: you take "
        "the notes, and you speak about the second point yourself.",
    ),
)
INTERESTED = "I made two of these at my last place. Could I bring them?"
CHAT = "Short video, asked openly"
CHAT_ABOUT = (
    "For everybody who nods when it is spoken of. No question is too small, and nobody is asked to "
    "film anything."
)
PAST_CHAT = "A first film, without fear"
CHAT_QUESTIONS = (
    "Who does it well, and what exactly do they do?",
    "How can somebody with thirty years of experience learn it without an audience?",
    "How do you explain to a leader what it is good for?",
    "Does it matter how senior the person is who shows it to you?",
    "What has changed in your daily work since you began?",
)
HOST_ABOUT = (
    "A year here, two in a small studio before. I cut films in lunch breaks and I like questions."
)
ANSWERS = (
    (
        "The reading room. One shelf, one sentence, done.",
        "A baker two streets away: hands, no face, no music.",
        "Whoever shows what went wrong as well.",
    ),
    (
        "With a door, and somebody who laughs at their own mistakes first.",
        "I learned on my daughter's holiday photos. Nobody asked for the figures.",
        "Ask for ten minutes, not for a course.",
    ),
)
COMMENTS = (
    "I keep coming back to one of our own: the print room filmed a page being trimmed. No words. "
    "Two clients asked who had done it.\n\nWhat it did well: it showed one thing, and it ended.",
)
