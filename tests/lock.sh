#!/usr/bin/env bash
# Pins every package with its hashes; no index address is written.
set -eu
compile() { .venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header pyproject.toml "$@"; }
compile -o requirements.lock
compile --group dev -o requirements-dev.lock
.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header bench/matching/requirements.in -o bench/matching/requirements.txt
