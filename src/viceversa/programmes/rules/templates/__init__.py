"""Six ways to begin. Each is plain values; everything can be changed afterwards."""

from viceversa.programmes.rules.templates.ai_literacy import AI_LITERACY
from viceversa.programmes.rules.templates.association import ASSOCIATION
from viceversa.programmes.rules.templates.base import Template, ranks_of
from viceversa.programmes.rules.templates.digital_half_hour import DIGITAL_HALF_HOUR
from viceversa.programmes.rules.templates.fresh_eyes import FRESH_EYES
from viceversa.programmes.rules.templates.taster import TASTER
from viceversa.programmes.rules.templates.two_way_street import TWO_WAY_STREET

__all__ = ["TEMPLATES", "Template", "ranks_of", "template"]

TEMPLATES: tuple[Template, ...] = (
    DIGITAL_HALF_HOUR,
    FRESH_EYES,
    AI_LITERACY,
    TWO_WAY_STREET,
    TASTER,
    ASSOCIATION,
)


def template(key: str) -> Template | None:
    return next((template for template in TEMPLATES if template.key == key), None)
