// SPDX-License-Identifier: GPL-2.0-only
/*
 * lscpu of util-linux, its text or its JSON: what /proc/cpuinfo has of the
 * first type of CPU, and the hypervisor that lscpu finds.
 */
#include <json-c/json.h>

#include "input/cpuinfo_flags.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/json_member.h"
#include "input/words.h"

/* sys-utils/lscpu.c; more than one program writes those not certain. */
static const struct {
	const char *key;
	enum form_match match;
	const char *fact;
	bool once; /* it is the machine's; the others are of each type of CPU */
} rows[] = {
	{ "Architecture", FORM_POSSIBLE, NULL, false },
	{ "CPU op-mode(s)", FORM_CERTAIN, NULL, false },
	{ "Address sizes", FORM_POSSIBLE, NULL, false },
	{ "Byte Order", FORM_CERTAIN, NULL, false },
	{ "CPU(s)", FORM_CERTAIN, NULL, false },
	{ "On-line CPU(s) list", FORM_CERTAIN, NULL, false },
	{ "Off-line CPU(s) list", FORM_CERTAIN, NULL, false },
	{ "Thread(s) per core", FORM_CERTAIN, NULL, false },
	{ "Core(s) per socket", FORM_CERTAIN, NULL, false },
	{ "Socket(s)", FORM_CERTAIN, NULL, false },
	{ "CPU socket(s)", FORM_CERTAIN, NULL, false }, /* before 2.22 */
	{ "NUMA node(s)", FORM_CERTAIN, NULL, false },
	{ "Vendor ID", FORM_CERTAIN, "cpuinfo vendor_id", true },
	{ "BIOS Vendor ID", FORM_CERTAIN, NULL, false },
	{ "Model name", FORM_POSSIBLE, "cpuinfo model name", false },
	{ "BIOS Model name", FORM_CERTAIN, NULL, false },
	{ "BIOS CPU family", FORM_CERTAIN, NULL, false },
	{ "CPU family", FORM_CERTAIN, "cpuinfo family", false },
	{ "Model", FORM_POSSIBLE, "cpuinfo model", false },
	{ "Stepping", FORM_POSSIBLE, "cpuinfo stepping", false },
	{ "Frequency boost", FORM_POSSIBLE, NULL, false },
	{ "CPU MHz", FORM_CERTAIN, NULL, false },
	{ "CPU max MHz", FORM_CERTAIN, NULL, false },
	{ "CPU min MHz", FORM_CERTAIN, NULL, false },
	{ "CPU(s) scaling MHz", FORM_CERTAIN, NULL, false },
	{ "BogoMIPS", FORM_POSSIBLE, NULL, false },
	{ "Virtualization features", FORM_CERTAIN, NULL, false },
	{ "Virtualization", FORM_POSSIBLE, NULL, false },
	{ "Hypervisor", FORM_POSSIBLE, NULL, false },
	{ "Hypervisor vendor", FORM_CERTAIN, "lscpu hypervisor", true },
	{ "Virtualization type", FORM_CERTAIN, "lscpu virtualization", true },
	{ "Flags", FORM_POSSIBLE, NULL, false },
	{ "Caches (sum of all)", FORM_CERTAIN, NULL, false },
	{ "NUMA", FORM_POSSIBLE, NULL, false },
	{ "Vulnerabilities", FORM_POSSIBLE, NULL, false },
};

/*
 * In other languages the names differ (util-linux po/), but not these values: what
 * they are of is known by them.
 */
static const char *const vendors[] = { "GenuineIntel", "AuthenticAMD",
				       "HygonGenuine", "CentaurHauls",
				       "  Shanghai  " };

