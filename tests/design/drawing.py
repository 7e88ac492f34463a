"""Draws a piece of a template as a page would."""

from typing import Any

from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django_cotton.compiler_regex import CottonCompiler


def drawn(source: str, path: str = "/", **values: Any) -> str:
    request = RequestFactory().get(path)
    compiled = CottonCompiler().process("{% load design i18n %}" + source)
    context = Context({"request": request, "csrf_token": SafeString("t"), **values})
    context.request = request
    return Template(compiled).render(context)
