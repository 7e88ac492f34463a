"""Reads: what is visible to whom."""
