# SPDX-License-Identifier: GPL-2.0-only
#
# make lines          how long the program is: 0.1.0, today, longest file, function

.PHONY: lines

lines:
	@tests/count-lines
