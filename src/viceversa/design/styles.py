"""The style sheets: many files to read, one to load."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = (
    *("tokens", "fonts", "base", "layout", "navigation", "buttons", "forms", "tables"),
    *("components", "talk", "trees", "overlays", "figures", "utilities"),
)
PAPER = "print"
JOINED = "design/design.css"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collecting the files also joins the sheets, so a first visit asks once and not 14 times."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run and paths.keys() >= {sheet_name(sheet) for sheet in (*SHEETS, PAPER)}:
            self.delete(JOINED)
            self._save(JOINED, ContentFile(joined(paths).encode()))
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)


def joined(paths: dict[str, Any]) -> str:
    screen = "".join(_text(paths, sheet) for sheet in SHEETS)
    return f"{screen}@media print {{\n{_text(paths, PAPER)}}}\n"


def links() -> SafeString:
    """Of the one joined sheet where files were collected, else of each."""
    if isinstance(staticfiles_storage, Storage) and not settings.DEBUG:
        return _link(JOINED)
    each = ((staticfiles_storage.url(sheet_name(sheet)),) for sheet in SHEETS)
    screen = format_html_join("\n  ", '<link rel="stylesheet" href="{}">', each)
    paper = staticfiles_storage.url(sheet_name(PAPER))
    return screen + format_html('\n  <link rel="stylesheet" href="{}" media="print">', paper)


def sheet_name(sheet: str) -> str:
    return f"design/{sheet}.css"


def _link(name: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', staticfiles_storage.url(name))


def _text(paths: dict[str, Any], sheet: str) -> str:
    storage, path = paths[sheet_name(sheet)]
    with storage.open(path) as file:
        return str(file.read().decode())
