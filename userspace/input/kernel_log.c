// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log of a kernel as people post it: dmesg with or without times,
 * journalctl, xl dmesg; and FreeBSD's boot messages. What it yields are facts:
 * of registers it has few, and those in words.
 */
#include "input/dump.h"
#include "input/forms.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/command_line.h"
#include "input/log_line.h"
#include "input/words.h"
#include "model/hypervisor_table.h"
#include "model/kernel_log.h"

struct log {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	unsigned long lines;
};

/* A fact of this line; the first of its key counts. */
static __attribute__((format(printf, 3, 4))) int
tell(struct log *log, const char *key, const char *format, ...)
{
	struct facts *facts = log->host->facts;
	va_list arguments;
	int error;

	if (facts_get(facts, key))
		return 0;
	va_start(arguments, format);
	error = facts_vformat(facts, log->dump.lines.number, key, format,
			      arguments);
	va_end(arguments);
	return error;
}

/* For "%.*s". */
static int width(const char *at, const char *end)
{
	return (int)(end - at);
}

static const char *find(const char *at, const char *end, const char *text)
{
	return memmem(at, (size_t)(end - at), text, strlen(text));
}

/* A number in hexadecimal behind the word, with or without 0x. */
static bool hex_behind(const char *at, const char *end, const char *word,
		       u64 *value)
{
	at = find(at, end, word);
	if (!at)
		return false;
	at += strlen(word);
	if (BEGINS(at, end, "0x"))
		at += 2;
	return scan_digits(at, end, 8, value);
}

static const char *word_end(const char *at, const char *end)
{
	const char *blank = memchr(at, ' ', (size_t)(end - at));

	return blank ? blank : end;
}

/* Of a log of several boots the last one counts. */
static int linux_version(struct log *log, const char *at, const char *end)
{
	if (facts_get(log->host->facts, "kernel")) {
		facts_free(log->host->facts);
		log->host->facts = facts_new();
		if (!log->host->facts)
			return -1;
	}
	return tell(log, "kernel", "%.*s", width(at, word_end(at, end)), at);
}

static int command_line(struct log *log, const char *at, const char *end)
{
	char words[1024];

	if (!command_line_words(words, sizeof(words), at, (size_t)(end - at)))
		return 0;
	return tell(log, "command line", "%s", words);
}

/*
 * "VENDOR PRODUCT/BOARD, BIOS VERSION DATE". Vendors have blanks in their
 * names: only those of hypervisors are known.
 */
static int dmi(struct log *log, const char *at, const char *end)
{
	static const char *const vendors[] = {
#define HYPERVISOR_DMI(product, vendor, name) vendor,
#include "tables/hypervisors.def"
	};
	const char *bios = find(at, end, ", BIOS ");
	size_t i;

	if (bios) {
		const char *version = bios + strlen(", BIOS ");

		if (tell(log, "dmi bios_version", "%.*s",
			 width(version, word_end(version, end)), version))
			return -1;
		end = bios;
	}
	for (i = 0; i < ARRAY_SIZE(vendors); i++) {
		size_t length = vendors[i] ? strlen(vendors[i]) : 0;

		if (!length || !begins_with(at, end, vendors[i]) ||
		    at + length == end || at[length] != ' ')
			continue;
		if (tell(log, "dmi sys_vendor", "%s", vendors[i]))
			return -1;
		at += length + 1;
		return tell(log, "dmi product_name", "%.*s", width(at, end),
			    at);
	}
	return tell(log, "dmi name", "%.*s", width(at, end), at);
}

static int model_numbers(struct log *log, const char *at, const char *end,
			 const char *const words[3])
{
	static const char *const keys[] = { "cpuinfo family", "cpuinfo model",
					    "cpuinfo stepping" };
	size_t i;
	u64 value;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (hex_behind(at, end, words[i], &value) &&
		    tell(log, keys[i], "%llu", value))
			return -1;
	return 0;
}

/* "NAME (family: 0x6, model: 0x9e, stepping: 0xa)", before 4.9 "fam: 06". */
static int first_cpu(struct log *log, const char *at, const char *end)
{
	static const char *const words[] = { "family: ", "model: ",
					     "stepping: " };
	static const char *const old_words[] = { "fam: ", "model: ",
						 "stepping: " };
	const char *numbers = find(at, end, " (fam");

	if (!numbers)
		return 0;
	if (tell(log, "cpuinfo model name", "%.*s", width(at, numbers), at))
		return -1;
	return model_numbers(log, numbers, end,
			     find(numbers, end, *words) ? words : old_words);
}

static int xen_version(struct log *log, const char *at, const char *end)
{
	u32 major, minor;
	const char *point = scan_decimal(at, end, 999, &major);

	if (!point || point == end || *point != '.' ||
	    !scan_decimal(point + 1, end, 999, &minor))
		return 0;
	return tell(log, "xen version", "%u.%u", major, minor);
}

