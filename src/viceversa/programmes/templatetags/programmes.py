"""Long texts as people write them, paragraphs and dashes as lists; and how often two meet."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    blocks = [block.strip() for block in str(text).replace("\r\n", "\n").split("\n\n")]
    return mark_safe("".join(_block(block) for block in blocks if block))


@register.filter
def how_often(days: int) -> str:
    weeks, rest = divmod(days, 7)
    if rest or not weeks:
        return ngettext("every day", "every %(n)s days", days) % {"n": days}
    return {1: _("every week"), 2: _("every two weeks"), 4: _("every four weeks")}.get(
        weeks, _("every %(n)s weeks") % {"n": weeks}
    )


def _block(block: str) -> SafeString:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if all(line.startswith(("- ", "• ")) for line in lines):
        items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html(
        "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((x,) for x in lines))
    )
