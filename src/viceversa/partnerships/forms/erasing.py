from django import forms
from django.utils.translation import gettext_lazy


class Erase(forms.Form):
    understood = forms.BooleanField(
        label=gettext_lazy("I understand that it cannot be brought back by anybody."),
        error_messages={"required": gettext_lazy("It cannot be undone: tick this first.")},
    )
