# SPDX-License-Identifier: GPL-2.0-only
#
# make check-laws     laws of migration, over all pairs of machines that there
#                     are, and of what machines differ in

LAWS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/laws/*.c))
LAWS_FILES := find tests/captures $(wildcard $(CORPUS) $(POSTED)) -type f -print0
LAWS_CHECKS := $(foreach law,$(LAWS),'$(LAWS_FILES) | xargs -0 $(law)')

CHECKS += $(LAWS_CHECKS)

.PHONY: laws check-laws

laws: $(LAWS)

$(LAWS): %: %.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

check-laws: $(LAWS)
	@tests/run-tests $(LAWS_CHECKS)