/* Of the numbers, the names in the languages in which they are met most. */
static const struct {
	const char *name, *key;
} translated[] = {
	{ "Prozessorfamilie", "CPU family" },
	{ "Famille de processeur", "CPU family" },
	{ "Familia de CPU", "CPU family" },
	{ "Fam\xc3\xadlia da CPU", "CPU family" },
	{ "Rodzina CPU", "CPU family" },
	{ "CPU \xe7\xb3\xbb\xe5\x88\x97", "CPU family" },
	{ "CPU \xe3\x83\x95\xe3\x82\xa1\xe3\x83\x9f\xe3\x83\xaa\xe3\x83\xbc",
	  "CPU family" },
	{ "Modell", "Model" },
	{ "Mod\xc3\xa8le", "Model" },
	{ "Modelo", "Model" },
	{ "\xe5\x9e\x8b\xe5\x8f\xb7", "Model" },
	{ "\xe3\x83\xa2\xe3\x83\x87\xe3\x83\xab", "Model" },
	{ "R\xc3\xa9vision", "Stepping" },
	{ "Revisi\xc3\xb3n", "Stepping" },
	{ "\xe6\xad\xa5\xe8\xbf\x9b", "Stepping" },
	{ "\xe3\x82\xb9\xe3\x83\x86\xe3\x83\x83\xe3\x83\x94\xe3\x83\xb3\xe3\x82\xb0",
	  "Stepping" },
	{ "Modellname", "Model name" },
	{ "Nom de mod\xc3\xa8le", "Model name" },
	{ "Nombre del modelo", "Model name" },
	{ "Nome do modelo", "Model name" },
	{ "Nazwa modelu", "Model name" },
	{ "\xe5\x9e\x8b\xe5\x8f\xb7\xe5\x90\x8d\xe7\xa7\xb0", "Model name" },
	{ "\xe3\x83\xa2\xe3\x83\x87\xe3\x83\xab\xe5\x90\x8d", "Model name" },
};

struct lscpu {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct cpuinfo_flags flags; /* of its types of CPU, as of one */
	struct json_tokener *json;
	bool open;  /* an object has begun and is not whole */
	bool field; /* and it is lscpu's */
};

/* Behind a number or a bullet it is not known yet whether that belongs to it. */
static bool begins_with_letter(const struct pair *pair)
{
	unsigned char first = (unsigned char)*pair->key;

	return first >= 0x80 ||
	       ((first | 0x20) >= 'a' && (first | 0x20) <= 'z');
}

/* The English name of a pair that is in another language, or NULL. */
static const char *english_name(const struct pair *pair)
{
	const char *at = pair->value, *end = pair->value_end;
	size_t i;

	if (!begins_with_letter(pair))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		if (is_text(at, end, vendors[i]))
			return "Vendor ID";
	if (IS(at, end, "VT-x") || IS(at, end, "AMD-V"))
		return "Virtualization";
	if (BEGINS(at, end, "fpu vme "))
		return "Flags";
	for (i = 0; i < ARRAY_SIZE(translated); i++)
		if (pair_key_is(pair, translated[i].name))
			return translated[i].key;
	return NULL;
}

static bool translate(struct pair *pair)
{
	const char *name = english_name(pair);

	if (!name)
		return false;
	pair->key = name;
	pair->key_end = name + strlen(name);
	return true;
}

static int row_of(const struct pair *pair)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (pair_key_is(pair, rows[i].key))
			return (int)i;
	return -1;
}

/* "L1d cache", "NUMA node0 CPU(s)", "Vulnerability Meltdown", ... */
static bool is_numbered(const struct pair *pair)
{
	return BEGINS(pair->key, pair->key_end, "NUMA node") ||
	       BEGINS(pair->key, pair->key_end, "Vulnerability ") ||
	       (BEGINS(pair->key, pair->key_end, "L") &&
		memmem(pair->key, (size_t)(pair->key_end - pair->key), " cache",
		       strlen(" cache"))) ||
	       /* Under "Caches" and "Vulnerabilities" since 2.37. */
	       (pair->key_end - pair->key <= 3 && *pair->key == 'L') ||
	       BEGINS(pair->value, pair->value_end, "Not affected") ||
	       BEGINS(pair->value, pair->value_end, "Mitigation; ") ||
	       BEGINS(pair->value, pair->value_end, "Vulnerable");
}

