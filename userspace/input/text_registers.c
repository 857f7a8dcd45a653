// SPDX-License-Identifier: GPL-2.0-only
#include "input/text_registers.h"

#include "base/array.h"
#include "input/lookup.h"
#include "model/register_name.h"

static int bad(const struct register_line *at, const char *what,
	       const char *text, const char *end)
{
	char quoted[INPUT_QUOTE_SIZE];

	return input_error(at->error, STATUS_BAD_INPUT, at->name, at->number,
			   "%s \"%s\"", what,
			   input_quote(quoted, text, (size_t)(end - text)));
}

static int twice(const struct register_line *at, const char *key)
{
	return bad(at, "a second time in this stanza:", at->line->text, key);
}

/* From the key's end over blanks and ": " to the value, or NULL. */
static const char *to_value(const char *at, const char *end)
{
	at = skip_blanks(at, end);
	if (at == end || *at != ':')
		return NULL;
	return skip_blanks(at + 1, end);
}

static int no_value(const struct register_line *at)
{
	return bad(at, "no value in", at->line->text, at->line->end);
}

/* The word that a message shows. */
static const char *word_end(const char *at, const char *end)
{
	while (at < end && !is_blank(*at))
		at++;
	return at;
}

/*
 * Four words with a blank between, each with another behind "/" where known is
 * not NULL.
 */
static int parse_words(const struct register_line *at, const char *value,
		       u32 reg[4], u32 known[4])
{
	const char *end = at->line->end, *word = value, *next;
	u64 number = 0;

	for (unsigned int i = 0; i < 4; i++) {
		if (word == end)
			return input_error(at->error, STATUS_BAD_INPUT,
					   at->name, at->number,
					   "%u of 4 words in this %s line", i,
					   known ? "bits" : "cpuid");
		next = scan_hex(word, end, 8, &number);
		reg[i] = (u32)number;
		if (next && known) {
			next = next < end && *next == '/' ?
				       scan_hex(next + 1, end, 8, &number) :
				       NULL;
			known[i] = (u32)number;
		}
		if (!next || (next < end && !is_blank(*next)))
			return bad(at, "bad number", word, word_end(word, end));
		word = skip_blanks(next, end);
	}
	if (word < end)
		return bad(at,
			   known ? "more than 4 words in this bits line:" :
				   "more than 4 words in this cpuid line:",
			   word, end);
	return 0;
}

static int keep_hv_leaf(const struct register_line *at, u32 leaf, u32 subleaf,
			const u32 reg[4], const char *key)
{
	struct vi_hv *hv = &at->group->hv;

	if (vi_hv_leaf(hv, leaf, subleaf))
		return twice(at, key);
	if (hv->count == VI_HV_LEAVES) {
		hv->truncated = true;
		return 0;
	}
	hv->leaves[hv->count] =
		(struct vi_hv_leaf){ .leaf = leaf, .subleaf = subleaf };
	memcpy(hv->leaves[hv->count++].reg, reg, 4 * sizeof(*reg));
	return 0;
}

static int keep_other(const struct register_line *at, u32 leaf, u32 subleaf,
		      const u32 reg[4], const char *key)
{
	struct raw_leaves *others = &at->group->others;

	if (raw_leaves_find(others, leaf, subleaf))
		return twice(at, key);
	if (raw_leaves_set(others, leaf, subleaf, reg))
		return input_no_memory(at->error, at->name);
	return 0;
}

/* "LEAF.SUBLEAF : VALUE". Returns the value, *key_end before ":"; or NULL. */
static const char *parse_leaf(const struct register_line *at,
			      const char *number, u64 *leaf, u64 *subleaf,
			      const char **key_end)
{
	const char *end = at->line->end, *value;
	const char *key = scan_hex(number, end, 8, leaf);

	if (key && key < end && *key == '.')
		key = scan_hex(key + 1, end, 8, subleaf);
	else
		key = NULL;
	if (!key) {
		bad(at, "bad leaf", number, word_end(number, end));
		return NULL;
	}
	value = to_value(key, end);
	if (!value)
		no_value(at);
	*key_end = key;
	return value;
}

int text_cpuid(const struct register_line *at)
{
	const char *end = at->line->end, *key, *value;
	struct vi_sample *sample = &at->group->sample;
	u64 leaf, subleaf;
	enum vi_leaf id;
	u32 reg[4] = { 0 };
	bool read;

	value = parse_leaf(at, at->line->text + strlen("cpuid "), &leaf,
			   &subleaf, &key);
	if (!value)
		return -1;
	read = !IS(value, end, "not attempted");
	if (read && parse_words(at, value, reg, NULL))
		return -1;
	if (read && is_hv_leaf((u32)leaf))
		return keep_hv_leaf(at, (u32)leaf, (u32)subleaf, reg, key);
	id = lookup_leaf((u32)leaf, (u32)subleaf);
	if (id == VI_NR_LEAVES)
		return read ? keep_other(at, (u32)leaf, (u32)subleaf, reg,
					 key) :
			      0;
	if (sample->leaf_status[id] != VI_ABSENT)
		return twice(at, key);
	sample->leaf_status[id] = read ? VI_READ : VI_NOT_ATTEMPTED;
	at->group->lines.leaf[id] = (u32)at->number;
	memcpy(sample->leaf[id], reg, sizeof(reg));
	return 0;
}

