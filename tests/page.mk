# SPDX-License-Identifier: GPL-2.0-only
#
# make check-page     the page of --html in Chromium: used, looked at, attacked
# make page-pictures  what it looks like, wide and narrow, light and dark: into
#                     build/pictures

.PHONY: check-page page-pictures

check-page:
	@$(INSTALL_DEPS) build page
	@$(MAKE) --no-print-directory program
	@tests/run-tests 'PROGRAM="$(abspath $(PROGRAM))" tests/page/run'

page-pictures:
	@$(INSTALL_DEPS) build page
	@$(MAKE) --no-print-directory program
	@PROGRAM="$(abspath $(PROGRAM))" tests/page/run "$(abspath $(BUILD))/pictures"
