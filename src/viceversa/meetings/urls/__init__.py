"""Half hours of one partnership; calendars, assistants and promises of one person."""

from viceversa.meetings.urls.booking import assistants, of_partnership
from viceversa.meetings.urls.calendars import calendars
from viceversa.meetings.urls.content import content

app_name = "meetings"
urlpatterns = [*of_partnership, *content, *calendars, *assistants]
