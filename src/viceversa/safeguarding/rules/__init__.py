"""Decisions on plain values: what of a pulse may be shown, and what may be done about a concern."""
