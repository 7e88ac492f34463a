"""Compiled loops over pairs of people (numba)."""
