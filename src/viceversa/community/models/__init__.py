from viceversa.community.models.chat import Chat, Coming, Host, Post, Question
from viceversa.community.models.opportunity import Interest, Opportunity
from viceversa.community.models.story import Named, Story
from viceversa.community.models.tip import Thank, Tip

__all__ = [
    "Chat",
    "Coming",
    "Host",
    "Interest",
    "Named",
    "Opportunity",
    "Post",
    "Question",
    "Story",
    "Thank",
    "Tip",
]

PERSONAL_DATA = {
    "Chat.made_by": "the coordinator who planned it",
    "Coming.person": "who wants to be reminded, shown to nobody else",
    "Host.person": "who is asked to host, read by the members once they agree",
    "Host.about": "the host's own words, read by the members",
    "Post.author": "who wrote it, read by the members of the programme",
    "Post.hidden_by": "who hid it; shown to nobody",
    "Interest.person": "which adviser is interested, read by the adviser and the poster",
    "Interest.note": "the adviser's words, read by the adviser and the poster",
    "Interest.outcome": "what came of it, read by the two; counted in bands without names",
    "Opportunity.author": "who posted it, read by the members of the programme",
    "Opportunity.hidden_by": "the coordinator who hid it; shown to nobody",
    "Named.person": "who is named in a story, read by whoever reads the story",
    "Story.author": "who tells it, read by the members of the programme once published",
    "Story.not_known": "the author's words, read by those named, then by the members",
    "Story.asked": "the author's words, read by those named, then by the members",
    "Story.changed": "the author's words, read by those named, then by the members",
    "Story.looked_at_by": "the coordinator who looked; shown to nobody",
    "Tip.author": "who wrote a tip, read by the members of the programme",
    "Tip.hidden_by": "the coordinator who hid it; shown to nobody",
    "Thank.person": "who said thank you, read by the person and the author",
}
