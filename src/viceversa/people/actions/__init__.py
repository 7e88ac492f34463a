"""Everything that changes the directory."""

from viceversa.people.actions.apart import end_keep_apart, keep_apart
from viceversa.people.actions.export import export_directory
from viceversa.people.actions.ladder import add_level, change_level, move_level, remove_level
from viceversa.people.actions.person import Facts, add_person, edit_person, mark_back, mark_left
from viceversa.people.actions.profile import (
    Limits,
    offer_skill,
    save_profile,
    stop_offering,
    stop_wanting,
    want_skill,
)
from viceversa.people.actions.skill import add_alias, add_skill, load_taxonomy, remove_alias

__all__ = [
    "Facts",
    "Limits",
    "add_alias",
    "add_level",
    "add_person",
    "add_skill",
    "change_level",
    "edit_person",
    "end_keep_apart",
    "export_directory",
    "keep_apart",
    "load_taxonomy",
    "mark_back",
    "mark_left",
    "move_level",
    "offer_skill",
    "remove_alias",
    "remove_level",
    "save_profile",
    "stop_offering",
    "stop_wanting",
    "want_skill",
]
