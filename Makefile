# make demo   builds the graph of the packaged briefs, prints a few answers, writes graph.html
# make test   lint, types, all tests
# make benchmark  what takes minutes to measure
# make notebooks  executes the notebooks anew and keeps their answers
# make clean  removes the environment and build leftovers, never a graph
# Each creates .venv with the newest Python that works here, and installs again only when setup.cfg has changed.

VENV := .venv
PYENV_ROOT ?= $(HOME)/.pyenv
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(VENV)/bin/python -m pip install -qq --no-input
SOURCES := setup.cfg pyproject.toml

.PHONY: demo test benchmark notebooks lint types clean python browser
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	@$(VENV)/bin/kg demo --store graph --output graph.html

test: $(VENV)/.installed-test browser lint types
	@$(VENV)/bin/python -m pytest -m "not benchmark"
	@$(VENV)/bin/python -m pytest --nbmake --nbmake-timeout=300 notebooks/

# Minutes of measuring; wants a quiet machine.
benchmark: $(VENV)/.installed-test
	@$(VENV)/bin/python -m pytest -m benchmark tests/benchmarks

# After a change of the briefs or of extraction: the answers in the notebooks as they are now.
notebooks: $(VENV)/.installed-test
	@$(VENV)/bin/python tests/notebook/execute.py

lint: $(VENV)/.installed-test
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: $(VENV)/.installed-test
	@$(VENV)/bin/mypy

# A Python "works" when it has what venv, pip and the store need; a name on PATH may be a shim of a version that is off.
python:
	@for python in \
	    python3.13 "$(PYENV_ROOT)"/versions/3.13*/bin/python \
	    python3.12 "$(PYENV_ROOT)"/versions/3.12*/bin/python \
	    python3.11 "$(PYENV_ROOT)"/versions/3.11*/bin/python \
	    python3 python; do \
	  if "$$python" -c 'import sys, venv, ensurepip, ssl, sqlite3; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	      && "$$python" -m venv --clear $(VENV) 2>/dev/null && $(VENV)/bin/python -m pip --version >/dev/null 2>&1; then \
	    echo "Using $$($(VENV)/bin/python -V) ($$(command -v "$$python"))"; exit 0; \
	  fi; \
	done; \
	echo "No working Python 3.11, 3.12 or 3.13 found. On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; exit 1

$(VENV)/bin/python:
	@$(MAKE) --no-print-directory python

$(VENV)/.installed: $(VENV)/bin/python $(SOURCES)
	@echo "Installing Entente into $(VENV) (a minute or two, once) …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/bin/python $(SOURCES)
	@echo "Installing Entente and its test tools into $(VENV) (a minute or two, once) …"
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.installed

# The browser tests skip where no browser is; CI must not skip them, so there they install one.
browser:
	@if [ "$$CI" = true ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && ! command -v chromium-headless-shell >/dev/null; then \
	  echo "Installing a headless browser for the tests of the page …"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium-headless-shell fonts-dejavu-core >/dev/null; \
	fi

clean:
	rm -rf $(VENV) build dist *.egg-info
