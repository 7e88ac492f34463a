from viceversa.safeguarding.models.concern import Concern, ConcernCount, Entry, Holder
from viceversa.safeguarding.models.fit import FitLooked
from viceversa.safeguarding.models.power import Hold
from viceversa.safeguarding.models.pulse import Ballot, Invitation, Slip, Wave

PERSONAL_DATA = {
    "Concern.named": "who a concern is about, sealed to its handlers and its reporter",
    "Entry.author": "which handler wrote it, as it is bound to the text; 0 for the reporter",
    "Entry.handler": "which handler wrote it; never who reported",
    "Entry.sealed": "what a reporter or a handler wrote, sealed to them",
    "FitLooked.person": "who has looked whether a partnership fits; not what they think",
    "Holder.person": "who was chosen to receive a concern",
    "Hold.partnership": "of whose two one has power over the other; not by what",
    "Invitation.person": "who is asked in a pulse; not whether they answered",
    "Invitation.sealed": "the person's slip and groups, sealed to the person",
}

__all__ = [
    "Ballot",
    "Concern",
    "ConcernCount",
    "Entry",
    "FitLooked",
    "Hold",
    "Holder",
    "Invitation",
    "Slip",
    "Wave",
]
