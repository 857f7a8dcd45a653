# SPDX-License-Identifier: GPL-2.0-only
#
# Part of the Makefile at the top: the lab (docs/LAB.md).
#
# make run            show the main job, on this machine or else in a guest
# make check          unit tests, this machine's KVM, and the guests of LAB_GUESTS
# make check-kernels  every kernel of tests/lab/kernels.conf
# make guest-NAME     one guest of tests/lab/guests.conf
# make peers          what kvm-ok, virt-host-validate and lscpu say in guests
# make migration-peers  what libvirt and QEMU say of moves between guests

# Another part adds a test to "make check" with: CHECKS += "COMMAND"

LAB_GUESTS := amd intel intel-none isolated amd-no-nx amd-lockdown amd-sig xen-amd \
	xen-intel prove-amd prove-amd-no-npt

CHECKS += tests/check-limits

.PHONY: run check check-kernels peers migration-peers

run:
	@$(MAKE) --no-print-directory deps DEPS=build
	@$(MAKE) --no-print-directory program
	@tests/lab/run-demo

check:
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory program unit kvm-tests laws baseline-print
	@tests/run-tests $(UNIT_TESTS:%="CMOCKA_MESSAGE_OUTPUT=TAP %") $(CHECKS) \
		"tests/lab/guest $(LAB_GUESTS)"

check-kernels:
	@$(INSTALL_DEPS) build lab
	@$(MAKE) --no-print-directory program
	@tests/run-tests tests/lab/check-kernels

guest-%:
	@$(INSTALL_DEPS) build lab
	@$(MAKE) --no-print-directory program kvm-tests
	@tests/lab/guest $*

peers:
	@$(INSTALL_DEPS) build lab bench
	@$(MAKE) --no-print-directory program
	@tests/lab/peers

migration-peers:
	@$(INSTALL_DEPS) build lab
	@$(MAKE) --no-print-directory program baseline-print
	@tests/lab/migration-peers
