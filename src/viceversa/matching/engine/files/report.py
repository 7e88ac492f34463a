"""report.html: one printable page that a person who never met us understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from viceversa.matching.engine.explaining.fairness import Fairness
from viceversa.matching.engine.explaining.shares import Share
from viceversa.matching.engine.explaining.unmatched import WhyUnmatched
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.words import rule_label

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border-bottom: 1px solid #8886; padding: .4rem .5rem; }
th, td { text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; }
dt { font-size: .85rem; } dd { margin: 0; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
svg { width: 100%; max-width: 34rem; height: auto; } svg rect { fill: #2f6f8f; }
svg text { fill: currentColor; font-size: 9px; text-anchor: middle; }
.scroll { overflow-x: auto; } code { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


def report_html(
    match: Match, reasons: Sequence[WhyUnmatched], report: Fairness, digest: str
) -> str:
    """The whole page; every text from the input is escaped."""
    names = {person.id: person.called for person in match.roster.people}
    body = "".join(
        (
            "<h1>Proposed partnerships</h1>",
            "<p>In reverse mentoring a learner, usually senior, is taught by an adviser, usually "
            "junior. This page says who is proposed to whom, why, and how good the whole is.</p>",
            _figures(match, report),
            _partnerships(match, names),
            _unmatched(reasons, names),
            _distribution(report),
            _rules(match),
            _proof(match, digest),
        )
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Proposed partnerships</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _figures(match: Match, report: Fairness) -> str:
    shown = (
        ("Learners with an adviser", _share(report.learners)),
        ("Advisers with a learner", _share(report.advisers)),
        ("Partnerships", f"{match.assignment.places:,}"),
        ("Worst learner's best score", f"{report.floor:,}"),
        ("Sum of scores", f"{match.assignment.total:,}"),
        ("First wish granted", _share(report.first_wish)),
        ("Left out before, now matched", _share(report.left_out_before)),
        ("Justified envy", f"{report.envy:,}"),
    )
    items = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in shown)
    return f"<dl>{items}</dl>"


def _share(share: Share) -> str:
    return f"{share.count:,} of {share.base:,}" if share.base else "nobody"


def _partnerships(match: Match, names: dict[str, str]) -> str:
    rows = (
        (
            names[pair.learner_id],
            names[pair.adviser_id],
            str(pair.score),
            pair.reason + (" Kept by a coordinator." if pair.pinned else ""),
        )
        for pair in match.pairs
    )
    return "<h2>Who is proposed to whom</h2>" + _table(
        ("Learner", "Adviser", "Score", "Why"), rows, numbers=(2,)
    )


def _unmatched(reasons: Sequence[WhyUnmatched], names: dict[str, str]) -> str:
    if not reasons:
        return "<h2>Who is left out</h2><p>Nobody.</p>"
    rows = (
        (
            names[reason.person_id],
            reason.role,
            reason.sentence,
            reason.smallest_change.sentence if reason.smallest_change else "",
        )
        for reason in reasons
    )
    return "<h2>Who is left out, and what would help</h2>" + _table(
        ("Person", "Role", "Why", "Smallest change"), rows
    )


def _distribution(report: Fairness) -> str:
    """A bar per thousand points of the best score, with a text for those who cannot see it."""
    most = max((*report.histogram, 1))
    bars = "".join(
        f'<rect x="{10 + at * 33}" y="{90 - 80 * count // most}" width="28" '
        f'height="{80 * count // most}"></rect>'
        f'<text x="{24 + at * 33}" y="{87 - 80 * count // most}">{count}</text>'
        f'<text x="{24 + at * 33}" y="102">{at}–{at + 1}</text>'
        for at, count in enumerate(report.histogram)
    )
    label = ", ".join(f"{at}–{at + 1}: {count}" for at, count in enumerate(report.histogram))
    return (
        "<h2>How the scores are spread</h2><p>Learners by their best score, in thousands of "
        f'10,000.</p><svg viewBox="0 0 345 108" role="img" aria-label="{label}">{bars}</svg>'
    )


def _rules(match: Match) -> str:
    counts: Counter[str] = Counter()
    for name, count in match.problem.removed.items():
        counts[rule_label(name)] += count
    rows = ((label, f"{count:,}") for label, count in counts.items() if count)
    admissible = f"<p>{len(match.problem.learner):,} pairs are admissible.</p>"
    if match.settings.places.one_other_field:
        admissible += (
            "<p>Of several advisers of one learner, one comes from another field than the "
            "learner's own.</p>"
        )
    return (
        "<h2>Pairs that the rules exclude</h2>"
        + admissible
        + _table(("Rule", "Pairs"), rows, numbers=(1,))
    )


def _proof(match: Match, digest: str) -> str:
    names = {
        "coverage": "as many learners as possible have an adviser",
        "floor": "the worst of their best scores is as high as possible",
        "places": "as many places as possible are filled",
        "total": "the sum of scores is as high as possible",
    }
    order = ", then ".join(names[objective] for objective in match.settings.order)
    return (
        "<h2>How we know that it is the best</h2>"
        f"<p>The programme asks, in this order, that {order}. The file "
        "<code>certificate.json</code> holds a price for every place. "
        "Under these prices no other choice of admissible pairs "
        "could be worth more, which anybody can check by arithmetic: "
        "<code>viceversa verify certificate.json</code> recomputes every rule and score from the "
        f"input and refuses when one number is off. Fingerprint: <code>{digest}</code></p>"
    )


def _table(
    header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()
) -> str:
    def cells(tag: str, texts: Sequence[str]) -> str:
        kinds = [' class="number"' if at in numbers else "" for at in range(len(texts))]
        return "".join(
            f"<{tag}{kind}>{escape(text)}</{tag}>" for kind, text in zip(kinds, texts, strict=True)
        )

    head = f"<thead><tr>{cells('th', header)}</tr></thead>"
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<div class="scroll"><table>{head}<tbody>{body}</tbody></table></div>'