/*
 * Another line in another language, which has its values behind many blanks, or
 * its name not in ASCII.
 */
static bool is_other_language(const struct pair *pair)
{
	const char *at;

	if (!begins_with_letter(pair))
		return false;
	for (at = pair->key; at < pair->key_end; at++)
		if (*at & 0x80)
			return true;
	return pair->value - pair->key >= 20 && pair->value[-1] == ' ' &&
	       pair->value[-2] == ' ';
}

/* What stands for a key of its JSON, behind an opening brace or not. */
static bool begins_field(const char *at, const char *end)
{
	at = skip_blanks(at, end);
	if (at < end && *at == '{')
		at = skip_blanks(at + 1, end);
	return BEGINS(at, end, "\"lscpu\"") || BEGINS(at, end, "\"field\"");
}

enum form_match input_is_lscpu(const struct line *line, bool first)
{
	struct pair pair;
	bool other;
	int row;

	(void)first;
	if (begins_field(line->text, line->end))
		return FORM_CERTAIN;
	if (IS(line->text, line->end, "{"))
		return FORM_POSSIBLE;
	if (!pair_split(line, &pair))
		return FORM_NO;
	row = row_of(&pair);
	other = row < 0 && is_other_language(&pair);
	if (other && translate(&pair))
		return KEY_IS(&pair, "Model") || KEY_IS(&pair, "Model name") ||
				       KEY_IS(&pair, "Stepping") ?
			       FORM_POSSIBLE :
			       FORM_CERTAIN;
	if (row < 0)
		return other ? FORM_POSSIBLE : FORM_NO;
	if (KEY_IS(&pair, "Flags") &&
	    BEGINS(pair.value, pair.value_end, "fpu "))
		return FORM_CERTAIN;
	return rows[row].match;
}

enum form_match input_takes_lscpu(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);
	struct pair pair;

	if (begins_field(at, line->end) || BEGINS(at, line->end, "\"data\"") ||
	    BEGINS(at, line->end, "\"children\""))
		return FORM_CERTAIN;
	/* An end is of what has begun. */
	if (at < line->end && strchr("}]", *at))
		return FORM_CERTAIN;
	if (at < line->end && strchr("{[", *at))
		return FORM_POSSIBLE;
	if (!pair_split(line, &pair))
		return FORM_NO;
	if (row_of(&pair) >= 0)
		return FORM_CERTAIN;
	if (is_other_language(&pair))
		return translate(&pair) ? FORM_CERTAIN : FORM_POSSIBLE;
	return is_numbered(&pair) ? FORM_POSSIBLE : FORM_NO;
}

static int take_flags(struct lscpu *l, const struct pair *pair)
{
	l->flags.cpu = 0;
	l->flags.may_be_cut = true;
	switch (cpuinfo_flags_take(&l->flags, pair->value, pair->value_end)) {
	case 0:
		break;
	case 1:
		return DUMP_BAD(&l->dump, "other flags than in a line before");
	default:
		return input_no_memory(l->dump.error, l->dump.name);
	}
	if (cpuinfo_flags_facts(&l->flags, l->host->facts,
				l->dump.lines.number))
		return input_no_memory(l->dump.error, l->dump.name);
	return 0;
}

/* lscpu says so where the flags of the first type have it. */
static int take_virtualization(struct lscpu *l, const struct pair *pair)
{
	static const char all[] = "all";
	const char *key;

	if (IS(pair->value, pair->value_end, "VT-x"))
		key = "cpuinfo vmx";
	else if (IS(pair->value, pair->value_end, "AMD-V"))
		key = "cpuinfo svm";
	else
		return 0;
	return words_first(&l->dump, l->host, key, all, all + strlen(all));
}

