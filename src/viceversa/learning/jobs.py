from viceversa.learning.actions.reminding import remind_of_reviews
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def remind() -> None:
    remind_of_reviews(by=system("learning", via="job"), now=clock.now())
