# One word per chore. Everything is set up in .venv on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo web test check format bench eval pages clean help

help: ## list the chores
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install $(PIP_FLAGS) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install $(PIP_FLAGS) -e '.[dev]'
	@touch $@ $(VENV)/.installed

# The front end is built anew where a source of it is newer than what was built.
STATIC := src/dateline/web/static/.vite/manifest.json
WEB_FILES := $(shell find web -name node_modules -prune -o -type f -print)

$(STATIC): $(WEB_FILES) | $(VENV)/.installed-dev
	$(BIN)/python scripts/frontend.py build

demo: $(VENV)/.installed ## set up, read the bundled sample into ./demo and show the events
	$(BIN)/dateline demo demo

web: $(STATIC) ## build the workbench's front end into the package

test: $(VENV)/.installed-dev $(STATIC) ## set up and run all tests
	$(BIN)/python scripts/frontend.py test
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev ## what CI checks besides the tests: lint, types, layers, generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config .importlinter
	$(BIN)/python scripts/frontend.py check
	$(BIN)/python scripts/forms.py --check
	$(BIN)/python scripts/ontology_page.py --check
	$(BIN)/python scripts/schemas.py --check

format: $(VENV)/.installed-dev ## format the code and make the generated pages anew
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/python scripts/forms.py
	$(BIN)/python scripts/ontology_page.py
	$(BIN)/python scripts/schemas.py

bench: $(VENV)/.installed-dev ## measure speed and quality on data outside the repository (DATA=folder)
	$(BIN)/python bench/speed.py --data $(or $(DATA),../shared/data)

eval: $(VENV)/.installed-dev ## measure the coder on texts with known answers, and hold its floors (DATA=folder)
	$(BIN)/dateline eval --floors bench/floors.yaml --data $(or $(DATA),../shared/data)

clean: ## remove what the chores made
	rm -rf web/node_modules src/dateline/web/static
	rm -rf $(VENV) .cache demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
