"""The staff file, what its columns mean, and its levels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.people.forms.fields import LanguagesField, TimeZoneField
from viceversa.people.models import Level
from viceversa.people.rules.fields import PARTS_OF_NAME, PERSON_FIELDS, Field
from viceversa.people.rules.mapping import Mapping, RowFilter

CHOSEN_ONCE = (*PERSON_FIELDS, *PARTS_OF_NAME)
HINTS = {
    Field.EXTERNAL_ID: gettext_lazy(
        "The one thing that never changes, such as the employee number."
    ),
    Field.MANAGER: gettext_lazy("The ID or the e-mail of each person's manager."),
    Field.LEVEL: gettext_lazy("Grade, band or rank: matching needs it."),
}
WORDS = {
    Field.EXTERNAL_ID: gettext_lazy("ID"),
    Field.NAME: gettext_lazy("Name"),
    Field.EMAIL: gettext_lazy("Work e-mail"),
    Field.TITLE: gettext_lazy("Job title"),
    Field.LEVEL: gettext_lazy("Level"),
    Field.UNIT: gettext_lazy("Unit"),
    Field.PLACE: gettext_lazy("Place"),
    Field.TIME_ZONE: gettext_lazy("Time zone"),
    Field.LANGUAGES: gettext_lazy("Languages"),
    Field.MANAGER: gettext_lazy("Manager"),
    Field.HIRED_ON: gettext_lazy("Hired on"),
    Field.LEFT_ON: gettext_lazy("Left on"),
    Field.GIVEN_NAME: gettext_lazy("Given name"),
    Field.FAMILY_NAME: gettext_lazy("Family name"),
}
ORDERS = [
    ("dmy", gettext_lazy("Day first: 31.1.2026")),
    ("mdy", gettext_lazy("Month first: 1/31/2026")),
    ("ymd", gettext_lazy("Year first: 26-01-31")),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Staff file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm"}),
        help_text=gettext_lazy("CSV or Excel, one row for each person, headers in the first row."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy(
                "This file is empty. Choose the file that holds the list of people."
            ),
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "This file is bigger than %(most)s MB. Keep only the columns that describe "
                    "people, or split it into smaller files."
                )
                % {"most": settings.IMPORT_MAX_BYTES // (1024 * 1024)},
                code="too_big",
            )
        return file


class MappingForm(forms.Form):
    """One choice of a column for each field, and the answers that hold for all rows."""

    fixed_time_zone = TimeZoneField(required=False, label=gettext_lazy("Time zone of everyone"))
    fixed_languages = LanguagesField(label=gettext_lazy("Languages of everyone"))
    email_pattern = forms.CharField(
        label=gettext_lazy("E-mail pattern"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where the file has no address: {external_id}@firm.example"),
    )
    date_order = forms.ChoiceField(label=gettext_lazy("Dates are written"), choices=ORDERS)
    only_column = forms.ChoiceField(label=gettext_lazy("Only rows where"), required=False)
    only_values = forms.CharField(
        label=gettext_lazy("is one of"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("With commas between."),
    )

    def __init__(
        self, data: QueryDict | None, *, before: Mapping, headers: Sequence[str], reasons: Any
    ) -> None:
        self.before, self.headers = before, headers
        super().__init__(data, initial=_initial(before))
        nothing = [("", _("Not in this file")), *((header, header) for header in headers)]
        for field in CHOSEN_ONCE:
            self.fields[f"column_{field.value}"] = forms.ChoiceField(
                label=WORDS[field],
                required=field is Field.EXTERNAL_ID,
                choices=nothing,
                help_text=HINTS.get(field, ""),
                error_messages={"required": _("Choose the column that tells people apart.")},
            )
        every = [("", _("All rows")), *((header, header) for header in headers)]
        self.fields["only_column"] = forms.ChoiceField(
            label=_("Only rows where"), required=False, choices=every
        )

    @property
    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{field.value}"] for field in CHOSEN_ONCE]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for field in CHOSEN_ONCE:
            header = given.get(f"column_{field.value}")
            if header and header in chosen:
                sentence = _("“%(header)s” is already chosen for %(other)s. Choose another column.")
                words = {"header": header, "other": str(chosen[header]).lower()}
                self.add_error(f"column_{field.value}", sentence % words)
            elif header:
                chosen[header] = str(WORDS[field])
        pattern = given.get("email_pattern", "")
        if pattern and ("@" not in pattern or "{" not in pattern):
            self.add_error(
                "email_pattern",
                _("Write it with {external_id} or {name}, such as {external_id}@firm.example."),
            )
        if given.get("only_column") and not given.get("only_values", "").strip():
            self.add_error("only_values", _("Say which values to keep, or choose all rows."))
        return given

    def mapping(self) -> Mapping:
        given = self.cleaned_data
        columns = {field: given[f"column_{field.value}"] for field in CHOSEN_ONCE}
        columns = {field: header for field, header in columns.items() if header}
        fixed = {
            Field.TIME_ZONE: self.data.get("fixed_time_zone", "").strip(),
            Field.LANGUAGES: "; ".join(given["fixed_languages"]),
        }
        kept = tuple(text.strip() for text in given["only_values"].split(",") if text.strip())
        return self.before.with_changes(
            columns=columns,
            fixed={field: text for field, text in fixed.items() if text},
            email_pattern=given["email_pattern"],
            date_order=given["date_order"],
            only=RowFilter(given["only_column"], kept) if given["only_column"] else None,
            headers=tuple(self.headers),
        )


def _initial(before: Mapping) -> dict[str, Any]:
    columns = {f"column_{field.value}": header for field, header in before.columns.items()}
    return {
        **columns,
        "fixed_time_zone": before.fixed.get(Field.TIME_ZONE, ""),
        "fixed_languages": before.fixed.get(Field.LANGUAGES, "").replace(";", ","),
        "email_pattern": before.email_pattern,
        "date_order": before.date_order,
        "only_column": before.only.column if before.only else "",
        "only_values": ", ".join(before.only.values) if before.only else "",
    }


class NewLadderForm(forms.Form):
    """The levels of the file, each with its place: 1 is the most junior."""

    def __init__(self, data: QueryDict | None, *, levels: Sequence[str]) -> None:
        super().__init__(data)
        self.levels = levels
        for place, level in enumerate(levels, start=1):
            self.fields[f"place_{place}"] = forms.IntegerField(
                label=level, initial=place, min_value=1, max_value=999
            )

    def ordered(self) -> list[str]:
        places = {
            level: (self.cleaned_data[f"place_{place}"], place)
            for place, level in enumerate(self.levels, start=1)
        }
        return sorted(self.levels, key=places.__getitem__)


class KnownLadderForm(forms.Form):
    """What each unknown word of the file means on the ladder there is."""

    def __init__(self, data: QueryDict | None, *, levels: Sequence[str]) -> None:
        super().__init__(data)
        self.levels = levels
        names = Level.objects.order_by("-rank").values_list("name", flat=True)
        choices = [("", _("Leave these rows out")), *((name, name) for name in names)]
        for place, level in enumerate(levels, start=1):
            self.fields[f"means_{place}"] = forms.ChoiceField(
                label=level, required=False, choices=choices
            )

    def meanings(self) -> dict[str, str]:
        meant = {
            level: self.cleaned_data[f"means_{place}"]
            for place, level in enumerate(self.levels, start=1)
        }
        return {level: name for level, name in meant.items() if name}
