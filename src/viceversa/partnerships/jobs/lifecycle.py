"""Pauses that end by themselves, and reminders of what waits for somebody."""

from viceversa.partnerships.actions.lifecycle import resume_due
from viceversa.partnerships.actions.reminding import remind_of_turns
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system


def resume_paused() -> None:
    resume_due(now=clock.now())


def remind() -> None:
    remind_of_turns(by=system("reminders", via="job"), now=clock.now())
