// SPDX-License-Identifier: GPL-2.0-only
/* Facts of programs, and of the processor's microcode. */
#include <string.h>

#include "base/cpulist.h"
#include "base/number.h"
#include "base/release.h"
#include "model/system_keys.h"

static struct program *program_of(const struct parsing *at)
{
	return named_make(&at->system->programs, sizeof(struct program),
			  at->name);
}

enum parsed parse_program(const struct parsing *at)
{
	struct program *program = program_of(at);

	if (!program)
		return PARSED_NO_MEMORY;
	program->absent = !strcmp(at->value, "absent");
	program->path = program->absent ? NULL : at->value;
	return PARSED;
}

enum parsed parse_program_version(const struct parsing *at)
{
	struct program *program = program_of(at);

	if (!program)
		return PARSED_NO_MEMORY;
	program->version_text = at->value;
	program->version = program_version_parse(at->value);
	return PARSED;
}

/* Move *at behind " on 0-3,7". Returns 1, 0 where it is no such list, or -1. */
static int take_cpus(const char **at)
{
	struct cpulist cpus = { 0 };
	const char *end;
	int error;

	if (!take_text(at, " on "))
		return 0;
	end = *at + strcspn(*at, ";");
	error = cpulist_parse(&cpus, *at, (size_t)(end - *at));
	cpulist_free(&cpus);
	*at = end;
	return error == -1 ? -1 : !error;
}

/* "0xb4", or "0xb4 on 0-3; 0xb6 on 4-7" */
enum parsed parse_microcode(const struct parsing *at)
{
	struct microcode_facts *microcode = &at->system->microcode;
	const char *text = at->value;
	uint64_t revision;
	int taken;

	if (!looks_like_number(text))
		return PARSED;
	microcode->known = parse_hex(text, UINT64_MAX, &microcode->revision);
	if (microcode->known)
		return PARSED;
	do {
		if (!take_text(&text, "0x") ||
		    !take_number(&text, 16, UINT64_MAX, &revision))
			return PARSED_BAD;
		if (!microcode->differs)
			microcode->revision = revision;
		microcode->differs = true;
		taken = take_cpus(&text);
		if (taken <= 0)
			return taken ? PARSED_NO_MEMORY : PARSED_BAD;
	} while (take_text(&text, "; "));
	microcode->known = !*text;
	return *text ? PARSED_BAD : PARSED;
}
