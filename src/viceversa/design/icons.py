"""Lucide icons, each drawn once."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """Decoration, unless it has a label of its own."""
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(lucide(name, size=size, **said))
