# SPDX-License-Identifier: GPL-2.0-only
#
# make check-oracle           the table against Linux's headers (KDIR) and the
#                             cpuid program; and wrong rows do not compile
# make check-oracle-kernels   the table against the headers and the sources of
#                             every kernel of the lab
# make check-schema           the program's JSON against docs/schemas

# The tests written in Python need Debian's, which has the validator.
python = test -x /usr/bin/python3 && exec $(1); echo "skip $(1): no /usr/bin/python3"

# What "make check" runs of it; the kernel is the lab's own.
CHECKS += "tests/oracle/linux bookworm-6.1" "tests/oracle/sources trixie-7.3 libvirt" \
	tests/oracle/rows \
	'$(call python,tests/oracle/cpuid)' '$(call python,tests/oracle/schemas)'

.PHONY: check-oracle check-oracle-kernels check-schema

check-oracle: program
	PROGRAM="$(abspath $(PROGRAM))" KDIR="$(KDIR)" tests/run-tests \
		tests/oracle/linux tests/oracle/sources tests/oracle/rows \
		'$(call python,tests/oracle/cpuid)'

check-oracle-kernels:
	tests/run-tests 'tests/oracle/linux bullseye-5.10 bookworm-6.1 \
		bookworm-6.12 trixie-6.12 trixie-7.3' \
		'tests/oracle/sources bullseye-5.10 bookworm-6.1 trixie-6.12 trixie-7.3 libvirt'

check-schema: program
	PROGRAM="$(abspath $(PROGRAM))" tests/run-tests \
		'$(call python,tests/oracle/schemas)'
