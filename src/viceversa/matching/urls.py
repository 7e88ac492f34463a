from django.urls import path

from viceversa.matching.views import ask

app_name = "matching"
urlpatterns = [
    path("goals/", ask.goals, name="goals"),
    path("choose/", ask.choose, name="choose"),
    path("choose/withdraw/", ask.withdraw, name="withdraw_asks"),
    path("asks/", ask.index, name="asks"),
    path("asks/<str:key>/", ask.detail, name="ask"),
    path("asks/<str:key>/accept/", ask.accept, name="accept_ask"),
    path("asks/<str:key>/decline/", ask.decline, name="decline_ask"),
    path("asks/<str:key>/write/", ask.write, name="write_ask"),
]
