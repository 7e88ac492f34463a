"""One port: Django's WSGI application in threads. Each request's body is read before a thread is
taken, so that slow uploads cannot hold all threads."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware

from viceversa.config.body import BodyFirst
from viceversa.config.wsgi import application as django_application

THREADS = 8

application = BodyFirst(cast(Any, WSGIMiddleware(cast(Any, django_application), workers=THREADS)))
