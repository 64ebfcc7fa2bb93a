# Everything a developer does. Each target does its own set-up; nothing is installed outside .venv (as root, python3-venv).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
SETUP := $(VENV)/.set-up
SITE := .venv-docs
TEXTS := harness/locale/zh_CN/LC_MESSAGES/apprights
.DEFAULT_GOAL := help
.PHONY: help runtime setup demo test test-long unit coverage check docs proof docs-site language bench bench-long train-popup train-acts selftest soak faults generated peers bundle clean

help:
	@echo "make demo      run the sample apps on virtual devices and write reports/demo/report.html"
	@echo "make test      run the tests that prove each thing once; CHANGED=main those that a change since then can reach"
	@echo "make test-long run all other tests"
	@echo "make unit      run the unit tests alone, without the long ones"
	@echo "make coverage  how much of harness/ the unit tests and the cases of the rules reach"
	@echo "make check     ruff, mypy strict, import contracts, dead code"
	@echo "make docs      write docs/virtual-device.md, docs/scenes.md and docs/phones.md anew from the data"
	@echo "make proof     build the APKs of 'apprights prove' from their smali; needs Debian's aapt2, smali and apksigner"
	@echo "make bundle    one folder that installs AppRights without network, dist/apprights-VERSION-bundle"
	@echo "make docs-site build all pages as a site that is searched offline, reports/docs-site/index.html"
	@echo "make language  the texts of the code into the Chinese catalogue, and that compiled"
	@echo "make selftest  every sample must get the outcome it expects"
	@echo "make faults    every sample under every fault; hours of one core, MINUTES=N ends it earlier, WINDOWS=1 windows of others alone, LACKS=1 what phones lack, AFTER=N goes on"
	@echo "make generated check apps that a grammar makes, innocent and guilty ones; N=20 SEED=1 JOBS=1 KEEP=1 ONLY=guilty NIGHTS=40 REACH=1"
	@echo "make peers     run others' test suites on a virtual device; PEERS=DIR holds their work trees"
	@echo "make bench     measure, and write reports/bench.json"
	@echo "make train-acts train the score of captions that commit; some seconds"
	@echo "make train-popup train the pop-up scores on drawn screens; some 15 minutes of one core, JOBS=2 in two processes"

runtime: $(RUNTIME) $(TEXTS).mo

setup: $(SETUP) $(TEXTS).mo

$(TEXTS).mo: $(TEXTS).po $(RUNTIME)
	@$(BIN)/python -m tools.language --compile

$(RUNTIME): requirements.txt pyproject.toml tools/set_up.py
	@$(PYTHON) tools/set_up.py $(VENV)

$(SETUP): $(RUNTIME) requirements-dev.txt
	@$(PYTHON) tools/set_up.py $(VENV) --development

demo: runtime
	@$(BIN)/apprights demo

# The tests start Python some hundred times: where its bytecode is not kept, each start compiles everything again.
KEEPING := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/$(VENV)/bytecode $(BIN)/python
PYTEST := $(KEEPING) -m pytest -n auto --dist worksteal

test: setup
	@$(PYTEST) -m "not long" $(if $(CHANGED),--changed "$(CHANGED)")

test-long: setup
	@$(PYTEST) -m long $(if $(CHANGED),--changed "$(CHANGED)")

unit: setup
	@$(KEEPING) -m tools.unit_tests

coverage: setup
	@rm -rf reports/coverage && mkdir -p reports/coverage
	@PYTHONPYCACHEPREFIX=$(CURDIR)/$(VENV)/bytecode $(BIN)/coverage run -m pytest -q -n auto --dist worksteal -m "not long" tests/unit tests/cases
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report --skip-covered --sort cover

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@for system in win32 darwin; do $(BIN)/mypy --platform $$system --no-warn-unreachable --cache-dir .mypy_cache/$$system harness device_farm scenarios || exit 1; done
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/vulture

docs: setup
	@$(BIN)/python -m tools.virtual_device_page > docs/virtual-device.md.new
	@mv docs/virtual-device.md.new docs/virtual-device.md
	@$(BIN)/python -m tools.scenes_page
	@$(BIN)/python -m tools.phones_page

# The APKs of `apprights prove`, to the same bytes each time; needs Debian's tools for APKs.
proof: setup
	@$(BIN)/python -m tools.proof

# The wheels are those of this platform and this Python.
bundle: setup
	@$(BIN)/python -m tools.bundle

# Every link is followed, every heading found: a warning is an error.
docs-site: $(SITE)/.set-up
	@$(SITE)/bin/python -m tools.docs_site build/pages
	@$(SITE)/bin/python -m sphinx -q -W --keep-going -E -d build/doctrees -c tools/docs_site build/pages reports/docs-site
	@echo "reports/docs-site/index.html"

$(SITE)/.set-up: requirements-docs.txt
	@$(PYTHON) -m venv --clear $(SITE)
	@$(SITE)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements-docs.txt
	@touch $@

language: setup
	@$(BIN)/python -m tools.language

faults: setup
	@$(BIN)/python -m tests.faults$(if $(LACKS),.lack_matrix) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(WINDOWS),--windows --twins) $(if $(AFTER),--after $(AFTER))

soak: setup
	@$(BIN)/python -m tests.farm.soak $(PART) --seed "$(or $(SEED),1)" $(if $(UNITS),--units $(UNITS)) $(if $(PHONES),--phones $(PHONES)) $(if $(REPORT),--report $(REPORT))

selftest: runtime
	@$(BIN)/apprights selftest

generated: setup
	@$(BIN)/python -m tests.generated$(if $(REACH),.reach, -n "$(or $(N),20)" --seed "$(or $(SEED),1)" --jobs "$(or $(JOBS),1)" $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep) $(if $(NIGHTS),--nights $(NIGHTS)))

bench: setup
	@$(BIN)/python -m tests.benchmarks

bench-long: setup
	@$(BIN)/python -m tests.benchmarks --long

train-acts: setup
	@$(BIN)/python -m tests.benchmarks.train_acts

train-popup: setup
	@$(BIN)/python -m tests.benchmarks.train_popup --jobs "$(or $(JOBS),1)"

peers: setup
	@test -n "$(PEERS)" || { echo "make peers PEERS=DIR: the folder with the work trees of the suites"; exit 2; }
	@$(BIN)/python -m tools.peers --peers "$(PEERS)"

clean:
	rm -rf $(VENV) $(SITE) reports/demo reports/docs-site reports/bench.json dist build
