// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints every word of the command line, for the completions that are made
 * from it: options_list(), and for each kind of argument that has names
 *	word<TAB>KIND<TAB>NAME<TAB>SUMMARY
 * and for virtinfo(1), which must have them all,
 *	form<TAB>TITLE
 * and for virtinfo-export(5), the same,
 *	export<TAB>NAME
 */
#include <stdio.h>

#include "explain/topics.h"
#include "export/engine.h"
#include "input/forms.h"
#include "model/decode.h"
#include "verdict/profile.h"
#include "options.h"

static void print_word(const char *kind, const char *name, const char *summary)
{
	printf("word\t%s\t%s\t%s\n", kind, name, summary);
}

static void print_registers(void)
{
	enum register_id id;

	for (id = 0; id < NR_REGISTERS; id++)
		print_word("REGISTER", register_info(id)->name,
			   register_info(id)->source);
}

static void print_profiles(void)
{
	enum profile_id id;

	for (id = 0; id < NR_PROFILES; id++)
		print_word("PROFILE", profile_at(id)->name,
			   profile_at(id)->title);
}

static void print_topics(void)
{
	size_t i, j;

	for (i = 0; i < topic_section_count; i++)
		for (j = 0; j < topic_sections[i].count; j++)
			print_word("TOPIC", topic_sections[i].topics[j].id,
				   topic_sections[i].topics[j].title);
}

static void print_engines(void)
{
	const struct engine *engine;
	size_t i;

	for (i = 0; (engine = engine_at(i)); i++)
		print_word("ENGINE", engine->name, engine->title);
}

/* What is exported, for virtinfo-export(5). */
static void print_exports(void)
{
	int id;

	for (id = 0; id < NR_EXPORTS; id++)
		printf("export\t%s\n", export_info((enum export_id)id)->name);
}

static void print_forms(void)
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		printf("form\t%s\n", input_forms[id].title);
}

int main(void)
{
	options_list(stdout);
	print_forms();
	print_registers();
	print_profiles();
	print_topics();
	print_engines();
	print_exports();
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
