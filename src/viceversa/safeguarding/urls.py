from django.urls import path

from viceversa.safeguarding.views import concern, fit, handling, power, pulse

app_name = "safeguarding"
urlpatterns = [
    path("concern/", concern.if_wrong, name="if_wrong"),
    path("concern/report/", concern.report, name="report"),
    path("concern/inbox/", concern.inbox, name="inbox"),
    path("concerns/", handling.index, name="concerns"),
    path("concerns/ready/", handling.ready, name="ready"),
    path("concerns/<str:key>/", handling.concern, name="concern"),
    path("concerns/<str:key>/ask/", handling.ask, name="ask_leave"),
    path("concerns/<str:key>/spoken/", handling.spoken, name="mark_spoken"),
    path("concerns/<str:key>/close/", handling.close, name="close_concern"),
    path("partnerships/<str:key>/fit/", fit.fit, name="fit"),
    path("keep-apart/", fit.apart, name="apart"),
    path("keep-apart/<str:key>/remove/", fit.end_apart, name="end_apart"),
    path("programmes/<slug:slug>/concerns/", handling.bands, name="concern_bands"),
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