static int take_pair(struct lscpu *l, const struct pair *one)
{
	struct pair english = *one;
	const struct pair *pair = &english;
	int row = row_of(pair);

	if (row < 0 && translate(&english))
		row = row_of(pair);

	if (KEY_IS(pair, "Flags"))
		return take_flags(l, pair);
	if (KEY_IS(pair, "Virtualization"))
		return take_virtualization(l, pair);
	if (row < 0 || !rows[row].fact)
		return 0;
	return (rows[row].once ? words_once :
				 words_first)(&l->dump, l->host, rows[row].fact,
					      pair->value, pair->value_end);
}

/* { "field": "Model:", "data": "49", "children": [...] } */
static int take_item(struct lscpu *l, struct json_object *item);

static int take_items(struct lscpu *l, struct json_object *items)
{
	size_t i;

	if (!json_object_is_type(items, json_type_array))
		return 0;
	for (i = 0; i < json_object_array_length(items); i++)
		if (take_item(l, json_object_array_get_idx(items, i)))
			return -1;
	return 0;
}

static int take_item(struct lscpu *l, struct json_object *item)
{
	struct pair pair;

	if (!json_object_is_type(item, json_type_object))
		return 0;
	pair.key = json_member_string(item, "field", &pair.key_end);
	pair.value = json_member_string(item, "data", &pair.value_end);
	if (pair.key && pair.key_end > pair.key && pair.key_end[-1] == ':')
		pair.key_end--;
	if (pair.key && pair.value && take_pair(l, &pair))
		return -1;
	return take_items(l, json_object_object_get(item, "children"));
}

static int take_object(struct lscpu *l, struct json_object *object)
{
	struct json_object *items = NULL;

	if (json_object_is_type(object, json_type_object))
		json_object_object_get_ex(object, "lscpu", &items);
	return items ? take_items(l, items) : take_item(l, object);
}

static int bad_json(struct lscpu *l, const char *what)
{
	l->open = false;
	return l->field ? DUMP_BAD(&l->dump, "the JSON of lscpu %s", what) : 0;
}

/* Another line of an object. What is not lscpu's may be no JSON at all. */
static int take_json(struct lscpu *l, const char *at, const char *end)
{
	struct json_object *object;
	int error;

	if (!l->open) {
		json_tokener_reset(l->json);
		l->field = false;
	}
	l->open = true;
	l->field |= begins_field(at, end);
	object = json_tokener_parse_ex(l->json, at, (int)(end - at));
	if (!object && json_tokener_get_error(l->json) == json_tokener_continue)
		return 0;
	if (!object)
		return bad_json(l, "is damaged");
	l->open = false;
	error = take_object(l, object);
	json_object_put(object);
	return error;
}

static int take_line(void *state)
{
	struct lscpu *l = state;
	const char *end = l->dump.line.end;
	const char *at = skip_blanks(l->dump.line.text, end);
	struct pair pair;

	if (at == end)
		return 0;
	if (l->open || *at == '{')
		return take_json(l, at, end);
	if (begins_field(at, end))
		return DUMP_BAD(&l->dump,
				"the JSON of lscpu has no beginning here");
	return pair_split(&l->dump.line, &pair) ? take_pair(l, &pair) : 0;
}

static int take_lines(struct lscpu *l)
{
	if (dump_lines(&l->dump, take_line, l))
		return -1;
	return l->open ? bad_json(l, "has no end") : 0;
}

struct host *input_lscpu(const struct input_piece *piece,
			 enum host_source source, struct input_error *error)
{
	struct lscpu l = { 0 };
	int failed;

	l.host = words_begin(&l.dump, piece, source, error);
	if (!l.host)
		return NULL;
	l.json = json_tokener_new();
	failed = l.json ? take_lines(&l) : input_no_memory(error, piece->name);
	if (l.json)
		json_tokener_free(l.json);
	cpuinfo_flags_free(&l.flags);
	return words_end(&l.dump, l.host, failed);
}
