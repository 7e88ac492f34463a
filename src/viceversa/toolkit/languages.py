"""Languages as people call them."""

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """In the reader's language where we know it, else as it was written."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
