# SPDX-License-Identifier: GPL-2.0-only
#
# make check-configs          the module built for, and tried on, kernels with
#                             configurations that Debian does not have; takes
#                             an hour when no kernel is in the cache
# make check-configs-compile  three of them, compiled only

.PHONY: check-configs check-configs-compile

check-configs:
	@$(INSTALL_DEPS) build lab
	@$(MAKE) --no-print-directory program
	@TEST_CPU=43200 tests/run-tests tests/check-configs

check-configs-compile:
	@$(INSTALL_DEPS) lab
	@tests/run-tests 'tests/check-configs --compile'
