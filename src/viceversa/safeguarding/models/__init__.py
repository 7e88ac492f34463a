from viceversa.safeguarding.models.pulse import Ballot, Invitation, Slip, Wave

PERSONAL_DATA = {
    "Invitation.person": "who is asked in a pulse; not whether they answered",
    "Invitation.sealed": "the person's slip and groups, sealed to the person",
}

__all__ = ["Ballot", "Invitation", "Slip", "Wave"]
