import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from viceversa.matching.engine.files import run_match, run_verify
from viceversa.matching.engine.solving.kernels import compiled_before

pytestmark = pytest.mark.pure

HEADER = (
    "id,name,email,title,level,unit,location,timezone,languages,manager_id,hired_on,role,"
    "demand,capacity,offers,wants,goals,asks,keep_apart,shoe size\n"
)
PEOPLE = HEADER + (
    "L1,Ada Stone,,,Director,Sales,Leeds,Europe/London,en,,,learner,1,,,"
    '"AI assistants:1; Accessibility:2",grow on social media,A1,,9\n'
    "L2,Ben Hill,,,Director,HR,Leeds,Europe/London,en;de,,,learner,2,,,AI assistants:1,,,A2,\n"
    "L3,Cyd Vale,,,Director,IT,Tokyo,Asia/Tokyo,ja,,,learner,,,,Short video:1:strong,,,,\n"
    'A1,=Dan,,,Associate,HR,Leeds,Europe/London,en,L3,,adviser,,2,"AI assistants:working;'
    ' Accessibility:strong",,social media,,,\n'
    "A2,Eve Pool,,,Associate,IT,Berlin,Europe/Berlin,en;de,L2,,adviser,,1,"
    "AI assistants:expert; Short video:basic,,,,,\n"
    "A3,Fay Moor,,,Manager,IT,Tokyo,Asia/Tokyo,ja,X9,,both,0,1,Short video:working,,,,,\n"
)
PROGRAMME = """
[levels]
ladder = ["Associate", "Manager", "Director"]
[rules]
min_rank_gap = 1
reporting_line = true
[places]
stages = false
[order]
objectives = ["coverage", "floor", "places", "total"]
"""


