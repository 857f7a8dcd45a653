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

struct vmxcap {
	struct dump dump;
	const struct section *section; /* NULL: none yet */
};

/* The section that the line begins, or NULL. */
static const struct section *section_of(const struct line *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (is_text(line->text, line->end, sections[i].title))
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
	u32 number;
	size_t i;

	while (word > line->text && !is_blank(word[-1]))
		word--;
	if (word - line->text < 2 || !is_blank(word[-1]))
		return false;
	for (i = 0; i < ARRAY_SIZE(answers); i++)
		if (is_text(word, line->end, answers[i]))
			return true;
	return scan_decimal(word, line->end, 0xffffffff, &number) == line->end;
}

enum form_match input_takes_vmxcap(const struct line *line)
{
	if (section_of(line) || BEGINS(line->text, line->end, VALUE))
		return FORM_CERTAIN;
	return is_bit(line) ? FORM_POSSIBLE : FORM_NO;
}

static int one_line(void *state)
{
	struct vmxcap *vmxcap = state;
	struct dump *dump = &vmxcap->dump;
	const struct section *section = section_of(&dump->line);

	if (section)
		vmxcap->section = section;
	else if (BEGINS(dump->line.text, dump->line.end, VALUE))
		return one_value(dump, vmxcap->section);
	return 0;
}

struct host *input_vmxcap(const struct input_piece *piece,
			  enum host_source source, struct input_error *error)
{
	struct vmxcap vmxcap = { .section = NULL };

	return dump_read_partial(&vmxcap.dump, piece, source, error, one_line,
				 &vmxcap, "the output of vmxcap");
}
