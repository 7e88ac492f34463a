"""Twenty ways to write a text down, for planting what a scanner must find."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable


def _zipped(text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", text)
    return out.getvalue()


def _urlsafe(text: bytes) -> bytes:
    return base64.urlsafe_b64encode(text).rstrip(b"=")


def _percent(text: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in text)


def _json(text: bytes) -> bytes:
    return b'"' + b"".join(b"\\u%04x" % byte for byte in text) + b'"'


def _json_in_json(text: bytes) -> bytes:
    return json.dumps([_json(text).decode()]).encode()


def _wide(text: bytes, order: str) -> bytes:
    return text.decode("latin-1").encode(f"utf-16-{order}")


def _quoted(text: bytes) -> bytes:
    signs = [b"=%02X" % byte for byte in text]
    lines = [b"".join(signs[start : start + 25]) for start in range(0, len(signs), 25)]
    return b"=\r\n".join(lines)


def _broken_line(text: bytes) -> bytes:
    return text[:12] + b"=\r\n" + text[12:]


def _entities(text: bytes) -> bytes:
    return b"".join(b"&#%d;" % byte for byte in text)


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda text: text,
    "capitals": bytes.upper,
    "utf-16 little": lambda text: _wide(text, "le"),
    "utf-16 big": lambda text: _wide(text, "be"),
    "base64": base64.b64encode,
    "base64 out of step": lambda text: base64.b64encode(b"ab" + text),
    "base64 in lines": lambda text: base64.encodebytes(b"words " * 12 + text + b" words" * 12),
    "base64 for addresses": _urlsafe,
    "hex": lambda text: text.hex().encode(),
    "hex capitals": lambda text: text.hex().upper().encode(),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zip": _zipped,
    "quoted-printable": _quoted,
    "quoted-printable, broken line": _broken_line,
    "address escapes": _percent,
    "json escapes": _json,
    "json in json": _json_in_json,
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(text)),
    "hex of utf-16": lambda text: _wide(text, "le").hex().encode(),
}
