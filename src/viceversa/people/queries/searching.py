"""People by beginnings of the words in their name, title, number and address.

Both databases hold an index of these words (migration 0003). A rare word is looked up there. A word
that very many have is not: walking through the names in order meets a page of them sooner.
"""

from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from viceversa.people.rules.searching import terms_of

RARE = 1000
_HOLDERS = {
    "sqlite": ("SELECT rowid FROM people_words WHERE people_words MATCH %s", '"{}"*'),
    "postgresql": (
        "SELECT id FROM people_person"
        " WHERE array_to_tsvector(string_to_array(ltrim(search), ' ')) @@ %s::tsquery",
        "'{}':*",
    ),
}

_COUNTED = "SELECT COUNT(*) FROM ({} LIMIT 1001) found"  # one more than is rare


def named(typed: str, *paths: str) -> Q:
    """Every word must be the beginning of one that a person has; with several paths to people,
    one of them. `paths` lead to a person: `learner__person__`, or nothing."""
    terms = terms_of(typed)
    if not terms and typed.strip():
        return Q(pk__in=[])
    found = Q()
    for term in terms:
        found &= _with(term, paths or ("",))
    return found


def _with(term: str, paths: tuple[str, ...]) -> Q:
    query, pattern = _HOLDERS[connection.vendor]
    params = [pattern.format(term)]
    if _is_rare(query, params):
        holders = RawSQL(query, params)  # noqa: S611 — one of two constants
        return reduce(or_, (Q(**{f"{path}pk__in": holders}) for path in paths))
    return reduce(or_, (Q(**{f"{path}search__contains": f" {term}"}) for path in paths))


def _is_rare(query: str, params: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(query), params)
        return int(cursor.fetchone()[0]) <= RARE
