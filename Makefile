# Everything runs in .venv, set up on first use from the lock files. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.DEFAULT_GOAL := help
.PHONY: help shell ask discord check test lint types unit scale bench messages format lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Pullquote needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...' >&2; exit 2; }
	@echo 'Setting up in .venv (once; under a minute) ...' >&2
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python lacks its venv module; on Debian: apt install python3-venv' >&2; exit 2; }

$(VENV)/.ready: $(BIN)/python requirements.lock pyproject.toml
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

# Cards are drawn by a typesetter with fonts of its own, which the terminal does without.
$(VENV)/.ready-card: $(VENV)/.ready requirements-card.lock
	@$(PIP) install --require-hashes -r requirements-card.lock
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# LanceDB and object storage on loopback; without them the tests of a shared library are skipped. As many packages as
# the rest together. The lock is one of its own: moto wants an older python-dateutil.
$(VENV)/.ready-scale: $(VENV)/.ready-dev requirements-scale.lock
	@$(PIP) install --require-hashes --no-deps -r requirements-scale.lock
	@touch $@

scale: $(VENV)/.ready-scale ## Install LanceDB, and what its tests need

shell: $(VENV)/.ready ## Open the chat shell on the sample article (piped input is answered line by line)
	@$(BIN)/pullquote shell $(if $(ARTICLE),--article "$(ARTICLE)")

ask: export PULLQUOTE_QUESTION_FROM_MAKE = $(value Q)
ask: $(VENV)/.ready ## Ask one question: make ask Q="Who is Zamir Kabulov?"
	@test -n "$$PULLQUOTE_QUESTION_FROM_MAKE" || { echo 'Say what to ask: make ask Q="..."' >&2; exit 2; }
	@$(BIN)/pullquote ask $(if $(ARTICLE),--article "$(ARTICLE)") -- "$$PULLQUOTE_QUESTION_FROM_MAKE"

discord: $(VENV)/.ready-card ## Run the Discord bot (needs PULLQUOTE_DISCORD_TOKEN, see README)
	@$(BIN)/pullquote discord

check: $(VENV)/.ready-card ## Check settings, article, and Discord token and intents
	@$(BIN)/pullquote check

test: lint types unit ## Lint, types and the whole suite

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	@$(BIN)/mypy

unit: $(VENV)/.ready-dev
	@$(BIN)/pytest

# The lock names every package; told to look for more, pip 23 stumbles over two spellings of lxml's extra.
$(VENV)/.ready-bench: $(VENV)/.ready-dev $(wildcard requirements-bench.lock)
	@test ! -e requirements-bench.lock || $(PIP) install --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.ready-bench ## Measure ours and the peers, write bench/RESULTS.md; DATA=folder names the data sets
	@$(BIN)/python -m bench $(if $(DATA),--data "$(DATA)") $(BENCH)

# In a virtual environment of its own: what audits is no part of what is audited. Without a network it says so.
AUDITED := requirements.lock requirements-card.lock requirements-dev.lock $(wildcard requirements-scale.lock)
audit: ## Look for known vulnerabilities in what the lock files pin
	@$(PYTHON) -m venv build/audit && build/audit/bin/python -m pip --disable-pip-version-check --quiet --quiet \
	  install --require-hashes -r requirements-audit.lock || echo 'audit: pip-audit cannot be installed here' >&2
	@$(PYTHON) -m bench.audit build/audit/bin/pip-audit $(AUDITED)

BABEL := $(BIN)/python -m babel.messages.frontend -q
messages: $(VENV)/.ready ## Bring bot/locale/*.po up to date with the code; what is new there waits to be translated
	@mkdir -p build
	@$(BABEL) extract -F pyproject.toml --no-default-keywords -k "_ n_:1,2" --add-location=file --sort-by-file \
	  --project=Pullquote --width=120 -o build/pullquote.pot bot index
	@for language in de fr es ru; do \
	  $(BABEL) update -i build/pullquote.pot -o bot/locale/$$language.po -l $$language \
	    --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=120 || exit 1; done

format: $(VENV)/.ready-dev ## Format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Versions and hashes only: the lock files name no registry.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --quiet
lock: ## Renew the lock files (needs uv)
	@$(LOCK) --upgrade --group build -o requirements.lock
	@$(LOCK) --extra card --group build -c requirements.lock -o requirements-card.lock
	@$(LOCK) --extra card --group build --group dev -c requirements-card.lock -o requirements-dev.lock
	@$(LOCK) --group bench -c requirements-dev.lock -o requirements-bench.lock
	@$(subst pyproject.toml,--group pyproject.toml:audit,$(LOCK)) --upgrade -o requirements-audit.lock
	@$(LOCK) --upgrade --extra card --extra scale --group build --group dev --group scale -o requirements-scale.lock

clean: ## Remove everything that was set up or built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
