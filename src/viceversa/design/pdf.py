"""Documents as tagged PDF (PDF/UA-1). What people wrote is handed over as data, so that nothing in
it can act as markup."""

import json
import re
from pathlib import Path
from typing import Any

import typst

NO_FONT = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)


class NoLetters(ValueError):
    """No font of this machine has the letters of a text."""

    def __init__(self, text: str) -> None:
        super().__init__(f"no font for {text}")
        self.text = text


def pdf_of(drawing: Path, data: dict[str, Any]) -> bytes:
    """`drawing` reads `json(bytes(sys.inputs.data))`. Raises NoLetters."""
    try:
        made = typst.compile(
            drawing,
            root=drawing.parent,
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        missing = NO_FONT.search(error.message)
        if missing is None:
            raise
        raise NoLetters(missing["text"]) from None
    return made
