# SPDX-License-Identifier: GPL-2.0-only
#
# Part of the Makefile at the top: proof that it never harms (docs/TESTING.md).
#
# make check-debug      debug kernels: KUnit, stress, faults; the program's
#                       hardening, sanitizers, hostile input, coverage
# make soak             the same for longer, on 6.12 too: hours
# make check-sanitized  unit tests under ASan and UBSan
# make coverage         lines and branches that the tests reach; fails under 90 %

DEBUG_GUESTS := debug-kunit debug-stress debug-faults kcsan unprivileged
SOAK_GUESTS := soak-stress soak-kcsan debug-kunit debug-faults unprivileged
SOAK_RUNS ?= 1000

.PHONY: check-debug soak check-sanitized coverage proof-soak debug-binary

# The module as it is shipped, built for the kernel that most machines run.
debug-binary:
	@tests/debug/binary-check $$(tests/lab/build-module bookworm-6.1)

# The guests last, and the kernels first: what fails early fails at once.
check-debug:
	@$(INSTALL_DEPS) build lab debug
	@$(MAKE) --no-print-directory program
	@tests/tally "tests/debug/hardening $(PROGRAM)" \
		"tests/debug/write-errors $(PROGRAM)" \
		"tests/debug/hostile $(PROGRAM)" \
		"$(MAKE) --no-print-directory debug-binary" \
		"$(MAKE) --no-print-directory check-sanitized" \
		"$(MAKE) --no-print-directory coverage" \
		"PROOF_SOAK_RUNS=100 $(MAKE) --no-print-directory proof-soak" \
		"tests/lab/guest -j 1 $(DEBUG_GUESTS)"

check-sanitized:
	@$(MAKE) --no-print-directory SANITIZE=1 BUILD=build/asan program unit
	@tests/tally $(UNIT_TESTS:$(BUILD)/%="CMOCKA_MESSAGE_OUTPUT=TAP build/asan/%") \
		"tests/debug/write-errors build/asan/virtinfo"

coverage:
	@tests/debug/coverage

# The proof guest again and again (needs /dev/kvm; without one it is skipped).
proof-soak: $(BUILD)/tests/kvm/proof_soak
	@CMOCKA_MESSAGE_OUTPUT=TAP $<

$(BUILD)/tests/kvm/%: $(BUILD)/tests/kvm/%.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL) \
		$(shell pkg-config --libs cmocka)

soak:
	@$(INSTALL_DEPS) build lab debug
	@$(MAKE) --no-print-directory program
	@tests/tally "PROOF_SOAK_RUNS=$(SOAK_RUNS) $(MAKE) --no-print-directory proof-soak" \
		"tests/lab/guest -j 1 $(SOAK_GUESTS)"
