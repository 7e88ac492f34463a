"""Rounds, proposals and asks for programs."""

from ninja import Router

router = Router(tags=["matching"])
