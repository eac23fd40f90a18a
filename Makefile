# `make` does everything a reader needs; `make test` and `make long` everything a reviewer needs.
# Where make is missing, README.md gives the same commands for python.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

# A set-up that was damaged since is made again: what marks it as ready goes.
NEEDED := duckdb frictionless jinja2 jsonschema mkdocs openpyxl pandas scipy vl_convert yaml
SOUND := import sys, importlib.util as util; sys.exit(any(util.find_spec(name) is None for name in sys.argv[1:]))
$(shell test ! -e $(READY) || $(RUN) -c '$(SOUND)' $(NEEDED) >/dev/null 2>&1 || rm -f $(READY))

.PHONY: all check derive site release serve test long year mutants fault parity markup bench picture lock hook clean

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
# What is compiled is kept, whatever the shell says: each of many processes would compile it again.
test long: export PYTHONDONTWRITEBYTECODE :=
test: $(READY)
	@$(if $(FAST),,$(RUN) -m tests.browser)
	@$(if $(FAST),,$(RUN) -m scripts.site.engine)
	@$(RUN) -m ruff check --quiet scripts tests
	@$(RUN) -m ruff format --check --quiet scripts tests
	@$(RUN) -m mypy --no-error-summary
	@$(RUN) -m pytest -n 3 --dist loadgroup -m "not long$(if $(FAST), and not slow)"

# The tests that take long: samples of mutants, of slips and of damaged inputs, a second judge, a second builder,
# the same bytes elsewhere, the worked example, and the other pages, columns, readings and faults where
# `make test` tries a few.
long: $(READY)
	@$(RUN) -m tests.browser
	@$(RUN) -m scripts.site.engine
	@$(RUN) -m pytest -n 3 --dist loadgroup -m long

# Proof that the check bites: thousands of faults and of slips, and the tables of who found them (an hour).
mutants: $(READY)
	@$(RUN) -m tests.mutants
	@$(RUN) -m tests.meaning_mutants
	@$(RUN) -m tests.blind_mutants

# Damaged inputs by the thousand, kills, full disks, folders that are read-only, and one table (an hour).
fault: $(READY)
	@$(RUN) -m tests.fault

# The year, replayed: contributions, withdrawals, corrections and a version, in clones of HEAD (half an hour).
year: $(READY)
	@$(RUN) -m tests.year

# Every page through the checker of the W3C; it needs Java and npm.
markup: site
	@$(RUN) -m tests.markup

# The same bytes from the browser and from the command line, in Chromium and in Firefox, and the same kill
# table on both engines (two hours; python -m tests.parity --help says how to ask for less).
parity: $(READY)
	@$(RUN) -m tests.browser
	@$(RUN) -m tests.parity

# How fast the check is beside frictionless, with ledgers of up to a million rows (several minutes).
bench: $(READY)
	@$(RUN) -m tests.bench

# The picture in README.md; run it when the home page has changed.
picture: site
	@$(RUN) -m tests.picture

lock: $(READY)
	@$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-header --no-emit-index-url --output-file requirements.lock pyproject.toml
	@$(RUN) -m uv pip compile --quiet --universal --python-version 3.14 --generate-hashes \
		--no-header --no-emit-index-url --output-file engine/wheels.lock engine/wheels.in

# From now on git runs the check before each commit that touches the data.
hook:
	@git config core.hooksPath .githooks
	@echo "The check runs before each commit that touches data/, docs/ or datapackage.json."

clean:
	rm -rf $(VENV) build dist site

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12"; exit 2; }
	@echo "Setting up $(VENV) from requirements.lock (once, about a minute) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --only-binary :all: --require-hashes --requirement requirements.lock
	@touch $(READY)
