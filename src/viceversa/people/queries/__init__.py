"""Reads of the directory."""

from viceversa.people.queries.lines import everyone_below, in_one_line, managers_above

__all__ = ["everyone_below", "in_one_line", "managers_above"]
