// SPDX-License-Identifier: GPL-2.0-only
/* The lessons as sections of virtinfo(7), in the man macros. */
#include <stdlib.h>
#include <string.h>

#include "explain/diagrams.h"
#include "report/explain.h"

/*
 * Text for roff: a backslash, and a dot or quote at the beginning of a line,
 * mean something there; a hyphen is a minus sign unless it is in a word.
 * Every sentence begins on its own line.
 */
static void put_text(struct out *out, const char *text, size_t length)
{
	bool begins = true;
	size_t i;

	for (i = 0; i < length; i++) {
		bool ends = text[i] == ' ' && i && strchr(".?!", text[i - 1]) &&
			    i + 1 < length && text[i + 1] >= 'A' &&
			    text[i + 1] <= 'Z';

		if (ends) {
			out_printf(out, "\n");
			begins = true;
			continue;
		}
		if (begins && (text[i] == '.' || text[i] == '\''))
			out_printf(out, "\\&");
		begins = false;
		switch (text[i]) {
		case '\\':
			out_printf(out, "\\e");
			break;
		case '-':
			out_printf(out, "\\-");
			break;
		default:
			out_printf(out, "%c", text[i]);
			break;
		}
	}
	out_printf(out, "\n");
}

static void put_string(struct out *out, const char *text)
{
	put_text(out, text, strlen(text));
}

static void put_paragraphs(struct out *out, const char *text)
{
	size_t length;
	bool first = true;

	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		if (!first)
			out_printf(out, ".PP\n");
		put_text(out, text, length);
		first = false;
	}
}

/* Without a machine, in ASCII, as a manual page has to be. */
static int put_diagram(struct out *out, const char *id)
{
	struct diagram_values values = { 0 };
	char *text, *line, *rest = NULL;

	diagram_values_of(&values, NULL);
	text = diagram_text(id, &values, false);
	if (!text)
		return -1;
	/* Its hyphens are lines; escaped one by one they would be too long. */
	out_printf(out, ".PP\n.nf\n.tr -\\-\n");
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		out_printf(out, "%s\n", line);
	out_printf(out, ".tr --\n.fi\n");
	free(text);
	return 0;
}

static void put_see(struct out *out, const char *see)
{
	size_t length;

	out_printf(out, ".PP\nRead on:\n.br\n");
	for (; *see; see += length + (see[length] == '\n')) {
		length = strcspn(see, "\n");
		put_text(out, see, length);
		if (see[length])
			out_printf(out, ".br\n");
	}
}

static void put_exits(struct out *out, const char *list)
{
	const struct exit_reason *reason;
	char code[EXIT_CODE_SIZE];

	while ((reason = exit_reference(&list))) {
		out_printf(out, ".PP\n");
		out_printf(out, "%s ",
			   reason->vendor == EXIT_INTEL ? "Intel" : "AMD");
		put_string(out, exit_code_text(code, reason));
		put_string(out, reason->meaning);
	}
}

/* Pictures come once, where they are first wanted. */
static bool seen_before(const struct topic *topic)
{
	enum lesson_section section;
	size_t i;

	for (section = 0; section < LESSON_SECTIONS; section++) {
		const struct lesson *lesson = lesson_of(section);

		for (i = 0; i < lesson->count; i++) {
			if (&lesson->topics[i] == topic)
				return false;
			if (lesson->topics[i].diagram &&
			    !strcmp(lesson->topics[i].diagram, topic->diagram))
				return true;
		}
	}
	return false;
}

static int put_topic(struct out *out, const struct topic *topic)
{
	out_printf(out, ".SS ");
	put_string(out, topic->title);
	put_paragraphs(out, topic->text);
	if (topic->diagram && !seen_before(topic) &&
	    put_diagram(out, topic->diagram))
		return -1;
	if (topic->exits)
		put_exits(out, topic->exits);
	put_see(out, topic->see);
	return 0;
}

static void put_capitals(struct out *out, const char *text)
{
	out_printf(out, ".SH ");
	for (; *text; text++)
		out_printf(out, "%c",
			   *text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' :
							  *text);
	out_printf(out, "\n");
}

static void put_reasons(struct out *out)
{
	char remedy[REASON_REMEDY_SIZE];
	enum reason reason;

	out_printf(
		out,
		".SH REASONS\n"
		"What\n.B virtinfo check\ncan answer, and its exit status.\n");
	for (reason = 0; reason < NR_REASONS; reason++) {
		const struct reason_lesson *lesson = reason_lesson(reason);

		out_printf(out, ".TP\n.B ");
		put_string(out, reason_info(reason)->name);
		out_printf(out, "(%d)\n", reason_info(reason)->exit_status);
		put_string(out, lesson->text);
		put_string(out, reason_remedy(remedy, reason));
	}
}

int explain_roff(struct out *out)
{
	enum lesson_section section;
	size_t i;

	for (section = 0; section < LESSON_SECTIONS; section++) {
		const struct lesson *lesson = lesson_of(section);

		put_capitals(out, lesson->title);
		for (i = 0; i < lesson->count; i++)
			if (put_topic(out, &lesson->topics[i]))
				return -1;
	}
	put_reasons(out);
	return 0;
}
