.DEFAULT_GOAL := help
.PHONY: help run test check fix bench prove docs lock
BIN := .venv/bin
# Without compiled files every start compiles the libraries again.
export PYTHONDONTWRITEBYTECODE :=

help:   ## List what can be made
	@sed -n 's/^\([a-z]*\): .*##/\1\t/p' Makefile

run: .venv/runtime  ## Start the product with its sample organisation
	@$(BIN)/viceversa demo

test: .venv/dev  ## Run every test, on SQLite, on PostgreSQL and in the browser
	@bash tests/run.sh

check: .venv/dev  ## Style, types, walls, templates, migrations
	@bash tests/check.sh

fix: .venv/dev  ## Mend style by machine
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

bench: .venv/dev  ## Our figures beside the peers', ratios in one run
	@$(BIN)/python -m bench

prove: .venv/dev  ## Every property of the engine on N cases each (N=2000)
	@$(BIN)/python -m tests.matching.engine.prove $(N)

docs: .venv/dev  ## Write the generated reference pages
	@$(BIN)/python -m docs.generate

lock: .venv/runtime  ## Pin again after a change of pyproject.toml
	@bash tests/lock.sh

.venv/uv:
	@python3 -m venv .venv && $(BIN)/pip install -q --disable-pip-version-check uv && touch $@

.venv/runtime: .venv/uv requirements.lock pyproject.toml
	@test -e .venv/dev || $(BIN)/python -m uv pip install -q --compile-bytecode --require-hashes -r requirements.lock
	@$(BIN)/python -m uv pip install -q --no-deps -e . && touch $@

.venv/dev: .venv/uv requirements-dev.lock pyproject.toml
	@$(BIN)/python -m uv pip install -q --compile-bytecode --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m uv pip install -q --no-deps -e . && touch $@ .venv/runtime
