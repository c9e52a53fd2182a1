# Căn Cứ. `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
# What is kept in .venv/.extras stays installed: `make install EXTRAS=ocr` once is enough; EXTRAS=none takes it out of the list.
EXTRAS ?= $(or $(shell cat $(VENV)/.extras 2>/dev/null),none)
STAMP := $(VENV)/.installed-$(EXTRAS)
CODE := ontology ingest graph search_api tests
TORCH := $(shell grep '^torch==' requirements.in)
LOCK_VENV := var/lock-venv
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help install build serve test test-all bench screenshots lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "PYTHON=python3.12 make install   takes another Python (3.11 or newer)"
	@echo "make install EXTRAS=ocr          adds what scanned pages need"

install: $(STAMP) ## the environment in .venv, exactly as requirements.lock says

$(STAMP): requirements.lock pyproject.toml $(wildcard search_api/web/*.json)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Can Cu needs Python 3.11 or newer: make install PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	sed -E '/# extra: /{/# extra: $(EXTRAS)$$/!d;}' requirements.lock > $(VENV)/requirements.txt
	$(PIP) install -r $(VENV)/requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	$(BIN)/python -m search_api.assets
	@rm -f $(VENV)/.installed*
	@echo $(EXTRAS) > $(VENV)/.extras
	@touch $@

build: install ## the knowledge base in var/kb, from data/plans
	$(BIN)/cancu build

serve: build ## the same, then web pages, REST and SPARQL on 127.0.0.1 (PORT=8080 for another port than 8000)
	$(BIN)/cancu serve --port $(PORT)

test: install ## everything that must pass: ruff, mypy --strict, pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(CODE)
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: install ## the same with the long matrices
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(CODE)
	$(BIN)/python -m pytest -n 2

bench: install ## the benchmark tables: build time by stage, memory, queries, search, the service
	$(BIN)/python -m tests.bench

screenshots: build ## pictures of every page in var/screenshots (needs Chromium)
	$(BIN)/python -m tests.screenshots

# torch goes first: later packages then take the one that is there.
# A lock serves machines with and without a GPU, so the CUDA packages that one build of
# torch brings (pip adds them where they are wanted) and its local version tag stay out.
lock: ## requirements.lock anew, at the newest versions (run make test afterwards)
	rm -rf $(LOCK_VENV)
	$(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check -q install $(TORCH)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check -q install -r requirements.in
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check check
	{ echo "# Written by \`make lock\` from requirements.in; do not edit."; \
	  $(LOCK_VENV)/bin/python -m pip --disable-pip-version-check freeze --all \
	  | grep -viE '^(pip|nvidia[a-z0-9_-]*|cuda[a-z0-9_-]*|triton)==' | sed -E 's/\+[a-z0-9.]+$$//' \
	  | $(PYTHON) -c 'import sys; sys.stdout.writelines(sorted(sys.stdin, key=lambda line: line.split("==")[0].lower().replace("_", "-")))' \
	  | awk 'NR == FNR { if (split($$0, part, / +# extra: /) > 1) extra[part[1]] = part[2]; next } \
	         { name = tolower($$0); sub(/==.*/, "", name); print $$0 (name in extra ? "  # extra: " extra[name] : "") }' requirements.in -; \
	} > requirements.lock.new
	mv requirements.lock.new requirements.lock
	rm -rf $(LOCK_VENV)

clean: ## removes the environment, caches and the built knowledge base
	rm -rf $(VENV) var search_api/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build
	find ontology ingest graph search_api tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
