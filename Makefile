# `make` does everything a reader needs; `make test` and `make long` do everything a reviewer needs.
# requirements.lock has the libraries that a reader needs; requirements-dev.lock adds those for the tests.
# README.md gives equivalent Python commands for machines without make.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/ready
READY_TO_TEST := $(VENV)/ready-to-test

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# Keep compiled bytecode, even if the shell turns it off: libraries are compiled on first use, not during
# set-up, so each process would otherwise compile them again.
export PYTHONDONTWRITEBYTECODE :=

# If the environment has been damaged since, remove its ready marker so that it is set up again.
NEEDED := duckdb frictionless jinja2 jsonschema mkdocs openpyxl pandas scipy typst vl_convert yaml
SOUND := import sys, importlib.util as util; sys.exit(any(util.find_spec(name) is None for name in sys.argv[1:]))
$(shell test ! -e $(READY) || $(RUN) -c '$(SOUND)' $(NEEDED) >/dev/null 2>&1 || rm -f $(READY))

.PHONY: all check derive site release serve test long year markup bench picture lock hook clean

all: derive site

# All layers, including frictionless, on the derived tables as they are.
check: $(READY)
	@$(RUN) -m scripts check

# This checks the data first and reports what it finds.
derive: $(READY)
	@$(RUN) -m scripts derive

site: $(READY)
	@$(RUN) -m scripts site

release: $(READY)
	@$(RUN) -m scripts release

serve: $(READY)
	@$(RUN) -m scripts serve --port $(PORT)

# FAST=1 leaves out the browser, whole sites and other slow tests.
test: $(READY_TO_TEST)
	@$(if $(FAST),,$(RUN) -m tests.browser)
	@$(if $(FAST),,$(RUN) -m scripts.site.browser_engine)
	@$(RUN) -m ruff check --quiet scripts tests
	@$(RUN) -m ruff format --check --quiet scripts tests
	@$(RUN) -m mypy --no-error-summary
	@$(RUN) -m pytest -n 3 --dist loadgroup -m "not long$(if $(FAST), and not slow)"

# The long tests: damaged inputs, a comparison with frictionless, a build with Zensical, identical files from
# another folder, the worked example, the steps of the workflows, and all the pages, columns, readings and
# faults that `make test` only samples.
long: $(READY_TO_TEST)
	@$(RUN) -m tests.browser
	@$(RUN) -m scripts.site.browser_engine
	@$(RUN) -m pytest -n 3 --dist loadgroup -m long

# Replay a year's work in clones of HEAD: contributions, withdrawals, corrections and a version (half an hour).
# Then build packages for eight other countries from their rows in our tables.
year: $(READY)
	@$(RUN) -m tests.year
	@$(RUN) -m tests.country

# Validate every page with the W3C's HTML checker, which needs Java and npm.
markup: $(READY_TO_TEST) site
	@$(RUN) -m tests.markup

# Time the check against frictionless on up to a million rows, and the site after an edit (several minutes).
bench: $(READY_TO_TEST)
	@$(RUN) -m tests.bench

# Take the picture in README.md; run this when the home page has changed.
picture: $(READY_TO_TEST) site
	@$(RUN) -m tests.picture

# Start the reader's file from the other, so that both name the same version of each library.
RESOLVE := $(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url
lock: $(READY_TO_TEST)
	@$(RESOLVE) --python-version 3.11 --extra dev --output-file requirements-dev.lock pyproject.toml
	@cp requirements-dev.lock requirements.lock
	@$(RESOLVE) --python-version 3.11 --output-file requirements.lock pyproject.toml
	@$(RESOLVE) --python-version 3.14 --output-file engine/wheels.lock engine/wheels.in

# Make git run the check before each commit that changes the data or pages.
hook:
	@git config core.hooksPath .githooks
	@echo "The check runs before each commit that touches data/, docs/ or datapackage.json."

clean:
	rm -rf $(VENV) build dist site

INSTALL := $(RUN) -m pip install --quiet --no-compile --only-binary :all: --require-hashes --requirement
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed. Name one: make PYTHON=python3.13"; exit 2; }
	@echo "Setting up $(VENV) from requirements.lock (once, about half a minute) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) requirements.lock
	@touch $(READY)

# Install in addition to what is already there, leaving that unchanged.
$(READY_TO_TEST): requirements-dev.lock $(READY)
	@echo "Adding the libraries of the tests from requirements-dev.lock (once, about half a minute) …"
	@$(INSTALL) requirements-dev.lock
	@touch $(READY_TO_TEST)
