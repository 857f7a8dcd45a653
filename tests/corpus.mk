# SPDX-License-Identifier: GPL-2.0-only
#
# make check-corpus CORPUS=DIR   replay every dump and capture in a folder
# make check-agreement           ask every command about every machine

CORPUS ?= ../shared/corpus

CHECKS += "if test -d '$(CORPUS)'; then tests/check-corpus '$(CORPUS)'; \
	else echo 'skip corpus: no folder $(CORPUS)'; fi"

AGREEMENT := tests/agreement $(wildcard tests/captures $(CORPUS) ../shared/posted)

CHECKS += '$(call python,$(AGREEMENT))'

.PHONY: check-corpus check-agreement

check-corpus: program
	tests/check-corpus "$(CORPUS)"

check-agreement: program
	@tests/run-tests '$(call python,$(AGREEMENT))'
