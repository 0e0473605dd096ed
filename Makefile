PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_ARGS ?= -n 4 --dist worksteal

.PHONY: setup demo demo-linkedin serve check test test-long test-browser test-external screens reference lint-openapi postman eval bench bench-rehearsal bench-scale chaos chaos-campaigns lock wheel clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: setup
	$(BIN)/overture demo

demo-linkedin: setup
	$(BIN)/overture linkedin demo

serve: setup
	$(BIN)/overture serve

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/basedpyright

test: setup
	$(BIN)/python -m pytest $(TEST_ARGS) -m "not long" --ignore=tests/browser

test-long: setup
	$(BIN)/python -m pytest $(TEST_ARGS) -m long

test-browser: setup
	$(BIN)/python -m pytest tests/browser

screens: setup
	$(BIN)/python -m tests.browser.screens

test-external: setup
	$(BIN)/python -m pytest tests/store tests/usecases --ignore-glob="*test_embedded*" $(TEST_ARGS)

reference: setup
	$(BIN)/python -m tests.docs.reference

# The two below need npm, and are not part of the tests.
lint-openapi: setup
	mkdir -p .bench
	$(BIN)/python -m tests.docs.postman document > .bench/openapi.json
	npx --yes @redocly/cli lint --extends=recommended --format=summary .bench/openapi.json
	echo 'extends: ["spectral:oas"]' > .bench/spectral.yaml
	npx --yes @stoplight/spectral-cli lint .bench/openapi.json --ruleset .bench/spectral.yaml

postman: setup
	mkdir -p .bench docs/postman
	$(BIN)/python -m tests.docs.postman document > .bench/openapi.json
	npx --yes --package=openapi-to-postmanv2 openapi2postmanv2 -s .bench/openapi.json -o .bench/postman.json \
		-c docs/postman/options.json
	$(BIN)/python -m tests.docs.postman collection < .bench/postman.json > docs/postman/overture.json

eval: setup
	$(BIN)/python -m benchmarks.quality.run

bench: setup
	$(BIN)/python -m benchmarks.run

bench-scale: setup
	$(BIN)/python -m benchmarks.scale

bench-rehearsal: setup
	$(BIN)/python -m benchmarks.rehearsal

chaos: setup
	$(BIN)/python -m benchmarks.chaos

chaos-campaigns: setup
	$(BIN)/python -m benchmarks.chaos_campaigns

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra llm pyproject.toml -o requirements/llm.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra mcp pyproject.toml -o requirements/mcp.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra llm --extra mcp pyproject.toml requirements/dev.in -o requirements/dev.txt

wheel: setup
	$(BIN)/python -m build --no-isolation --wheel

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .bench .screens
