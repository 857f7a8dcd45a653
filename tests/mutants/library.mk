# SPDX-License-Identifier: GPL-2.0-only
#
# Laid over the Makefile by tests/mutants: all but main() and the tests is one
# shared library (LIBRARY), which is linked again where the programs are not.

$(LIBRARY): $(filter-out $(BUILD)/userspace/main.o,$(OBJECTS))
	@$(CC) -shared -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/program: $(BUILD)/userspace/main.o $(LIBRARY)
	@$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)
