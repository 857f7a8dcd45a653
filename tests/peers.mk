# SPDX-License-Identifier: GPL-2.0-only
#
# make peers          what kvm-ok, virt-host-validate and lscpu say in guests

.PHONY: peers

peers:
	@packaging/install-deps build lab bench
	@$(MAKE) --no-print-directory program
	@tests/lab/peers
