from django.urls import path

from viceversa.learning.views import checking, home, library, packs, training

app_name = "learning"
urlpatterns = [
    path("", home.index, name="home"),
    path("words/", home.words, name="words"),
    path("keeping/", home.keeping, name="keeping"),
    path("keeping/load/", home.load, name="load"),
    path("library/", library.index, name="library"),
    path("library/add/", library.add, name="add_resource"),
    path("library/<str:key>/", library.detail, name="resource"),
    path("library/<str:key>/change/", library.change, name="change_resource"),
    path("library/<str:key>/reviewed/", library.reviewed, name="resource_reviewed"),
    path("library/<str:key>/retire/", library.retire, name="retire_resource"),
    path("library/<str:key>/restore/", library.restore, name="restore_resource"),
    path("packs/", packs.index, name="packs"),
    path("packs/add/", packs.add, name="add_pack"),
    path("packs/<str:key>/", packs.detail, name="pack"),
    path("packs/<str:key>/change/", packs.change, name="change_pack"),
    path("packs/<str:key>/plan/<int:level>/", packs.plan, name="plan"),
    path("packs/<str:key>/plan/<int:level>/drop/", packs.drop, name="drop_plan"),
    path("packs/<str:key>/check/", checking.ask, name="ask_check"),
    path("packs/<str:key>/answer/", checking.answer, name="answer_check"),
    path("packs/<str:key>/publish/", checking.publish, name="publish_pack"),
    path("packs/<str:key>/reviewed/", checking.reviewed, name="pack_reviewed"),
    path("packs/<str:key>/retire/", checking.retire, name="retire_pack"),
    path("packs/<str:key>/restore/", checking.restore, name="restore_pack"),
    path("training/<slug:slug>/", training.detail, name="module"),
    path("training/<slug:slug>/<int:number>/", training.card, name="card"),
    path("training/<slug:slug>/finish/", training.finish, name="finish"),
]

of_programme = (
    [path("", training.demands, name="demands")],
    "programme_training",
)
