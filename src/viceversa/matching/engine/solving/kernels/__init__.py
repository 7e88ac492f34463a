"""Compiled loops over arrays (numba). The first use on a machine compiles them, once.

Loaded only where matching really runs: importing numba takes a second.
"""

from __future__ import annotations

import os
from pathlib import Path


def compiled_before() -> bool:
    """Are compiled loops kept from an earlier run? True where that cannot be known."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    here = Path(__file__).parent
    if chosen:
        return any(Path(chosen).rglob("*.nbi"))
    return not os.access(here, os.W_OK) or any((here / "__pycache__").glob("*.nbi"))
