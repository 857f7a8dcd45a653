# SPDX-License-Identifier: GPL-2.0-only
#
# make check-kvm      the proof and the exits on this machine's KVM, many times

# The programs of tests/kvm, linked as unit tests are. In "make check" they run
# on this machine, and in the guest amd; without a device each test is skipped.
KVM_TESTS := $(patsubst tests/kvm/%.c,$(BUILD)/tests/kvm/%, \
	$(wildcard tests/kvm/*.c))
PROOF_SOAK_RUNS ?= 1000

CHECKS += $(KVM_TESTS:%="PROOF_SOAK_RUNS=200 CMOCKA_MESSAGE_OUTPUT=TAP %")

.PHONY: kvm-tests check-kvm

kvm-tests: $(KVM_TESTS)

$(BUILD)/tests/kvm/%: $(BUILD)/tests/kvm/%.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL) \
		$(shell pkg-config --libs cmocka)

check-kvm: kvm-tests
	@tests/run-tests $(KVM_TESTS:%="PROOF_SOAK_RUNS=$(PROOF_SOAK_RUNS) CMOCKA_MESSAGE_OUTPUT=TAP %")
