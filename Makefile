# Everything a newcomer or CI runs. Needs python3 (3.11 or newer) and git; the rest goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help demo test setup check bench bench-site bench-send lock format clean
export PYTHON
export PYTHONUNBUFFERED = 1
BIN := .venv/bin
PYTEST_ARGS ?=

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## set up, then a seeded company with server and worker on http://127.0.0.1:8000
	@$(BIN)/afterword demo

test: setup ## set up, then every test (pass more with PYTEST_ARGS='-k closure -x')
	@sh tools/browser.sh
	@$(BIN)/python tools/check.py tests $(PYTEST_ARGS)

setup: ## make .venv from the lock; instant when nothing changed
	@sh tools/setup.sh

check: setup ## everything CI runs: format, lint, types, layers, templates, Django, docs, tests
	@sh tools/browser.sh
	@$(BIN)/python tools/check.py

bench: setup ## measure speed and memory; see bench/
	@$(BIN)/python bench/run

bench-site: setup ## the public site beside nginx, and from publishing to visible
	@$(BIN)/python bench/run site publishing

bench-send: setup ## letters beside smtp-source and send_mass_mail (needs Postfix's smtp-sink)
	@$(BIN)/python bench/run sending

format: setup ## format the code and apply the safe fixes
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

lock: setup ## resolve requirements.in into requirements.lock (UPGRADE=--upgrade for newer versions)
	@sh tools/lock.sh $(UPGRADE)

clean: ## remove .venv and everything that tools left behind
	@rm -rf .venv .venv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov
	@rm -rf server/dist linter/dist .coverage .coverage.*
	@find linter server tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
