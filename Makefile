# Two commands do everything by themselves: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q
EXTRAS := web,picture,html,feeds,warc,parquet,frames,postgres

.PHONY: install dev demo test check bench train clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml package-lock.json
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[$(EXTRAS)]'
	if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else echo "no npm: building the gazetteer without province polygons and district names"; fi
	$(BIN)/frontlog gazetteer build
	if [ -d node_modules ]; then node scripts/vendor.mjs && $(BIN)/python -m frontlog.views.mapbuild; \
	else echo "no npm: the web application will show tables, not the map"; fi
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) -e '.[$(EXTRAS),ray,dev]'
	touch $@

dev: $(VENV)/.dev

demo: install
	rm -rf build/demo && mkdir -p build/demo
	$(BIN)/frontlog read examples --ledger build/demo/ledger.db
	$(BIN)/frontlog control --on 2021-08-16 --ledger build/demo/ledger.db
	$(BIN)/frontlog audit --ledger build/demo/ledger.db || test $$? = 1 # 1: there are findings

test: dev
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -n 2

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	if command -v npx >/dev/null; then npx tsc -p tsconfig.json; fi
	if [ -x node_modules/.bin/tsc ]; then node_modules/.bin/tsc -p tsconfig.json; fi

bench: dev
	$(BIN)/python -m benchmarks

train:
	$(PIP) torch==2.13.0
	$(PIP) -e '.[train]'
	$(BIN)/python -m training

clean:
	rm -rf build dist $(VENV) node_modules
