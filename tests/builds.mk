# SPDX-License-Identifier: GPL-2.0-only
#
# make check-builds   other compilers, C libraries, word sizes (tests/builds.conf)
# make check-recipes  follow CONTRIBUTING.md's recipes in a copy of the tree

CHECKS += tests/recipes

.PHONY: check-builds check-recipes

check-builds:
	@$(INSTALL_DEPS) build builds
	@tests/run-tests tests/check-builds

check-recipes:
	@tests/run-tests tests/recipes
