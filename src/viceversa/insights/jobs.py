from viceversa.insights.actions.theme import pass_themes_on as pass_on
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def pass_themes_on() -> None:
    pass_on(by=system("themes", via="job"), now=clock.now())
