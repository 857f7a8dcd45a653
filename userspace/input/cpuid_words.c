// SPDX-License-Identifier: GPL-2.0-only
/*
 * cpuid without -r: CPUID in words, below headings with the leaf in parentheses:
 *	CPU 0:
 *	   vendor_id = "GenuineIntel"
 *	   version information (1/eax):
 *	      family          = 0x6 (6)
 *	   feature information (1/ecx):
 *	      VMX: virtual machine extensions         = true
 *	   hypervisor_id (0x40000000) = "KVMKVMKVM\0\0\0"
 * Leaves without words are as cpuid -r prints them.
 *
 * The words of tables/cpuid_words.def prove single bits. Other words, and bits
 * that no word is about, prove nothing: a leaf is never known as a whole. Of
 * lines without a heading (cpuid | grep VMX) those count that only one leaf
 * has.
 */
#include "input/cpuid_hv_words.h"
#include "input/cpuid_r.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/lookup.h"
#include "model/decode.h"

#define CPU	   "CPU"
#define VENDOR	   "vendor_id = \""
#define HYPERVISOR "hypervisor_id"
#define BRAND	   "brand = \""
#define IS_VALUE   " = "

/* No leaf has these numbers: no heading was there; it is of many leaves. */
#define NO_LEAF	    0xffffffff
#define MANY_LEAVES 0xfffffffe

