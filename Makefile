# make run: install, then serve the dashboard.   make test: install, then check everything.   make soak: the long tests.
# A fresh Debian 12 with Python 3.11 and make is enough; as root the missing system packages are installed.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8050

.PHONY: run test lint types unit soak load wheel export picture requirements audit clean

run: .venv/.run
	$(BIN)/python app.py --port $(PORT)

test: .venv/.test browser
	$(MAKE) lint types unit wheel

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.test
	$(BIN)/mypy

unit: .venv/.test
	$(BIN)/python -m pytest --numprocesses auto

# The whole of the tests of which the others run a tenth.
soak: .venv/.test browser
	SOAK=1 $(BIN)/python -m pytest --numprocesses auto

# How the production server bears many clients and many changes, printed.
load: .venv/.test
	$(BIN)/python -m bench.load

# The built wheel, installed alone in an environment of its own with what is newest then, does the job.
wheel: .venv/.test
	rm -rf build/wheel build/alone
	$(BIN)/python -m build --quiet --no-isolation --wheel --outdir build/wheel
	$(PYTHON) -m venv build/alone
	build/alone/bin/pip install --quiet --disable-pip-version-check build/wheel/*.whl
	cd build && alone/bin/timeline --version && alone/bin/timeline check ../events.json \
		&& alone/bin/timeline export ../events.json -o wheel/timeline.html

export: .venv/.run
	$(BIN)/timeline export events.json -o collectivisation.html

picture: .venv/.test browser
	$(BIN)/python tools/picture.py

# Pin what the tests are run with, each file by its hash, for all systems; from whatever index pip is set up with.
requirements:
	$(PYTHON) -m venv build/pin
	build/pin/bin/pip install --quiet --disable-pip-version-check uv
	UV_CUSTOM_COMPILE_COMMAND="make requirements" build/pin/bin/uv pip compile --quiet --universal --upgrade \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--extra test --output-file requirements.txt pyproject.toml

# Ask whether anything that is pinned is known to be vulnerable.
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.txt

clean:
	rm -rf .venv build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "timeline needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call system,python3-venv)
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml hatch_build.py
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# What is pinned first, the tools that build the package among it; then the package alone, built with them.
.venv/.test: .venv/bin/python pyproject.toml hatch_build.py requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

.PHONY: browser
browser:
	@command -v chromium >/dev/null || $(call system,chromium)
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null || $(call system,firefox-esr)
	@/sbin/ldconfig -p | grep -q libatomic.so.1 || $(call system,libatomic1)  # Playwright's own Node.js needs it
	@fc-list 2>/dev/null | grep -q Liberation || $(call system,fonts-liberation)

# Install a Debian package as root, or say what to type.
system = { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq $(1); } \
	|| { echo "Missing: $(1). Type: sudo apt-get install $(1)"; exit 1; }