static int hypervisor_bits(const struct register_line *at, const char *key,
			   u32 leaf, u32 subleaf, const u32 value[4],
			   const u32 known[4])
{
	struct hv_bits *bits = &at->group->hv_bits;

	if (hv_bits_leaf(bits, leaf, subleaf))
		return twice(at, key);
	for (unsigned int i = 0; i < 4; i++)
		hv_bits_note(bits, leaf, subleaf, i, value[i], known[i]);
	return 0;
}

int text_bits(const struct register_line *at)
{
	struct vi_sample *sample = &at->group->sample;
	const char *key, *value;
	u32 reg[4], known[4];
	u64 leaf, subleaf;
	enum vi_leaf id;

	value = parse_leaf(at, at->line->text + strlen("bits "), &leaf,
			   &subleaf, &key);
	if (!value || parse_words(at, value, reg, known))
		return -1;
	for (unsigned int i = 0; i < 4; i++)
		if (reg[i] & ~known[i])
			return bad(at, "a bit that is not known is 1 in", value,
				   at->line->end);
	if (is_hv_leaf((u32)leaf))
		return hypervisor_bits(at, key, (u32)leaf, (u32)subleaf, reg,
				       known);
	id = lookup_leaf((u32)leaf, (u32)subleaf);
	if (id == VI_NR_LEAVES || !(known[0] | known[1] | known[2] | known[3]))
		return 0;
	if (sample->leaf_status[id] != VI_ABSENT)
		return twice(at, key);
	sample->leaf_status[id] = VI_BITS;
	at->group->lines.leaf[id] = (u32)at->number;
	memcpy(sample->leaf[id], reg, sizeof(reg));
	memcpy(at->group->known.leaf[id], known, sizeof(known));
	return 0;
}

/* VI_ABSENT where it is none of the words. */
static enum vi_status status_word(const char *at, const char *end)
{
	static const enum vi_status words[] = { VI_GP, VI_NOT_ATTEMPTED, VI_SET,
						VI_CLEAR };

	ARRAY_EACH(status, words, ARRAY_SIZE(words))
		if (is_text(at, end, register_status_word(*status)))
			return *status;
	return VI_ABSENT;
}

static int keep_register(const struct register_line *at, enum vi_msr id,
			 const char *key, const char *value)
{
	struct vi_sample *sample = &at->group->sample;
	const char *end = at->line->end;
	u64 number = 0;

	if (id == VI_NR_MSRS)
		return 0;
	if (sample->msr_status[id] != VI_ABSENT)
		return twice(at, key);
	at->group->lines.msr[id] = (u32)at->number;
	if (scan_hex(value, end, 16, &number) == end) {
		sample->msr_status[id] = VI_READ;
		sample->msr[id] = number;
		return 0;
	}
	sample->msr_status[id] = status_word(value, end);
	if (sample->msr_status[id] == VI_ABSENT)
		return bad(at, "bad number", value, end);
	return 0;
}

static const char *name_end(const char *at, const char *end)
{
	while (at < end && !is_blank(*at) && *at != ':')
		at++;
	return at;
}

/* VI_NR_MSRS where none is called so. It is likely that one. */
static enum vi_msr msr_named(enum vi_msr likely, const char *name,
			     const char *end)
{
	if (likely != VI_NR_MSRS && is_text(name, end, vi_msrs[likely].name))
		return likely;
	MSR_EACH(i)
		if (is_text(name, end, vi_msrs[i].name))
			return i;
	return VI_NR_MSRS;
}

int text_msr_line(const struct register_line *at)
{
	const char *end = at->line->end, *number, *name, *key, *value;
	enum vi_msr id, named;
	u64 address;

	number = at->line->text + strlen("msr ");
	key = scan_hex(number, end, 8, &address);
	if (!key || (key < end && !is_blank(*key) && *key != ':'))
		return bad(at, "bad address", number, word_end(number, end));
	name = skip_blanks(key, end);
	key = name_end(name, end);
	value = to_value(key, end);
	if (!value)
		return no_value(at);
	id = lookup_msr((u32)address);
	named = msr_named(id, name, key);
	/* The number counts; a name that nobody knows is another's word for it. */
	if (named != VI_NR_MSRS && named != id)
		return bad(at, "the name of another register in",
			   at->line->text, key);
	return keep_register(at, id, key, value);
}

int text_control(const struct register_line *at)
{
	const char *end = at->line->end, *number, *key, *value;
	u32 control;

	number = at->line->text + strlen("CR");
	key = scan_decimal(number, end, 16, &control);
	if (!key)
		return bad(at, "bad control register", at->line->text, end);
	value = to_value(key, end);
	if (!value)
		return no_value(at);
	return keep_register(at, lookup_control(control), key, value);
}
