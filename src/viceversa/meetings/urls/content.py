from django.urls import URLPattern, path

from viceversa.meetings.views import after, commitment, note, prepare, room, unclear

HALF_HOUR = "partnerships/<str:key>/half-hours/<str:meeting>"
PROMISES = "partnerships/<str:key>/promises"

content: list[URLPattern] = [
    path(f"{HALF_HOUR}/prepare/", prepare.prepare, name="prepare"),
    path(f"{HALF_HOUR}/agenda/", prepare.agenda, name="agenda"),
    path(f"{HALF_HOUR}/agenda/again/", prepare.again, name="agenda_again"),
    path(f"{HALF_HOUR}/ideas/<slug:idea>/", prepare.idea, name="idea"),
    path(f"{HALF_HOUR}/room/", room.room, name="room"),
    path(f"{HALF_HOUR}/unclear/", unclear.say, name="unclear"),
    path(f"{HALF_HOUR}/unclear/<str:unclear>/", unclear.settle, name="unclear_settle"),
    path(f"{HALF_HOUR}/held/", room.held, name="held"),
    path(f"{HALF_HOUR}/after/", after.after, name="after"),
    path(f"{HALF_HOUR}/notes/new/<slug:kind>/", note.new, name="note_new"),
    path(f"{HALF_HOUR}/notes/<str:note>/", note.note, name="note"),
    path(f"{HALF_HOUR}/notes/<str:note>/strike/", note.strike, name="note_strike"),
    path(f"{PROMISES}/", commitment.index, name="promises"),
    path(f"{PROMISES}/new/", commitment.new, name="promise_new"),
    path(f"{PROMISES}/<str:promise>/close/", commitment.close, name="promise_close"),
    path(f"{PROMISES}/<str:promise>/publish/", commitment.publish, name="promise_publish"),
    path(f"{PROMISES}/<str:promise>/unpublish/", commitment.unpublish, name="promise_unpublish"),
    path("programmes/<slug:slug>/promises/", commitment.published, name="published_promises"),
]
