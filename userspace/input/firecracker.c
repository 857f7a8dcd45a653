// SPDX-License-Identifier: GPL-2.0-only
/*
 * Firecracker's fingerprint, the JSON of "cpu-template-helper fingerprint dump",
 * or what it has of the CPU alone ("template dump"). CPUID and MSRs are those
 * that Firecracker gives to a guest's first CPU (src/cpu-template-helper/src/
 * fingerprint/mod.rs, docs/cpu_templates/cpu-templates.md):
 *	"firecracker_version": "1.12.0-dev",
 *	"guest_cpu_config": {
 *	  "cpuid_modifiers": [ { "leaf": "0x0", "subleaf": "0x0", "flags": 0,
 *	    "modifiers": [ { "register": "eax", "bitmap": "0b0001_0000" } ] } ],
 *	  "msr_modifiers": [ { "addr": "0x11", "bitmap": "0b0" } ] }
 * A template has x for a bit that it leaves alone.
 */
#include <json-c/json.h>

#include "input/dump.h"
#include "input/forms.h"
#include "input/json_member.h"
#include "input/lookup.h"

/* Its own are of 50 KB; the parser keeps many times as much. */
#define SIZE_MAX_OF_JSON (2 << 20)

#define CONFIG "guest_cpu_config"
#define CPUID  "cpuid_modifiers"
#define MSRS   "msr_modifiers"
#define ARM    "reg_modifiers"

static const struct {
	const char *name;
	bool own; /* no other JSON that is read has it */
} members[] = {
	{ "firecracker_version", true },
	{ CONFIG, true },
	{ CPUID, true },
	{ MSRS, true },
	{ ARM, true },
	{ "kvm_capabilities", true },
	{ "vcpu_features", true },
	{ "kernel_version", false },
	{ "microcode_version", false },
	{ "bios_version", false },
	{ "bios_revision", false },
	{ "leaf", false },
	{ "subleaf", false },
	{ "flags", false },
	{ "modifiers", false },
	{ "register", false },
	{ "bitmap", false },
	{ "addr", false },
};

struct firecracker {
	struct dump dump;
	struct json_tokener *json;
	bool open; /* an object has begun and is not whole */
	size_t size;
	struct json_object *whole;
};

/* The member that the line has first, behind an opening brace or not, or -1. */
static int member_of(const struct line *line)
{
	const char *end = line->end, *at = skip_blanks(line->text, end);
	size_t i, length;

	if (at < end && *at == '{')
		at = skip_blanks(at + 1, end);
	if (at == end || *at++ != '"')
		return -1;
	for (i = 0; i < ARRAY_SIZE(members); i++) {
		length = strlen(members[i].name);
		if ((size_t)(end - at) > length && at[length] == '"' &&
		    !memcmp(at, members[i].name, length))
			return (int)i;
	}
	return -1;
}

enum form_match input_is_firecracker(const struct line *line, bool first)
{
	int member = member_of(line);

	(void)first;
	if (member >= 0)
		return members[member].own ? FORM_CERTAIN : FORM_POSSIBLE;
	return IS(line->text, line->end, "{") ? FORM_POSSIBLE : FORM_NO;
}

enum form_match input_takes_firecracker(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);

	if (member_of(line) >= 0)
		return FORM_CERTAIN;
	return at < line->end && strchr("{}[]\"0123456789", *at) ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

/* "0x8000001d" or "29" */
static bool number_of(struct json_object *object, const char *name, u32 *number)
{
	const char *end, *at = json_member_string(object, name, &end);
	u64 value;

	if (!at)
		return false;
	if (BEGINS(at, end, "0x")) {
		at = scan_hex(at, end, 8, &value);
		*number = at ? (u32)value : 0;
		return at == end;
	}
	return scan_decimal(at, end, 0xffffffff, number) == end;
}

enum bitmap {
	BITMAP_BAD,
	BITMAP_SOME, /* not every bit of it is given */
	BITMAP_WHOLE,
};

/* Of at most that many bits; those above are 0. */
static enum bitmap bitmap_of(struct json_object *object, unsigned int bits,
			     u64 *value)
{
	enum bitmap found = BITMAP_WHOLE;
	const char *end, *at = json_member_string(object, "bitmap", &end);

	if (!at || !BEGINS(at, end, "0b") || end - at == 2)
		return BITMAP_BAD;
	*value = 0;
	for (at += 2; at < end; at++) {
		if (*at == '_')
			continue;
		if (!memchr("01x", *at, 3) || !bits--)
			return BITMAP_BAD;
		if (*at == 'x')
			found = BITMAP_SOME;
		*value = *value << 1 | (*at == '1');
	}
	return found;
}

static int bad(struct firecracker *f, const char *what)
{
	return DUMP_BAD(&f->dump, "the JSON of Firecracker %s", what);
}

/* Which of the four, or -1. */
static int register_of(struct json_object *modifier)
{
	static const char names[4][4] = { "eax", "ebx", "ecx", "edx" };
	const char *end, *at = json_member_string(modifier, "register", &end);
	int i;

	for (i = 0; at && i < 4; i++)
		if (end - at == 3 && !memcmp(at, names[i], 3))
			return i;
	return -1;
}

