from viceversa.safeguarding.messages.pulse import PulseClosed, PulseOpened, PulseReminder

__all__ = ["PulseClosed", "PulseOpened", "PulseReminder"]
