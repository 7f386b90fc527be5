# Orderflow: `make run` starts the product, `make test` proves it, `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
JOBS   ?= 2

.DEFAULT_GOAL := help
.PHONY: help run demo test quick check lint types contracts migrations bench conformance pictures lock clean

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment is made once and again whenever the lock changes.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

##@ Use it
run: $(READY) ## Start everything on 127.0.0.1 with sample orders
	@$(BIN)/orderflow up

demo: $(READY) ## Play three orders through the real system
	@$(BIN)/orderflow demo --watch

##@ Prove it
test: $(READY) ## All tests, shared by JOBS processes
	$(BIN)/pytest --numprocesses $(JOBS) --dist loadscope --no-loadscope-reorder

quick: $(READY) ## The loop while writing: what needs no running system
	$(BIN)/pytest -m "not engine and not browser and not slow" tests/domain tests/models tests/tasks/test_main_line.py

check: lint types contracts migrations test ## Everything that CI checks

lint: $(READY) ## Style and mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## Types, strictly
	$(BIN)/mypy

contracts: $(READY) ## Who may import whom
	$(BIN)/lint-imports

migrations: $(READY) ## Migrations in step with the models, on both databases
	$(BIN)/python -m deployments.migration_check

##@ Measure it
bench: $(READY) ## Orders per minute and the latencies of a decision
	$(BIN)/python -m benchmarks lifecycle

conformance: $(READY) ## Reading of labelled and of published mails, where the data is present
	$(BIN)/python -m benchmarks conformance mail recognizers

##@ Keep it
pictures: $(READY) ## Take the README's pictures from the real product
	ORDERFLOW_PICTURES=docs/pictures $(BIN)/pytest tests/browser

lock: $(READY) ## Compile requirements.lock anew
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.lock

clean: ## Remove the environment and the local installation
	rm -rf $(VENV) .orderflow
