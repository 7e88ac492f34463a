"""The product's addresses and one bare page of the framework that reads one row."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from viceversa.config.urls import urlpatterns as product
from viceversa.people.models import Person

BARE = engines["django"].from_string(
    "<!doctype html><title>{{ person.name }}</title><h1>{{ person.name }}</h1>"
)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BARE.render({"person": Person.objects.get(pk=1)}, request))


urlpatterns = [path("bare/", bare), *product]