class Desk:
    """A folder with both files, and what the commands say and return."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.said: list[str] = []

    def match(self, people: str | bytes = PEOPLE, programme: str = PROGRAMME) -> int:
        content = people if isinstance(people, bytes) else people.encode()
        (self.folder / "people.csv").write_bytes(content)
        (self.folder / "programme.toml").write_text(programme, encoding="utf-8")
        people_path, programme_path = self.folder / "people.csv", self.folder / "programme.toml"
        return run_match(people_path, programme_path, self.out, self.said.append)

    def verify(self) -> int:
        return run_verify(self.out / "certificate.json", self.said.append)

    def read(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    def left_behind(self) -> list[str]:
        kept = {"people.csv", "programme.toml", "out"}
        return [path.name for path in self.folder.iterdir() if path.name not in kept]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_folder_holds_all_answers_and_verifies(desk: Desk) -> None:
    assert desk.match() == 0
    assert sorted(path.name for path in desk.out.iterdir()) == [
        "certificate.json",
        "fairness.json",
        "input",
        "partnerships.csv",
        "report.html",
        "summary.json",
        "unmatched.csv",
    ]
    assert desk.verify() == 0
    assert desk.left_behind() == []


def test_partnerships_carry_parts_and_reasons(desk: Desk) -> None:
    desk.match()
    with (desk.out / "partnerships.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["learner_id"], row["adviser_id"]) for row in rows] == [("L1", "A1"), ("L2", "A1")]
    assert rows[0]["skills"] == "10000"
    assert rows[0]["reason"].startswith("Teaches AI assistants, the learner's first want")


def test_unmatched_hear_a_reason_and_the_smallest_change(desk: Desk) -> None:
    desk.match()
    with (desk.out / "unmatched.csv").open(newline="", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines)}
    change = "Short video at working rather than strong level: 1 candidate."
    assert rows["L3"]["smallest_change"] == change


def test_summary_names_unknown_columns_and_counts_rules(desk: Desk) -> None:
    desk.match()
    summary = json.loads(desk.read("summary.json"))
    assert summary["unknown_columns"] == ["shoe_size"]
    assert summary["unknown_managers"] == 1
    assert (summary["coverage"], summary["places"]) == (2, 2)
    assert summary["removed_by_rule"]["reporting_line"] == 1


def test_report_needs_nothing_from_elsewhere_and_escapes_names(desk: Desk) -> None:
    desk.match(PEOPLE.replace("Ada Stone", "<script>alert(1)</script>"))
    page = desk.read("report.html")
    assert "&lt;script&gt;alert(1)" in page
    assert not any(word in page for word in ("<script", "http://", "https://", "style="))


def test_cells_like_formulas_are_made_inert(desk: Desk) -> None:
    desk.match(PEOPLE.replace("L1,Ada", "=1+1,Ada"))
    with (desk.out / "partnerships.csv").open(newline="", encoding="utf-8") as lines:
        assert next(csv.DictReader(lines))["learner_id"] == "'=1+1"
    assert desk.verify() == 0


def test_same_input_gives_the_same_bytes(desk: Desk) -> None:
    names = ("partnerships.csv", "unmatched.csv", "certificate.json", "fairness.json")
    desk.match()
    first = [desk.read(name) for name in names]
    assert desk.match() == 0
    assert [desk.read(name) for name in names] == first


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("partnerships.csv", "L1,A1", "L1,A2"),
        ("partnerships.csv", "10000", "10001"),
        ("summary.json", '"total": ', '"total": 1'),
        ("certificate.json", '"most":', '"most":1'),
        ("input/people.csv", "expert", "strong"),
        ("input/programme.toml", "min_rank_gap = 1", "min_rank_gap = 0"),
    ],
)
def test_any_change_in_the_folder_is_found(desk: Desk, name: str, old: str, new: str) -> None:
    desk.match()
    path = desk.out / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert desk.verify() == 1


@pytest.mark.parametrize("name", ["partnerships.csv", "certificate.json", "input/people.csv"])
def test_missing_file_is_found(desk: Desk, name: str) -> None:
    desk.match()
    (desk.out / name).unlink()
    assert desk.verify() == 1


BAD_ROWS = [
    (
        "Europe/London,en,,,learner",
        "Europe/Lundon,en,,,learner",
        'row 2, column timezone: There is no time zone "Europe/Lundon". '
        'Did you mean "Europe/London"?',
    ),
    (
        "L2,Ben Hill,,,Director",
        "L2,Ben Hill,,,Directr",
        'row 3, column level: "Directr" is not on the ladder. Did you mean "Director"?',
    ),
    (
        "learner,2,",
        "learner,two,",
        'row 3, column demand: "two" is not a whole number from 0 to 1,000.',
    ),
    (
        "adviser,,2,",
        "adviser,,-2,",
        'row 5, column capacity: "-2" is not a whole number from 0 to 1,000.',
    ),
    ("L2,Ben", "L1,Ben", 'row 3, column id: "L1" is already in row 2.'),
    ("L2,Ben", ",Ben", "row 3, column id: everybody needs an id."),
    (",A1,,9", ",A7,,9", 'row 2, column asks: nobody has the id "A7".'),
    (",A2,\n", ",B9,\n", 'row 3, column keep_apart: nobody has the id "B9".'),
    ("learner,2", "lerner,2", 'row 3, column role: "lerner" is not a role'),
    ("Short video:basic", "Short video:superb", 'row 6, column offers: "superb" is not a level'),
    ("AI assistants:1,,,A2", "AI assistants:x,,,A2", 'row 3, column wants: "x" is not a priority'),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BAD_ROWS)
def test_bad_cell_is_told_by_row_and_column(desk: Desk, old: str, new: str, sentence: str) -> None:
    assert old in PEOPLE
    assert desk.match(PEOPLE.replace(old, new, 1)) == 2
    assert any(said.startswith(f"people.csv, {sentence}") for said in desk.said), desk.said
    assert not desk.out.exists()


def test_several_mistakes_in_both_files_are_told_together(desk: Desk) -> None:
    people = PEOPLE.replace("learner,2", "lerner,2").replace("Asia/Tokyo", "Asia/Tokio")
    assert desk.match(people, PROGRAMME.replace("min_rank_gap", "min_rnk_gap")) == 2
    assert len(desk.said) == 4


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("", "people.csv: the file is empty."),
        (HEADER, "people.csv: there are no people in it, only a header."),
        (b"\xff\xfe\x00binary", "people.csv: the file is not in UTF-8."),
        (b"id,role\n\0\0,x\n", "people.csv: this is not a text file."),
        ("name,role\nAda,learner\n", 'people.csv: the column "id" is missing.'),
        ("id,id,role\n1,2,learner\n", 'people.csv: the column "id" is there twice.'),
        ("id,role\nL1,learner,9\n", "people.csv, row 2, column 3: there are more cells"),
        ("id,role\nL1,learner\n", "people.csv: There must be at least one learner"),
    ],
)
def test_unusable_people_file_gets_a_sentence(
    desk: Desk, people: str | bytes, sentence: str
) -> None:
    assert desk.match(people) == 2
    assert desk.said[-1].startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "min_rank_gap",
            "min_rnk_gap",
            'line 5, [rules] min_rnk_gap: this is not known here. Did you mean "min_rank_gap"?',
        ),
        ("[places]", "[placs]", 'line 7, placs: this is not known here. Did you mean "places"?'),
        (
            "= 1\n",
            '= "one"\n',
            "line 5, [rules] min_rank_gap: this must be a whole number of steps",
        ),
        ("stages = false", "stages = 3", "line 8, [places] stages: this must be true or false."),
        ('"total"]', '"totl"]', "The order must name at least one of"),
        ("= 1\n", "= \n", "this is not valid TOML"),
        (
            "[places]",
            "[weights]\nskills = -1\n[places]",
            "line 8, [weights] skills: this must be a number",
        ),
    ],
)
def test_bad_programme_is_told_by_line_and_key(
    desk: Desk, old: str, new: str, sentence: str
) -> None:
    assert desk.match(programme=PROGRAMME.replace(old, new, 1)) == 2
    assert any(said.startswith(f"programme.toml: {sentence}") for said in desk.said), desk.said


def test_impossible_pins_and_minimums_end_with_three(desk: Desk) -> None:
    pins = 'pinned = [["L1", "A2"], ["L1", "A1"]]\n'
    assert desk.match(programme=pins + PROGRAMME) == 3
    assert desk.said[-1].startswith("This cannot be met: Ada Stone is pinned to 2 advisers")
    assert not desk.out.exists()


def test_pin_that_breaks_a_rule_ends_with_three_and_names_the_rule(desk: Desk) -> None:
    assert desk.match(programme='pinned = [["L2", "A2"]]\n' + PROGRAMME) == 3
    assert "reporting line" in desk.said[-1]


def test_pin_to_nobody_is_bad_input(desk: Desk) -> None:
    assert desk.match(programme='pinned = [["L1", "A9"]]\n' + PROGRAMME) == 2
    assert "leads to nobody" in desk.said[-1]


def test_programme_that_empties_itself_names_the_rule(desk: Desk) -> None:
    assert desk.match(programme=PROGRAMME.replace("min_rank_gap = 1", "min_rank_gap = 9")) == 0
    assert any("most were removed by the rule min_rank_gap" in said for said in desk.said)


def test_earlier_answer_stays_when_the_new_input_is_bad(desk: Desk) -> None:
    desk.match()
    before = desk.read("partnerships.csv")
    assert desk.match("") == 2
    assert desk.read("partnerships.csv") == before
    assert desk.left_behind() == []


def test_folder_with_other_files_is_not_touched(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "holiday.txt").write_text("sun", encoding="utf-8")
    assert desk.match() == 2
    assert [path.name for path in desk.out.iterdir()] == ["holiday.txt"]


def test_missing_files_get_a_sentence(desk: Desk) -> None:
    gone = desk.folder / "gone"
    assert run_match(gone, gone, desk.out, desk.said.append) == 2
    assert run_verify(gone, desk.said.append) == 1
    assert all("cannot be read" in said for said in desk.said)


def test_semicolons_byte_order_mark_and_line_breaks_in_cells_are_read(desk: Desk) -> None:
    people = (
        "\ufeffid;role;level;offers;wants;goals\r\n"
        'L1;learner;3;;AI:1;"first line\nsecond line"\r\n'
        "A1;adviser;1;AI:basic;;\r\n"
    )
    assert desk.match(people) == 0
    assert "L1,A1" in desk.read("partnerships.csv")


def test_importing_the_files_loads_neither_scipy_nor_django() -> None:
    code = (
        "import sys, viceversa.matching.engine.files; "
        "sys.exit(any(name in sys.modules for name in ('scipy', 'django')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_other_field_is_read_and_told(desk: Desk) -> None:
    places = "stages = false\none_other_field = true\nadvisers_per_learner = 2"
    assert desk.match(programme=PROGRAMME.replace("stages = false", places)) == 0
    assert json.loads(desk.read("summary.json"))["one_other_field"] is True
    assert "one comes from another field" in desk.read("report.html")
    assert "another field" in desk.read("partnerships.csv")
    assert desk.verify() == 0


def test_nothing_in_the_folder_tells_keep_apart_from_a_coordinators_word(desk: Desk) -> None:
    desk.match(programme='forbidden = [["L1", "A2"], ["L2", "A2"]]\n' + PROGRAMME)
    summary = json.loads(desk.read("summary.json"))
    assert summary["removed_by_rule"]["ruled_out"] > 1
    for path in desk.out.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert "keep_apart" not in text
        assert '"forbidden"' not in text


def test_the_first_match_says_that_it_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not compiled_before()
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels" / "paths.repair-1.py311.nbi").touch()
    assert compiled_before()


SHORT = "id,role,level\nL1,learner,Director\nA1,adviser,Associate\n"
FREE = PROGRAMME.replace("[places]", "wanted_skill = false\n[places]")


@pytest.mark.parametrize(
    "people",
    [
        SHORT,
        "\ufeff" + SHORT,
        SHORT.replace("\n", "\r\n"),
        SHORT.replace("\n", "\r"),
        SHORT.replace(",", ";"),
        SHORT.replace(",", "\t"),
        SHORT.replace(",", "|"),
        "sep=;\n" + SHORT.replace(",", ";"),
        "\n,,\n \n" + SHORT,
        SHORT.replace("\n", "\n\n,,\n"),
        SHORT.rstrip("\n"),
        SHORT.replace("\n", ",,\n"),
        '"id","role","level"\n"L1","learner","Director"\n"A1","adviser","Associate"\n',
    ],
)
def test_the_same_people_are_read_from_every_way_of_saving_them(desk: Desk, people: str) -> None:
    assert desk.match(people, FREE) == 0
    assert desk.read("partnerships.csv").splitlines()[1].startswith("L1,A1,")
    assert not any("not used" in said for said in desk.said)


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (SHORT.encode("utf-16"), "the file is not in UTF-8. It begins like UTF-16"),
        (SHORT.encode("utf-16-le"), "this is not a text file. In line 1 "),
        ((SHORT + "Zoë,adviser,\n").encode("latin-1"), "the file is not in UTF-8."),
        (SHORT + "A2\0,adviser,\n", "this is not a text file. In line 4 there is a zero byte."),
        (SHORT.replace("\nA1", '\n"A1'), "row 3: a quotation mark opens a cell here"),
        ("\n\n" + SHORT.replace("\nA1", '\n"A1'), "row 5: a quotation mark opens a cell here"),
        (SHORT.replace("A1,", '"A"1,'), "row 3: after the closing quotation mark"),
        ('"id,role\nA,adviser\n', "row 1: a quotation mark opens a cell here"),
        (SHORT + "x" * 1_000_001 + ",,\n", "row 4: a cell is longer than 1,000,000 characters"),
        ("\n" + SHORT + "A2,advisor,\n", "row 5, column role: "),
        ("id\nL1\n", 'the column "role" is missing.'),
        ("id;role;level\n", "there are no people in it, only a header."),
        ("id,role\nL1,learner\n", "There must be at least one learner and one adviser. Nobody has"),
        ("id,role\nL1,\nA1,none\n", "There must be at least one learner and one adviser."),
    ],
)
def test_odd_file_is_told_by_row_or_line_and_leaves_no_folder(
    desk: Desk, people: str | bytes, sentence: str
) -> None:
    assert desk.match(people, FREE) == 2
    assert desk.said[-1].startswith(
        ("people.csv, " if "row" in sentence[:4] else "people.csv: ") + sentence
    )
    assert not desk.out.exists()
    assert desk.left_behind() == []


def test_mistake_in_the_last_of_very_many_rows_is_told_and_nothing_is_written(desk: Desk) -> None:
    many = "".join(f"x{number},adviser,Associate\n" for number in range(30_000))
    assert desk.match(SHORT + many + "L2,learner,Chief\n", FREE) == 2
    assert desk.said == ['people.csv, row 30004, column level: "Chief" is not on the ladder.']
    assert not desk.out.exists()


def test_role_misspelt_is_told_with_the_nearest(desk: Desk) -> None:
    assert desk.match(SHORT.replace("adviser", "advisor"), FREE) == 2
    assert desk.said[-1].endswith('Did you mean "adviser"?')


@pytest.mark.parametrize("kind", ["pinned", "forbidden"])
def test_pair_with_a_mistyped_id_is_refused_rather_than_passed_over(desk: Desk, kind: str) -> None:
    assert desk.match(programme=f'{kind} = [["L1", "A22"]]\n' + PROGRAMME) == 2
    assert desk.said[-1] == (
        f"programme.toml: The {kind} pair of L1 and A22 leads to nobody: "
        'there is no id "A22". Did you mean "A2"?'
    )


def test_all_pairs_forbidden_is_an_answer_with_nobody_in_it(desk: Desk) -> None:
    assert desk.match(SHORT, 'forbidden = [["L1", "A1"]]\n' + FREE) == 0
    assert any("No pair is admissible" in said for said in desk.said)
    assert desk.verify() == 0


def test_what_is_no_file_or_can_be_read_only_once_is_refused(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe")
    desk.match()
    good = desk.folder / "programme.toml"
    for path, what in ((desk.folder, "a folder"), (desk.folder / "pipe", "not an ordinary file")):
        assert run_match(path, good, desk.out, desk.said.append) == 2
        assert f"this is {what}" in desk.said[-1]
        assert run_match(desk.folder / "people.csv", path, desk.out, desk.said.append) == 2
        assert f"this is {what}" in desk.said[-1]


@pytest.mark.parametrize("name", ["/", "x" * 300])
def test_folder_that_cannot_be_made_is_told_before_anything_is_read(desk: Desk, name: str) -> None:
    desk.match()
    people, programme = desk.folder / "people.csv", desk.folder / "programme.toml"
    assert run_match(people, programme, desk.folder / name, desk.said.append) == 2
    assert "folder" in desk.said[-1]
    assert desk.left_behind() == []


def test_earlier_answer_comes_back_when_writing_is_broken_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.match()
    before, rename = desk.read("partnerships.csv"), Path.rename

    def broken_off(path: Path, target: Path) -> Path:
        if ".partial-" in path.name:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", broken_off)
    with pytest.raises(KeyboardInterrupt):
        desk.match()
    assert desk.read("partnerships.csv") == before
    assert desk.left_behind() == []


@pytest.mark.parametrize(
    ("people", "programme", "code"),
    [
        (SHORT, FREE, 0),
        (SHORT.replace("adviser", "advisor"), FREE, 2),
        (SHORT, 'pinned = [["L1", "A1"]]\nforbidden = [["L1", "A1"]]\n' + FREE, 3),
    ],
)
def test_command_ends_with_the_code_of_what_happened(
    desk: Desk, people: str, programme: str, code: int
) -> None:
    (desk.folder / "people.csv").write_text(people)
    (desk.folder / "programme.toml").write_text(programme)
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("viceversa"), "match", "--people", "people.csv"),
            *("--programme", "programme.toml", "--out", "out"),
        ],
        cwd=desk.folder,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert (desk.folder / "out").exists() is (code == 0)
    assert "Traceback" not in done.stderr
