"""How much one person may write, so that nobody fills a page for all."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_REASON = 300
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    most: int
    span: timedelta
    letters: int

    def has_room(self, written: int) -> bool:
        return written < self.most


TIP = Limit(most=10, span=DAY, letters=600)
STORY = Limit(most=3, span=DAY, letters=600)
MOST_NAMED = 5
OPPORTUNITY = Limit(most=5, span=DAY, letters=1500)
INTEREST = Limit(most=20, span=DAY, letters=300)
LONGEST_TITLE = 120
ANSWER = Limit(most=12, span=timedelta(minutes=10), letters=280)
COMMENT = Limit(most=30, span=DAY, letters=4000)
LIMIT_OF = {"answer": ANSWER, "comment": COMMENT}
QUESTION_LETTERS, HOST_LETTERS = 300, 400
