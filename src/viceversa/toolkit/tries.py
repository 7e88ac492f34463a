"""Too many tries, counted in this process's memory only, under a name that nobody can lead back to
an address: neither is written anywhere, and a restart forgets both."""

import hashlib
import hmac
import ipaddress
import secrets
from collections import deque
from datetime import datetime, timedelta
from threading import Lock

MOST_CALLERS = 10_000


class Tries:
    """So many in a span of time, for each caller."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self.within = most, within
        self._secret = secrets.token_bytes(32)
        self._seen: dict[bytes, deque[datetime]] = {}
        self._lock = Lock()

    def are_left(self, caller: str, *, now: datetime) -> bool:
        with self._lock:
            return len(self._recent(self._name(caller), now)) < self.most

    def count(self, caller: str, *, now: datetime) -> None:
        with self._lock:
            if len(self._seen) >= MOST_CALLERS:
                self._seen.clear()
            name = self._name(caller)
            self._seen[name] = self._recent(name, now)
            self._seen[name].append(now)

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()

    def _name(self, caller: str) -> bytes:
        return hmac.digest(self._secret, _place(caller).encode(), hashlib.sha256)

    def _recent(self, name: bytes, now: datetime) -> "deque[datetime]":
        seen = self._seen.get(name, deque())
        while seen and seen[0] <= now - self.within:
            seen.popleft()
        return seen


def _place(caller: str) -> str:
    """One household or desk has very many addresses of IPv6: their first half counts as one."""
    try:
        address = ipaddress.ip_address(caller)
    except ValueError:
        return caller
    if isinstance(address, ipaddress.IPv4Address):
        return caller
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
