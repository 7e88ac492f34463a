"""History in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VERBS = {
    "people.person.added": gettext_lazy("Added to the directory"),
    "people.person.left": gettext_lazy("Marked as left"),
    "people.person.came_back": gettext_lazy("Came back"),
    "people.profile.saved": gettext_lazy("Changed their profile"),
    "people.skill.offered": gettext_lazy("Offers a skill"),
    "people.skill.not_offered": gettext_lazy("No longer offers a skill"),
    "people.skill.wanted": gettext_lazy("Wants to learn a skill"),
    "people.skill.not_wanted": gettext_lazy("No longer wants to learn a skill"),
}
FIELDS = {
    "external_id": gettext_lazy("number"),
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail"),
    "title": gettext_lazy("title"),
    "level_id": gettext_lazy("level"),
    "unit_id": gettext_lazy("unit"),
    "place_id": gettext_lazy("place"),
    "time_zone": gettext_lazy("time zone"),
    "languages": gettext_lazy("languages"),
    "manager_id": gettext_lazy("manager"),
    "hired_on": gettext_lazy("hire date"),
}


def verb_in_words(verb: str, detail: dict[str, Any]) -> str:
    if verb == "people.person.changed":
        names = ", ".join(str(FIELDS.get(name, name)) for name in detail.get("fields", []))
        return _("Changed: %(fields)s") % {"fields": names}
    return str(VERBS.get(verb, _("Changed")))
