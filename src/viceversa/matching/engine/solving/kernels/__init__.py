"""Compiled loops over arrays (numba). The first use on a machine compiles them, once.

Loaded only where matching really runs: importing numba takes a second.
"""
