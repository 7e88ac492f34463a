"""certificate.json: the assignment's proof, bound to the input files by their hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from viceversa.matching.engine.matching import Match

FORMAT = "viceversa-match-1"


def sealed(match: Match, files: dict[str, str]) -> dict[str, Any]:
    """``files`` maps names inside the folder to SHA-256."""
    body = {
        "format": FORMAT,
        "files": files,
        "partnerships": [[pair.learner_id, pair.adviser_id] for pair in match.pairs],
        "assignment": match.assignment.certificate,
    }
    return body | {"digest": body_digest(body)}


def body_digest(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
