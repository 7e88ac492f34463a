"""Writes: one file per noun, one function per thing a person can do."""
