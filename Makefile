# Everything a checkout needs, in one virtual environment: make help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help lab test lint bench performance indexes browsing caching schema metrics reports notebooks clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /make \1 - /p' Makefile

lab: .venv/installed  ## set up and open JupyterLab on a library (the demo library if there is none)
	$(BIN)/mediamgr lab

test: .venv/installed lint  ## set up, check and run all tests, notebooks and browser tests included
	bash scripts/install_test_parts.sh
	$(BIN)/python -m pytest -q -rs -m "not benchmark" --durations=10 -n 2 --dist loadfile
	$(BIN)/python scripts/check_notebooks.py

lint: .venv/installed  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed  ## measure, peers included, check the budgets and keep the result in .benchmarks
	$(BIN)/python -m pytest -q -m benchmark benchmarks --benchmark-autosave --benchmark-max-time=0.5 \
		--benchmark-columns=min,median,iqr,rounds

performance: .venv/installed  ## measure beside SQLite and bare DuckDB up to ten million items, and write docs/performance.md
	$(BIN)/python -m benchmarks.performance

indexes: .venv/installed  ## measure each access pattern with and without its structure, and write docs/indexes.md
	$(BIN)/python -m benchmarks.indexes

browsing: .peers/installed  ## measure the browser in Chromium, beside other tables, up to ten million items, and write docs/browsing.md
	.peers/bin/python -m benchmarks.browsing

caching: .venv/installed  ## measure the cache of answers beside raw diskcache, redis-py and requests-cache, and write docs/caching.md
	$(BIN)/python -m benchmarks.caching

schema: .venv/installed  ## write sql/schema.sql anew after a migration
	$(BIN)/python scripts/write_schema.py

metrics: .venv/installed  ## write docs/metrics.md anew after a change of what is measured
	$(BIN)/python scripts/write_metrics.py

reports: .venv/installed  ## write docs/reports.md anew after a change of sql/reports or of the catalogue
	$(BIN)/python scripts/write_reports.py

notebooks: .venv/installed  ## run the notebooks and keep what they print
	$(BIN)/python scripts/write_notebooks.py

clean:  ## remove what the other targets made
	rm -rf .venv .peers dist build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .benchmarks

.venv/installed: EXTRAS = all
# the tables that ours is measured beside, in an environment of their own
.peers/installed: EXTRAS = all,peers
.venv/installed .peers/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mediamgr needs Python 3.11 or newer; set one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	touch $@
