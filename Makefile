# Two commands for a newcomer: `make demo` and `make test`. Everything else serves those who build.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
STUBS  := clients/python/nisba/v1
TIMES   ?= 50
SECONDS ?= 120

.DEFAULT_GOAL := help
.PHONY: help demo test check audit fuzz format lint types imports protos protos-check bench-linking bench-gazetteer bench-names bench-reload bench-archive bench-serve bench-telemetry fit-linking fit-names bench-tagging train-smoke

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(STAMP): pyproject.toml clients/python/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nisba needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -e clients/python -e '.[dev]'
	@touch $@

demo: $(STAMP)  ## set up, start the service, link an English and an Arabic article
	@$(BIN)/nisba demo

test: $(STAMP)  ## set up and run every test
	$(BIN)/pytest

check: format lint types imports protos-check audit test  ## all that must hold before a change lands

format: $(STAMP)  ## formatting is as ruff would have it
	$(BIN)/ruff format --check .

lint: $(STAMP)  ## ruff's rules
	$(BIN)/ruff check .

types: $(STAMP)  ## mypy, strict
	$(BIN)/mypy service/nisba_service clients/python/nisba tests bench training security

imports: $(STAMP)  ## imports run one way
	$(BIN)/lint-imports

audit: $(STAMP)  ## known weaknesses of what is installed; ARGS=--required fails where nobody can be asked
	$(BIN)/python -m security.audit $(ARGS)

protos: $(STAMP)  ## regenerate the stubs in the SDK from the contract
	$(BIN)/python protos/generate.py $(STUBS:/nisba/v1=)

protos-check: $(STAMP)  ## the committed stubs are those of the contract; the contract passes buf's lint
	rm -rf build/stubs && mkdir -p build/stubs
	$(BIN)/python protos/generate.py build/stubs
	diff -r --exclude=__pycache__ build/stubs/nisba/v1 $(STUBS)
	$(BIN)/buf lint build/stubs/protos.binpb --config buf.yaml

fuzz: $(STAMP)  ## hostile input for long: TIMES the suite's examples, then SECONDS for each guided target
	$(BIN)/pip install --quiet -e '.[fuzz]'
	NISBA_TEST_FUZZ=$(TIMES) $(BIN)/pytest tests/fuzz
	$(BIN)/python -m tests.fuzz.guided all --seconds $(SECONDS)

bench-linking: $(STAMP)  ## links against Stanza with extractOne, on the golden documents
	$(BIN)/python -m bench.linking $(sort $(wildcard tests/golden/*/*.jsonl))

bench-gazetteer: $(STAMP)  ## import, memory, index and one edit at a million entities
	$(BIN)/python -m bench.gazetteer

bench-serve: $(STAMP)  ## load, overload and faults, beside a plain server; ARGS="--quick" is short
	$(BIN)/python -m bench.serve $(ARGS)

bench-telemetry: $(STAMP)  ## processor time a call, without and with metrics and traces
	$(BIN)/python -m bench.serve.telemetry

bench-reload: $(STAMP)  ## 200 edits land while texts are linked: nothing may fail or be mixed
	$(BIN)/python -m bench.reload

bench-archive: $(STAMP)  ## an archive of 100,000 articles: tag, link, follow edits, kill; ARGS="--keep DIR" goes on after a stop
	$(BIN)/python -m bench.archive $(ARGS)
	$(BIN)/python -m bench.archive.kills

bench-names: $(STAMP)  ## names against their peers; NISBA_NAMES_DATA is the folder of the tasks, SECTIONS a choice
	$(BIN)/pip install --quiet -e '.[bench]'
	$(BIN)/python -m bench.names $(SECTIONS)

fit-linking: $(STAMP)  ## fit the weights of the linking policy to the development documents
	$(BIN)/python -m training.linking tests/golden/en/dev.jsonl tests/golden/ar/dev.jsonl

fit-names: $(STAMP)  ## learn the tables of the names anew; NISBA_NAMES_DATA and NISBA_NAMES_GAZETTEER are folders
	$(BIN)/python -m training.names $(NISBA_NAMES_DATA) --gazetteer $(NISBA_NAMES_GAZETTEER)

bench-tagging: $(STAMP)  ## the tagger beside Stanza: speed, F1, memory; NISBA_NER_DATA is a folder of tagged files
	$(BIN)/python -m bench.tagging $(sort $(wildcard tests/golden/*/*.jsonl)) \
		--ner $(sort $(wildcard $(NISBA_NER_DATA)/*/test-*.bio))

train-smoke: $(STAMP)  ## the whole training of the tagging models in miniature, both languages
	$(BIN)/pytest tests/training/tagger/test_pipeline.py
