# SPDX-License-Identifier: GPL-2.0-only
#
# make mutants          each row of the register table and 61 places of the code
#                       changed, one at a time: some test must fail; takes hours
# make mutants-code     the places of the code alone, or MUTANTS_CODE random ones
# make mutants-sample   MUTANTS (10) random changes of the table

MUTANTS ?= 10
MUTANTS_CODE ?=

.PHONY: mutants mutants-code mutants-sample

mutants:
	@$(INSTALL_DEPS) build lab oracle debug
	@TEST_CPU=86400 tests/run-tests tests/mutants/table tests/mutants/code

mutants-code:
	@$(INSTALL_DEPS) build lab debug
	@TEST_CPU=86400 tests/run-tests \
		"tests/mutants/code $(if $(MUTANTS_CODE),--sample $(MUTANTS_CODE))"

mutants-sample:
	@$(INSTALL_DEPS) build lab oracle debug
	@tests/run-tests "tests/mutants/table --sample $(MUTANTS)"
