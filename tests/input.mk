# SPDX-License-Identifier: GPL-2.0-only
#
# make check-corpus CORPUS=DIR   replay every dump and capture in a folder
# make fuzz [FUZZ_SECONDS=N]     each fuzzer for so long
# make bench-decode              how fast captures are read

FUZZ_SECONDS ?= 60
CORPUS ?= ../shared/corpus

CHECKS += "if test -d '$(CORPUS)'; then tests/check-corpus '$(CORPUS)'; \
	else echo 'skip corpus: no folder $(CORPUS)'; fi"

.PHONY: check-corpus fuzz bench-decode

check-corpus: program
	tests/check-corpus "$(CORPUS)"

fuzz:
	@packaging/install-deps build fuzz
	@CORPUS='$(CORPUS)' tests/tally 'tests/fuzz/run $(FUZZ_SECONDS)'

bench-decode:
	tests/bench/decode.sh

$(BUILD)/tests/bench/decode_many: $(BUILD)/tests/bench/decode_many.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

# For tests/fuzz/run, which builds what the fuzzers use in a place of its own.
FUZZED := $(filter $(BUILD)/common/% $(BUILD)/userspace/input/% \
	$(BUILD)/userspace/base/% $(BUILD)/userspace/kvm/% \
	$(BUILD)/userspace/model/% $(BUILD)/userspace/output/%,$(LIBRARY))

$(BUILD)/tests/fuzz/fuzzed.a: $(FUZZED) $(BUILD)/tests/fuzz/check.o
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o \
		$(BUILD)/tests/fuzz/fuzzed.a
	$(LINK) $(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $(LDFLAGS_ALL) -o $@ $^ \
		$(LDLIBS_ALL)
