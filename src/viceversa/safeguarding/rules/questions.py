"""What a pulse can ask. Four answers each; that one cannot tell is an answer."""

YES, PARTLY, NO, CANNOT_TELL = "yes", "partly", "no", "cannot_tell"
ANSWERS = (YES, PARTLY, NO, CANNOT_TELL)
FOUR_KEYS = ("commitment", "respect", "honesty", "goals")
QUESTIONS = (*FOUR_KEYS, "rhythm", "safety", "trust", "morale")
MOST_QUESTIONS = 4


def is_complete(questions: list[str], answers: list[str]) -> bool:
    return len(questions) == len(answers) and all(answer in ANSWERS for answer in answers)
