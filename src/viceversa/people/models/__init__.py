from viceversa.people.models.importing import ImportRun
from viceversa.people.models.person import KeepApart, Level, Person, Place, Profile, Unit
from viceversa.people.models.skill import Offer, Skill, SkillAlias, Want

__all__ = [
    "ImportRun",
    "KeepApart",
    "Level",
    "Offer",
    "Person",
    "Place",
    "Profile",
    "Skill",
    "SkillAlias",
    "Unit",
    "Want",
]

PERSONAL_DATA = {
    "Person.external_id": "the organisation's own number",
    "Person.name": "name",
    "Person.email": "work e-mail",
    "Person.title": "job title",
    "Person.level": "place on the ladder",
    "Person.unit": "unit",
    "Person.place": "place of work",
    "Person.time_zone": "time zone",
    "Person.languages": "languages",
    "Person.manager": "reporting line",
    "Person.hired_on": "hire date",
    "Person.left_on": "leaving date",
    "Person.search": "name, title and number in lower case",
    "Profile.about": "what the person wrote about themselves",
    "Profile.person": "whose profile",
    "Offer.person": "what somebody can teach",
    "Want.person": "what somebody wants to learn",
    "KeepApart.one": "restricted: never shown",
    "KeepApart.other": "restricted: never shown",
    "ImportRun.by_person_id": "who imported",
    "ImportRun.by_label": "who imported",
    "ImportRun.content": "the staff file, deleted when applied or after a week",
    "ImportRun.report": "names and values of rows, deleted with the file",
}
