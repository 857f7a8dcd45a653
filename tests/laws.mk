# SPDX-License-Identifier: GPL-2.0-only
#
# make check-laws     laws of migration, over all pairs of machines that there are

LAWS := $(BUILD)/tests/laws/migration
LAWS_RUN := find tests/captures $(wildcard $(CORPUS) $(POSTED)) -type f -print0 \
	| xargs -0 $(LAWS)

CHECKS += '$(LAWS_RUN)'

.PHONY: laws check-laws

laws: $(LAWS)

$(LAWS): $(BUILD)/tests/laws/migration.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

check-laws: $(LAWS)
	@tests/run-tests '$(LAWS_RUN)'
