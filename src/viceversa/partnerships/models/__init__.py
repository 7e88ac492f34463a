from viceversa.partnerships.models.agreement import Agreement, AgreementPart
from viceversa.partnerships.models.closing import Closing
from viceversa.partnerships.models.feedback import FeedbackNote
from viceversa.partnerships.models.forward import Forward
from viceversa.partnerships.models.goal import Goal, GoalChange, SelfCheck, Use
from viceversa.partnerships.models.ledger import LedgerEntry
from viceversa.partnerships.models.letter import Letter
from viceversa.partnerships.models.own_answer import Confidence, OwnAnswer
from viceversa.partnerships.models.partnership import Partnership
from viceversa.partnerships.models.reminder import Reminder
from viceversa.partnerships.models.story import Story

PERSONAL_DATA = {
    "Partnership.learner": "who learns",
    "Partnership.adviser": "who advises",
    "Partnership.next_at": "when the two meet next",
    "Agreement.author": "who put this version together",
    "Agreement.sealed": "what the two agreed on, sealed for them",
    "AgreementPart.author": "whose answers",
    "AgreementPart.sealed": "one side's answers: its author's, then of both once handed in",
    "Goal.author": "who proposed it",
    "Goal.sealed": "the goal in words, sealed for the two",
    "Goal.level_sealed": "where its owner is with it, and how they like it explained, sealed",
    "Goal.shared_title": "the goal in words that both want coordinators to read",
    "GoalChange.author": "who would like the change",
    "GoalChange.sealed": "other words for a goal, sealed for the two until both agree",
    "SelfCheck.author": "whose check",
    "SelfCheck.band": "one of three bands, where its author lets reports count it",
    "SelfCheck.sealed": "how well somebody thinks they know it, sealed for its author",
    "Use.author": "who uses it",
    "Use.band": "one of three bands, where its author lets reports count it",
    "Use.sealed": "how often somebody uses what they learn, sealed for its author",
    "Confidence.author": "which adviser",
    "Confidence.band": "one of three bands, where its author lets reports count it",
    "Confidence.sealed": "how sure an adviser feels, sealed for its author",
    "FeedbackNote.author": "who wrote the note",
    "FeedbackNote.sealed": "where an adviser could grow, sealed for the two",
    "Forward.author": "who would put a name forward",
    "Forward.sealed": "for what a name is put forward, sealed for the two",
    "LedgerEntry.author": "who wrote it",
    "LedgerEntry.sealed": "what somebody wanted, gave or learned, sealed for the two",
    "Closing.author": "who looks back",
    "Closing.sealed": "one side's reflection, sealed for the two",
    "Letter.author": "who wrote it",
    "Letter.sealed": "a message between the two, sealed for them",
    "Story.author": "who wrote the words",
    "Story.sealed": "a draft of their story, sealed for the two",
    "Story.published": "the words that both agreed to publish",
}

__all__ = [
    "Agreement",
    "AgreementPart",
    "Closing",
    "Confidence",
    "FeedbackNote",
    "Forward",
    "Goal",
    "GoalChange",
    "LedgerEntry",
    "Letter",
    "OwnAnswer",
    "Partnership",
    "Reminder",
    "SelfCheck",
    "Story",
    "Use",
]
