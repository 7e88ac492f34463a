from django.urls import path

from viceversa.partnerships.views import (
    agreement,
    certificate,
    closing,
    goal,
    ledger,
    letter,
    letting_in,
    lifecycle,
    signing,
)
from viceversa.partnerships.views import partnership as views

app_name = "partnerships"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/accept/", views.accept, name="accept"),
    path("<str:key>/decline/", views.decline, name="decline"),
    path("<str:key>/pause/", lifecycle.pause, name="pause"),
    path("<str:key>/resume/", lifecycle.resume, name="resume"),
    path("<str:key>/leave/", lifecycle.leave, name="leave"),
    path("<str:key>/start-closing/", lifecycle.close, name="start_closing"),
    path("<str:key>/keep-going/", lifecycle.keep_going, name="keep_going"),
    path("<str:key>/agreement/", agreement.page, name="agreement"),
    path("<str:key>/agreement/answer/<str:step>/", agreement.step, name="agreement_step"),
    path("<str:key>/agreement/hand-in/", agreement.give, name="agreement_hand_in"),
    path("<str:key>/agreement/replies/", agreement.replies, name="agreement_replies"),
    path("<str:key>/agreement/together/", agreement.together, name="agreement_together"),
    path("<str:key>/agreement/change/<str:step>/", signing.change, name="agreement_change"),
    path("<str:key>/agreement/sign/", signing.sign, name="agreement_sign"),
    path("<str:key>/agreement/set-aside/", signing.aside, name="agreement_set_aside"),
    path("<str:key>/agreement/raise/", signing.more_confidential, name="agreement_raise"),
    path("<str:key>/agreement/<int:number>/", signing.version, name="agreement_version"),
    path("<str:key>/goals/", goal.index, name="goals"),
    path("<str:key>/goals/new/", goal.propose, name="propose_goal"),
    path("<str:key>/goals/<str:goal>/", goal.detail, name="goal"),
    path("<str:key>/goals/<str:goal>/<slug:what>/", goal.act, name="goal_act"),
    path("<str:key>/ledger/", ledger.ledger, name="ledger"),
    path("<str:key>/ledger/<str:entry>/strike/", ledger.strike, name="strike_entry"),
    path("<str:key>/messages/", letter.letters, name="messages"),
    path("<str:key>/messages/<str:letter>/strike/", letter.strike, name="strike_letter"),
    path("<str:key>/let-in/", letting_in.let_in, name="let_in"),
    path("<str:key>/closing/", closing.closing, name="closing"),
    path("<str:key>/closing/extend/", closing.extend, name="extend"),
    path("<str:key>/closing/complete/", closing.complete, name="complete"),
    path("<str:key>/certificate/", certificate.certificate, name="certificate"),
]
of_programme = ([path("", views.of_programme, name="list")], "programme_partnerships")
