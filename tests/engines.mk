# SPDX-License-Identifier: GPL-2.0-only
#
# make check-engines [ENGINES=TESTS]  exports and contrib with the real engines,
#                                     in a throw-away Debian root, of the
#                                     release ENGINES_RELEASE (bookworm, trixie)

.PHONY: check-engines

check-engines:
	@$(INSTALL_DEPS) build lab
	@$(MAKE) --no-print-directory program
	@tests/run-tests 'VIRTINFO="$(abspath $(PROGRAM))" tests/engines/run $(ENGINES)'
