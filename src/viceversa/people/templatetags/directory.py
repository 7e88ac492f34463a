"""The rows of the directory. Drawn in Python: as a template they took a third of the page."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from viceversa.design.html import Piece, joined
from viceversa.design.templatetags.design import badge, person
from viceversa.people.queries.directory import Listed
from viceversa.toolkit.languages import language_name

register = template.Library()

register.filter(language_name)

ROW = Piece("""
<tr>
  <th scope="row">{person}</th>
  <td data-label="{level_label}">{level}{left}</td>
  <td data-label="{unit_label}">{unit}</td>
  <td data-label="{place_label}">{place}</td>
  <td data-label="{offers_label}"><span>{offers} {more}</span></td>{hired}
</tr>
""")
MORE = Piece('<span class="soft">{words}</span>')
HIRED = Piece('<td data-label="{label}">{month}</td>')


@register.simple_tag
def directory_rows(rows: Iterable[Listed], with_hired: bool) -> SafeString:
    labels = {
        "level_label": _("Level"),
        "unit_label": _("Unit"),
        "place_label": _("Place"),
        "offers_label": _("Offers"),
    }
    gone, more, hired = joined([" ", badge(_("left"))]), _("and %(more)s more"), _("Hired")
    return joined(
        ROW(
            person=_linked(row),
            level=row.person.level or "",
            left=gone if row.person.left_on else "",
            unit=row.person.unit or "",
            place=row.person.place or "",
            offers=row.best,
            more=MORE(words=more % {"more": row.more}) if row.more else "",
            hired=HIRED(label=hired, month=_month(row)) if with_hired else "",
            **labels,
        )
        for row in rows
    )


def _linked(row: Listed) -> SafeString:
    address = reverse("people:person", args=[row.person.key])
    return person(row.person.name, sub=row.person.title, url=address)


def _month(row: Listed) -> str:
    return date_format(row.person.hired_on, "M Y") if row.person.hired_on else ""
