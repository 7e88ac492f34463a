"""Does a line read like a promise about somebody's role or pay? Asked of who writes it, before it
is sealed; the answer is kept nowhere.

A word that gives and a thing that others decide on have to stand in one sentence, with the one it
is for. It knows English, and would rather ask once too often than not: one tick keeps the line.
"""

import re

GIVES = (
    r"get|give|grant|secure|ensure|guarantee|promise|arrange|offer|land|win|make sure|see to it"
    r"|see that|make you|move you|put you|name you|appoint|hire|raise|increase|promote|fast.?track"
)
DECIDED_ELSEWHERE = (
    r"promot\w*|pay|paid|salar\w+|wages?|bonus\w*|rais(?:e|ed|ing)|pay.?rises?|compensation"
    r"|roles?|positions?|jobs?|posts?|titles?|grades?|(?:permanent )?contracts?|headcount"
    r"|director|manager|partner|team lead|head of"
)
FOR_YOU = r"you|your|yours"
SENTENCES = re.compile(r"[.!?;\n]+")
_GIVES, _ELSEWHERE, _FOR_YOU = (
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (GIVES, DECIDED_ELSEWHERE, FOR_YOU)
)


def reads_like_a_promise(text: str, *, names: tuple[str, ...] = ()) -> bool:
    """`names`: of the person it would be for."""
    return any(_promises(sentence, names) for sentence in SENTENCES.split(text))


def _promises(sentence: str, names: tuple[str, ...]) -> bool:
    called = any(
        re.search(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE) for name in names if name
    )
    is_for = called or _FOR_YOU.search(sentence) is not None
    return bool(is_for and _GIVES.search(sentence) and _ELSEWHERE.search(sentence))
