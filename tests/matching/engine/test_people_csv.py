import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.matching.engine import Participant, Settings, Want
from viceversa.matching.engine.files import cell_numbers, csv_rows, faults, people_csv
from viceversa.matching.engine.files.cells import number_of, rank_of
from viceversa.matching.engine.files.faults import BadFiles
from viceversa.matching.engine.files.people_csv import PeopleFile, read_people
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.files.sources import fingerprint, fingerprint_of
from viceversa.matching.engine.people.gathering import columns_of

pytestmark = pytest.mark.pure

PROGRAMME = Programme(Settings(), ladder=("Junior", "Senior"), target_level=2)
LEVELS = {1: "basic", 2: "working", 3: "strong", 4: "EXPERT"}
SKILLS = ("AI", "ai", "Short video", "Cloud:storage", "Budget")
TEXTS = ("", "Sales", " sales", "Sales and service")
HEADER = (
    *("id", "name", "level", "unit", "field", "location", "timezone", "working_hours"),
    *("languages", "manager_id", "role", "demand", "capacity", "minimum", "priority", "offers"),
    *("wants", "goals", "asks", "adviser_wishes", "keep_apart", "decides_pay_of"),
    *("past_partners", "stage", "email", "shoe size"),
)


def invented(seed: int) -> tuple[list[dict[str, str]], list[Participant]]:
    """Rows of a file, and the people they stand for."""
    chance = random.Random(seed)
    ids = chance.sample([f"p{number}" for number in range(20)], chance.randint(1, 12))
    drawn = [_invented(id, ids, chance) for id in ids]
    return [row for row, _ in drawn], [person for _, person in drawn]


def _invented(id: str, ids: list[str], chance: random.Random) -> tuple[dict[str, str], Participant]:
    def some(values: tuple[str, ...] | list[str]) -> list[str]:
        return chance.sample(values, chance.randint(0, min(3, len(values))))

    rank = chance.choice((None, 1, 2, -7, 40))
    offers = {skill: chance.randint(1, 4) for skill in some(SKILLS)}
    wants = tuple(Want(s, chance.randint(1, 4), chance.randint(1, 9)) for s in some(SKILLS))
    roles = frozenset(some(["learner", "adviser"]))
    counts = [chance.randint(0, 1000) for _ in range(4)]
    person = Participant(
        id=id,
        name=chance.choice(TEXTS).strip(),
        rank=rank,
        unit=chance.choice(TEXTS).strip(),
        field=chance.choice(TEXTS).strip(),
        place=chance.choice(TEXTS).strip(),
        timezone=chance.choice(("UTC", "Asia/Tokyo")),
        working_hours=chance.choice(((9.0, 17.0), (22.5, 6.25))),
        languages=frozenset(some(["en", "de", "EN"])),
        manager_id=chance.choice(["", "stranger", *ids]),
        roles=roles,
        demand=counts[0],
        capacity=counts[1],
        minimum=counts[2],
        priority=counts[3],
        offers=offers,
        wants=wants,
        goals=chance.choice(("", "be seen; be heard", 'say "no"', "two\nlines")),
        asks=tuple(some(ids)),
        adviser_wishes=tuple(some(ids)),
        keep_apart=frozenset(some(ids)),
        decides_pay_of=frozenset(some(ids)),
        past_partners=frozenset(some([*ids, "left us"])),
        stage=chance.choice(TEXTS).strip(),
        attributes={"shoe_size": chance.choice(("", "42"))},
    )
    return _row(person, chance), person


