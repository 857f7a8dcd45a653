# SPDX-License-Identifier: GPL-2.0-only
#
# make mutants          each row of the register table and 60 places of the code
#                       changed, one at a time: some test must fail; takes hours
# make mutants-sample   a random sample of both, of MUTANTS and MUTANTS_CODE

MUTANTS ?= 24
MUTANTS_CODE ?= 3

.PHONY: mutants mutants-sample

mutants:
	@$(INSTALL_DEPS) build lab oracle debug
	@TEST_CPU=86400 tests/run-tests tests/mutants/table tests/mutants/code

mutants-sample:
	@$(INSTALL_DEPS) build lab oracle debug
	@tests/run-tests "tests/mutants/table --sample $(MUTANTS)" \
		"tests/mutants/code --sample $(MUTANTS_CODE)"
