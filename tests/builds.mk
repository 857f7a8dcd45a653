# SPDX-License-Identifier: GPL-2.0-only
#
# make check-builds   other compilers, C libraries, word sizes (tests/builds.conf)

.PHONY: check-builds

check-builds:
	@$(INSTALL_DEPS) build builds
	@tests/run-tests tests/check-builds
