# SPDX-License-Identifier: GPL-2.0-only
#
# make                the module for the running kernel (KDIR) and the program
# make module         the one alone
# make program        the other alone
# make unit           the unit tests, not run
# make objects        the program, not linked
# make deps           install what make check needs (DEPS: packaging/depends)
# make lint           the static checks
# make clean          take away what was built
# make help           these lines, and those of the parts: run, check, deb, ...
#
# Targets that need more than a compiler install it first, as deps does;
# INSTALL_DEPS=: leaves that to you.
# V=1 shows the commands; SANITIZE=1 BUILD=build/asan builds with sanitizers,
# SANITIZE=thread BUILD=build/tsan with that of threads; STATIC=1 links the C
# library in (make static does, and strips).

VERSION := $(shell cat VERSION)
BUILD := build
# A build elsewhere (BUILD=build/asan SANITIZE=1) has its program there too.
PROGRAM = $(if $(filter build,$(BUILD)),userspace,$(BUILD))/virtinfo
KDIR ?= /lib/modules/$(shell uname -r)/build

export INSTALL_DEPS ?= packaging/install-deps
DEPS ?= build lab oracle packaging deb

PREFIX ?= /usr/local
DESTDIR ?=

CC ?= gcc
PKGS := libkmod json-c smartcols zlib
LIBS := $(PKGS)
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wformat=2 -Wvla
# GCC 10 takes a row that tables fill member by member for one that lacks some.
WARNINGS += -Wno-missing-field-initializers
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif
HARDENING := -fPIE -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection
# FORTIFY needs optimization, and sanitizers do its work themselves.
ifeq ($(SANITIZE),)
HARDENING += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
else
# SANITIZE=thread cannot go with the others.
SANITIZERS := -fsanitize=$(SANITIZE:1=address,undefined) -fno-sanitize-recover=all
endif
# A static program has tables of its own: Debian has no archive of libsmartcols.
ifeq ($(STATIC),)
PIE := -pie
LEFT_OUT := userspace/output/table_plain.c
else
PIE := -static-pie -s
LEFT_OUT := userspace/output/table.c
LIBS := json-c zlib
STATIC_CPPFLAGS := -DVIRTINFO_STATIC
endif
CPPFLAGS_ALL = -D_GNU_SOURCE -DVIRTINFO_VERSION='"$(VERSION)"' -I. -Icommon \
	-Iuserspace $(shell pkg-config --cflags $(PKGS)) $(STATIC_CPPFLAGS) \
	$(CPPFLAGS)
CFLAGS_ALL = -std=gnu11 $(WARNINGS) $(HARDENING) $(SANITIZERS) $(CFLAGS)
LDFLAGS_ALL = $(PIE) -Wl,-z,relro,-z,now -Wl,--as-needed $(SANITIZERS) $(LDFLAGS)
LDLIBS_ALL = $(shell pkg-config --libs $(LIBS)) -ldl -pthread -lrt $(LDLIBS)

# V=1 shows the commands.
ifneq ($(V),1)
COMPILE = @echo "  CC      $<";
LINK = @echo "  LINK    $@";
endif

COMMON := $(wildcard common/*.c)
SOURCES := $(COMMON) $(filter-out $(LEFT_OUT), \
	$(wildcard userspace/*.c userspace/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
# The topics of explain and virtinfo(7), from their text files.
TOPICS := $(BUILD)/userspace/explain/topics_text
TOPIC_FILES := userspace/explain/evidence.def userspace/verdict/reasons.def \
	userspace/tables/exit_reasons.def $(sort $(wildcard \
	$(addprefix userspace/explain/,diagrams/* reasons/* topics/*)))
OBJECTS += $(TOPICS).o
# The page of --html around its data, from its HTML, style and script.
PAGE := $(BUILD)/userspace/report/page_text
PAGE_HTML := $(addprefix userspace/report/page/page.,html css)
PAGE_SCRIPT := $(patsubst %,userspace/report/page/%.js, \
	dom data parts overview hosts host main)
OBJECTS += $(PAGE).o
# What tests link against: the program without its main().
LIBRARY := $(filter-out $(BUILD)/userspace/main.o,$(OBJECTS))

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%, \
	$(wildcard tests/unit/test_*.c))

.PHONY: all module program objects unit deps lint clean help

all: program module

program: $(PROGRAM)

$(PROGRAM): $(OBJECTS)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

objects: $(OBJECTS)

$(BUILD)/%.o: %.c VERSION Makefile
	@mkdir -p $(@D)
	$(COMPILE) $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(TOPICS).c: userspace/explain/topics.awk userspace/explain/c.awk $(TOPIC_FILES)
	@mkdir -p $(@D)
	@LC_ALL=C awk $(patsubst %.awk,-f %.awk,$^) >$@.new
	@mv $@.new $@

$(PAGE).c: userspace/report/page/page.awk $(PAGE_HTML) $(PAGE_SCRIPT)
	@mkdir -p $(@D)
	@cat $(PAGE_SCRIPT) >$(PAGE).js
	@LC_ALL=C awk -v style="$$(sha256sum <$(word 2,$(PAGE_HTML)))" \
		-v script="$$(sha256sum <$(PAGE).js)" \
		-f $< $(PAGE_HTML) $(PAGE).js >$@.new
	@mv $@.new $@

$(TOPICS).o $(PAGE).o: %.o: %.c
	$(COMPILE) $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

module:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

$(BUILD)/tests/unit/test_%: $(BUILD)/tests/unit/test_%.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL) \
		$(shell pkg-config --libs cmocka)

unit: $(UNIT_TESTS)

deps:
	@$(INSTALL_DEPS) $(DEPS)

lint:
	@$(INSTALL_DEPS) build lint
	@tests/run-tests tests/lint

help:
	@sed -n 's/^# \(make \)/\1/p; s/^# \( \{15,\}\)/\1/p' \
		$(filter %Makefile %.mk,$(MAKEFILE_LIST))

clean:
	rm -rf $(BUILD) userspace/virtinfo
	rm -f *.o .*.o *.ko *.mod *.mod.c module/*.o common/*.o Module.symvers \
		modules.order .*.cmd module/.*.cmd common/.*.cmd

include $(wildcard packaging/*.mk tests/*.mk)

-include $(shell find $(BUILD) -name '*.d' -type f 2>/dev/null)
