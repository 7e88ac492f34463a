from viceversa.community.actions.talk import remind_of_chats
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def remind() -> None:
    remind_of_chats(by=system("community.remind", via="job"), now=clock.now())
