"""Pauses that end by themselves."""

from viceversa.partnerships.actions.lifecycle import resume_due
from viceversa.toolkit import clock


def resume_paused() -> None:
    resume_due(now=clock.now())
