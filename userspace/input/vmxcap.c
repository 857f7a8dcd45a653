// SPDX-License-Identifier: GPL-2.0-only
/*
 * QEMU's scripts/kvm/vmxcap: what the VMX capability MSRs of CPU 0 say, a
 * section each. Some sections have the value; of the others there are words
 * about some of the bits, which do not make a value.
 *	Basic VMX Information
 *	  Hex: 0xda040000000004
 *	  Revision                                 4
 *	pin-based controls
 *	  External interrupt exiting               yes
 * An MSR that cannot be read has the value 0 there.
 */
#include "input/dump.h"
#include "input/forms.h"

#define VALUE "Hex: "

/* msr: VI_NR_MSRS where the section has no value. */
static const struct section {
	const char *title;
	enum vi_msr msr;
} sections[] = {
	{ "Basic VMX Information", VI_IA32_VMX_BASIC },
	{ "pin-based controls", VI_NR_MSRS },
	{ "primary processor-based controls", VI_NR_MSRS },
	{ "secondary processor-based controls", VI_NR_MSRS },
	{ "tertiary processor-based controls", VI_NR_MSRS },
	{ "VM-Exit controls", VI_NR_MSRS },
	{ "VM-Entry controls", VI_NR_MSRS },
	{ "Miscellaneous data", VI_IA32_VMX_MISC },
	{ "VPID and EPT capabilities", VI_IA32_VMX_EPT_VPID_CAP },
	{ "VM Functions", VI_IA32_VMX_VMFUNC },
};

/* The section that the line begins, or NULL. */
static const struct section *section_of(const struct line *line)
{
	size_t i, length = (size_t)(line->end - line->text);

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (strlen(sections[i].title) == length &&
		    !memcmp(sections[i].title, line->text, length))
			return &sections[i];
	return NULL;
}

static int one_value(struct dump *dump, const struct section *section)
{
	const char *at = dump->line.text + strlen(VALUE);
	struct dump_cpu *cpu;
	u64 value = 0;

	if (scan_hex(at, dump->line.end, 16, &value) != dump->line.end)
		return DUMP_BAD(dump, "not a value of vmxcap");
	if (!section)
		return DUMP_BAD(dump, "a value before any section of vmxcap");
	if (!value || section->msr == VI_NR_MSRS)
		return 0;
	cpu = dump_cpu(dump, 0);
	return cpu ? dump_msr_once(dump, cpu, section->msr, value) : -1;
}

enum form_match input_is_vmxcap(const struct line *line, bool first)
{
	(void)first;
	return section_of(line) ? FORM_CERTAIN : FORM_NO;
}

/* A name, and behind blanks one of these words or a number. */
static bool is_bit(const struct line *line)
{
	static const char *const answers[] = { "yes", "no", "forced", "default",
					       "?" };
	const char *word = line->end;
	size_t i, length;
	u32 number;

	while (word > line->text && !is_blank(word[-1]))
		word--;
	if (word - line->text < 2 || !is_blank(word[-1]))
		return false;
	length = (size_t)(line->end - word);
	for (i = 0; i < ARRAY_SIZE(answers); i++)
		if (strlen(answers[i]) == length &&
		    !memcmp(answers[i], word, length))
			return true;
	return scan_decimal(word, line->end, 0xffffffff, &number) == line->end;
}

enum form_match input_takes_vmxcap(const struct line *line)
{
	if (section_of(line) || BEGINS(line->text, line->end, VALUE))
		return FORM_CERTAIN;
	return is_bit(line) ? FORM_POSSIBLE : FORM_NO;
}

struct host *input_vmxcap(const struct input_piece *piece,
			  enum host_source source, struct input_error *error)
{
	const struct section *section = NULL;
	struct host *host = NULL;
	struct dump dump;
	int more;

	if (dump_init(&dump, piece, error))
		return NULL;
	/* It has no CPUID, alone or not. */
	dump.partial = true;
	while ((more = dump_line(&dump)) > 0) {
		if (section_of(&dump.line))
			section = section_of(&dump.line);
		else if (BEGINS(dump.line.text, dump.line.end, VALUE) &&
			 one_value(&dump, section))
			break;
	}
	if (!more)
		host = dump_finish(&dump, source);
	if (host)
		host = dump_note_nothing(&dump, host, "the output of vmxcap");
	dump_free(&dump);
	return host;
}
