"""Every address of the product, with real keys in its variable parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

CONTENT = ("partnerships", "meetings")


@dataclass(frozen=True)
class Address:
    """`name` with its namespace; `route` as it is written down."""

    name: str
    route: str
    parts: Mapping[str, str]

    @property
    def is_of_content(self) -> bool:
        return self.name.split(":")[0] in CONTENT or "partnership" in self.route

    def filled(self, values: Mapping[str, list[str]]) -> list[str]:
        """One path for each combination of values; none where a value is not known."""
        known = [values.get(part, []) for part in self.parts]
        return [
            "/" + _put_in(self.route, dict(zip(self.parts, chosen, strict=True)), self.parts)
            for chosen in product(*known)
        ]


def _put_in(route: str, chosen: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    for part, value in chosen.items():
        for written in (f"<{kinds[part]}:{part}>", f"<{part}>"):
            route = route.replace(written, value)
    return route.replace("^", "").replace("$", "").replace("\\", "")


def addresses(
    resolver: URLResolver | None = None, route: str = "", namespace: str = ""
) -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(f"{namespace}:{entry.name}", here, _parts(here))
        else:
            yield from addresses(entry, here, entry.namespace or namespace)


def _parts(route: str) -> dict[str, str]:
    """The variable parts of a route, with the kind of each."""
    found = {}
    for piece in route.split("<")[1:]:
        kind, _colon, part = piece.split(">")[0].rpartition(":")
        found[part] = kind or "str"
    return found
