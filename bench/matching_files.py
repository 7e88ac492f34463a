"""`viceversa match` and `viceversa verify` on a programme of the sample, from CSV."""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

from viceversa.home.sample import generate
from viceversa.home.sample.shapes import SampleEnrolment, SampleOrganisation
from viceversa.matching.engine.files import run_match, run_verify

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
HEADERS = (
    *("id", "name", "email", "title", "level", "unit", "location", "timezone", "languages"),
    *("manager_id", "hired_on", "role", "demand", "capacity", "offers", "wants", "goals"),
    *("keep_apart", "working_hours"),
)


def write_people(organisation: SampleOrganisation, path: Path) -> None:
    programme = organisation.programmes[0]
    parts = {part.person: part for part in programme.enrolments}
    levels = {level.number: level.name for level in organisation.levels}
    apart = {fact.stated_by: fact.other for fact in programme.keep_apart}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for person in organisation.people:
            writer.writerow(
                [
                    person.external_id,
                    person.name,
                    person.email,
                    person.title,
                    levels[person.level],
                    person.unit,
                    person.place,
                    person.time_zone,
                    ";".join(person.languages),
                    person.manager or "",
                    person.hired_on.isoformat(),
                    *_part(parts.get(person.external_id)),
                    apart.get(person.external_id, ""),
                    f"{person.hours.start:%H:%M}-{person.hours.end:%H:%M}",
                ]
            )


def _part(part: SampleEnrolment | None) -> list[object]:
    if part is None:
        return ["", "", "", "", "", ""]
    offers = "; ".join(f"{offer.slug}:{offer.level}" for offer in part.offers)
    wants = "; ".join(f"{want.slug}:{want.priority}" for want in part.wants)
    return [part.role, part.demand, part.capacity, offers, wants, part.goals]


def write_programme(organisation: SampleOrganisation, path: Path) -> None:
    ladder = ", ".join(f'"{level.name}"' for level in organisation.levels)
    path.write_text(f"[levels]\nladder = [{ladder}]\n[rules]\nmin_rank_gap = 2\nshared_hours = 2\n")


def main() -> int:
    organisation = generate(people=PEOPLE, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        people, programme, out = (Path(folder) / name for name in ("p.csv", "p.toml", "out"))
        write_people(organisation, people)
        write_programme(organisation, programme)
        started = time.perf_counter()
        code = run_match(people, programme, out, print)
        matched = time.perf_counter()
        if code:
            return code
        code = run_verify(out / "certificate.json", print)
        verified = time.perf_counter()
        print(f"{PEOPLE:,} people: match {matched - started:.1f} s", end=", ")
        print(f"verify {verified - matched:.1f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
