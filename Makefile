# Two commands matter: `make serve` and `make test`. A second run of either installs nothing.
PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
DATA   ?= .whosaid
DOCS   ?=
BIN    := .venv/bin

.PHONY: serve test check eval bench calibrate screenshots

.venv/.installed: pyproject.toml .constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install -q --disable-pip-version-check -c .constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/pip install -q --disable-pip-version-check -c .constraints.txt -e ".[dev]"
	@touch $@

serve: .venv/.installed  ## index the sample articles (and DOCS) on the first start, serve page and API
	$(BIN)/whosaid ingest eval/data/articles $(DOCS) --data $(DATA) --quiet
	$(BIN)/whosaid serve --host $(HOST) --port $(PORT) --data $(DATA)

check: .venv/.installed-dev  ## formatting, linting, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## everything CI runs
	$(BIN)/pytest
