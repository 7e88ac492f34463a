"""Which of several partnerships a message is about, in the same words for both."""

from django.utils.translation import gettext as _

from viceversa.partnerships.models import Partnership


def about(partnership: Partnership, what: str) -> str:
    return _("%(what)s: %(learner)s and %(adviser)s") % {
        "what": what,
        "learner": partnership.learner.person.name,
        "adviser": partnership.adviser.person.name,
    }
