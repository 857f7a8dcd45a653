# SPDX-License-Identifier: GPL-2.0-only
#
# make check-corpus CORPUS=DIR   replay every dump and capture in a folder
# make check-posted POSTED=DIR   judge machines in the forms that people post
# make check-large               100 MB of each form, and files too large
# make check-documents           run what the documents tell people to type
# make check-round-trips         from captures to other forms and back
# make check-wrappings           each form quoted, indented, compressed, ...
# make check-agreement           ask every command about every machine

CORPUS ?= ../shared/corpus
POSTED ?= ../shared/posted

CHECKS += "if test -d '$(CORPUS)'; then tests/check-corpus '$(CORPUS)'; \
	else echo 'skip corpus: no folder $(CORPUS)'; fi"
CHECKS += "if test -d '$(POSTED)'; then tests/check-posted '$(POSTED)'; \
	else echo 'skip posted: no folder $(POSTED)'; fi"
CHECKS += "tests/vbox-controls $(PROGRAM) tests/fuzz/seeds/vbox_log/7.1-intel"

AGREEMENT := tests/agreement $(wildcard tests/captures $(CORPUS) $(POSTED))

CHECKS += '$(call python,$(AGREEMENT))'

CHECKS += tests/check-large
CHECKS += '$(call python,tests/documents)'
CHECKS += '$(call python,tests/round-trips tests/captures)'

# Each form's seeds; strings are of none, nor is what fleet keeps.
WRAPPINGS := tests/wrappings \
	$(filter-out %/strings %/fleet,$(wildcard tests/fuzz/seeds/*)) tests/captures

CHECKS += '$(call python,$(WRAPPINGS))'

.PHONY: check-corpus check-posted check-agreement check-round-trips
.PHONY: check-wrappings check-large check-documents

check-documents: program
	@tests/run-tests tests/documents

check-corpus: program
	tests/check-corpus "$(CORPUS)"

check-posted: program
	@tests/run-tests "tests/check-posted '$(POSTED)'"

check-large: program
	@tests/run-tests tests/check-large

check-round-trips: program
	@tests/run-tests '$(call python,tests/round-trips tests/captures)'

check-wrappings: program
	@tests/run-tests '$(call python,$(WRAPPINGS))'

check-agreement: program
	@tests/run-tests '$(call python,$(AGREEMENT))'
