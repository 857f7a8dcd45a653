# SPDX-License-Identifier: GPL-2.0-only
#
# make check-baseline         QEMU, libvirt, libvirtd and checkers of the other
#                             engines read every baseline printed
# make check-libvirtd         libvirtd alone

BASELINE_PRINT := $(BUILD)/tests/baseline/print
BASELINE_MACHINES = $(wildcard tests/captures $(CORPUS))
BASELINE_CHECK = env BASELINE_PRINT=$(BASELINE_PRINT) tests/baseline/engines
BASELINE_LIBVIRTD = env BASELINE_PRINT=$(abspath $(BASELINE_PRINT)) \
	tests/baseline/libvirtd

# All of them take minutes, and libvirtd a root of its own.
CHECKS += '$(call python,$(BASELINE_CHECK) $(wildcard tests/captures/ready.*))'

.PHONY: baseline-print check-baseline check-libvirtd

baseline-print: $(BASELINE_PRINT)

$(BASELINE_PRINT): $(BUILD)/tests/baseline/print.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

check-baseline: baseline-print
	@tests/run-tests '$(call python,$(BASELINE_CHECK) $(BASELINE_MACHINES))' \
		'$(BASELINE_LIBVIRTD) $(BASELINE_MACHINES)'

check-libvirtd: baseline-print
	@tests/run-tests '$(BASELINE_LIBVIRTD) $(BASELINE_MACHINES)'
