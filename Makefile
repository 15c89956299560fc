# Two commands matter: `make serve` and `make test`. A second run of either installs nothing.
PYTHON ?= python3
HOST   ?= $(or $(WHOSAID_HOST),127.0.0.1)
PORT   ?= $(or $(WHOSAID_PORT),8000)
DATA   ?= $(or $(WHOSAID_DATA),.whosaid)
DOCS   ?=

BIN       := .venv/bin
SAMPLES   := eval/data/articles
QUESTIONS := eval/data/questions
PRACTICE  := eval/data/practice
REPORTS   := eval/reports
MODEL_BIN := .venv-model/bin
# Where wheels of the model's server are kept: building it takes minutes, and is done for this machine's processor.
WHEELS    ?= $(HOME)/.cache/whosaid/wheels
INDEX     := $(REPORTS)/index
# What `make calibrate` learns from: question files, each with the index of its articles.
SETS      ?= --set $(QUESTIONS)/dev.jsonl $(INDEX) --set $(PRACTICE)/quoted.jsonl $(INDEX)
# How many articles `make bench` generates: SIZES="1000 10000 50000" takes hours, LIMIT="--at-most 3600" keeps it to less.
SIZES     ?= 1000
LIMIT     ?=
# `whosaid ingest` ends with 1 where a file could not be used: it has named it, and the rest is done.
NAMED     := || [ $$? -eq 1 ]

.PHONY: serve test test-model check eval calibrate bench screenshots index

serve: .venv/.installed  ## index the sample articles on the first start, and DOCS; serve page and API
	@[ -e "$(DATA)/.samples" ] || { $(BIN)/whosaid ingest $(SAMPLES) --data "$(DATA)" --quiet && touch "$(DATA)/.samples"; }
	@[ -z "$(DOCS)" ] || $(BIN)/whosaid ingest "$(DOCS)" --data "$(DATA)" --quiet $(NAMED)
	@exec $(BIN)/whosaid serve --host $(HOST) --port $(PORT) --data "$(DATA)"

test: check  ## everything CI runs
	$(BIN)/pytest

test-model: .venv/.installed-dev .venv-model/.installed  ## the tests that need a chat model, which is served here
	MODEL_PYTHON=$(MODEL_BIN)/python $(BIN)/pytest tests/model

check: .venv/.installed-dev  ## formatting, linting, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: index  ## both question sets over the sample articles, and the search beside others; reports in eval/reports
	for set in dev heldout; do \
	  $(BIN)/python -m eval.run $(QUESTIONS)/$$set.jsonl --data $(INDEX) --out $(REPORTS)/$$set || exit $$?; \
	done
	$(BIN)/python -m eval.retrieval $(QUESTIONS)/dev.jsonl $(QUESTIONS)/heldout.jsonl --data $(INDEX) --out $(REPORTS)/retrieval

calibrate: index  ## learn the weights anew from SETS; WRITE=--write puts them into service/
	$(BIN)/python -m eval.choosing $(SETS) $(WRITE)
	$(BIN)/python -m eval.choosing $(SETS) --read $(WRITE)
	$(BIN)/python -m eval.calibrate $(SETS) $(WRITE)

bench: .venv/.installed-dev .venv-bench/.installed  ## speed, memory and evidence beside other systems, over SIZES of generated articles; WRITE="--readme README.md"
	$(BIN)/python -m eval.bench $(SAMPLES) $(QUESTIONS)/dev.jsonl
	$(BIN)/python -m eval.bench.growth --sizes $(SIZES) $(LIMIT) $(WRITE)

screenshots: .venv/.installed-dev  ## pictures of the page's main states over the sample articles; in eval/reports/screenshots
	$(BIN)/python -m tests.page.screenshots $(REPORTS)/screenshots

index: .venv/.installed-dev  # a fresh one of the sample articles alone, whatever DATA holds
	rm -rf $(INDEX)
	$(BIN)/whosaid ingest $(SAMPLES) --data $(INDEX) --quiet

.venv/.installed: pyproject.toml .constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install -q --disable-pip-version-check -c .constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/pip install -q --disable-pip-version-check -c .constraints.txt -e ".[dev]"
	@touch $@

.venv-bench/.installed: eval/bench/peers.txt  # other systems, whose packages are not to be mixed with the project's
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install -q --disable-pip-version-check torch==2.13.0
	.venv-bench/bin/pip install -q --disable-pip-version-check -r $<
	@touch $@

.venv-model/.installed: tests/model/requirements.txt
	@ls "$(WHEELS)"/llama_cpp_python-* >/dev/null 2>&1 || command -v c++ >/dev/null || \
	  { echo "A C++ compiler is needed to build the model's server: apt install build-essential"; exit 1; }
	$(PYTHON) -m venv .venv-model
	@echo "Building the model's server, which takes about 10 minutes the first time; kept in $(WHEELS)"
	$(MODEL_BIN)/pip wheel -q --disable-pip-version-check --no-deps -r $< --find-links "$(WHEELS)" -w "$(WHEELS)"
	$(MODEL_BIN)/pip install -q --disable-pip-version-check --no-deps --no-index --find-links "$(WHEELS)" -r $<
	@touch $@
