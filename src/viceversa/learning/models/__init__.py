from viceversa.learning.models.pack import Pack, Plan
from viceversa.learning.models.resource import Resource
from viceversa.learning.models.training import Completion, Demand

__all__ = ["Completion", "Demand", "Pack", "Plan", "Resource"]

PERSONAL_DATA = {
    "Resource.owner": "who looks after it, shown to everyone",
    "Resource.ask": "whom to ask, shown to everyone",
    "Pack.owner": "who looks after it, shown to everyone",
    "Pack.reviewer": "who checked it, shown to everyone",
    "Pack.note": "what the reviewer said, read by those who keep the library",
    "Completion.person": "that somebody finished a training, never what they answered",
}
