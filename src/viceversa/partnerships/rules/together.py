"""One draft out of what the two wrote apart. The learner drives: where they differ about when and
how to meet, the learner's answer stands in the draft; about confidentiality the stricter wish."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from viceversa.partnerships.rules.terms import NOTHING, Outcome, Permission, Terms, stricter

Answers = Mapping[str, Mapping[str, Any]]


def put_together(learner: Answers, adviser: Answers, defaults: Mapping[str, Any]) -> Terms:
    """`defaults` are fields of the terms that nobody is asked about apart, such as the roles."""
    return Terms(
        **{**_background(learner, "learner"), **_background(adviser, "adviser")},
        outcomes=outcomes_with(learner, adviser),
        engagement=_said(learner, "aims", "engagement") or "long",
        permission=Permission(**learner.get("leave", {})),
        comfort=_said(learner, "trust", "comfort"),
        off_limits=_said(learner, "trust", "off_limits"),
        confidentiality=stricter(_level(learner), _level(adviser)),
        political=joined(
            _said(learner, "trust", "political"), _said(adviser, "trust", "political")
        ),
        **_meeting(learner, adviser),
        return_stream=joined(
            _said(learner, "back", "return_stream"), _said(adviser, "back", "return_stream")
        ),
        how_we_end=joined(
            _said(learner, "back", "how_we_end"), _said(adviser, "back", "how_we_end")
        )
        or defaults.get("how_we_end", ""),
        learner_role=defaults.get("learner_role", ""),
        adviser_role=defaults.get("adviser_role", ""),
    )


def outcomes_with(learner: Answers, adviser: Answers) -> tuple[Outcome, ...]:
    """The learner's outcomes, each with the adviser's reply where there is one."""
    wanted = learner.get("aims", {}).get("outcomes", [])
    replies = adviser.get("replies", {}).get("replies", [])
    empty = {"reply": "", "words": ""}
    return tuple(
        Outcome(text, **(replies[number] if number < len(replies) else empty))
        for number, text in enumerate(wanted)
    )


def joined(*texts: str) -> str:
    """Each once, one below the other."""
    return "\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _background(answers: Answers, side: str) -> dict[str, Any]:
    return {
        f"{side}_background": _said(answers, "you", "background"),
        f"{side}_expects": _said(answers, "you", "expects"),
        f"{side}_implied": _said(answers, "you", "implied"),
        f"{side}_aims": _said(answers, "aims", "aims"),
    }


def _meeting(learner: Answers, adviser: Answers) -> dict[str, Any]:
    ends = [
        date.fromisoformat(text)
        for text in (_said(learner, "meet", "ends_on"), _said(adviser, "meet", "ends_on"))
        if text
    ]
    meet = {**adviser.get("meet", {}), **learner.get("meet", {})}
    return {
        "every_days": meet.get("every_days", 7),
        "minutes": meet.get("minutes", 30),
        "channel": meet.get("channel", "video"),
        "place": meet.get("place", ""),
        "ends_on": min(ends, default=None),
    }


def _level(answers: Answers) -> str:
    return _said(answers, "trust", "confidentiality") or NOTHING


def _said(answers: Answers, step: str, field: str) -> str:
    return str(answers.get(step, {}).get(field) or "")