/* "OpenBSD 7.4 (GENERIC.MP) #1397: ...": what follows the system's name. */
static int bsd_version(struct log *log, const char *name, const char *at,
		       const char *end)
{
	if (at == end || !is_digit(*at))
		return 0;
	return tell(log, "kernel", "%s %.*s", name,
		    width(at, word_end(at, end)), at);
}

static int freebsd_version(struct log *log, const char *at, const char *end)
{
	return bsd_version(log, "FreeBSD", at, end);
}

static int openbsd_version(struct log *log, const char *at, const char *end)
{
	return bsd_version(log, "OpenBSD", at, end);
}

static int netbsd_version(struct log *log, const char *at, const char *end)
{
	return bsd_version(log, "NetBSD", at, end);
}

/* "NAME (3192.61-MHz K8-class CPU)" */
static int freebsd_cpu(struct log *log, const char *at, const char *end)
{
	const char *clock = end; /* behind the last parenthesis */

	while (clock > at && clock[-1] != '(')
		clock--;
	if (clock - at < 2 || !find(clock, end, "-MHz"))
		return 0;
	return tell(log, "cpuinfo model name", "%.*s", width(at, clock - 2),
		    at);
}

static int flag(struct log *log, const char *key, u64 word, unsigned int bit)
{
	return tell(log, key, word >> bit & 1 ? "all" : "none");
}

/* Is the word in a list with commas between? */
static bool is_listed(const char *at, const char *end, const char *word)
{
	const char *comma;

	for (; at < end; at = comma + 1) {
		comma = memchr(at, ',', (size_t)(end - at));
		if (!comma)
			comma = end;
		if (is_text(at, comma, word))
			return true;
	}
	return false;
}

static int listed(struct log *log, const char *key, const char *at,
		  const char *end, const char *word)
{
	return tell(log, key, is_listed(at, end, word) ? "all" : "none");
}

/*
 * The bits of CPUID in one line, behind "FPU,": those of leaf 1 ECX from SSE3 on,
 * of leaf 80000001H ECX from LAHF on (OpenBSD sys/arch/amd64/amd64/identcpu.c).
 */
static int openbsd_flags(struct log *log, const char *at, const char *end)
{
	if (is_listed(at, end, "SSE3") &&
	    (listed(log, "cpuinfo vmx", at, end, "VMX") ||
	     listed(log, "cpuinfo sse4_1", at, end, "SSE4.1") ||
	     listed(log, "cpuinfo hypervisor", at, end, "HV")))
		return -1;
	return is_listed(at, end, "LAHF") ?
		       listed(log, "cpuinfo svm", at, end, "SVM") :
		       0;
}

/* Since 7.5 "edx=bfebfbff<FPU,...> ecx=77fafbff<SSE3,...>" of each leaf. */
static int openbsd_leaf_1(struct log *log, const char *at, const char *end)
{
	u64 ecx;

	if (!hex_behind(at, end, "ecx=", &ecx))
		return 0;
	return flag(log, "cpuinfo vmx", ecx, 5) ||
	       flag(log, "cpuinfo sse4_1", ecx, 19) ||
	       flag(log, "cpuinfo hypervisor", ecx, 31);
}

static int openbsd_extended_leaf_1(struct log *log, const char *at,
				   const char *end)
{
	u64 ecx;

	return hex_behind(at, end, "ecx=", &ecx) ?
		       flag(log, "cpuinfo svm", ecx, 2) :
		       0;
}

/* OpenBSD's "NAME, 1500.00 MHz, 06-8e-0a", NetBSD's "NAME, id 0x806ea". */
static int openbsd_cpu(struct log *log, const char *at, const char *end)
{
	const char *name = find(at, end, ", ");

	if (name && (find(at, end, " MHz, ") || find(at, end, ", id 0x")))
		return tell(log, "cpuinfo model name", "%.*s", width(at, name),
			    at);
	return 0;
}

/* Origin="GenuineIntel"  Id=0x306c3  Family=0x6  Model=0x3c  Stepping=3 */
static int freebsd_origin(struct log *log, const char *at, const char *end)
{
	static const char *const words[] = { "Family=", "Model=", "Stepping=" };
	const char *quote = memchr(at, '"', (size_t)(end - at));

	if (quote &&
	    tell(log, "cpuinfo vendor_id", "%.*s", width(at, quote), at))
		return -1;
	return model_numbers(log, at, end, words);
}

/* Leaf 1 ECX, then names. */
static int freebsd_features2(struct log *log, const char *at, const char *end)
{
	u64 ecx;

	if (!scan_hex(at, end, 8, &ecx))
		return 0;
	return flag(log, "cpuinfo vmx", ecx, 5) ||
	       flag(log, "cpuinfo sse4_1", ecx, 19) ||
	       flag(log, "cpuinfo hypervisor", ecx, 31);
}

