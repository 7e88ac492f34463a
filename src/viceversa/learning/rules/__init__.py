"""Decisions about what people learn from, on plain values."""
