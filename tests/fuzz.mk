# SPDX-License-Identifier: GPL-2.0-only
#
# make fuzz [FUZZ_SECONDS=N]     each fuzzer for so long
# make fuzzers                   compile them

# There are many forms: make soak gives each five minutes.
FUZZ_SECONDS ?= 30

.PHONY: fuzz fuzzers

fuzz:
	@$(INSTALL_DEPS) build fuzz
	@CORPUS='$(CORPUS)' tests/run-tests 'tests/fuzz/run $(FUZZ_SECONDS)'

# For tests/fuzz/run, which builds what the fuzzers use in a place of its own.
FUZZED := $(filter $(BUILD)/common/% $(BUILD)/userspace/input/% \
	$(BUILD)/userspace/base/% $(BUILD)/userspace/kvm/% \
	$(BUILD)/userspace/model/% $(BUILD)/userspace/output/%,$(LIBRARY))

fuzzers: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/*.c))

$(BUILD)/tests/fuzz/fuzzed.a: $(FUZZED) $(BUILD)/tests/fuzz/check.o
	@rm -f $@
	ar rcs $@ $^

# Comparing takes all of the program.
$(BUILD)/tests/fuzz/fuzz_fleet: $(BUILD)/tests/fuzz/fuzz_fleet.o \
		$(BUILD)/tests/fuzz/check.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $(LDFLAGS_ALL) -o $@ $^ \
		$(LDLIBS_ALL)

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o \
		$(BUILD)/tests/fuzz/fuzzed.a
	$(LINK) $(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $(LDFLAGS_ALL) -o $@ $^ \
		$(LDLIBS_ALL)
