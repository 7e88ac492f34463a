"""Small pieces for templates: cheap enough for loops."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django_cotton.templatetags import Attrs
from lucide.templatetags.lucide import lucide

from viceversa.design import people, scores, visibility
from viceversa.design.forms import kind_of

register = template.Library()

PASSED_ON = frozenset(
    {"id", "title", "lang", "dir", "autofocus", "tabindex", "accesskey", "popovertarget"}
    | {"form", "formaction", "formmethod", "formnovalidate", "rel", "target", "download"}
)
PASSED_PREFIXES = ("hx-", "data-", "aria-")


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """A lucide icon: decoration, unless it has a label of its own."""
    return _drawn(str(name) + "", size, str(label) + "")


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, label: str) -> SafeString:
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(lucide(name, size=size, **said))


@register.filter
def initials(name: str) -> str:
    return people.initials(str(name))


@register.simple_tag
def avatar(name: str, role: str = "", size: str = "") -> SafeString:
    """A circle with initials. The name stands beside it, so it says nothing to screen readers."""
    classes = " ".join(part for part in ("avatar", role, size) if part)
    letters = people.initials(str(name))
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, letters)


@register.simple_tag
def person(name: str, sub: str = "", role: str = "", url: str = "", size: str = "") -> SafeString:
    shown = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<b>{}</b>", name)
    below = format_html("<small>{}</small>", sub) if sub else ""
    circle = avatar(name, role, size)
    return format_html('<span class="person">{}<span>{}{}</span></span>', circle, shown, below)


@register.simple_tag(name="visibility")
def visibility_tag(key: str, name: str = "") -> SafeString:
    lock = icon("lock", 15)
    said = visibility.sentence(key, name)
    return format_html('<span class="visibility">{}<span>{}</span></span>', lock, said)


@register.simple_tag
def badge(label: str, tone: str = "", icon: str = "") -> SafeString:
    drawn = _icon(icon, 14) if icon else ""
    classes = f"badge {tone}".strip()
    return format_html('<span class="{}">{}{}</span>', classes, drawn, label)


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
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="8"><title>{} {}</title></rect>',
        (
            (part.tone, str(part.x), str(part.width), part.label, part.share)
            for part in scores.segments(parts)
        ),
    )
    return format_html(
        '<span class="score{}"><svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="score-track" width="100" height="8"/>{}</svg>{}</span>',
        " large" if large else "",
        scores.in_words(parts),
        drawn,
        format_html('<span class="score-total">{}</span>', total) if total else "",
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
def attributes(attrs: Attrs) -> SafeString:
    """Passes on what a component did not declare: known names only, always escaped."""
    undeclared = attrs.attrs_dict().items()
    pairs = [(name, value) for name, value in undeclared if _is_passed_on(name)]
    plain = format_html_join("", " {}", ((name,) for name, value in pairs if value is True))
    told = [(name, value) for name, value in pairs if value is not True and value is not None]
    return plain + format_html_join("", ' {}="{}"', told)


@register.filter
def field_kind(field: forms.BoundField) -> str:
    return kind_of(field)


@register.filter
def first_id(field: forms.BoundField) -> str:
    """The id to jump to from the list of errors."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def split_choice(label: str) -> list[str]:
    """“Label — sentence” in two, for choices that explain themselves."""
    return [part.strip() for part in str(label).split(" — ", 1)]


def _is_passed_on(name: str) -> bool:
    return name in PASSED_ON or name.startswith(PASSED_PREFIXES)


def _share(value: float, maximum: float) -> float:
    return round(min(max(float(value) / float(maximum), 0), 1) * 100, 2) if maximum else 0.0


def _plain(value: float) -> str:
    """A figure as HTML wants it, whatever the language of the page."""
    return f"{float(value):g}"
