# SPDX-License-Identifier: GPL-2.0-only
#
# make check-oracle           the table against Linux (KDIR) and cpuid, and that a
#                             wrong row does not compile
# make check-oracle-kernels   the same with every kernel of the lab
# make bench                  how fast everything is, in ratios

.PHONY: check-oracle check-oracle-kernels

check-oracle: program
	KDIR="$(KDIR)" tests/tally tests/oracle/linux tests/oracle/scattered \
		tests/oracle/rows tests/oracle/cpuid

check-oracle-kernels:
	tests/oracle/linux bullseye-5.10 bookworm-6.1 bookworm-6.12 \
		trixie-6.12 trixie-7.3

# Every figure, one a line; a script fails where its own is too high.
.PHONY: bench
bench: program
	@status=0; for script in tests/bench/*.sh; do \
		$$script || status=1; \
	done; exit $$status
