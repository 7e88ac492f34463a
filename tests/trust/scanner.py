"""Looks for planted secrets in bytes, however they were written down: it undoes encodings, one
inside another, and needs to know nothing about the file."""

import base64
import binascii
import html
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

MARK = "quokka"
LENGTH = 14
DEPTH = 3
NEAR = 160
MOST_UNPACKED = 64 * 1024 * 1024

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PLAIN = re.compile(MARK.encode() + b"[a-z2-7]{%d}" % LENGTH, re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){12,}")
_WIDE = re.compile(rb"(?:[^\x00]\x00){8,}|(?:\x00[^\x00]){8,}", re.DOTALL)
_WIDER = re.compile(rb"(?:[^\x00]\x00{3}){8,}|(?:\x00{3}[^\x00]){8,}", re.DOTALL)
_QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_URL = re.compile(rb"%[0-9A-Fa-f]{2}")
_JSON = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\"\\/bfnrt])")
_ENTITY = re.compile(rb"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[a-z]{2,8});")
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = re.compile(rb"PK\x03\x04")


def secret(number: int) -> str:
    """The text of a number: the same in every process, and found nowhere by chance."""
    digest = sha256(f"planted {number}".encode()).digest()
    return MARK + "".join(_LETTERS[byte % 32] for byte in digest[:LENGTH])


def found_in(data: bytes, *, depth: int = DEPTH) -> set[str]:
    """Every planted secret that these bytes hold, with at most `depth` encodings around it."""
    found: set[str] = set()
    seen: set[bytes] = set()
    layer = [data]
    for level in range(depth + 1):
        following = []
        for piece in layer:
            found |= {match.group().decode().lower() for match in _PLAIN.finditer(piece)}
            if level < depth:
                following += [inner for inner in _undone(piece) if _is_new(inner, seen)]
        layer = following
    return found


def found_in_folder(folder: Path) -> dict[str, set[str]]:
    """Path below the folder → what it holds, for files that hold something, or in their name."""
    hits = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        here = found_in(name.encode())
        if path.is_file():
            here |= found_in(path.read_bytes())
        if here:
            hits[name] = here
    return hits


def _is_new(piece: bytes, seen: set[bytes]) -> bool:
    if len(piece) < len(MARK) + LENGTH:
        return False
    mark = sha256(piece).digest()
    if mark in seen:
        return False
    seen.add(mark)
    return True


def _undone(data: bytes) -> Iterator[bytes]:
    yield from _from_base64(data)
    yield from _from_hex(data)
    yield from _narrowed(data)
    yield from _inflated(data)
    for pattern, undo in _ESCAPES:
        yield from _unescaped(data, pattern, undo)


def _from_base64(data: bytes) -> Iterator[bytes]:
    """A text may begin anywhere in a run, so each of the four alignments is tried. A long run of
    hexadecimal digits alone is read as such only."""
    for match in _BASE64.finditer(data):
        run = re.sub(rb"\s", b"", match.group()).translate(_STANDARD)
        if len(run) >= 48 and _HEX.fullmatch(run):
            continue
        for start in range(4):
            whole = run[start : start + (len(run) - start) // 4 * 4]
            rest = run[start + len(whole) :]
            if len(rest) > 1:
                whole += rest + b"=" * (4 - len(rest))
            yield base64.b64decode(whole)


_STANDARD = bytes.maketrans(b"-_", b"+/")


def _from_hex(data: bytes) -> Iterator[bytes]:
    for match in _HEX.finditer(data):
        yield binascii.unhexlify(match.group())
        yield binascii.unhexlify(match.group()[1:-1])


def _narrowed(data: bytes) -> Iterator[bytes]:
    for pattern in (_WIDE, _WIDER):
        for match in pattern.finditer(data):
            yield match.group().replace(b"\0", b"")


def _inflated(data: bytes) -> Iterator[bytes]:
    for pattern, bits in ((_ZLIB, 15), (_GZIP, 31)):
        for match in pattern.finditer(data):
            yield _inflate(data[match.start() :], bits)
    for match in _ZIP.finditer(data):
        head = data[match.start() : match.start() + 30]
        if len(head) == 30:
            name, extra = struct.unpack("<HH", head[26:30])
            yield _inflate(data[match.start() + 30 + name + extra :], -15)


def _inflate(data: bytes, bits: int) -> bytes:
    """As much as can be had, also of a stream that was cut off; nothing when it is none."""
    stream = zlib.decompressobj(bits)
    unpacked = b""
    for start in range(0, len(data), 4096):
        try:
            unpacked += stream.decompress(data[start : start + 4096], MOST_UNPACKED)
        except zlib.error:
            break
        if stream.eof or len(unpacked) > MOST_UNPACKED:
            break
    return unpacked


Undo = Callable[[re.Match[bytes]], bytes]


def _unescaped(data: bytes, pattern: re.Pattern[bytes], undo: Undo) -> Iterator[bytes]:
    for start, end in _around(pattern.finditer(data)):
        yield pattern.sub(undo, data[start:end])


def _around(matches: Iterable[re.Match[bytes]]) -> Iterator[tuple[int, int]]:
    """Stretches with escapes in them, near ones put together."""
    start, end = -1, -1
    for match in matches:
        first, last = max(0, match.start() - NEAR), match.end() + NEAR
        if start < 0:
            start, end = first, last
        elif first <= end:
            end = last
        else:
            yield start, end
            start, end = first, last
    if start >= 0:
        yield start, end


def _byte(match: re.Match[bytes]) -> bytes:
    return binascii.unhexlify(match.group()[1:])


def _quoted(match: re.Match[bytes]) -> bytes:
    return b"" if match.group().endswith(b"\n") else _byte(match)


def _json(match: re.Match[bytes]) -> bytes:
    text = match.group()
    if text[1:2] in b"ux":
        return _character(int(text[2:], 16))
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}.get(text[1:], text[1:])


def _entity(match: re.Match[bytes]) -> bytes:
    text = match.group().decode()
    if text[1] != "#":
        return html.unescape(text).encode()
    return _character(int(text[3:-1], 16) if text[2] in "xX" else int(text[2:-1]))


def _character(code: int) -> bytes:
    """A small number may be a letter or a byte of something packed; both read the same then."""
    if code < 256:
        return bytes([code])
    return chr(code).encode("utf-8", "surrogatepass") if code < 0x110000 else b""


_ESCAPES: tuple[tuple[re.Pattern[bytes], Undo], ...] = (
    (_QUOTED, _quoted),
    (_URL, _byte),
    (_JSON, _json),
    (_ENTITY, _entity),
)
