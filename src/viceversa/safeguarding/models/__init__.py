from viceversa.safeguarding.models.power import Hold
from viceversa.safeguarding.models.pulse import Ballot, Invitation, Slip, Wave

PERSONAL_DATA = {
    "Hold.partnership": "of whose two one has power over the other; not by what",
    "Invitation.person": "who is asked in a pulse; not whether they answered",
    "Invitation.sealed": "the person's slip and groups, sealed to the person",
}

__all__ = ["Ballot", "Hold", "Invitation", "Slip", "Wave"]
