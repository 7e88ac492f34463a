"""The fixed parts of a one-sheet workbook, and the escapes that its texts need."""

import re
from xml.sax.saxutils import quoteattr

_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_LINKS = f"{_OFFICE}/officeDocument/2006/relationships"
_PACKAGE = f"{_OFFICE}/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET_HEAD = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
SHEET_FOOT = b"</sheetData></worksheet>"

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def safe_text(text: str) -> str:
    """Control characters, and texts that look like their escapes, as workbooks write them."""
    return _UNSTORABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def fixed_parts(sheet: str) -> tuple[tuple[str, str], ...]:
    name = quoteattr(_NOT_IN_SHEET_NAMES.sub(" ", sheet)[:31] or "Sheet")
    return (
        ("[Content_Types].xml", _content_types()),
        ("_rels/.rels", _relations("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name={name} sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml")),
    )


def _content_types() -> str:
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/{kind}" Target="{target}"/></Relationships>'
    )
