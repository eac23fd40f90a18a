# `make` does everything a reader needs; `make test` and `make long` everything a reviewer needs.
# A reader's libraries are in requirements.lock; requirements-dev.lock has the same and those of the tests.
# Where make is missing, README.md gives the same commands for python.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/ready
READY_TO_TEST := $(VENV)/ready-to-test

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# What was compiled is kept, whatever the shell says: libraries are compiled when they are first used, not all of
# them in the set-up, and each of many processes would compile again.
export PYTHONDONTWRITEBYTECODE :=

# A set-up that was damaged since is made again: what marks it as ready goes.
NEEDED := duckdb frictionless jinja2 jsonschema mkdocs openpyxl pandas scipy typst vl_convert yaml
SOUND := import sys, importlib.util as util; sys.exit(any(util.find_spec(name) is None for name in sys.argv[1:]))
$(shell test ! -e $(READY) || $(RUN) -c '$(SOUND)' $(NEEDED) >/dev/null 2>&1 || rm -f $(READY))

.PHONY: all check derive site release serve test long year markup bench picture lock hook clean

all: derive site

# All layers, with frictionless and with the derived tables as they stand.
check: $(READY)
	@$(RUN) -m scripts check

# It checks the data first, and says what it finds.
derive: $(READY)
	@$(RUN) -m scripts derive

site: $(READY)
	@$(RUN) -m scripts site

release: $(READY)
	@$(RUN) -m scripts release

serve: $(READY)
	@$(RUN) -m scripts serve --port $(PORT)

# FAST=1 leaves out the browser, the whole sites and what else takes long.
test: $(READY_TO_TEST)
	@$(if $(FAST),,$(RUN) -m tests.browser)
	@$(if $(FAST),,$(RUN) -m scripts.site.browser_engine)
	@$(RUN) -m ruff check --quiet scripts tests
	@$(RUN) -m ruff format --check --quiet scripts tests
	@$(RUN) -m mypy --no-error-summary
	@$(RUN) -m pytest -n 3 --dist loadgroup -m "not long$(if $(FAST), and not slow)"

# The tests that take long: damaged inputs, a second judge, a second builder,
# the same bytes elsewhere, the worked example, the steps of the workflows, and the other pages, columns,
# readings and faults where `make test` tries a few.
long: $(READY_TO_TEST)
	@$(RUN) -m tests.browser
	@$(RUN) -m scripts.site.browser_engine
	@$(RUN) -m pytest -n 3 --dist loadgroup -m long

# The year, replayed: contributions, withdrawals, corrections and a version, in clones of HEAD (half an hour);
# and the packages of eight other countries, cut out of the tables.
year: $(READY)
	@$(RUN) -m tests.year
	@$(RUN) -m tests.country

# Every page through the checker of the W3C; it needs Java and npm.
markup: $(READY_TO_TEST) site
	@$(RUN) -m tests.markup

# How fast the check is beside frictionless, with up to a million rows, and the site after an edit (several minutes).
bench: $(READY_TO_TEST)
	@$(RUN) -m tests.bench

# The picture in README.md; run it when the home page has changed.
picture: $(READY_TO_TEST) site
	@$(RUN) -m tests.picture

# A reader's file begins as the other one, so that what stands in both has one version.
RESOLVE := $(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url
lock: $(READY_TO_TEST)
	@$(RESOLVE) --python-version 3.11 --extra dev --output-file requirements-dev.lock pyproject.toml
	@cp requirements-dev.lock requirements.lock
	@$(RESOLVE) --python-version 3.11 --output-file requirements.lock pyproject.toml
	@$(RESOLVE) --python-version 3.14 --output-file engine/wheels.lock engine/wheels.in

# From now on git runs the check before each commit that touches the data.
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

# On top of what is there, which stays as it is.
$(READY_TO_TEST): requirements-dev.lock $(READY)
	@echo "Adding the libraries of the tests from requirements-dev.lock (once, about half a minute) …"
	@$(INSTALL) requirements-dev.lock
	@touch $(READY_TO_TEST)
