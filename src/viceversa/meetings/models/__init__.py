from viceversa.meetings.models.calendar import (
    BusyCalendar,
    CalendarFeed,
    CalendarLetter,
    MeetingDays,
)
from viceversa.meetings.models.commitment import Commitment
from viceversa.meetings.models.content import Afterword, Note, Preparation
from viceversa.meetings.models.delegate import Delegate
from viceversa.meetings.models.help import Cancellation, Help, Holiday, Pause
from viceversa.meetings.models.meeting import Meeting, Proposal, Series
from viceversa.meetings.models.reminder import Reminder
from viceversa.meetings.models.unclear import Unclear

PERSONAL_DATA = {
    "Afterword.author": "who wrote it",
    "Afterword.sealed": "thanks and what surprised somebody, sealed for the two",
    "BusyCalendar.person": "whose calendar",
    "BusyCalendar.address": "a private address of a calendar: its owner's alone",
    "BusyCalendar.busy": "when somebody is busy, never with what: used to suggest times",
    "CalendarFeed.person": "whose meetings",
    "CalendarLetter.person": "who was invited",
    "Cancellation.person": "who called off",
    "Commitment.author": "the learner",
    "Commitment.sealed": "you said, I will: sealed for the two",
    "Commitment.published": "words the learner chose to publish",
    "Delegate.person": "who books",
    "Delegate.principal": "for whom",
    "Meeting.booked_by": "who booked",
    "Meeting.agenda_author": "who wrote the agenda",
    "Meeting.agenda": "sealed for the two",
    "MeetingDays.person": "who meets on which days",
    "Note.author": "who wrote it",
    "Note.sealed": "a note, sealed for the two or for its author alone",
    "Preparation.author": "who prepares",
    "Preparation.sealed": "questions, concerns, ideas: sealed for the two",
    "Proposal.author": "who proposed another time",
    "Series.booked_by": "who booked",
    "Unclear.author": "who did not follow",
    "Unclear.sealed": "at which part of a half hour, sealed for the two",
}

__all__ = [
    "Afterword",
    "BusyCalendar",
    "CalendarFeed",
    "CalendarLetter",
    "Cancellation",
    "Commitment",
    "Delegate",
    "Help",
    "Holiday",
    "Meeting",
    "MeetingDays",
    "Note",
    "Pause",
    "Preparation",
    "Proposal",
    "Reminder",
    "Series",
    "Unclear",
]
