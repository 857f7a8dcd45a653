// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmware.log of VMware Workstation, Player, Fusion and ESX: CPUID of one CPU
 * of the host, behind a time and a thread that are written in several ways:
 *	Aug 20 20:09:04.215: vmx| hostCPUID level 00000001, 0: 0x... 0x... 0x... 0x...
 *	2022-11-30T10:00:00.1Z In(05) vmx hostCPUID level 00000001, 0: 0x...
 */
#include "input/dump.h"
#include "input/forms.h"

#define LEVEL "hostCPUID level "

/* What is before the text is shorter. */
#define PREFIX_MAX 96

/* Behind the text in the beginning of the line, or NULL. */
static const char *behind(const struct line *line, const char *text)
{
	size_t length = (size_t)(line->end - line->text);
	size_t most = PREFIX_MAX + strlen(text);
	const char *found;

	if (length < strlen(text))
		return NULL;
	found = memmem(line->text, length < most ? length : most, text,
		       strlen(text));
	return found ? found + strlen(text) : NULL;
}

static int bad(struct dump *dump)
{
	return DUMP_BAD(dump, "not \"LEAF, SUB: \" and 4 words of CPUID");
}

static int one_line(void *state)
{
	struct dump *dump = state;
	const char *end = dump->line.end, *at = behind(&dump->line, LEVEL);
	struct dump_cpu *cpu;
	u64 leaf, subleaf, word;
	unsigned int i;
	u32 reg[4];

	if (!at)
		return 0;
	at = scan_digits(at, end, 8, &leaf);
	if (!at || !BEGINS(at, end, ", "))
		return bad(dump);
	at = scan_digits(at + 2, end, 8, &subleaf);
	if (!at || !BEGINS(at, end, ":"))
		return bad(dump);
	at++;
	for (i = 0; i < 4; i++) {
		at = scan_hex(skip_blanks(at, end), end, 8, &word);
		if (!at)
			return bad(dump);
		reg[i] = (u32)word;
	}
	cpu = dump_cpu(dump, 0);
	return cpu ? dump_leaf_once(dump, cpu, (u32)leaf, (u32)subleaf, reg) :
		     -1;
}

enum form_match input_is_vmware_log(const struct line *line, bool first)
{
	(void)first;
	if (!behind(line, "hostCPUID "))
		return FORM_NO;
	return behind(line, LEVEL) ? FORM_CERTAIN : FORM_POSSIBLE;
}

/* Other lines of such a log. */
enum form_match input_takes_vmware_log(const struct line *line)
{
	if (behind(line, LEVEL))
		return FORM_CERTAIN;
	return behind(line, " vmx| ") || behind(line, "| vmx ") ||
			       behind(line, ") vmx ") ||
			       behind(line, "hostCPUID ") ||
			       behind(line, "guestCPUID ") ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

struct host *input_vmware_log(const struct input_piece *piece,
			      enum host_source source,
			      struct input_error *error)
{
	struct dump dump;
	struct host *host =
		dump_read(&dump, piece, source, error, one_line, &dump);

	if (host)
		host->any_cpu = true;
	return host;
}
