"""Cryptography on plain values: envelopes, wraps and slots. Nothing here knows who may read."""
