from django.urls import path

from viceversa.safeguarding.views import power, pulse

app_name = "safeguarding"
urlpatterns = [
    path(
        "programmes/<slug:slug>/action-needed/",
        power.action_needed,
        name="action_needed",
    ),
    path("programmes/<slug:slug>/pulses/", pulse.index, name="pulses"),
    path("programmes/<slug:slug>/pulses/new/", pulse.new, name="new_pulse"),
    path("pulses/<str:key>/", pulse.pulse, name="pulse"),
    path("pulses/<str:key>/results/", pulse.results, name="results"),
]
