# SPDX-License-Identifier: GPL-2.0-only
#
# make static         the program in one file that needs nothing, in build/static
# make check-static   it is small and alone, and answers as the other one does

STATIC_PROGRAM := $(BUILD)/static/virtinfo
PLAIN_TABLE := $(BUILD)/tests/unit/plain_table

.PHONY: static check-static

static:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/static STATIC=1 program

# The test of the tables with those of a static program.
$(PLAIN_TABLE): $(BUILD)/tests/unit/test_output_table.o \
		$(BUILD)/userspace/output/table_plain.o \
		$(filter-out %/output/table.o,$(LIBRARY))
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL) \
		$(shell pkg-config --libs cmocka)

check-static: program static $(PLAIN_TABLE)
	@tests/run-tests "CMOCKA_MESSAGE_OUTPUT=TAP $(PLAIN_TABLE)" \
		"tests/check-static $(PROGRAM) $(STATIC_PROGRAM) \
		$(wildcard tests/captures $(CORPUS) $(POSTED))"
