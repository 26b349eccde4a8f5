# Everything a developer runs; each target makes what it needs.
VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin

.PHONY: check test fuzz mutants docs rule record bench scale agreement clean

$(BIN)/fargate-lint: pyproject.toml
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]' && touch $@

check: $(BIN)/fargate-lint  ## what CI checks besides the tests
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/python scripts/docs.py --check && $(BIN)/python scripts/ecs_shape.py --check

test: $(BIN)/fargate-lint  ## all tests, or those of T=path
	$(BIN)/pytest -q $(T)

fuzz: $(BIN)/fargate-lint  ## make fuzz [TIME=seconds] [TARGET=check-json]: inputs made to break it
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	nice -n 10 $(BIN)/python -m fuzz $(if $(TIME),--time $(TIME)) $(if $(TARGET),--target $(TARGET))

mutants: $(BIN)/fargate-lint $(BIN)/mutmut  ## make mutants ROOM=launch/reach [SAMPLE=200 [SEED=2]] [AGAIN=1] [TESTS="tests/launch …"]
	$(BIN)/python scripts/mutants.py $(ROOM) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) $(if $(AGAIN),--again) $(if $(TESTS),--tests $(TESTS))

$(BIN)/mutmut: pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[mutants]' && touch $@

docs: $(BIN)/fargate-lint $(BIN)/mkdocs  ## regenerate what is made, and build the site
	$(BIN)/python scripts/docs.py
	$(BIN)/mkdocs build --strict

$(BIN)/mkdocs: pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[docs]' && touch $@

rule: $(BIN)/fargate-lint  ## make rule CODE=LCH107 NAME=launcher-something
	$(BIN)/python scripts/new_rule.py $(CODE) $(NAME)

record: $(BIN)/fargate-lint  ## write down what check says about fixtures/err
	$(BIN)/python scripts/record.py

bench: $(BIN)/fargate-lint  ## make bench [ARGS="--quick --against REVISION"]: figures as ratios
	$(BIN)/python benchmarks/run $(ARGS)

scale: $(BIN)/fargate-lint  ## 100,000 files in one run, and what each format costs
	$(BIN)/python benchmarks/scale

agreement: $(BIN)/fargate-lint  ## how far the simulator agrees with the real programs
	$(BIN)/python scripts/agreement.py

clean:
	rm -rf $(VENV) site .mypy_cache .ruff_cache .pytest_cache .hypothesis .artifacts .fuzz .mutants
