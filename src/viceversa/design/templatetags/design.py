"""Small pieces for templates: cheap enough for loops."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.template.base import Parser, Token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_cotton.templatetags import Attrs

from viceversa.design import icons, people, scores, styles, visibility
from viceversa.design.forms import draw_field
from viceversa.design.html import said

register = template.Library()

PASSED_ON = frozenset(
    {"id", "title", "lang", "dir", "autofocus", "tabindex", "accesskey", "popovertarget"}
    | {"form", "formaction", "formmethod", "formnovalidate", "rel", "target", "download"}
)
PASSED_PREFIXES = ("hx-", "data-", "aria-")


@register.simple_tag
def style_sheets() -> SafeString:
    return styles.links()


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    return icons.icon(str(name) + "", size, str(label) + "")


class _Once(template.Node):
    """Keeps what it drew first, for each language; templates live as long as the process."""

    def __init__(self, inside: template.NodeList) -> None:
        self._inside, self._drawn = inside, dict[str, SafeString]()

    def render(self, context: template.Context) -> SafeString:
        language = get_language() or ""
        if language not in self._drawn:
            self._drawn[language] = self._inside.render(context)
        return self._drawn[language]


@register.tag
def once(parser: Parser, _token: Token) -> _Once:
    """For parts of the frame that are the same on every page and for everybody."""
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(inside)


@register.simple_tag
def field(
    field: forms.BoundField, label: str = "", hint: str = "", optional: str = ""
) -> SafeString:
    return draw_field(field, label=label, hint=hint, optional=optional)


@register.filter
def initials(name: str) -> str:
    return people.initials(str(name))


@register.simple_tag
def avatar(name: str, role: str = "", size: str = "") -> SafeString:
    """A circle with initials. The name stands beside it, so it says nothing to screen readers."""
    return SafeString(_circle(name, role, size))


def _circle(name: str, role: str, size: str) -> str:
    classes = " ".join(filter(None, ("avatar", said(role), said(size))))
    letters = said(people.initials(str(name)))
    return f'<span class="{classes}" aria-hidden="true">{letters}</span>'


@register.simple_tag
def person(name: str, sub: str = "", role: str = "", url: str = "", size: str = "") -> SafeString:
    shown = f'<a href="{said(url)}">{said(name)}</a>' if url else f"<b>{said(name)}</b>"
    below = f"<small>{said(sub)}</small>" if sub else ""
    circle = _circle(name, role, size)
    return SafeString(f'<span class="person">{circle}<span>{shown}{below}</span></span>')


@register.simple_tag(name="visibility")
def visibility_tag(key: str, name: str = "") -> SafeString:
    lock, words = icon("lock", 15), visibility.sentence(key, name)
    return format_html('<span class="visibility">{}<span>{}</span></span>', lock, words)


@register.simple_tag
def badge(label: str, tone: str = "", icon: str = "") -> SafeString:
    drawn = _icon(icon, 14) if icon else ""
    return SafeString(f'<span class="{f"badge {said(tone)}".strip()}">{drawn}{said(label)}</span>')


_icon = icon


@register.simple_tag
def bar(value: float, maximum: float, tone: str = "", label: str = "") -> SafeString:
    return format_html(
        '<progress class="{}" value="{}" max="{}" aria-label="{}"></progress>',
        f"bar {tone}".strip(),
        _plain(value),
        _plain(maximum) if maximum else 1,
        label,
    )


@register.simple_tag
def score_bar(parts: Sequence[scores.Part], total: str = "", large: bool = False) -> SafeString:
    drawn = "".join(
        f'<rect class="{said(part.tone)}" x="{part.x}" width="{part.width}" height="8">'
        f"<title>{said(part.label)} {part.share}</title></rect>"
        for part in scores.segments(parts)
    )
    return SafeString(
        f'<span class="score{" large" if large else ""}">'
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        f'aria-label="{said(scores.in_words(parts))}">'
        f'<rect class="score-track" width="100" height="8"/>{drawn}</svg>'
        + (f'<span class="score-total">{said(total)}</span>' if total else "")
        + "</span>"
    )


@register.inclusion_tag("design/parts/score_key.html")
def score_key(parts: Sequence[scores.Part]) -> dict[str, Any]:
    return {"segments": scores.segments(parts)}


@register.inclusion_tag("design/parts/meter.html")
def meter(
    value: float, maximum: float, target: float | None = None, label: str = "", tone: str = ""
) -> dict[str, Any]:
    """A bar with a mark at the target; lengths are in a box 100 wide."""
    mark = None if target is None else min(_share(target, maximum), 99.2)
    return {
        "fill": _share(value, maximum),
        "mark": mark,
        "label": label,
        "value": value,
        "maximum": maximum,
        "target": target,
        "tone": tone,
    }


@register.simple_tag
def interval(low: float, high: float, maximum: float, label: str = "") -> SafeString:
    """Somewhere between two ends, on a track that ends at `maximum`. Its words stand beside it."""
    start = _share(low, maximum)
    width = max(_share(high, maximum) - start, 1.5)
    return format_html(
        '<svg class="meter interval" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="track" y="2" width="100" height="8"/>'
        '<rect class="fill" x="{}" y="2" width="{}" height="8"/></svg>',
        *(label, _plain(start), _plain(width)),
    )


@register.simple_tag
def attributes(attrs: Attrs) -> SafeString:
    """Passes on what a component did not declare: known names only, always escaped."""
    undeclared = attrs.attrs_dict().items()
    pairs = [(name, value) for name, value in undeclared if _is_passed_on(name)]
    plain = format_html_join("", " {}", ((name,) for name, value in pairs if value is True))
    told = [(name, value) for name, value in pairs if value is not True and value is not None]
    return plain + format_html_join("", ' {}="{}"', told)


@register.filter
def first_id(field: forms.BoundField) -> str:
    """The id to jump to from the list of errors."""
    return field.id_for_label or f"{field.auto_id}_0"


def _is_passed_on(name: str) -> bool:
    return name in PASSED_ON or name.startswith(PASSED_PREFIXES)


def _share(value: float, maximum: float) -> float:
    return round(min(max(float(value) / float(maximum), 0), 1) * 100, 2) if maximum else 0.0


def _plain(value: float) -> str:
    """A figure as HTML wants it, whatever the language of the page."""
    return f"{float(value):g}"