/* Returns 1 where all four are whole, 0 where not, -1 where it is damaged. */
static int four_words(struct firecracker *f, struct json_object *leaf,
		      u32 reg[4])
{
	struct json_object *modifiers =
		json_object_object_get(leaf, "modifiers");
	unsigned int whole = 0, seen = 0;
	size_t i;

	if (!json_object_is_type(modifiers, json_type_array))
		return bad(f, "has a leaf without modifiers");
	for (i = 0; i < json_object_array_length(modifiers); i++) {
		struct json_object *one =
			json_object_array_get_idx(modifiers, i);
		int which = register_of(one);
		enum bitmap bitmap;
		u64 value = 0;

		if (which < 0 || seen >> which & 1)
			return bad(f, "has a leaf with a bad register");
		seen |= 1U << which;
		bitmap = bitmap_of(one, 32, &value);
		if (bitmap == BITMAP_BAD)
			return bad(f, "has a leaf with a bad bitmap");
		if (bitmap == BITMAP_WHOLE)
			whole |= 1U << which;
		reg[which] = (u32)value;
	}
	return whole == 0xf;
}

static int one_leaf(struct firecracker *f, struct json_object *object)
{
	u32 leaf = 0, subleaf = 0, reg[4] = { 0 };
	struct dump_cpu *cpu;
	int whole;

	if (!number_of(object, "leaf", &leaf) ||
	    !number_of(object, "subleaf", &subleaf))
		return bad(f, "has a leaf without a number");
	whole = four_words(f, object, reg);
	if (whole <= 0)
		return whole;
	cpu = dump_cpu(&f->dump, 0);
	return cpu ? dump_leaf_once(&f->dump, cpu, leaf, subleaf, reg) : -1;
}

static int one_msr(struct firecracker *f, struct json_object *object)
{
	struct dump_cpu *cpu;
	enum bitmap bitmap;
	enum vi_msr msr;
	u64 value = 0;
	u32 address;

	if (!number_of(object, "addr", &address))
		return bad(f, "has an MSR without an address");
	bitmap = bitmap_of(object, 64, &value);
	if (bitmap == BITMAP_BAD)
		return bad(f, "has an MSR with a bad bitmap");
	msr = lookup_msr(address);
	if (bitmap == BITMAP_SOME || msr == VI_NR_MSRS)
		return 0;
	cpu = dump_cpu(&f->dump, 0);
	return cpu ? dump_msr_once(&f->dump, cpu, msr, value) : -1;
}

static int each_of(struct firecracker *f, struct json_object *config,
		   const char *name,
		   int (*take)(struct firecracker *f, struct json_object *one))
{
	struct json_object *list = json_object_object_get(config, name);
	size_t i;

	if (!json_object_is_type(list, json_type_array))
		return 0;
	for (i = 0; i < json_object_array_length(list); i++)
		if (take(f, json_object_array_get_idx(list, i)))
			return -1;
	return 0;
}

static int take_whole(struct firecracker *f)
{
	struct json_object *config = json_object_object_get(f->whole, CONFIG);

	if (!config)
		config = f->whole;
	if (json_object_object_get(config, ARM))
		return bad(f, "is of a processor that is not x86");
	if (each_of(f, config, CPUID, one_leaf) ||
	    each_of(f, config, MSRS, one_msr))
		return -1;
	return 0;
}

/* Another line of the object. */
static int take_line(struct firecracker *f)
{
	const char *end = f->dump.line.end;
	const char *at = skip_blanks(f->dump.line.text, end);

	if (at == end)
		return 0;
	if (f->whole)
		return bad(f, "goes on behind its end");
	f->size += (size_t)(end - at);
	if (f->size > SIZE_MAX_OF_JSON)
		return bad(f, "is larger than any fingerprint");
	f->open = true;
	f->whole = json_tokener_parse_ex(f->json, at, (int)(end - at));
	if (!f->whole &&
	    json_tokener_get_error(f->json) == json_tokener_continue)
		return 0;
	f->open = false;
	if (!json_object_is_type(f->whole, json_type_object))
		return bad(f, "is damaged");
	return take_whole(f);
}

static int take_lines(struct firecracker *f)
{
	int more;

	while ((more = dump_line(&f->dump)) > 0)
		if (take_line(f))
			return -1;
	return !more && f->open ? bad(f, "has no end") : more;
}

/* The machine is the guest, the versions are the host's. */
static int note(struct firecracker *f, struct host *host)
{
	const char *end, *version, *kernel;

	version = json_member_string(f->whole, "firecracker_version", &end);
	kernel = json_member_string(f->whole, "kernel_version", &end);
	return facts_format(
		host->facts, "source note",
		"CPUID and MSRs are those that Firecracker%s%.60s gives to a guest%s%.60s, not those of the host",
		version ? " " : "", version ? version : "",
		kernel ? " on Linux " : "", kernel ? kernel : "");
}

static struct host *finish(struct firecracker *f, enum host_source source)
{
	struct host *host = dump_finish(&f->dump, source);

	if (!host)
		return NULL;
	host->any_cpu = host->nr_groups;
	if (!f->whole || !note(f, host))
		return host;
	input_no_memory(f->dump.error, f->dump.name);
	host_free(host);
	return NULL;
}

struct host *input_firecracker(const struct input_piece *piece,
			       enum host_source source,
			       struct input_error *error)
{
	struct firecracker f = { 0 };
	struct host *host = NULL;

	if (dump_init(&f.dump, piece, error))
		return NULL;
	f.json = json_tokener_new();
	if (!f.json)
		input_no_memory(error, piece->name);
	else if (!take_lines(&f))
		host = finish(&f, source);
	json_object_put(f.whole);
	if (f.json)
		json_tokener_free(f.json);
	dump_free(&f.dump);
	return host;
}
