"""Reads an address that somebody gave us, without becoming a way into the network we stand in."""

import http.client
import socket
import ssl
import time
from contextlib import closing, suppress
from threading import Timer
from urllib.parse import SplitResult, quote, urlsplit

from viceversa.meetings.rules.busy import is_public, wrong_with_address

MOST_BYTES = 2 * 1024 * 1024
EACH_STEP = 5.0
ALTOGETHER = 15.0
CHUNK = 64 * 1024


class CannotRead(Exception):
    """`args[0]` is a code; `queries.calendar.sentence` says it to people."""


class Deadline:
    """Ends a connection from outside: a server that sends a byte now and then never times out."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.at

    @property
    def step(self) -> float:
        if self.is_over:
            raise CannotRead("slow")
        return min(EACH_STEP, self.at - time.monotonic())

    def guard(self, connection: socket.socket) -> Timer:
        timer = Timer(max(0.0, self.at - time.monotonic()), _shut, [connection])
        timer.daemon = True
        timer.start()
        return timer


def read_address(address: str, *, allow_private: bool) -> bytes:
    problem = wrong_with_address(address, allow_private=allow_private)
    if problem:
        raise CannotRead(problem)
    deadline = Deadline(ALTOGETHER)
    try:
        return _read(urlsplit(address), deadline, allow_private=allow_private)
    except TimeoutError as error:
        raise CannotRead("slow") from error
    except ssl.SSLError as error:
        raise CannotRead("slow" if deadline.is_over else "insecure") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise CannotRead("slow" if deadline.is_over else "unreachable") from error


def _read(parts: SplitResult, deadline: Deadline, *, allow_private: bool) -> bytes:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = _place(host, port, allow_private=allow_private)
    with closing(_connected(place, deadline)) as plain:
        connection: socket.socket = plain
        if parts.scheme == "https":
            connection = _secured(plain, host)
        timer = deadline.guard(connection)
        try:
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            return _answer(connection, parts, deadline)
        finally:
            timer.cancel()
            connection.close()


def _place(host: str, port: int, *, allow_private: bool) -> tuple[str, int]:
    """Where the name leads, looked up once: what is checked is what is connected to. One private
    place among several is enough to refuse."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotRead("not_found") from error
    places = [str(where[0]) for *_kind, where in found]
    if not places:
        raise CannotRead("not_found")
    if not allow_private and not all(is_public(place) for place in places):
        raise CannotRead("private")
    return places[0], port


def _connected(place: tuple[str, int], deadline: Deadline) -> socket.socket:
    return socket.create_connection(place, timeout=deadline.step)


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _answer(connection: socket.socket, parts: SplitResult, deadline: Deadline) -> bytes:
    connection.settimeout(deadline.step)
    speaker = http.client.HTTPConnection(parts.hostname or "")
    speaker.sock = connection
    speaker.request("GET", _target(parts), headers=_headers(parts))
    answer = speaker.getresponse()
    if 300 <= answer.status < 400:
        raise CannotRead("elsewhere")
    if answer.status != 200:
        raise CannotRead("refused")
    return _body(answer, connection, deadline)


def _body(answer: http.client.HTTPResponse, connection: socket.socket, deadline: Deadline) -> bytes:
    if answer.length is not None and answer.length > MOST_BYTES:
        raise CannotRead("huge")
    body = bytearray()
    while True:
        connection.settimeout(deadline.step)
        chunk = answer.read1(CHUNK)
        if not chunk:
            break
        body += chunk
        if len(body) > MOST_BYTES:
            raise CannotRead("huge")
    if deadline.is_over:
        raise CannotRead("slow")
    return bytes(body)


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return f"{path}?{query}" if query else path


def _headers(parts: SplitResult) -> dict[str, str]:
    return {
        "Host": parts.netloc,
        "User-Agent": "Viceversa",
        "Accept": "text/calendar",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
