# SPDX-License-Identifier: GPL-2.0-only
#
# make mutants [MUTANTS=N]   N random rows of the register table changed, one at a
#                            time: some test must fail; without MUTANTS all, which
#                            takes hours

MUTANTS ?=

.PHONY: mutants

mutants:
	@$(INSTALL_DEPS) build lab oracle debug
	@TEST_CPU=86400 tests/run-tests \
		"tests/mutants/table $(if $(MUTANTS),--sample $(MUTANTS))"
