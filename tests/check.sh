#!/usr/bin/env bash
# Style, types, walls, templates, migrations: everything that needs no running product.
set -eu
bin=.venv/bin
export VICEVERSA_HOME="${VICEVERSA_HOME:-$(mktemp -d)}"
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports --no-cache
$bin/djlint src --lint --quiet
$bin/python manage.py check
$bin/python manage.py makemigrations --check --dry-run
echo "checked"
