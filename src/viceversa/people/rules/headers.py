"""Which field a header may mean: words, not exact spelling, in the languages files come in."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from viceversa.people.rules.fields import Field

SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.EXTERNAL_ID: (
        *("employee id", "employee number", "employee no", "staff id", "staff number", "staff no"),
        *("person id", "personnel number", "payroll number", "payroll id", "worker id", "user id"),
        *("external id", "post unique reference", "unique reference", "unique id", "urn", "id"),
        *("personalnummer", "mitarbeiternummer", "matricule", "personnummer", "person number"),
        *("hr id", "global id", "associate id", "emp id", "emp no", "reference", "ref"),
    ),
    Field.NAME: (
        *("name", "full name", "display name", "employee name", "staff name", "person name"),
        *("preferred name", "legal name", "nom complet", "nombre", "navn", "namn", "worker name"),
    ),
    Field.GIVEN_NAME: ("given name", "first name", "forename", "vorname", "prenom", "firstname"),
    Field.FAMILY_NAME: ("family name", "last name", "surname", "nachname", "nom de famille"),
    Field.EMAIL: (
        *("work email", "email", "e mail", "email address", "business email", "mail", "courriel"),
        *("e mail adresse", "mailadresse", "work e mail", "correo electronico", "upn"),
    ),
    Field.TITLE: (
        *("job title", "title", "position title", "position", "business title", "role", "job"),
        *("post title", "job name", "stellenbezeichnung", "funktion", "poste", "cargo"),
    ),
    Field.LEVEL: (
        *("grade", "job grade", "job level", "pay grade", "career level", "salary grade", "band"),
        *("seniority", "rank", "level", "management level", "besoldungsgruppe", "echelon"),
    ),
    Field.UNIT: (
        *("unit", "department", "business unit", "org unit", "organisational unit", "division"),
        *("organizational unit", "directorate", "team", "section", "abteilung", "service"),
        *("cost centre name", "departement", "avdelning", "function name"),
    ),
    Field.PLACE: (
        *("place", "location", "office", "work location", "office location", "site", "city"),
        *("town", "base", "standort", "dienstort", "lieu", "ort", "building", "workplace"),
    ),
    Field.TIME_ZONE: ("time zone", "timezone", "tz", "zeitzone", "fuseau horaire"),
    Field.LANGUAGES: ("languages", "language", "spoken languages", "sprachen", "langues"),
    Field.MANAGER: (
        *("manager id", "manager", "reports to", "line manager", "manager email", "parent id"),
        *("manager employee id", "line manager id", "supervisor", "supervisor id", "reporting to"),
        *("manager number", "manager no", "reports to id", "vorgesetzter", "responsable", "boss"),
        *("superior", "n 1", "fuhrungskraft", "parent", "manager e mail", "line manager email"),
    ),
    Field.HIRED_ON: (
        *("hire date", "start date", "hired on", "date of hire", "joining date", "date joined"),
        *("employment start date", "joined", "original hire date", "eintrittsdatum", "started on"),
        *("date d entree", "service start", "date started", "start of employment"),
    ),
    Field.LEFT_ON: (
        *("left on", "leaving date", "end date", "termination date", "date left", "last day"),
        *("employment end date", "austrittsdatum", "leave date", "date de sortie", "exit date"),
    ),
}
_ABOUT_MANAGERS = frozenset(
    {
        *("manager", "managers", "supervisor", "reports", "reporting", "parent", "boss"),
        *("superior", "vorgesetzter"),
    }
)
_FILLERS = frozenset(["the", "of", "or", "equivalent", "your", "a", "an", "s"])
_CLOSE = 0.84
_ONE_WITHIN_THE_OTHER = 0.7


@lru_cache(maxsize=4096)
def words(header: str) -> tuple[str, ...]:
    """“parentId”, “Parent-ID” and “PARENT ID (£)” are parent and id."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    plain = unicodedata.normalize("NFKD", split.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[^\W_]+", plain)
    return tuple(word for word in found if word not in _FILLERS) or tuple(found)


def likeness(one: str, other: str) -> float:
    """0 … 1: how alike two headers are, by shared words and by letters."""
    left, right = words(one), words(other)
    if not left or not right:
        return 0.0
    both = set(left) & set(right)
    shared = len(both) / len(set(left) | set(right))
    if len(both) in {len(set(left)), len(set(right))}:
        shared = max(shared, _ONE_WITHIN_THE_OTHER)
    letters = SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio()
    return max(shared, letters if letters > 0.6 else 0.0)


@lru_cache(maxsize=4096)
def meaning(header: str, field: Field) -> float:
    """0 … 1: how well a header names a field. Earlier synonyms weigh a little more."""
    found = words(header)
    if not found:
        return 0.0
    best = max(
        _match(found, tuple(synonym.split())) - 0.003 * place
        for place, synonym in enumerate(SYNONYMS[field])
    )
    if field is not Field.MANAGER and _ABOUT_MANAGERS & set(found):
        return max(best, 0.0) * 0.3
    return max(best, 0.0)


def _match(header: tuple[str, ...], synonym: tuple[str, ...]) -> float:
    joined, wanted = "".join(header), "".join(synonym)
    if joined == wanted:
        return 1.0
    if set(synonym) <= set(header):
        return 0.6 + 0.3 * len(synonym) / len(header)
    if abs(len(joined) - len(wanted)) > 4 or len(wanted) < 5:
        return 0.0
    ratio = SequenceMatcher(None, joined, wanted, autojunk=False).ratio()
    return 0.8 * ratio if ratio >= _CLOSE else 0.0
