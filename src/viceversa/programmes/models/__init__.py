from viceversa.programmes.models.enrolment import Enrolment, EnrolmentOffer, EnrolmentWant
from viceversa.programmes.models.programme import Programme, Standing

__all__ = ["Enrolment", "EnrolmentOffer", "EnrolmentWant", "Programme", "Standing"]

PERSONAL_DATA = {
    "Standing.person": "who coordinates or sponsors",
    "Enrolment.person": "who takes part",
    "Enrolment.goals": "what the person wants from it, read by matching and the person asked",
    "Enrolment.career_direction": "read by the person asked only",
    "Enrolment.value_parts": "the three answers the statement is made of, read by the author only",
    "Enrolment.value_statement": "read by learners who choose",
    "Enrolment.comfort": "read by the person and the partner",
    "Enrolment.comfort_depth": "read by the person and the partner",
    "Enrolment.comfort_format": "read by the person and the partner",
    "Enrolment.learning_style": "read by the person and the partner",
    "Enrolment.hours_from": "working hours, used for matching",
    "Enrolment.hours_to": "working hours, used for matching",
    "Enrolment.languages": "languages, used for matching",
    "Enrolment.times_left_out": "how often matching found nobody; read by the coordinators",
    "Enrolment.off_limits": "read by the person and the partner",
    "Enrolment.lesson": "read by the author, and by the members of the programme once shared",
    "Enrolment.gained": "read by the author only; coordinators and sponsors see counts",
    "EnrolmentWant.enrolment": "what somebody wants to learn",
    "EnrolmentOffer.enrolment": "what somebody can teach",
}
