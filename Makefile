# make demo    the site with demonstration content, at http://127.0.0.1:8000
# make test    the linters and the tests
# make serve   the site without demonstration content
# make lint    the linters alone
# make bench   what each page costs beside the limits of this machine, to docs/ (minutes)
# make pictures  draw the pictures in docs/ anew, from the demonstration (maintainers)
# make lock    compile requirements/*.in again (maintainers)
#
# PORT (8000) and DATA_DIR (var/) choose where; DEMO_RESET=1 starts the demonstration afresh;
# PYTHON names an interpreter, where the one found is not the one wanted.

PORT ?= 8000
export PORT
VENV := .venv
RUN := $(VENV)/bin/python
# A database, cache or store elsewhere needs its own driver.
LOCK := $(if $(DATABASE_URL)$(CACHE_URL)$(MEDIA_BUCKET),production,base)
UV := $(RUN) -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: demo serve test lint bench pictures lock
.DELETE_ON_ERROR:

demo: $(VENV)/.ok-$(LOCK)
	@$(RUN) manage.py demo
	@exec $(RUN) manage.py serve --no-prepare

serve: $(VENV)/.ok-$(LOCK)
	@exec $(RUN) manage.py serve

test: lint
	$(RUN) -m pytest -n 2 --dist worksteal

lint: $(VENV)/.ok-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	find templates -name '*.html' -exec $(VENV)/bin/djade --check --target-version 6.1 {} +
	find templates -name '*.html' -exec $(VENV)/bin/djhtml --check --tabwidth 2 {} +
	$(VENV)/bin/lint-imports --no-cache
	$(RUN) -m mypy
	$(RUN) manage.py check --fail-level WARNING
	$(RUN) manage.py makemigrations --check --dry-run

bench: $(VENV)/.ok-dev
	@$(RUN) -m bench

pictures: $(VENV)/.ok-dev
	PICTURES=1 $(RUN) -m pytest -q tests/browser/test_pictures.py

lock: $(VENV)/.ok-dev
	$(UV) $(UPGRADE) requirements/base.in -o requirements/base.txt
	$(UV) $(UPGRADE) requirements/production.in -o requirements/production.txt
	$(UV) $(UPGRADE) requirements/dev.in -o requirements/dev.txt

# Installing anew only when the lock changes is what makes a second run work without a network.
$(VENV)/.ok-%: requirements/%.txt | $(VENV)/bin/python
	@echo 'Installing requirements/$*.txt'
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Candidates are run, not looked for: a pyenv shim is there whether or not it leads anywhere.
$(VENV)/bin/python:
	@for python in $(PYTHON) python3.13 python3.14 python3.12 python3 \
	    "$$HOME"/.pyenv/versions/3.13*/bin/python "$$HOME"/.pyenv/versions/3.1[24]*/bin/python; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || continue; \
	  "$$python" -c 'import ensurepip, sqlite3, ssl' 2>/dev/null || { \
	    echo "$$python lacks ensurepip, sqlite3 or ssl (on Debian: apt install python3-venv)" >&2; continue; }; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  rm -rf $(VENV) && "$$python" -m venv $(VENV) && exit 0; \
	done; \
	echo 'Python 3.12 or later is needed, and none was found. PYTHON=/path/to/python3 make … names one.' >&2; exit 1