/* Leaf 80000001H ECX. */
static int freebsd_amd_features2(struct log *log, const char *at,
				 const char *end)
{
	u64 ecx;

	return scan_hex(at, end, 8, &ecx) ? flag(log, "cpuinfo svm", ecx, 2) :
					    0;
}

/* Origin = "VMwareVMware" */
static int freebsd_hypervisor(struct log *log, const char *at, const char *end)
{
	const char *quote = memchr(at, '"', (size_t)(end - at));

	return quote ? tell(log, "hypervisor detected", "%.*s",
			    width(at, quote), at) :
		       0;
}

/* Lines that are no witness of the table: how they begin. */
static const struct {
	const char *begin;
	enum form_match match;
	int (*take)(struct log *log, const char *at, const char *end);
} beginnings[] = {
	{ "Linux version ", FORM_CERTAIN, linux_version },
	{ "Command line: ", FORM_POSSIBLE, command_line },
	{ "Kernel command line: ", FORM_CERTAIN, command_line },
	{ "DMI: ", FORM_POSSIBLE, dmi },
	{ "smpboot: CPU0: ", FORM_CERTAIN, first_cpu },
	{ "CPU0: ", FORM_POSSIBLE, first_cpu },
	{ "Xen version ", FORM_POSSIBLE, xen_version },
	{ "FreeBSD ", FORM_POSSIBLE, freebsd_version },
	{ "CPU: ", FORM_POSSIBLE, freebsd_cpu },
	{ "OpenBSD ", FORM_POSSIBLE, openbsd_version },
	{ "NetBSD ", FORM_POSSIBLE, netbsd_version },
	{ "cpu0: cpuid 1 ", FORM_CERTAIN, openbsd_leaf_1 },
	{ "cpu0: cpuid 80000001 ", FORM_CERTAIN, openbsd_extended_leaf_1 },
	{ "cpu0: FPU,", FORM_CERTAIN, openbsd_flags },
	{ "cpu0: ", FORM_POSSIBLE, openbsd_cpu },
	{ "Origin=\"", FORM_CERTAIN, freebsd_origin },
	{ "Features2=", FORM_CERTAIN, freebsd_features2 },
	{ "AMD Features2=", FORM_CERTAIN, freebsd_amd_features2 },
	{ "Hypervisor: Origin = \"", FORM_CERTAIN, freebsd_hypervisor },
};

/* Which of the beginnings the message has, or -1. */
static int beginning_of(const struct log_line *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(beginnings); i++)
		if (begins_with(line->text, line->end, beginnings[i].begin) &&
		    !is_text(line->text, line->end, beginnings[i].begin))
			return (int)i;
	return -1;
}

static int take_line(void *state)
{
	struct log *log = state;
	struct log_line line = log_line_of(&log->dump.line);
	int error, i = beginning_of(&line);

	if (line.text == line.end)
		return 0;
	log->lines++;
	if (i < 0)
		error = kernel_log_keep(log->host->facts,
					log->dump.lines.number, line.text,
					(size_t)(line.end - line.text));
	else
		error = beginnings[i].take(
			log, line.text + strlen(beginnings[i].begin), line.end);
	return error ? input_no_memory(log->dump.error, log->dump.name) : 0;
}

enum form_match input_is_kernel_log(const struct line *line, bool first)
{
	struct log_line log = log_line_of(line);
	int i;

	(void)first;
	if (log.certain ||
	    kernel_log_match(log.text, (size_t)(log.end - log.text)))
		return FORM_CERTAIN;
	i = beginning_of(&log);
	if (i >= 0)
		return beginnings[i].match;
	return log.dated || log_line_of_record(line) ? FORM_POSSIBLE : FORM_NO;
}

enum form_match input_takes_kernel_log(const struct line *line)
{
	enum form_match match = input_is_kernel_log(line, false);

	/* The ends of what began in JSON. */
	if (match == FORM_NO && line->text < line->end &&
	    strchr("]}", *line->text))
		return FORM_POSSIBLE;
	return match == FORM_NO && log_line_of_program(line) ? FORM_POSSIBLE :
							       match;
}

struct host *input_kernel_log(const struct input_piece *piece,
			      enum host_source source,
			      struct input_error *error)
{
	struct log log = { .lines = 0 };
	bool failed;

	log.host = words_begin(&log.dump, piece, source, error);
	if (!log.host)
		return NULL;
	failed = dump_lines(&log.dump, take_line, &log);
	if (!failed &&
	    facts_format(log.host->facts, "log lines", "%lu", log.lines))
		failed = input_no_memory(error, piece->name);
	return words_end(&log.dump, log.host, failed);
}
