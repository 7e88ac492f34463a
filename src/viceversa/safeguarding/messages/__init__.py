from viceversa.safeguarding.messages.concern import LookAtConcerns
from viceversa.safeguarding.messages.power import ActionNeeded, HoldOver, PartnershipHeld
from viceversa.safeguarding.messages.pulse import PulseClosed, PulseOpened, PulseReminder

__all__ = [
    "ActionNeeded",
    "HoldOver",
    "LookAtConcerns",
    "PartnershipHeld",
    "PulseClosed",
    "PulseOpened",
    "PulseReminder",
]
