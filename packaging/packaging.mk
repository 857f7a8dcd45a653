# SPDX-License-Identifier: GPL-2.0-only
#
# Part of the Makefile at the top: putting virtinfo on a machine.
#
# make install        program, manual pages, completions, documents and examples,
#                     under DESTDIR/PREFIX
# make uninstall      takes away every file that install puts there
# make dkms-install   the module, now and for every kernel to come
# make dkms-remove    takes it away from every kernel
# make deb            Debian packages, in build/deb
# make dist           source tarball, in build; the same files, the same bytes
# make check-packaging  manual pages, completions, install, tarball
# make check-packages   packages for Debian, RPM, Arch, Alpine and Nix; AppStream
# make check-autopkgtests  Debian's tests of the packages, by autopkgtest in a root
# make check-releases   DKMS and packages on Debian 11, 12 and 13

INSTALL ?= install
bindir ?= $(PREFIX)/bin
datadir ?= $(PREFIX)/share
mandir ?= $(datadir)/man
docdir ?= $(datadir)/doc/virtinfo
bashdir ?= $(datadir)/bash-completion/completions
zshdir ?= $(datadir)/zsh/site-functions
fishdir ?= $(datadir)/fish/vendor_completions.d

MANUALS := $(patsubst man/%,$(BUILD)/man/%,$(sort $(wildcard man/*.[1-9])))
COMPLETIONS := $(addprefix $(BUILD)/completions/,bash zsh fish)

METAINFO := org.virtinfo.virtinfo.metainfo.xml
DOCUMENTS := $(sort $(wildcard docs/ABI/* docs/engines/* docs/schemas/*)) \
	docs/EXPORT.md docs/SECURE-BOOT.md
# For the engines; nothing is switched on by being there.
EXAMPLES := $(sort $(shell find contrib -type f))

# What install puts where: FILE:DESTINATION:MODE.
INSTALLED := $(PROGRAM):$(bindir)/virtinfo:755 \
	$(foreach page,$(MANUALS), \
	$(page):$(mandir)/man$(subst .,,$(suffix $(page)))/$(notdir $(page)):644) \
	$(BUILD)/completions/bash:$(bashdir)/virtinfo:644 \
	$(BUILD)/completions/zsh:$(zshdir)/_virtinfo:644 \
	$(BUILD)/completions/fish:$(fishdir)/virtinfo.fish:644 \
	packaging/$(METAINFO):$(datadir)/metainfo/$(METAINFO):644 \
	packaging/modules-load.conf:$(docdir)/examples/modules-load.conf:644 \
	$(foreach file,$(EXAMPLES),$(file):$(docdir)/examples/$(file:contrib/%=%):644) \
	$(foreach text,$(DOCUMENTS),$(text):$(docdir)/$(text:docs/%=%):644)

.PHONY: install uninstall manuals completions dkms-install dkms-remove deb \
	dist check-packaging check-packages check-autopkgtests check-releases

manuals: $(MANUALS)

$(BUILD)/man/%: man/% packaging/man-page VERSION $(PROGRAM)
	@mkdir -p $(@D)
	packaging/man-page $< $(VERSION) $(PROGRAM) >$@.new
	mv $@.new $@

# Without the program: its page of topics comes from their files.
$(BUILD)/man/topics.roff: userspace/explain/topics.awk \
		userspace/explain/roff.awk $(TOPIC_FILES)
	@mkdir -p $(@D)
	LC_ALL=C awk $(patsubst %.awk,-f %.awk,$^) >$@.new
	mv $@.new $@

$(BUILD)/man/virtinfo.7: man/virtinfo.7 $(BUILD)/man/topics.roff VERSION
	sed -e '/topics$$/{r $(BUILD)/man/topics.roff' -e 'd;}' \
		-e 's/@VERSION@/$(VERSION)/' $< >$@.new
	mv $@.new $@

# The documents of the formats, as they stand.
$(BUILD)/man/virtinfo-capture.5: man/virtinfo-capture.5 packaging/abi-page.awk \
		VERSION $(wildcard docs/ABI/*)
	@mkdir -p $(@D)
	LC_ALL=C awk -v version=$(VERSION) -f packaging/abi-page.awk $< >$@.new
	mv $@.new $@

completions: $(COMPLETIONS)

$(BUILD)/completions/words: $(BUILD)/packaging/words.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/completions/words.txt: $(BUILD)/completions/words
	$< >$@.new
	mv $@.new $@

$(BUILD)/completions/%: packaging/completions/%.awk \
		packaging/completions/common.awk $(BUILD)/completions/words.txt
	LC_ALL=C awk -f packaging/completions/common.awk -f $< \
		$(BUILD)/completions/words.txt >$@.new
	mv $@.new $@

# $(call part,ROW,N)
part = $(word $(2),$(subst :, ,$(1)))

define install_row
	$(INSTALL) -D -m $(call part,$(1),3) $(call part,$(1),1) "$(DESTDIR)$(call part,$(1),2)"

endef

install: program manuals completions
	$(foreach row,$(INSTALLED),$(call install_row,$(row)))

uninstall:
	rm -f $(foreach row,$(INSTALLED),"$(DESTDIR)$(call part,$(row),2)")
	find "$(DESTDIR)$(docdir)" -depth -type d -empty -delete 2>/dev/null || :

dkms-install:
	packaging/dkms install "$(DESTDIR)"

dkms-remove:
	packaging/dkms remove "$(DESTDIR)"

dist:
	packaging/dist $(BUILD)/virtinfo-$(VERSION).tar.gz

# As for run and check, what is missing is installed first.
deb:
	@$(INSTALL_DEPS) build deb
	@$(MAKE) --no-print-directory dist
	packaging/build-deb $(BUILD)/virtinfo-$(VERSION).tar.gz $(BUILD)/deb

CHECKS += "make -s --no-print-directory check-packaging"

check-packaging: program manuals completions
	tests/run-tests packaging/check

check-packages:
	@$(INSTALL_DEPS) build deb packages
	@tests/run-tests packaging/check-packages

check-autopkgtests:
	@$(INSTALL_DEPS) lab
	@tests/run-tests tests/check-autopkgtests

check-releases:
	@$(INSTALL_DEPS) build lab
	@tests/check-releases