def _row(person: Participant, chance: random.Random) -> dict[str, str]:
    ladder = {None: "", 1: "junior", 2: "Senior"}
    role = "both" if len(person.roles) == 2 else "".join(person.roles)
    start, end = person.working_hours
    joint = chance.choice((";", "; ", " ;; "))
    cells = {
        "id": person.id,
        "name": person.name,
        "level": ladder.get(person.rank, str(person.rank)),
        "unit": person.unit,
        "field": person.field,
        "location": person.place,
        "timezone": person.timezone,
        "working_hours": f"{_clock(start)}-{_clock(end)}",
        "languages": joint.join(person.languages),
        "manager_id": person.manager_id,
        "role": role,
        **{name: str(getattr(person, name)) for name in ("demand", "capacity", "minimum")},
        "priority": str(person.priority),
        "offers": joint.join(f"{skill}:{LEVELS[lv]}" for skill, lv in person.offers.items()),
        "wants": joint.join(f"{w.skill} : {w.priority}:{LEVELS[w.target]}" for w in person.wants),
        "goals": person.goals,
        "asks": joint.join(person.asks),
        "adviser_wishes": joint.join(person.adviser_wishes),
        "keep_apart": joint.join(person.keep_apart),
        "decides_pay_of": joint.join(person.decides_pay_of),
        "past_partners": joint.join(person.past_partners),
        "stage": person.stage,
        "email": "unused@example.org",
        "shoe size": person.attributes["shoe_size"],
    }
    return {name: cell + chance.choice(("", " ")) for name, cell in cells.items()}


def _clock(hours: float) -> str:
    return f"{int(hours)}:{round(hours % 1 * 60):02d}"


def read(folder: Path, rows: list[dict[str, str]], header: tuple[str, ...] = HEADER) -> PeopleFile:
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return read_people(path, PROGRAMME)


def mistakes(folder: Path, text: str) -> list[str]:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFiles) as found:
        read_people(path, PROGRAMME)
    return found.value.shown()


@given(seed=st.integers(0, 2**32), block=st.sampled_from([1, 3, 512]))
def test_a_file_and_the_people_it_stands_for_are_the_same_columns(
    tmp_path_factory: pytest.TempPathFactory, seed: int, block: int
) -> None:
    rows, people = invented(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people_csv, "BLOCK", block)
        file = read(tmp_path_factory.getbasetemp(), rows)
    assert file.people == sorted(people, key=lambda person: person.id)
    assert file.people.columns == replace(columns_of(people), originals={})
    assert file.unknown_columns == ("shoe_size",)
    assert file.unknown_managers == sum(person.manager_id == "stranger" for person in people)


def test_cells_are_forgotten_and_understood_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cell_numbers, "MOST_TEXTS", 2)
    rows, people = invented(seed=8)
    assert read(tmp_path, rows).people == sorted(people, key=lambda person: person.id)


@pytest.mark.parametrize(
    ("cell", "wants"),
    [
        ("AI;;Cloud", (Want("AI", 2, 1), Want("Cloud", 2, 2))),
        ("AI; AI; Cloud", (Want("AI", 2, 1), Want("Cloud", 2, 2))),
        ("AI:1; :3; Cloud", (Want("AI", 2, 1), Want("Cloud", 2, 3))),
        ("AI:7; Cloud:7; AI:7:basic", (Want("AI", 2, 7), Want("Cloud", 2, 7), Want("AI", 1, 7))),
        ("a:b:1:expert", (Want("a:b", 4, 1),)),
    ],
)
def test_unusual_wants_count_by_their_place(
    tmp_path: Path, cell: str, wants: tuple[Want, ...]
) -> None:
    file = read(tmp_path, [{"id": "a", "wants": cell}, {"id": "b", "wants": cell}])
    assert [person.wants for person in file.people] == [wants, wants]


@pytest.mark.parametrize(
    ("cell", "offers"),
    [
        ("AI:basic; Cloud; AI:strong", {"AI": 3, "Cloud": 2}),
        ("AI:basic; AI:basic;", {"AI": 1}),
        (":basic; Cloud:4", {"Cloud": 4}),
        ("a:b:expert", {"a:b": 4}),
    ],
)
def test_unusual_offers_keep_the_level_said_last(
    tmp_path: Path, cell: str, offers: dict[str, int]
) -> None:
    file = read(tmp_path, [{"id": "a", "offers": cell}, {"id": "b", "offers": cell}])
    assert [dict(person.offers) for person in file.people] == [offers, offers]


def test_columns_left_out_of_the_file_are_as_if_empty(tmp_path: Path) -> None:
    file = read(tmp_path, [{"id": "a", "role": "both"}], ("id", "role"))
    roles = frozenset({"adviser", "learner"})
    assert list(file.people) == [Participant(id="a", roles=roles)]


