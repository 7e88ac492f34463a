from viceversa.programmes.actions.apart import keep_apart, take_back_apart
from viceversa.programmes.actions.bulk import Added, EnrolmentRow, enrol_eligible, enrol_many
from viceversa.programmes.actions.gained import say_gained
from viceversa.programmes.actions.joining import (
    accept_invitation,
    decline_invitation,
    join_programme,
)
from viceversa.programmes.actions.leaving import (
    withdraw_enrolment,
    withdraw_leaver,
    withdraw_leavers,
    withdraw_people,
)
from viceversa.programmes.actions.lesson import save_lesson
from viceversa.programmes.actions.lifecycle import answer_readiness, move_programme, set_pilot
from viceversa.programmes.actions.listing import LineProblem, ListReport, enrol_listed
from viceversa.programmes.actions.moving import move_enrolments, promote_waiting
from viceversa.programmes.actions.part import Part, give_place, save_part
from viceversa.programmes.actions.programme import (
    create_programme,
    duplicate_programme,
    renew_open_link,
    save_step,
)
from viceversa.programmes.actions.standing import add_standing, remove_standing

__all__ = [
    "Added",
    "EnrolmentRow",
    "LineProblem",
    "ListReport",
    "Part",
    "accept_invitation",
    "add_standing",
    "answer_readiness",
    "create_programme",
    "decline_invitation",
    "duplicate_programme",
    "enrol_eligible",
    "enrol_listed",
    "enrol_many",
    "give_place",
    "join_programme",
    "keep_apart",
    "move_enrolments",
    "move_programme",
    "promote_waiting",
    "remove_standing",
    "renew_open_link",
    "save_lesson",
    "save_part",
    "save_step",
    "say_gained",
    "set_pilot",
    "take_back_apart",
    "withdraw_enrolment",
    "withdraw_leaver",
    "withdraw_leavers",
    "withdraw_people",
]
