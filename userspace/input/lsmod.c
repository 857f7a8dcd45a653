// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel modules that are loaded, as lsmod lists them, in whole or in part
 * ("lsmod | grep kvm"):
 *	Module                  Size  Used by
 *	kvm_intel             372736  0
 *	kvm                  1105920  1 kvm_intel
 * Nobody can see whether what is not loaded could be.
 */
#include <stdio.h>

#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"
#include "model/known_modules.h"

/* No system has fewer modules; what has is somebody's selection. */
#define WHOLE_LIST 10

struct module_line {
	const char *name;
	const char *end;
	bool counted; /* a kernel that cannot unload modules has -2 */
	u32 users;
	const char *used_by; /* names with commas between, to the end */
};

struct lsmod {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	bool header;
	unsigned long lines; /* of modules */
	bool kvm;	     /* there was a line of kvm itself */
	bool loaded[NR_KNOWN_MODULES];
};

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

static const char *name_end(const char *at, const char *end)
{
	while (at < end && is_name(*at))
		at++;
	return at;
}

/* A number with blanks before it and behind it, or at the end. */
static const char *scan_column(const char *at, const char *end, u32 *number)
{
	if (!at || at == end || !is_blank(*at))
		return NULL;
	at = scan_decimal(skip_blanks(at, end), end, 0xffffffff, number);
	return at && (at == end || is_blank(*at)) ? at : NULL;
}

static bool scan_line(const struct line *line, struct module_line *module)
{
	const char *at = name_end(line->text, line->end), *end = line->end;
	u32 size;

	module->name = line->text;
	module->end = at;
	at = at > line->text ? scan_column(at, end, &size) : NULL;
	if (!at)
		return false;
	module->counted = !BEGINS(skip_blanks(at, end), end, "-");
	at = module->counted ? scan_column(at, end, &module->users) : NULL;
	module->used_by = at ? skip_blanks(at, end) : end;
	return at || !module->counted;
}

static bool is_header(const struct line *line)
{
	const char *at = line->text, *end = line->end;

	if (!BEGINS(at, end, "Module "))
		return false;
	at = skip_blanks(at + strlen("Module "), end);
	if (!BEGINS(at, end, "Size "))
		return false;
	at = skip_blanks(at + strlen("Size "), end);
	return IS(at, end, "Used by");
}

/* Its row, or NR_KNOWN_MODULES. */
static size_t row_of(const char *name, const char *end)
{
	size_t i;

	for (i = 0; i < NR_KNOWN_MODULES; i++)
		if (is_text(name, end, known_modules[i].name))
			break;
	return i;
}

static int add_fact(struct lsmod *lsmod, size_t row, const char *what,
		    const char *value)
{
	char key[64];
	int length = snprintf(key, sizeof(key), "module %s%s",
			      known_modules[row].name, what);

	if (facts_add_line(lsmod->host->facts, lsmod->dump.lines.number, key,
			   (size_t)length, value, strlen(value)))
		return input_no_memory(lsmod->dump.error, lsmod->dump.name);
	return 0;
}

static int is_loaded(struct lsmod *lsmod, size_t row)
{
	if (row == NR_KNOWN_MODULES || lsmod->loaded[row])
		return 0;
	lsmod->loaded[row] = true;
	return add_fact(lsmod, row, "", "loaded");
}

/* Of two lists the first counts: how many use it may change at any moment. */
static int add_users(struct lsmod *lsmod, size_t row, u32 users)
{
	char number[16];

	if (facts_getf(lsmod->host->facts, "module %s users",
		       known_modules[row].name))
		return 0;
	snprintf(number, sizeof(number), "%u", users);
	return add_fact(lsmod, row, " users", number);
}

/* What uses a module is loaded too, though its line may not be there. */
static int take_users(struct lsmod *lsmod, const struct module_line *module)
{
	const char *at = module->used_by, *end = lsmod->dump.line.end;

	while (at < end && is_name(*at)) {
		const char *behind = name_end(at, end);

		if (is_loaded(lsmod, row_of(at, behind)))
			return -1;
		at = behind < end && *behind == ',' ? behind + 1 : end;
	}
	return 0;
}

static int one_line(void *state)
{
	struct lsmod *lsmod = state;
	struct module_line module;
	size_t row;

	if (is_header(&lsmod->dump.line)) {
		lsmod->header = true;
		return 0;
	}
	if (!scan_line(&lsmod->dump.line, &module))
		return 0;
	lsmod->lines++;
	row = row_of(module.name, module.end);
	if (is_loaded(lsmod, row) || take_users(lsmod, &module))
		return -1;
	if (row == NR_KNOWN_MODULES || !module.counted)
		return 0;
	lsmod->kvm |= !strcmp(known_modules[row].name, "kvm");
	return add_users(lsmod, row, module.users);
}

/*
 * Those of KVM use kvm, whose line names them: one that is not there is not
 * loaded, nor is kvm where a whole list lacks it.
 */
static int add_not_loaded(struct lsmod *lsmod)
{
	size_t row;

	if (!lsmod->kvm && (!lsmod->header || lsmod->lines < WHOLE_LIST))
		return 0;
	for (row = 0; row < NR_KNOWN_MODULES; row++)
		if (known_modules[row].kvm && !lsmod->loaded[row] &&
		    add_fact(lsmod, row, "", "unknown"))
			return -1;
	return 0;
}

enum form_match input_is_lsmod(const struct line *line, bool first)
{
	struct module_line module;

	(void)first;
	if (is_header(line))
		return FORM_CERTAIN;
	return scan_line(line, &module) && row_of(module.name, module.end) <
						   NR_KNOWN_MODULES ?
		       FORM_CERTAIN :
		       FORM_NO;
}

enum form_match input_takes_lsmod(const struct line *line)
{
	struct module_line module;

	if (input_is_lsmod(line, false))
		return FORM_CERTAIN;
	return scan_line(line, &module) ? FORM_POSSIBLE : FORM_NO;
}

struct host *input_lsmod(const struct input_piece *piece,
			 enum host_source source, struct input_error *error)
{
	struct lsmod lsmod = { .header = false };
	bool failed;

	lsmod.host = words_begin(&lsmod.dump, piece, source, error);
	if (!lsmod.host)
		return NULL;
	lsmod.dump.partial = true;
	failed = dump_lines(&lsmod.dump, one_line, &lsmod) ||
		 add_not_loaded(&lsmod);
	lsmod.host = words_end(&lsmod.dump, lsmod.host, failed);
	return lsmod.host ? dump_note_nothing(&lsmod.dump, lsmod.host,
					      "the output of lsmod") :
			    NULL;
}
