# SPDX-License-Identifier: GPL-2.0-only
#
# make check-builds   other compilers, C libraries, word sizes (tests/builds.conf),
#                     and what check-static does
# make check-recipes  follow CONTRIBUTING.md's recipes in a copy of the tree

CHECKS += tests/recipes

.PHONY: check-builds check-recipes

check-builds:
	@$(INSTALL_DEPS) build builds
	@tests/run-tests tests/check-builds \
		"make -s --no-print-directory check-static"

check-recipes:
	@tests/run-tests tests/recipes
