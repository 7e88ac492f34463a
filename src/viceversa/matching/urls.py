from django.urls import path

from viceversa.matching.views import ask, round, trying, whatif, wish

app_name = "matching"
urlpatterns = [
    path("rounds/", round.index, name="rounds"),
    path("rounds/new/", round.gather, name="gather"),
    path("rounds/<int:number>/", round.detail, name="round"),
    path("rounds/<int:number>/progress/", round.progress, name="progress"),
    path("rounds/<int:number>/gather/", round.gather_again, name="gather_again"),
    path("rounds/<int:number>/solve/", round.solve_again, name="solve_again"),
    path("rounds/<int:number>/publish/", round.publish, name="publish"),
    path("rounds/<int:number>/undo/", round.undo, name="undo"),
    path("rounds/<int:number>/unmatched/", round.unmatched, name="unmatched"),
    path("rounds/<int:number>/certificate.json", round.certificate, name="certificate"),
    path("rounds/<int:number>/wish/", wish.wish, name="wish"),
    path("rounds/<int:number>/what-if/", whatif.new, name="what_if"),
    path("rounds/<int:number>/what-if/confirm/", whatif.confirm, name="confirm"),
    path("rounds/<int:number>/what-if/answer/", trying.answer, name="try"),
    path("rounds/<int:number>/what-if/take/", trying.take, name="take_trial"),
    path("rounds/<int:number>/what-if/<str:key>/", whatif.detail, name="what_if_result"),
    path("rounds/<int:number>/what-if/<str:key>/take/", whatif.take, name="take_what_if"),
    path("goals/", ask.goals, name="goals"),
    path("choose/", ask.choose, name="choose"),
    path("choose/withdraw/", ask.withdraw, name="withdraw_asks"),
    path("asks/", ask.index, name="asks"),
    path("asks/<str:key>/", ask.detail, name="ask"),
    path("asks/<str:key>/accept/", ask.accept, name="accept_ask"),
    path("asks/<str:key>/decline/", ask.decline, name="decline_ask"),
    path("asks/<str:key>/write/", ask.write, name="write_ask"),
]
