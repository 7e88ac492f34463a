"""report.html: one printable page that a person who never met us understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape

from viceversa.matching.engine.explaining.fairness import WIDTH, Fairness
from viceversa.matching.engine.explaining.shares import Parity, Share
from viceversa.matching.engine.explaining.unmatched import WhyUnmatched
from viceversa.matching.engine.files.report_pieces import (
    MARK,
    bars,
    figures,
    paragraph,
    percent,
    share_row,
    table,
)
from viceversa.matching.engine.files.report_style import STYLE
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.words import counted, part_label, rule_label

MANY, SHOWN = 2_000, 500  # of more rows than that, so many are shown
VALUES = 12  # values of one attribute shown, those of most people
OBJECTIVE = {
    "coverage": "as many learners as possible have an adviser",
    "floor": "the worst of their best scores is as high as possible",
    "places": "as many places as possible are filled",
    "total": "the sum of scores is as high as possible",
}
Called = Callable[[str], str]


def report_html(
    match: Match, reasons: Sequence[WhyUnmatched], report: Fairness, digest: str
) -> str:
    """The whole page, which needs nothing from anywhere else."""
    columns = match.roster.columns

    def called(person_id: str) -> str:
        return columns.called(columns.index[person_id])

    sections = (
        ("matched", "Who is proposed to whom", _partnerships(match, called)),
        ("left-out", "Who is left out, and what would help", _left_out(reasons, called)),
        ("scores", "How good the partnerships are", _scores(match, report)),
        ("fairness", "How fair it is", _fairness(report)),
        ("rules", "Which pairs the rules exclude", _rules(match)),
        ("proof", "How we know that it is the best", _proof(match, digest)),
    )
    links = "".join(f'<a href="#{name}">{title}</a>' for name, title, _ in sections)
    body = "".join(
        f'<section id="{name}"><h2>{title}</h2>{content}</section>'
        for name, title, content in sections
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Proposed partnerships</title><style>{STYLE}</style></head>"
        f"<body><main>{_head(match, report)}<nav>{links}</nav>{body}</main></body></html>\n"
    )


def _head(match: Match, report: Fairness) -> str:
    """What is true now, in one sentence and eight figures."""
    without = report.learners.base - report.learners.count
    said = f"{_share(report.learners)} learners have an adviser"
    said += f"; {without:,} {'is' if without == 1 else 'are'} left out." if without else "."
    return (
        f"{MARK}<h1>Proposed partnerships</h1>"
        + paragraph(said, "lede")
        + paragraph(
            "In reverse mentoring a learner, usually senior, is taught by an adviser, usually "
            "junior. This page says who is proposed to whom and why, who is not and what would "
            "help, how fair the whole is, and how anybody can check that no better one exists."
        )
        + _figures(match, report)
    )


def _figures(match: Match, report: Fairness) -> str:
    middle = report.quartiles[2] if report.quartiles else 0
    return figures(
        (
            ("Partnerships", f"{match.assignment.places:,}"),
            ("Learners with an adviser", _share(report.learners)),
            ("Advisers with a learner", _share(report.advisers)),
            ("First wish granted", _share(report.first_wish)),
            ("Left out before, now matched", _share(report.left_out_before)),
            ("Worst learner's best score", f"{report.floor:,}"),
            ("Middle learner's best score", f"{middle:,}"),
            ("Sum of scores", f"{match.assignment.total:,}"),
        )
    )


def _share(share: Share) -> str:
    return f"{share.count:,} of {share.base:,}" if share.base else "nobody"


def _partnerships(match: Match, called: Called) -> str:
    pairs = match.pairs
    shown = pairs[:SHOWN] if len(pairs) > MANY else pairs
    rows = (
        (
            called(pair.learner_id),
            called(pair.adviser_id),
            f"{pair.score:,}",
            pair.reason + (" Kept by a coordinator." if pair.pinned else ""),
        )
        for pair in shown
    )
    if not pairs:
        return paragraph("Nobody: the rules below leave no pair that could be proposed.")
    return (
        paragraph(_scoring(match))
        + table(
            ("Learner", "Adviser", "Score", "Why"), rows, numbers=(2,), people=(0, 1), look="cards"
        )
        + _rest(len(pairs), len(shown), "partnerships.csv")
    )


def _scoring(match: Match) -> str:
    weights = {name: weight for name, weight in match.settings.part_weights().items() if weight}
    whole = max(sum(weights.values()), 1)
    parts = sorted(weights.items(), key=lambda part: (-part[1], part[0]))
    said = ", ".join(f"{part_label(name).lower()} {percent(w / whole)}" for name, w in parts)
    return f"A score says how well two people fit, up to 10,000. It is made of: {said}."


def _rest(all_of_them: int, shown: int, file: str) -> str:
    if shown == all_of_them:
        return ""
    return paragraph(
        f"These are the first {shown:,} of {all_of_them:,}; {file}, beside this page, has all.",
        "soft",
    )


def _left_out(reasons: Sequence[WhyUnmatched], called: Called) -> str:
    if not reasons:
        return paragraph("Nobody. Every learner and every adviser has a partner.")
    learners = [reason for reason in reasons if reason.role == "learner"]
    advisers = [reason for reason in reasons if reason.role == "adviser"]
    told = "" if learners else paragraph("Every learner has an adviser.")
    for title, some in (("Learners", learners), ("Advisers", advisers)):
        if some:
            told += f"<h3>{title}: {len(some):,}</h3>{_reasons(some, called)}"
    return told


def _reasons(reasons: Sequence[WhyUnmatched], called: Called) -> str:
    """People with one and the same answer stand in one row."""
    shown = reasons[:SHOWN] if len(reasons) > MANY else reasons
    alike: dict[tuple[str, str], list[str]] = {}
    for reason in shown:
        answer = reason.sentence, _help(reason)
        alike.setdefault(answer, []).append(called(reason.person_id))
    rows = ((", ".join(people), why, change) for (why, change), people in alike.items())
    made = table(("Person", "Why", "What would help"), rows, people=(0,), look="cards")
    return made + _rest(len(reasons), len(shown), "unmatched.csv")


def _help(reason: WhyUnmatched) -> str:
    change = reason.smallest_change
    if change is None:
        return "No single change that could be offered."
    return f"{change.sentence} Tried, and it works." if change.proved else change.sentence


def _scores(match: Match, report: Fairness) -> str:
    if not report.quartiles:
        return paragraph("There are no partnerships.")
    steps = [f"{at * WIDTH:,}–{(at + 1) * WIDTH:,}" for at in range(len(report.histogram))]
    rows = [(step, f"{n:,}") for step, n in zip(steps, report.histogram, strict=True) if n]
    short = [f"{at}–{at + 1}" for at in range(len(report.histogram))]
    said = ", ".join(f"{step}: {count}" for step, count in rows)
    lowest, _, middle, _, highest = report.quartiles
    return (
        paragraph(
            f"Each learner's best score. The lowest is {lowest:,}, the highest {highest:,}; half "
            f"of the matched learners have {middle:,} or more."
        )
        + paragraph(_ceiling(report))
        + '<div class="chart">'
        + f"<div>{bars(short, report.histogram, said)}"
        + paragraph("Learners by their best score, in thousands", "soft")
        + "</div>"
        + table(("Best score", "Learners"), rows, numbers=(1,))
        + "</div>"
        + paragraph(_envy(match, report))
    )


def _ceiling(report: Fairness) -> str:
    lowest, _, middle, _, _ = report.share_of_ceiling
    return (
        "Measured by the best adviser the rules would allow each of them, the middle learner "
        f"gets {middle} % of that score and the worst off {lowest} %."
    )


def _envy(match: Match, report: Fairness) -> str:
    if not report.envy:
        return "No learner and adviser would both score higher with each other than as proposed."
    among = "among the pairs looked at closely " if match.problem.lists is not None else ""
    return (
        f"In {counted(report.envy, 'case')} {among}a learner and an adviser would both score "
        "higher with each other than as proposed, at the expense of somebody else."
    )


def _fairness(report: Fairness) -> str:
    """Shares with what chance alone could make of them."""
    shares = (
        ("Learners with an adviser", report.learners),
        ("Advisers with a learner", report.advisers),
        ("First wish granted, of learners who asked for somebody", report.first_wish),
        ("Any wish granted, of learners who asked for somebody", report.any_wish),
        ("Left out last time, now with an adviser", report.left_out_before),
    )
    rows = [share_row(label, share) for label, share in shares if share.base]
    return (
        paragraph(
            "Shares of few people swing by chance. The range says within which limits the share "
            "would be expected with 95 % confidence; where two ranges overlap widely, the "
            "difference says little."
        )
        + table(
            ("", "People", "Share", "Range", "0 to 100 %"), rows, numbers=(1, 2, 3), look="shares"
        )
        + "".join(_parity(report))
    )


def _parity(report: Fairness) -> Iterator[str]:
    if not report.parity:
        return
    yield "<h3>By what people said about themselves</h3>"
    yield paragraph(
        "Values with fewer than 5 people are not shown. Scores use none of these "
        "unless the programme names them."
    )
    for each in report.parity:
        yield _parity_table(each)


def _parity_table(each: Parity) -> str:
    partner = "an adviser" if each.role == "learner" else "a learner"
    groups = sorted(each.groups, key=lambda group: -group.matched.base)[:VALUES]
    rows = [share_row(group.value, group.matched) for group in groups]
    name = each.attribute.replace("_", " ")
    name = name[:1].upper() + name[1:]
    more = len(each.groups) - len(groups)
    caption = f"{name}: {each.role}s with {partner}"
    caption += f" ({counted(more, 'smaller group')} in fairness.json)" if more else ""
    return table(
        (name, "People", "Share", "Range", "0 to 100 %"),
        rows,
        numbers=(1, 2, 3),
        caption=caption,
        look="shares",
    )


def _rules(match: Match) -> str:
    counts: Counter[str] = Counter()
    for name, count in match.problem.removed.items():
        counts[rule_label(name)] += count
    rows = [(label, f"{count:,}") for label, count in counts.most_common() if count]
    told = paragraph(
        f"{counted(match.problem.admissible, 'pair')} could be proposed. A pair that several "
        "rules exclude is counted under the first."
    )
    if match.settings.places.one_other_field:
        told += paragraph(
            "Of several advisers of one learner, one comes from another field than the "
            "learner's own."
        )
    return told + (table(("Rule", "Pairs excluded"), rows, numbers=(1,)) if rows else "")


def _proof(match: Match, digest: str) -> str:
    order = ", then ".join(OBJECTIVE[objective] for objective in match.settings.order)
    return (
        f'<div class="proof"><p>The programme asks, in this order, that {order}. The file '
        "<code>certificate.json</code> proves that this proposal does so better than any other: "
        "it puts a price on every adviser's place, and at these prices the best that each learner "
        "could possibly have, added up, is not worth more than what is proposed here. Anybody can "
        "check that by adding up, without trusting the program that found it: <code>viceversa "
        "verify certificate.json</code> works out every rule and score again from the input and "
        "refuses when one number is off.</p>"
        f'<p class="soft">Fingerprint of the certificate: <code>{escape(digest)}</code></p></div>'
    )
