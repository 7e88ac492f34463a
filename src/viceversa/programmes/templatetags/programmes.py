"""Long texts as people write them: paragraphs, and lines that begin with a dash as a list."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    blocks = [block.strip() for block in str(text).replace("\r\n", "\n").split("\n\n")]
    return mark_safe("".join(_block(block) for block in blocks if block))


def _block(block: str) -> SafeString:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if all(line.startswith(("- ", "• ")) for line in lines):
        items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html(
        "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((x,) for x in lines))
    )
