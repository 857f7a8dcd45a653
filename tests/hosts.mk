# SPDX-License-Identifier: GPL-2.0-only
#
# make check-hosts [HOSTS=RELEASES]   make run and make check on fresh machines
#                                     of Debian 11, 12 and 13; takes hours

.PHONY: check-hosts

check-hosts:
	@$(INSTALL_DEPS) build lab
	@tests/check-hosts $(HOSTS)
