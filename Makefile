# Guichet. `make run` and `make test` set up what they need by themselves.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

run: .venv/.ready ## start the bot: Telegram if BOT_TOKEN is set, else the sandbox
	@$(BIN)/python -m bot

test: check ## set everything up, check the code and run the tests
	$(BIN)/pytest --numprocesses auto --maxprocesses 4

check: .venv/.ready ## the linters, the types and the import rule
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports

fix: .venv/.ready ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.ready ## measure what docs/ quotes
	$(BIN)/uv sync --locked --quiet --group bench
	$(BIN)/python bench/frameworks.py
	$(BIN)/python bench/matching.py tests/faq/questions/gold.jsonl

storm: .venv/.ready ## kill the bot while it sends to 20,000, and at every single step
	$(BIN)/python -m tests.storm --policy reminder --people 20000 --kills 60
	$(BIN)/python -m tests.storm --policy broadcast --people 20000 --kills 60
	$(BIN)/python -m tests.broadcast_storm --people 20000 --kills 5 --floods 2
	$(BIN)/python -m tests.broadcast_storm --people 20000 --kills 5 --floods 2 --cancel
	EVERY_BOUNDARY=1 $(BIN)/pytest tests/journeys/test_every_step.py

.venv/.ready: uv.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Guichet needs Python 3.11 or newer; none was found"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	@echo "Setting up: dependencies, then the matcher learns its questions (under a minute, once)"
	@$(BIN)/uv sync --locked --quiet
	@$(BIN)/python -m faq train
	@touch $@

.PHONY: help run test check fix bench storm
