# From a clean clone: `make run` does the main job, `make test` checks everything.
# Needs git, gcc and a python3 that has venv; the rest is set up here, inside this folder.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Without written bytecode every start would compile all imports again.
unexport PYTHONDONTWRITEBYTECODE
# Only this folder's environment counts, whichever one is active in the shell.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME
# uv trusts whom the system trusts, as pip and git do (also behind a company's own certificate).
export UV_SYSTEM_CERTS ?= true

BIN := .venv/bin
STAMP := .venv/.ready
# One step of the model, so that it is compiled once and not by every worker for itself.
COMPILE := $(BIN)/python -c "from collabsim.experiments.waking import wake_up as w; from collabsim.parameters import Scenario as S; w(S(), 0)"
# Two workers fill two cores: a command that a test gives takes no second one unless asked to.
# A file is tested by one of them, so that what its tests share is made once, in the order of conftest.py.
PYTEST := PYTHON_CPU_COUNT=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
CODE = $(wildcard src tests benchmarks experiments docs)
# The uv of the machine if there is one, else our own.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),.tools/uv/bin/uv)
UV_READY := $(if $(filter .tools/%,$(UV)),.tools/uv/.ready)

# A Python that pyenv has but does not show spares a download.
PYENV_BIN := $(lastword $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.13.*/bin))

.PHONY: help setup run test check docs lock wheel bench clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## Make .venv from the locked, hashed requirements

run: $(STAMP) ## Compare ways of delegating to the table: the main job
	$(BIN)/collabsim compare configs/comparisons/delegation.yaml

test: $(STAMP) ## Everything: lint, format, types, all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(COMPILE)
	$(PYTEST)

check: $(STAMP) ## Quick: lint, types and the tests that are not slow
	$(BIN)/ruff check .
	$(BIN)/mypy $(CODE)
	$(PYTEST) -m "not slow"

docs: $(STAMP) ## Build the site into docs/_build/html, without a network
	$(COMPILE)
	$(BIN)/sphinx-build -W --keep-going -q -j 2 -d docs/_build/read docs docs/_build/html

lock: $(UV_READY) ## Recompile requirements.lock (UPGRADE=1 takes newer releases)
	$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.13 \
	  --generate-hashes --custom-compile-command "make lock" --quiet \
	  $(if $(UPGRADE),--upgrade) --output-file requirements.lock

wheel: $(STAMP) ## Build the wheel into dist/
	$(UV) build --wheel --no-build-isolation --python $(BIN)/python

bench: $(STAMP) ## Run every script in benchmarks/
	@failed=0; for script in benchmarks/*.py; do echo "== $$script"; \
	  $(BIN)/python "$$script" || failed=1; done; exit $$failed

clean: ## Remove the environment, tools, builds and caches; results stay
	rm -rf .venv .tools build dist docs/_build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

# Made anew when a dependency or what is built changes. The lock holds hatchling too, so the
# project itself installs without a build environment of its own.
$(STAMP): requirements.lock pyproject.toml .python-version $(UV_READY)
	test -x $(BIN)/python || PATH="$$PATH$(addprefix :,$(PYENV_BIN))" $(UV) venv --python "$$(cat .python-version)" .venv
	$(UV) pip sync --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

# From / because a version manager's python3 obeys .python-version, and may not have that one.
.tools/uv/.ready: Makefile
	cd / && python3 -m venv --clear "$(CURDIR)/.tools/uv"
	.tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	touch $@
