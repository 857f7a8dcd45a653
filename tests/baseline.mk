# SPDX-License-Identifier: GPL-2.0-only
#
# make check-baseline         QEMU, libvirt and checkers of the other engines
#                             read every baseline printed

BASELINE_PRINT := $(BUILD)/tests/baseline/print
BASELINE_MACHINES = $(wildcard tests/captures $(CORPUS))
BASELINE_CHECK = env BASELINE_PRINT=$(BASELINE_PRINT) tests/baseline/engines

# All of them take minutes.
CHECKS += '$(call python,$(BASELINE_CHECK) $(wildcard tests/captures/ready.*))'

.PHONY: baseline-print check-baseline

baseline-print: $(BASELINE_PRINT)

$(BASELINE_PRINT): $(BUILD)/tests/baseline/print.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

check-baseline: baseline-print
	@tests/run-tests '$(call python,$(BASELINE_CHECK) $(BASELINE_MACHINES))'
