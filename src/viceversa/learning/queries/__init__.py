"""Reads: what there is to learn from, for whom."""
