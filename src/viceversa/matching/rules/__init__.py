"""Decisions of matching on plain values."""
