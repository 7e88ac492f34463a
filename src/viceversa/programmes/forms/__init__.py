from viceversa.programmes.forms.part import PartForm, initial_part
from viceversa.programmes.forms.people import (
    EligibleForm,
    FilterForm,
    LessonForm,
    ListForm,
    PickForm,
    RolesForm,
    SearchForm,
)
from viceversa.programmes.forms.programme import NameForm, ReadinessForm
from viceversa.programmes.forms.setup import STEP_FORMS, LevelsForm, StepForm

__all__ = [
    "STEP_FORMS",
    "EligibleForm",
    "FilterForm",
    "LessonForm",
    "LevelsForm",
    "ListForm",
    "NameForm",
    "PartForm",
    "PickForm",
    "ReadinessForm",
    "RolesForm",
    "SearchForm",
    "StepForm",
    "initial_part",
]
