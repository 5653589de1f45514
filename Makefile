PYTHON ?= python3

.PHONY: test
test: .venv/stamp
	.venv/bin/python -m pytest -q -m "not benchmark"

.venv/stamp: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q -c constraints.txt -e '.[test]'
	touch $@
