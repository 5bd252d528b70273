# KPI Ledger. `make demo` and `make test` install what is missing, build and run; a second run does no set-up again.

PREFIX ?= /usr/local
SWIFT_FLAGS = --explicit-target-dependency-import-check error
RELEASE = $(SWIFT_FLAGS) -c release --static-swift-stdlib
SETUP = .build/setup
VENV = .build/venv
FORMATTED = Package.swift Sources Tests Benchmarks

.PHONY: help build release demo test lint format bench load prove fuzz install clean

help:
	@echo "make demo     set up, build, and play the main job on real figures under demo/"
	@echo "make test     set up, build, and run every test"
	@echo "make build    a debug build; make release: the one that is installed"
	@echo "make lint     swift format, strictly; make format: mend the layout"
	@echo "make bench    measure, side by side with git, DuckDB, Polars and daff"
	@echo "make load     50 clients against kpi hub serve, 1,000 syncs, some killed: LOAD=\"--clients 6 --syncs 4 --kill 2\""
	@echo "make prove    random histories of clones and a hub held against a record: KPI_HISTORIES (100000), KPI_SEED"
	@echo "make fuzz     decoders and merge on mutated bytes: FUZZ_SECONDS (60) for each target, FUZZ=\"yaml merge\" for some"
	@echo "make install  the kpi program and its completions, under PREFIX ($(PREFIX))"

# --- set-up -----------------------------------------------------------------------------------------------------

# Debian's packages; only what is missing is installed, and only then is anything asked of apt.
$(SETUP)/packages: Makefile
	@mkdir -p $(SETUP)
	@missing=""; \
	for package in libgit2-dev libsqlite3-dev pkg-config git python3-venv openssh-client openssh-server gitolite3 nginx-light openssl; do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing$$missing"; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@touch $@

# A virtual environment for the tools that only tests and benchmarks use.
$(SETUP)/test-tools: $(SETUP)/packages Tests/requirements.txt
	@python3 -m venv $(VENV) && $(VENV)/bin/pip install -q -r Tests/requirements.txt
	@touch $@

$(SETUP)/bench-tools: $(SETUP)/packages Benchmarks/requirements.txt
	@python3 -m venv $(VENV) && $(VENV)/bin/pip install -q -r Benchmarks/requirements.txt
	@touch $@

# --- build ------------------------------------------------------------------------------------------------------

build: $(SETUP)/packages
	swift build $(SWIFT_FLAGS)

release: $(SETUP)/packages
	swift build $(RELEASE) --product kpi

install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 .build/release/kpi $(DESTDIR)$(PREFIX)/bin/kpi
	.build/release/kpi --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/kpi
	.build/release/kpi --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_kpi
	.build/release/kpi --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/kpi.fish

# --- use --------------------------------------------------------------------------------------------------------

demo: release
	.build/release/kpi demo demo --from Examples/mta

test: $(SETUP)/test-tools
	swift build $(SWIFT_FLAGS) --build-tests
	$(VENV)/bin/python Tests/LedgerFilesTests/validate_schemas.py Tests/LedgerFilesTests/Fixtures schema
	swift test $(SWIFT_FLAGS) --skip-build

lint:
	swift format lint --strict --recursive --parallel $(FORMATTED)

format:
	swift format --in-place --recursive --parallel $(FORMATTED)

bench: release $(SETUP)/bench-tools
	$(VENV)/bin/python Benchmarks/bench.py --kpi .build/release/kpi $(BENCH)

# Many clients against a served hub, some of them killed, and the hub once.
load: release
	python3 Benchmarks/load.py --kpi .build/release/kpi $(LOAD)

# Histories in memory; a failing one is shrunk and printed. The head of Tests/Proving/Running/Prove.swift says what else
# can be set.
prove: $(SETUP)/packages
	swift build $(RELEASE) --product Proving
	.build/release/Proving

# libFuzzer, which comes with Swift, around the targets of Tests/Fuzzing; what it finds stays in .build/fuzz/found.
fuzz: $(SETUP)/packages
	KPI_FUZZ=1 swift build $(SWIFT_FLAGS) --scratch-path .build/fuzz -c release --sanitize fuzzer --product kpi-fuzz
	Tests/Fuzzing/fuzz.sh .build/fuzz/release/kpi-fuzz $(FUZZ)

clean:
	rm -rf .build demo
