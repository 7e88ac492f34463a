"""Promises about the files themselves: nothing inline, nothing unshown, nothing unaccounted for."""

import hashlib
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from viceversa.design import styles

SOURCE = Path("src/viceversa")
DESIGN = SOURCE / "design"
STATIC = DESIGN / "static" / "design"
COMPONENTS = sorted(path.stem for path in (DESIGN / "templates" / "cotton").glob("*.html"))
TEMPLATES = sorted(
    path for path in SOURCE.rglob("templates/**/*.html") if not path.name.startswith("email")
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script with a body": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx event attribute": re.compile(r"\shx-on[:-]", re.IGNORECASE),
}

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_has_anything_inline(path: Path) -> None:
    source = path.read_text()
    assert [what for what, pattern in INLINE.items() if pattern.search(source)] == []


@pytest.mark.parametrize("bad", ['<p style="x">', "<style>", '<a onclick="x">', "<script>x"])
def test_inline_things_would_be_noticed(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in INLINE.values())


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_shown_in_the_gallery(name: str) -> None:
    folder = DESIGN / "templates" / "design"
    shown = "".join(
        path.read_text() for path in [folder / "gallery.html", *folder.glob("gallery/*.html")]
    )
    assert re.search(rf"<c-{name.replace('_', '-')}[\s/>]", shown)


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_names_its_inputs_first(name: str) -> None:
    source = (DESIGN / "templates" / "cotton" / f"{name}.html").read_text()
    assert source.startswith("{% comment %}\nc-" + name.replace("_", "-") + " — ")
    inputs = re.search(r"<c-vars([^>]*?)/?>", source)
    assert inputs
    head = source.split("{% endcomment %}")[0]
    declared = re.findall(r":?([a-z_]+)=", inputs[1])
    assert [one for one in declared if not re.search(rf"\b{one}\b", head)] == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_stands_in_the_handbook(name: str) -> None:
    assert f"`c-{name.replace('_', '-')}`" in Path("docs/developers/design.md").read_text()


def test_vendored_files_are_those_we_took() -> None:
    folder = STATIC / "vendor"
    listed = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name not in {"README.md", "SHA256SUMS"}
    }
    assert found == listed


def test_every_style_sheet_is_linked_and_layered() -> None:
    linked = styles.links()
    sheets = {path.name: path.read_text() for path in STATIC.glob("*.css")}
    assert [name for name in sheets if f"design/{name}" not in linked] == []
    assert [name for name, css in sheets.items() if "@layer" not in css] == ["fonts.css"]


def test_collected_sheets_are_one_file_in_their_order() -> None:
    storage = FileSystemStorage(STATIC)
    css = styles.joined({f"design/{path.name}": (storage, path.name) for path in STATIC.glob("*")})

    texts = [(STATIC / f"{sheet}.css").read_text() for sheet in styles.SHEETS]
    assert css.startswith("".join(texts))
    paper = (STATIC / "print.css").read_text()
    assert css.endswith(f"@media print {{\n{paper}}}\n")


def test_colours_stand_in_the_tokens_only() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|oklch\(\d", re.IGNORECASE)
    sheets = [path for path in STATIC.glob("*.css") if path.name != "tokens.css"]
    assert [path.name for path in sheets if colour.search(path.read_text())] == []


def test_every_variable_used_is_defined() -> None:
    css = "".join(path.read_text() for path in STATIC.glob("*.css"))
    used = set(re.findall(r"var\((--[\w-]+)(?=\))", css))
    assert used <= set(re.findall(r"(--[\w-]+):", css))


def test_script_is_short() -> None:
    assert len((STATIC / "design.js").read_text().splitlines()) < 150
