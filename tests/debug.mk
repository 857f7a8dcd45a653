# SPDX-License-Identifier: GPL-2.0-only
#
# Part of the Makefile at the top: proof that it never harms (docs/TESTING.md).
#
# make check-debug      debug kernels: KUnit, stress, faults; the program's
#                       hardening, sanitizers, hostile input, coverage
# make soak             the guests and the fuzzers for longer, on a debug kernel
#                       of the newest release too, 1,000 proofs, every baseline,
#                       KVM's word beside the rules of migration, check-configs,
#                       check-autopkgtests
# make check-sanitized  unit tests under ASan and UBSan, fleet under TSan
# make coverage         lines and branches that the tests reach; fails under 90 %

DEBUG_GUESTS := debug-kunit debug-stress debug-faults kcsan unprivileged
SOAK_GUESTS := soak-stress soak-faults soak-kcsan debug-kunit unprivileged \
	prove-intel pairs-tigerlake pairs-icelake pairs-skylake prove-amd-less
NEWEST_GUESTS := debug-kunit soak-stress soak-faults
SOAK_RUNS ?= 1000

.PHONY: check-debug soak check-sanitized coverage debug-binary

# The module as it is shipped, built for the kernel that most machines run.
debug-binary:
	@tests/debug/binary-check $$(tests/lab/build-module bookworm-6.1)

# The guests last: what fails early fails at once. No $(MAKE) in the line of
# run-tests: make -n would run it.
check-debug:
	@$(INSTALL_DEPS) build lab debug
	@$(MAKE) --no-print-directory program
	@tests/run-tests "tests/debug/hardening $(PROGRAM)" \
		"tests/debug/write-errors $(PROGRAM)" \
		"tests/debug/hostile $(PROGRAM)" \
		"make --no-print-directory debug-binary" \
		"make --no-print-directory check-sanitized" \
		"make --no-print-directory coverage" \
		$(DEBUG_GUESTS:%="tests/lab/guest %")

check-sanitized:
	@$(MAKE) --no-print-directory SANITIZE=1 BUILD=build/asan program unit
	@$(MAKE) --no-print-directory SANITIZE=thread BUILD=build/tsan program
	@tests/run-tests $(UNIT_TESTS:$(BUILD)/%="CMOCKA_MESSAGE_OUTPUT=TAP build/asan/%") \
		"tests/debug/write-errors build/asan/virtinfo" \
		"tests/fleet/races build/tsan/virtinfo"

coverage:
	@tests/debug/coverage

soak:
	@$(INSTALL_DEPS) build lab debug
	@$(MAKE) --no-print-directory program kvm-tests
	@TEST_CPU=43200 tests/run-tests \
		"make --no-print-directory check-kvm PROOF_SOAK_RUNS=$(SOAK_RUNS)" \
		"make --no-print-directory fuzz FUZZ_SECONDS=300" \
		"make --no-print-directory check-baseline" \
		$(SOAK_GUESTS:%="tests/lab/guest %") \
		$(NEWEST_GUESTS:%="VIRTINFO_KERNEL=debug-7.3 tests/lab/guest %") \
		"make --no-print-directory check-configs check-autopkgtests"
