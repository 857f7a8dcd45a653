// SPDX-License-Identifier: GPL-2.0-only
/*
 * libcpuid's raw data, as cpuid_tool --save writes it and as the *.test files of
 * its sources have it (cpuid_serialize_raw_data() in libcpuid/cpuid_main.c): of
 * one CPU, or since 0.6 behind a header for each:
 *	version=0.6.4
 *	_________________ Logical CPU #0 _________________
 *	basic_cpuid[0]=0000000d 756e6547 6c65746e 49656e69
 *	ext_cpuid[0]=80000008 00000000 00000000 00000000
 *	intel_fn4[0]=1c004121 01c0003f 0000003f 00000000
 * An array has the leaves from a first one on, or the sub-leaves of one leaf.
 */
#include "input/dump.h"
#include "input/forms.h"

#define VERSION "version="
#define CPU	"Logical CPU #"

static const struct array {
	const char *name;
	u32 leaf;
	bool subleaves;
} arrays[] = {
	{ "basic_cpuid[", 0x00000000, false },
	{ "ext_cpuid[", 0x80000000, false },
	{ "intel_fn4[", 0x00000004, true },
	{ "intel_fn11[", 0x0000000b, true },
	{ "intel_fn12h[", 0x00000012, true },
	{ "intel_fn14h[", 0x00000014, true },
	{ "amd_fn8000001dh[", 0x8000001d, true },
	{ "amd_fn80000026h[", 0x80000026, true },
};

/* More places than any array of libcpuid has. */
#define PLACE_MAX 0xff

struct libcpuid {
	struct dump dump;
	bool numbered; /* there was a header */
	u32 cpu;
};

/* The array that the line is of, *at behind its "[", or NULL. */
static const struct array *array_of(const struct line *line, const char **at)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(arrays); i++) {
		*at = behind_text(line->text, line->end, arrays[i].name);
		if (*at)
			return &arrays[i];
	}
	return NULL;
}

static int one_leaf(struct libcpuid *l, const struct array *array,
		    const char *at)
{
	struct dump *dump = &l->dump;
	const char *end = dump->line.end;
	struct dump_cpu *cpu;
	unsigned int i = 0;
	u32 place, reg[4];
	u64 word = 0;

	at = scan_decimal(at, end, PLACE_MAX, &place);
	if (at && place < PLACE_MAX && BEGINS(at, end, "]="))
		for (at += strlen("]="); at && i < 4; i++) {
			at = scan_digits(skip_blanks(at, end), end, 8, &word);
			reg[i] = (u32)word;
		}
	if (!at || i < 4 || skip_blanks(at, end) != end)
		return DUMP_BAD(dump, "not a leaf and 4 words of libcpuid");
	cpu = dump_cpu(dump, l->cpu);
	if (!cpu)
		return -1;
	if (array->subleaves)
		return dump_leaf_once(dump, cpu, array->leaf, place, reg);
	return dump_leaf_once(dump, cpu, array->leaf + place, 0, reg);
}

/* "_________________ Logical CPU #0 _________________" */
static bool is_header(const struct line *line, u32 *number)
{
	const char *at = line->text, *end = line->end;

	while (at < end && *at == '_')
		at++;
	if (at == line->text || !BEGINS(at, end, " " CPU))
		return false;
	at = scan_decimal(at + strlen(" " CPU), end, 0xffffffff, number);
	return at && BEGINS(at, end, " _");
}

static int one_line(struct libcpuid *l)
{
	const struct line *line = &l->dump.line;
	const struct array *array;
	const char *at;
	u32 number;

	array = array_of(line, &at);
	if (array)
		return one_leaf(l, array, at);
	if (is_header(line, &number)) {
		l->numbered = true;
		l->cpu = number;
	}
	return 0;
}

enum form_match input_is_libcpuid(const struct line *line, bool first)
{
	const char *at;
	u32 number;

	(void)first;
	if (BEGINS(line->text, line->end, VERSION))
		return FORM_POSSIBLE;
	return array_of(line, &at) || is_header(line, &number) ? FORM_CERTAIN :
								 FORM_NO;
}

enum form_match input_takes_libcpuid(const struct line *line)
{
	return input_is_libcpuid(line, false);
}

struct host *input_libcpuid(const struct input_piece *piece,
			    enum host_source source, struct input_error *error)
{
	struct libcpuid l = { .numbered = false };
	struct dump *dump = &l.dump;
	struct host *host = NULL;
	int more;

	if (dump_init(dump, piece, error))
		return NULL;
	while ((more = dump_line(dump)) > 0)
		if (one_line(&l))
			break;
	if (!more)
		host = dump_finish(dump, source);
	if (host)
		host->any_cpu = host->nr_groups && !l.numbered;
	dump_free(dump);
	return host;
}
