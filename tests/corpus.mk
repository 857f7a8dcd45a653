# SPDX-License-Identifier: GPL-2.0-only
#
# make check-corpus CORPUS=DIR   replay every dump and capture in a folder

CORPUS ?= ../shared/corpus

CHECKS += "if test -d '$(CORPUS)'; then tests/check-corpus '$(CORPUS)'; \
	else echo 'skip corpus: no folder $(CORPUS)'; fi"

.PHONY: check-corpus

check-corpus: program
	tests/check-corpus "$(CORPUS)"