def test_the_last_row_of_many_is_checked_as_the_first(tmp_path: Path) -> None:
    rows = "".join(f"p{number},both,1\n" for number in range(20_000))
    told = mistakes(tmp_path, f"id,role,demand\n{rows}z,both,many\n")
    assert told == [
        'people.csv, row 20002, column demand: "many" is not a whole number from 0 to 1,000.'
    ]


def test_mistakes_are_told_by_row_and_counted_when_there_are_many(tmp_path: Path) -> None:
    rows = "".join(f"p{number},lerner,x{number % 3}\n" for number in range(60))
    told = mistakes(tmp_path, f"id,role,demand\n{rows}")
    assert told[0].startswith('people.csv, row 2, column role: "lerner"')
    assert told[1].startswith('people.csv, row 2, column demand: "x0"')
    assert told[-1] == "There are 70 more mistakes of this kind."


@pytest.mark.parametrize("demand", ["many", "many{}"])
def test_reading_stops_when_nobody_could_read_all_the_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demand: str
) -> None:
    monkeypatch.setattr(people_csv, "BLOCK", 100)
    rows = "".join(f"p{number},both,{demand.format(number)}\n" for number in range(5_000))
    told = mistakes(tmp_path, f"id,role,demand\n{rows}\0")
    assert len(told) == faults.SHOWN + 1
    assert told[-1] == "There are at least 950 more mistakes of this kind."


def test_strangers_and_repeated_ids_of_a_large_file_are_told_up_to_a_limit(tmp_path: Path) -> None:
    rows = "".join(f"p{number % 2_500},both,q{number}\n" for number in range(5_000))
    told = mistakes(tmp_path, f"id,role,asks\n{rows}")
    assert told[0] == 'people.csv, row 2502, column id: "p0" is already in row 2.'
    assert told[-1].startswith("There are at least 950 more")


def test_strangers_are_told_by_row_column_and_id(tmp_path: Path) -> None:
    told = mistakes(tmp_path, "id,role,keep_apart,asks\na,,z9;y9,x9\n\nb,,a,y9\n")
    assert [sentence.removeprefix("people.csv, ").split(".")[0] for sentence in told] == [
        'row 2, column asks: nobody has the id "x9"',
        'row 2, column keep_apart: nobody has the id "y9"',
        'row 2, column keep_apart: nobody has the id "z9"',
        'row 4, column asks: nobody has the id "y9"',
    ]


def test_rows_keep_their_numbers_after_blank_short_and_long_ones(tmp_path: Path) -> None:
    text = "id,role,demand\na,both\n , ,\n\n,,,,\nb,both,1,2\n,both,1\nc,both,x\n"
    assert [sentence.split(":")[0] for sentence in mistakes(tmp_path, text)] == [
        "people.csv, row 6, column 4",
        "people.csv, row 7, column id",
        "people.csv, row 8, column demand",
    ]


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "LINE_LIMIT", 1_000)
    told = mistakes(tmp_path, "id,role\n" + "x" * 2_000)
    assert told == ["people.csv: a line is longer than 1,000 characters."]


def test_progress_rises_to_the_whole_in_small_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_csv, "BLOCK", 50)
    path = tmp_path / "people.csv"
    rows = "".join(f"p{number},both,{'x' * 90}\n" for number in range(20_000))
    path.write_text(f"id,role,goals\n{rows}", encoding="utf-8")
    told: list[tuple[str, float]] = []
    read_people(path, PROGRAMME, lambda phase, share: told.append((phase, share)))
    shares = [share for _, share in told]
    assert {phase for phase, _ in told} == {"reading"}
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert 25 <= len(shares) <= 52


@pytest.mark.parametrize("text", ["9" * 5_000, "--5", "-", "²", "1.0"])
def test_what_only_looks_like_a_number_is_told(text: str) -> None:
    said: list[str] = []
    assert number_of(text, "demand", 1, lambda column, _: said.append(column)) == 1
    assert rank_of(text, (), lambda column, _: said.append(column)) is None
    assert said == ["demand", "level"]


def test_the_fingerprint_of_a_file_is_that_of_its_content(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5_000
    (tmp_path / "people.csv").write_bytes(content)
    assert fingerprint_of(tmp_path / "people.csv") == fingerprint(content)
