"""Who can read a field: one table, so that the label and the code cannot drift apart."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "pair": _("Only you two can read this"),
    "pair_named": _("Only you and %(name)s can read this"),
    "me": _("Only you can read this"),
    "members": _("Everyone in this programme can read this"),
    "coordinators": _("You and the coordinators of this programme can read this"),
    "author_coordinators": _("The author and the coordinators of this programme can read this"),
    "named": _("Only you and the people named can read this"),
    "second_look": _("The author, those named and the coordinators can read this"),
    "hosts": _("The hosts and the coordinators can read this until it is published"),
    "me_and_each": _("Only you can read this; everyone else reads what they wrote themselves"),
    "engine": _("Used for matching, never shown to anyone"),
    "directory": _("Only directory administrators can read this"),
    "everyone": _("Everyone in the organisation can read this"),
    "handlers": _("Only the people you choose can read this"),
    "report": _("Only those who were chosen and the reporter can read this"),
    "recipient": _("Only %(name)s can read this"),
    "partner_after": _("Your partner can read this once you have both agreed"),
    "partner_handed_in": _("Your partner can read this once both of you have handed in"),
    "asked": _("Used for matching; only the person you ask can read this"),
    "matching": _("Used for matching; a pair and its coordinators see what they have in common"),
    "counts": _("Only you can read this; coordinators and sponsors see counts of five or more"),
    "learners": _("Learners of this programme can read this"),
    "busy": _("Only you see this; others only see which times are suggested to both of you"),
    "nobody_yet": _("Nobody can read this before you publish"),
}
NAMED = frozenset({"pair_named", "recipient"})


def sentence(key: str, name: str = "") -> str:
    """Raises KeyError for an unknown key and ValueError where a name is missing."""
    if key in NAMED and not name:
        raise ValueError(f"The visibility “{key}” needs a name.")
    text = str(SENTENCES[key])
    return text % {"name": name} if key in NAMED else text
