# SPDX-License-Identifier: GPL-2.0-only
#
# make check-oracle           the table against Linux's headers (KDIR)
# make check-oracle-kernels   the same with every kernel of the lab

.PHONY: check-oracle check-oracle-kernels

check-oracle:
	KDIR="$(KDIR)" tests/tally tests/oracle/linux tests/oracle/scattered

check-oracle-kernels:
	tests/oracle/linux bullseye-5.10 bookworm-6.1 bookworm-6.12 \
		trixie-6.12 trixie-7.3
