# SPDX-License-Identifier: GPL-2.0-only
#
# make bench          how fast everything is, in ratios
# make bench-decode   how fast captures are read
# make bench-fleet    how fast fleets of 100 to 100,000 are, in which memory

.PHONY: bench bench-decode bench-fleet

# A script fails where a ratio of its own is too high.
bench:
	@$(INSTALL_DEPS) build lab bench
	@$(MAKE) --no-print-directory program
	@status=0; for script in tests/bench/*.sh; do \
		$$script || status=1; \
	done; exit $$status

bench-decode:
	tests/bench/decode.sh

bench-fleet: program
	tests/bench/fleet.sh 100 1000 10000 100000

$(BUILD)/tests/bench/decode_many: $(BUILD)/tests/bench/decode_many.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)
