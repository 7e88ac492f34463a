from django.urls import path

from viceversa.programmes.views import (
    joining,
    lifecycle,
    part,
    participants,
    programme,
    setup,
    standing,
)

app_name = "programmes"
urlpatterns = [
    path("", programme.index, name="list"),
    path("new/", programme.new, name="new"),
    path("new/<str:key>/", programme.new_from, name="new_from"),
    path("join/<slug:key>/", joining.join, name="join"),
    path("<slug:slug>/", programme.detail, name="detail"),
    path("<slug:slug>/understanding/", programme.understanding, name="understanding"),
    path("<slug:slug>/duplicate/", programme.duplicate, name="duplicate"),
    path("<slug:slug>/set-up/", setup.summary, name="set_up"),
    path("<slug:slug>/set-up/new-link/", setup.renew_link, name="renew_link"),
    path("<slug:slug>/set-up/<str:step>/", setup.step, name="set_up_step"),
    path("<slug:slug>/readiness/", lifecycle.check, name="readiness"),
    path("<slug:slug>/state/", lifecycle.move, name="move"),
    path("<slug:slug>/pilot/", lifecycle.pilot, name="pilot"),
    path("<slug:slug>/who-runs-it/", standing.index, name="standing"),
    path("<slug:slug>/who-runs-it/add/", standing.add, name="standing_add"),
    path("<slug:slug>/who-runs-it/remove/", standing.remove, name="standing_remove"),
    path("<slug:slug>/participants/", participants.index, name="participants"),
    path("<slug:slug>/participants/move/", participants.move, name="participants_move"),
    path("<slug:slug>/participants/promote/", participants.promote, name="promote"),
    path("<slug:slug>/participants/invite/", participants.invite, name="invite"),
    path("<slug:slug>/participants/eligible/", participants.eligible, name="eligible"),
    path("<slug:slug>/participants/list/", participants.listed, name="listed"),
    path("<slug:slug>/my-part/", part.my_part, name="my_part"),
    path("<slug:slug>/my-part/apart/", part.apart, name="apart"),
    path("<slug:slug>/my-part/apart/note/", part.note_apart, name="note_apart"),
    path("<slug:slug>/lessons/", part.lessons, name="lessons"),
    path("<slug:slug>/gained/", part.gained, name="gained"),
    path("<slug:slug>/answer/", joining.answer, name="answer"),
    path("<slug:slug>/stop/", joining.withdraw, name="withdraw"),
]
