"""What a staff file can say about a person. Never age or gender."""

from enum import StrEnum


class Field(StrEnum):
    EXTERNAL_ID = "external_id"
    NAME = "name"
    EMAIL = "email"
    TITLE = "title"
    LEVEL = "level"
    UNIT = "unit"
    PLACE = "place"
    TIME_ZONE = "time_zone"
    LANGUAGES = "languages"
    MANAGER = "manager"
    HIRED_ON = "hired_on"
    LEFT_ON = "left_on"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"


PARTS_OF_NAME = (Field.GIVEN_NAME, Field.FAMILY_NAME)
PERSON_FIELDS = tuple(field for field in Field if field not in PARTS_OF_NAME)

LABELS: dict[Field, str] = {
    Field.EXTERNAL_ID: "ID",
    Field.NAME: "Name",
    Field.EMAIL: "Work e-mail",
    Field.TITLE: "Job title",
    Field.LEVEL: "Level",
    Field.UNIT: "Unit",
    Field.PLACE: "Place",
    Field.TIME_ZONE: "Time zone",
    Field.LANGUAGES: "Languages",
    Field.MANAGER: "Manager",
    Field.HIRED_ON: "Hired on",
    Field.LEFT_ON: "Left on",
    Field.GIVEN_NAME: "Given name",
    Field.FAMILY_NAME: "Family name",
}

LONGEST: dict[Field, int] = {
    Field.EXTERNAL_ID: 80,
    Field.NAME: 200,
    Field.EMAIL: 254,
    Field.TITLE: 300,
    Field.LEVEL: 80,
    Field.UNIT: 200,
    Field.PLACE: 200,
    Field.TIME_ZONE: 64,
}

DEFAULT_TIME_ZONE = "UTC"
