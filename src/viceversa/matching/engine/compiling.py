"""How loops over arrays are compiled: what Python calls, and what only other loops call.

numba makes two more functions around each loop, for callers from Python and from C. Around a tuple
of twenty arrays they take longer to compile than the loop; inner loops go without them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])
NO_WRAPPERS: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def entry(loop: Loop) -> Loop:
    """Called from Python; compiled once on a machine. Other threads go on meanwhile."""
    return _compiled(loop, cache=True, nogil=True, no_cfunc_wrapper=True)


def inner(loop: Loop) -> Loop:
    """Called from other compiled loops only."""
    return _compiled(loop, nogil=True, **NO_WRAPPERS)


def inlined(loop: Loop) -> Loop:
    """Called from other compiled loops only, so often that a call would cost too much."""
    return _compiled(loop, nogil=True, forceinline=True, **NO_WRAPPERS)


def _compiled(loop: Loop, **options: Any) -> Loop:
    decorate: Callable[[Loop], Loop] = njit(**options)
    return decorate(loop)
