from django.urls import URLPattern, path

from viceversa.meetings.views import calendar, replies

calendars: list[URLPattern] = [
    path("calendar/", calendar.page, name="calendar"),
    path("calendar/feed/", calendar.feed_make, name="feed_make"),
    path("calendar/feed/stop/", calendar.feed_stop, name="feed_stop"),
    path("calendar/busy/", calendar.busy_give, name="busy_give"),
    path("calendar/busy/remove/", calendar.busy_remove, name="busy_remove"),
    path("calendar/days/", calendar.days_choose, name="days_choose"),
    path("calendar/replies/", replies.replies, name="replies"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
]