static const struct words {
	enum field_id field;
	const char *text;
	size_t length;
} rows[] = {
#define CPUID_WORDS(register, name, words)                                     \
	{ FIELD_##register##_##name, words, sizeof(words) - 1 },
#include "tables/cpuid_words.def"
};

struct output {
	struct dump dump;
	struct dump_cpu *cpu;
	u32 number;
	bool numbered;	  /* there was a "CPU N:" */
	u32 leaf;	  /* of the heading */
	size_t first_row; /* the rows of that leaf */
	size_t end_row;
	struct hv_words hv;
	char hypervisor[13]; /* of CPUID 0x40000000; "": not known */
	unsigned long hypervisor_line;
};

static u32 leaf_of(const struct words *words)
{
	return register_info(field_info(words->field)->reg)->address;
}

/* "WORDS   = VALUE", trimmed; false where the line is none. */
static bool split(const struct line *line, struct line *words,
		  struct line *value)
{
	size_t length = (size_t)(line->end - line->text);
	const char *at = memmem(line->text, length, IS_VALUE, strlen(IS_VALUE));

	if (!at)
		return false;
	words->text = skip_blanks(line->text, at);
	for (words->end = at; words->end > words->text;)
		if (is_blank(words->end[-1]))
			words->end--;
		else
			break;
	value->text = skip_blanks(at + strlen(IS_VALUE), line->end);
	for (value->end = line->end; value->end > value->text;)
		if (is_blank(value->end[-1]))
			value->end--;
		else
			break;
	return words->end > words->text && value->end > value->text;
}

static bool is_flag(const struct line *value)
{
	return IS(value->text, value->end, "true") ||
	       IS(value->text, value->end, "false");
}

static const struct words *find(const struct line *words, size_t first,
				size_t end)
{
	size_t i, length = (size_t)(words->end - words->text);

	for (i = first; i < end; i++)
		if (rows[i].length == length &&
		    !memcmp(rows[i].text, words->text, length))
			return &rows[i];
	return NULL;
}

/* Words that say by themselves which leaf they are of. */
static const struct words *find_alone(const struct line *words)
{
	const struct words *found = find(words, 0, ARRAY_SIZE(rows));

	return found && !find(words, (size_t)(found - rows) + 1,
			      ARRAY_SIZE(rows)) ?
		       found :
		       NULL;
}

/*
 * "feature information (1/ecx):", "extended feature flags (7):", and what cpuid
 * concludes: "(instruction supported synth):".
 */
static bool is_heading(const struct line *line, u32 *leaf, bool *register_named)
{
	static const char synth[] = " synth):";
	const char *at, *end = line->end;
	u64 number = 0;

	*leaf = MANY_LEAVES;
	*register_named = false;
	if (end - line->text > (long)strlen(synth) &&
	    IS(end - strlen(synth), end, " synth):"))
		return true;
	if (end - line->text < 5 || end[-1] != ':' || end[-2] != ')')
		return false;
	end -= 2;
	at = memrchr(line->text, '(', (size_t)(end - line->text));
	if (!at || memmem(line->text, (size_t)(end - line->text), IS_VALUE,
			  strlen(IS_VALUE)))
		return false;
	at++;
	if (BEGINS(at, end, "0x")) {
		at = scan_hex(at, end, 8, &number);
		*leaf = (u32)number;
	} else {
		at = scan_decimal(at, end, 9, leaf);
	}
	*register_named = at && at < end && *at == '/';
	return at && (at == end || *at == '/');
}

/* "CPU 0:", or "CPU:" of cpuid -1. */
static bool is_cpu(const struct line *line, u32 *number, bool *numbered)
{
	const char *at = line->text, *end = line->end;

	if (!BEGINS(at, end, CPU))
		return false;
	at += strlen(CPU);
	*numbered = at < end && *at == ' ';
	*number = 0;
	if (*numbered)
		at = scan_decimal(at + 1, end, 0xffffffff, number);
	return at && IS(at, end, ":");
}

enum form_match input_is_cpuid_words(const struct line *line, bool first)
{
	struct line words, value;
	bool named;
	u32 number;

	(void)first;
	if (is_cpu(line, &number, &named))
		return FORM_POSSIBLE;
	if (is_heading(line, &number, &named))
		return named ? FORM_CERTAIN : FORM_POSSIBLE;
	if (!split(line, &words, &value))
		return FORM_NO;
	if (BEGINS(words.text, line->end, VENDOR) ||
	    (BEGINS(words.text, words.end, HYPERVISOR) && *value.text == '"'))
		return FORM_CERTAIN;
	if (BEGINS(words.text, line->end, BRAND))
		return FORM_POSSIBLE;
	return is_flag(&value) && find(&words, 0, ARRAY_SIZE(rows)) ?
		       FORM_CERTAIN :
		       FORM_NO;
}

/* Its other lines are caches, topology and what it makes of the model. */
enum form_match input_takes_cpuid_words(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);
	struct line words, value;
	bool named;
	u32 number;

	if (is_cpu(line, &number, &named) ||
	    is_heading(line, &number, &named) ||
	    input_is_cpuid_r(line, false) == FORM_CERTAIN)
		return FORM_CERTAIN;
	if (split(line, &words, &value))
		return is_flag(&value) || *value.text == '"' ? FORM_CERTAIN :
							       FORM_POSSIBLE;
	return BEGINS(at, line->end, "--- ") || BEGINS(at, line->end, "0x") ||
			       BEGINS(at, line->end, "(APIC ") ||
			       BEGINS(at, line->end, "data TLB:") ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

static int begin_cpu(struct output *o, u32 number, bool numbered)
{
	o->number = number;
	o->numbered |= numbered;
	o->cpu = NULL;
	o->leaf = NO_LEAF;
	o->first_row = o->end_row = 0;
	o->hv = (struct hv_words){ 0 };
	return 0;
}

static int begin_leaf(struct output *o, u32 leaf)
{
	o->leaf = leaf;
	o->hv.leaf = leaf;
	for (o->first_row = 0; o->first_row < ARRAY_SIZE(rows); o->first_row++)
		if (leaf_of(&rows[o->first_row]) == leaf)
			break;
	for (o->end_row = o->first_row; o->end_row < ARRAY_SIZE(rows);
	     o->end_row++)
		if (leaf_of(&rows[o->end_row]) != leaf)
			break;
	return 0;
}

/* Is made when it has something. NULL with the error filled. */
static struct dump_cpu *this_cpu(struct output *o)
{
	if (!o->cpu)
		o->cpu = dump_cpu(&o->dump, o->number);
	return o->cpu;
}

static int keep(struct output *o, enum vi_leaf leaf, enum vi_cpuid_register reg,
		u32 value, u32 known)
{
	return this_cpu(o) ?
		       dump_bits(&o->dump, o->cpu, leaf, reg, value, known) :
		       -1;
}

/* The number in the last parentheses: "0x6 (6)", "0x8000 (32768):". */
static bool number_of(const struct line *value, u32 max, u32 *number)
{
	const char *at, *end = value->end;

	if (end > value->text && end[-1] == ':')
		end--;
	if (end == value->text || *--end != ')')
		return false;
	at = memrchr(value->text, '(', (size_t)(end - value->text));
	return at && scan_decimal(at + 1, end, max, number) == end;
}

static int keep_bits(struct output *o, const struct register_info *info,
		     u32 value, u32 known)
{
	if (info->class == REGISTER_CPUID)
		return keep(o, info->sampled, info->reg, value, known);
	return this_cpu(o) ?
		       dump_hv_bits(&o->dump, o->cpu,
				    o->hv.base + info->address, info->subleaf,
				    info->reg, value, known) :
		       -1;
}

static int keep_field(struct output *o, enum field_id id,
		      const struct line *words, const struct line *value)
{
	const struct field_info *field = field_info(id);
	u32 mask = (u32)field_mask(field), number;

	if (field->kind == FIELD_FLAG) {
		if (!is_flag(value))
			return 0;
		number = IS(value->text, value->end, "true");
	} else if (!number_of(value, 0xffffffff, &number)) {
		/* Other versions have words instead. */
		return 0;
	}
	if (number > mask >> field->low)
		return DUMP_BAD(&o->dump, "more than the %u bits of \"%.*s\"",
				field->high - field->low + 1U,
				(int)(words->end - words->text), words->text);
	return keep_bits(o, register_info(field->reg), number << field->low,
			 mask);
}

/* The bytes of a string within quotes, of at most that many. */
static size_t quoted(const struct line *value, char *bytes, size_t most)
{
	const char *at = value->text, *end = value->end;
	size_t length = 0;

	if (at == end || *at++ != '"')
		return 0;
	for (; at < end && *at != '"'; at++) {
		if (length == most || *at < ' ' || *at > '~')
			return 0;
		bytes[length++] = *at;
	}
	return at < end ? length : 0;
}

static int keep_vendor(struct output *o, const struct line *value)
{
	u32 part[3];

	if (quoted(value, (char *)part, sizeof(part)) != sizeof(part))
		return 0;
	return keep(o, VI_L0, VI_EBX, part[0], ~0U) ||
			       keep(o, VI_L0, VI_EDX, part[1], ~0U) ||
			       keep(o, VI_L0, VI_ECX, part[2], ~0U) ?
		       -1 :
		       0;
}

/* The bytes up to the NUL that ends them; those behind it are not known. */
static int keep_brand(struct output *o, const struct line *value)
{
	static const enum vi_leaf leaves[] = { VI_L80000002, VI_L80000003,
					       VI_L80000004 };
	u32 words[12] = { 0 }, known[12] = { 0 };
	size_t i, length = quoted(value, (char *)words, sizeof(words) - 1);

	if (!length)
		return 0;
	memset(known, 0xff, length + 1);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (known[i] &&
		    keep(o, leaves[i / 4], VI_EAX + i % 4, words[i], known[i]))
			return -1;
	return 0;
}

/*
 * The twelve bytes of "KVMKVMKVM\0\0\0". Returns how many of them are known: older
 * versions have a blank for each NUL, so that blanks at the end may be either,
 * and are NULs here. 0: it is no such string.
 */
static size_t hypervisor_id(const struct line *value, char id[12])
{
	const char *at = value->text, *end = value->end;
	size_t length = 0;

	if (at == end || *at++ != '"')
		return 0;
	for (; at < end && *at != '"' && length < 12; at++) {
		if (*at < ' ' || *at > '~')
			return 0;
		id[length] = *at;
		if (BEGINS(at, end, "\\0")) {
			id[length] = '\0';
			at++;
		}
		length++;
	}
	if (length < 12 || !IS(at, end, "\""))
		return 0;
	while (length && id[length - 1] == ' ')
		id[--length] = '\0';
	return *id ? length : 0;
}

/* The range that the words name: versions that read one only do not say it. */
static u32 range_of(const struct line *words)
{
	const char *at =
		memchr(words->text, '(', (size_t)(words->end - words->text));
	u64 leaf = 0;

	if (!at)
		return VI_HV_FIRST;
	at = scan_hex(at + 1, words->end, 8, &leaf);
	return at && is_hv_leaf((u32)leaf) && !(leaf % VI_HV_STEP) ? (u32)leaf :
								     0;
}

/*
 * The first range's is the machine's name of its hypervisor, and of a CPU the
 * bytes of that leaf.
 */
static int keep_hypervisor(struct output *o, const struct line *words,
			   const struct line *value)
{
	u32 part[3] = { 0 }, known[3] = { 0 }, base = range_of(words);
	size_t length = hypervisor_id(value, (char *)part);
	unsigned int i;

	memset(known, 0xff, length);
	hv_words_range(&o->hv, length ? base : 0, (char *)part);
	if (!o->hv.base)
		return 0;
	if (base == VI_HV_FIRST && !*o->hypervisor) {
		memcpy(o->hypervisor, part, sizeof(part));
		o->hypervisor_line = o->dump.lines.number;
	}
	for (i = 0; i < ARRAY_SIZE(part); i++)
		if (!this_cpu(o) || dump_hv_bits(&o->dump, o->cpu, base, 0,
						 VI_EBX + i, part[i], known[i]))
			return -1;
	return 0;
}

static int one_value(struct output *o, const struct line *words,
		     const struct line *value)
{
	const struct words *found;
	enum field_id field;

	if (IS(words->text, words->end, "vendor_id"))
		return keep_vendor(o, value);
	if (IS(words->text, words->end, "brand"))
		return keep_brand(o, value);
	if (BEGINS(words->text, words->end, HYPERVISOR))
		return keep_hypervisor(o, words, value);
	field = hv_words_find(&o->hv, words);
	if (field != NR_FIELDS)
		return keep_field(o, field, words, value);
	found = o->leaf == NO_LEAF ? find_alone(words) :
				     find(words, o->first_row, o->end_row);
	return found ? keep_field(o, found->field, words, value) : 0;
}

static int one_line(struct output *o)
{
	const struct line *line = &o->dump.line;
	struct line words, value;
	bool named;
	u32 number;

	if (is_cpu(line, &number, &named))
		return begin_cpu(o, number, named);
	if (is_heading(line, &number, &named))
		return begin_leaf(o, number);
	if (input_is_cpuid_r(line, false) == FORM_CERTAIN)
		return this_cpu(o) ? cpuid_r_leaf(&o->dump, o->cpu) : -1;
	return split(line, &words, &value) ? one_value(o, &words, &value) : 0;
}

static struct host *finish(struct output *o, enum host_source source)
{
	static const char key[] = "cpuid hypervisor_id";
	struct host *host = dump_finish(&o->dump, source);

	if (!host)
		return NULL;
	host->any_cpu = host->nr_groups && !o->numbered;
	if (*o->hypervisor &&
	    facts_add_line(host->facts, o->hypervisor_line, key, strlen(key),
			   o->hypervisor, strlen(o->hypervisor))) {
		input_no_memory(o->dump.error, o->dump.name);
		host_free(host);
		return NULL;
	}
	return dump_note_nothing(&o->dump, host, "the output of cpuid");
}

struct host *input_cpuid_words(const struct input_piece *piece,
			       enum host_source source,
			       struct input_error *error)
{
	struct output o = { .leaf = NO_LEAF };
	struct host *host = NULL;
	int more;

	if (dump_init(&o.dump, piece, error))
		return NULL;
	/* It has no leaf as a whole, alone or not. */
	o.dump.partial = true;
	while ((more = dump_line(&o.dump)) > 0)
		if (one_line(&o))
			break;
	if (!more)
		host = finish(&o, source);
	dump_free(&o.dump);
	return host;
}
