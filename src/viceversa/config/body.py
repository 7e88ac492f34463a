"""Reads a request's body into a bounded spool before the application sees the request."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 64 * 1024 * 1024
IN_MEMORY = 256 * 1024
CHUNK = 64 * 1024
SLOWEST_SECONDS = 60.0


class TooLarge(Exception):
    pass


class Gone(Exception):
    pass


class BodyFirst:
    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            try:
                await asyncio.wait_for(_fill(spool, receive), SLOWEST_SECONDS)
            except TooLarge:
                await _answer(send, 413, b"This upload is larger than 64 MB. Send a smaller file.")
            except TimeoutError:
                await _answer(send, 408, b"The upload took longer than a minute. Try again.")
            except Gone:
                return
            else:
                spool.seek(0)
                await self.application(scope, _replay(spool, receive), send)


async def _fill(spool: IO[bytes], receive: Receive) -> None:
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body = message.get("body", b"")
        size += len(body)
        if size > MOST_BYTES:
            raise TooLarge
        spool.write(body)
        if not message.get("more_body", False):
            return


def _replay(spool: IO[bytes], receive: Receive) -> Receive:
    finished = False

    async def replay() -> Message:
        nonlocal finished
        if finished:
            return await receive()
        chunk = spool.read(CHUNK)
        finished = len(chunk) < CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not finished}

    return replay


async def _answer(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
