// SPDX-License-Identifier: GPL-2.0-only
/*
 * VBox.log of VirtualBox 4.2 to 7.2: beside the guest's machine, CPUID of one
 * CPU of the host ("Hst:" lines; the leaf is in the guest's line before where
 * the guest has it too), control registers and MSRs, the host's system, and
 * what HM and NEM (its users of VT-x, AMD-V and of Windows' hypervisor) say:
 *	00:00:01.557416 Gst: 00000001/0000  000b06a3 00020800 f6fa3203 178bfbff
 *	00:00:01.557417 Hst:                000b06a3 08400800 7ffafbff bfebfbff
 *	00:00:01.557482 Hst: 00000015/0000  00000002 00000088 0249f000 00000000
 *	00:00:01.553992 HM: MSR_IA32_FEATURE_CONTROL          = 0x5
 * Before 5.0 a leaf has no sub-leaf, before 4.3 HM is HWACCM and numbers have
 * no 0x. People cut such a log, and take the times off.
 */
#include <stdlib.h>

#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

/* A log of one run has a few. */
#define MAX_ERRORS 16

struct vbox {
	struct dump dump;
	struct dump_cpu *cpu; /* NULL: no register yet */
	struct host *host;
	bool leaf_known; /* of the guest's line before */
	u32 leaf;
	u32 subleaf;
	u32 host_cpus; /* 0: not known */
	unsigned int errors;
};

static const struct {
	const char *text;
	enum vi_msr id;
} registers[] = {
#define VBOX_REGISTER(name, msr) { .text = (name), .id = VI_##msr },
#include "tables/vbox_registers.def"
};

/* Behind "00:00:01.234567 "; the same where there is no time. */
static const char *skip_time(const char *at, const char *end)
{
	static const char form[] = "00:00:00.000";
	const char *start = at;
	unsigned int i;

	for (i = 0; i < sizeof(form) - 1; i++, at++)
		if (at == end ||
		    (form[i] == '0' ? *at < '0' || *at > '9' : *at != form[i]))
			return start;
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at < end && *at == ' ' ? at + 1 : start;
}

static int no_memory(struct vbox *vbox)
{
	return input_no_memory(vbox->dump.error, vbox->dump.name);
}

static int add_fact(struct vbox *vbox, const char *key, const char *value,
		    const char *end)
{
	value = skip_blanks(value, end);
	while (end > value && is_blank(end[-1]))
		end--;
	if (facts_add_line(vbox->host->facts, vbox->dump.lines.number, key,
			   strlen(key), value, (size_t)(end - value)))
		return no_memory(vbox);
	return 0;
}

/* The log says it more than once: the first time, which is at the start. */
static int add_first(struct vbox *vbox, const char *key, const char *value,
		     const char *end)
{
	return facts_get(vbox->host->facts, key) ?
		       0 :
		       add_fact(vbox, key, value, end);
}

static int any_cpu(struct vbox *vbox)
{
	if (!vbox->cpu)
		vbox->cpu = dump_cpu(&vbox->dump, 0);
	return vbox->cpu ? 0 : -1;
}

/* "00000001/0000" or "00000001" and blanks; NULL where it is none. */
static const char *scan_leaf(struct vbox *vbox, const char *at, const char *end)
{
	u64 leaf, subleaf = 0;

	at = scan_digits(at, end, 8, &leaf);
	if (at && at < end && *at == '/')
		at = scan_digits(at + 1, end, 4, &subleaf);
	if (!at || at == end || !is_blank(*at))
		return NULL;
	vbox->leaf = (u32)leaf;
	vbox->subleaf = (u32)subleaf;
	vbox->leaf_known = true;
	return skip_blanks(at, end);
}

static int guest_leaf(struct vbox *vbox, const char *at, const char *end)
{
	vbox->leaf_known = false;
	scan_leaf(vbox, skip_blanks(at, end), end);
	return 0;
}

static const char *scan_word(const char *at, const char *end, u32 *word)
{
	u64 value;

	at = scan_digits(at, end, 8, &value);
	if (!at)
		return NULL;
	*word = (u32)value;
	return skip_blanks(at, end);
}

static int bad_leaf(struct vbox *vbox)
{
	return DUMP_BAD(&vbox->dump, "not 4 words of CPUID behind \"Hst:\"");
}

static int keep_leaf(struct vbox *vbox, const u32 reg[4])
{
	/* The guest's line was cut off: of which leaf this is nobody knows. */
	if (!vbox->leaf_known)
		return 0;
	vbox->leaf_known = false;
	if (any_cpu(vbox))
		return -1;
	return dump_leaf_once(&vbox->dump, vbox->cpu, vbox->leaf, vbox->subleaf,
			      reg);
}

/* Four words, with a leaf before them where the guest does not have it. */
static int host_leaf(struct vbox *vbox, const char *at, const char *end)
{
	unsigned int i;
	u32 reg[4];

	at = skip_blanks(at, end);
	if (end - at > 8 && at[8] == '/')
		at = scan_leaf(vbox, at, end);
	for (i = 0; at && i < 4; i++)
		at = scan_word(at, end, &reg[i]);
	return at == end ? keep_leaf(vbox, reg) : bad_leaf(vbox);
}

/* "NAME  = 0x5" of a register; any other text is not for us. */
static int register_line(struct vbox *vbox, const char *at, const char *end)
{
	const char *equal = memchr(at, '=', (size_t)(end - at)), *name_end;
	size_t i;
	u64 value;

	if (!equal)
		return 0;
	for (name_end = equal; name_end > at && is_blank(name_end[-1]);)
		name_end--;
	for (i = 0; i < ARRAY_SIZE(registers); i++)
		if (is_text(at, name_end, registers[i].text))
			break;
	if (i == ARRAY_SIZE(registers))
		return 0;
	at = skip_blanks(equal + 1, end);
	at = BEGINS(at, end, "0x") ? scan_hex(at, end, 16, &value) :
				     scan_digits(at, end, 16, &value);
	if (!at || (at < end && !is_blank(*at)))
		return DUMP_BAD(&vbox->dump, "bad number of %s",
				registers[i].text);
	return any_cpu(vbox) || dump_msr_once(&vbox->dump, vbox->cpu,
					      registers[i].id, value) ?
		       -1 :
		       0;
}

static bool contains(const char *at, const char *end, const char *text)
{
	return memmem(at, (size_t)(end - at), text, strlen(text)) != NULL;
}

/*
 * HMR3Init asks the driver whether VT-x or AMD-V can be used, which is not so
 * where firmware has it locked off: its first words say that it can. Before
 * 4.3 only what is printed for one that is used counts.
 */
static int hm_words(struct vbox *vbox, const char *at, const char *end)
{
	static const char init[] = "HMR3Init: ", why[] = ": ";
	const char *reason;

	if (BEGINS(at, end, "AMD-V revision ") ||
	    BEGINS(at, end, "SVM enabled"))
		return add_first(vbox, "vbox hm", "AMD-V", strchr("AMD-V", 0));
	if (BEGINS(at, end, "VMX enabled"))
		return add_first(vbox, "vbox hm", "VT-x", strchr("VT-x", 0));
	if (!BEGINS(at, end, init))
		return 0;
	at += strlen(init);
	if (BEGINS(at, end, "VT-x") || BEGINS(at, end, "AMD-V"))
		return add_first(vbox, "vbox hm", at, end);
	if (!BEGINS(at, end, "Attempting fall back to ") &&
	    !BEGINS(at, end, "Falling back "))
		return 0;
	reason = memmem(at, (size_t)(end - at), why, strlen(why));
	if (!reason)
		return 0;
	return add_first(vbox, "vbox hm refused", reason + strlen(why), end);
}

static int nem_words(struct vbox *vbox, const char *at, const char *end)
{
	static const char present[] = "present", absent[] = "absent";

	if (!contains(at, end, "WHvCapabilityCodeHypervisorPresent is "))
		return 0;
	if (contains(at, end, " is TRUE"))
		return add_first(vbox, "vbox nem hypervisor", present,
				 present + strlen(present));
	return add_first(vbox, "vbox nem hypervisor", absent,
			 absent + strlen(absent));
}

static int hm_line(struct vbox *vbox, const char *at, const char *end)
{
	return hm_words(vbox, at, end) ? -1 : register_line(vbox, at, end);
}

static int cpum_line(struct vbox *vbox, const char *at, const char *end)
{
	static const char cpus[] = "Logical host processors: ";

	if (BEGINS(at, end, cpus)) {
		scan_decimal(at + strlen(cpus), end, DUMP_MAX_CPUS,
			     &vbox->host_cpus);
		return 0;
	}
	return register_line(vbox, at, end);
}

/* "OS Release: 6.1.0" of Linux is its kernel's. */
static int os_line(struct vbox *vbox, const char *at, const char *end)
{
	const char *product = facts_get(vbox->host->facts, "os product");

	if (BEGINS(at, end, "Product: "))
		return add_first(vbox, "os product", at + strlen("Product: "),
				 end);
	if (!BEGINS(at, end, "Release: "))
		return 0;
	return add_first(vbox,
			 product && !strcmp(product, "Linux") ? "kernel" :
								"os release",
			 at + strlen("Release: "), end);
}

/* "VirtualBox VM 7.2.2 r170484 win.amd64 (Sep 10 2025 19:56:01) release log" */
static int version_line(struct vbox *vbox, const char *at, const char *end)
{
	const char *date = memchr(at, '(', (size_t)(end - at));

	return add_first(vbox, "vbox version", at, date ? date : end);
}

static int (*line_of(const char **at, const char *end))(struct vbox *vbox,
							const char *at,
							const char *end)
{
#define LINE(text, parse)                                                      \
	if (BEGINS(*at, end, text)) {                                          \
		*at += strlen(text);                                           \
		return parse;                                                  \
	}
	LINE("Hst:", host_leaf)
	LINE("Gst:", guest_leaf)
	LINE("HM: ", hm_line)
	LINE("HWACCM: ", hm_line)
	LINE("NEM: ", nem_words)
	LINE("CPUM: ", cpum_line)
	LINE("OS ", os_line)
	LINE("VirtualBox VM ", version_line)
#undef LINE
	return NULL;
}

static bool is_code(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* "VERR_VMX_NO_VMX": the status codes that concern the host. NULL: none. */
static const char *find_error(const char *at, const char *end)
{
	static const char *const kinds[] = { "VMX_", "SVM_", "NEM_", "HM_",
					     "VM_DRIVER_" };
	static const char begin[] = "VERR_";
	size_t i;

	while ((size_t)(end - at) > strlen(begin) &&
	       (at = memmem(at, (size_t)(end - at), begin, strlen(begin)))) {
		const char *kind = at + strlen(begin);

		for (i = 0; i < ARRAY_SIZE(kinds); i++)
			if (begins_with(kind, end, kinds[i]) &&
			    !is_text(kind, end, kinds[i]))
				return at;
		at = kind;
	}
	return NULL;
}

static bool has_error(const struct vbox *vbox, const char *at, const char *end)
{
	size_t i;

	for (i = 0; i < facts_count(vbox->host->facts); i++) {
		struct fact fact = facts_at(vbox->host->facts, i);

		if (!strcmp(fact.key, "vbox error") &&
		    is_text(at, end, fact.value))
			return true;
	}
	return false;
}

static int errors_in(struct vbox *vbox, const char *at, const char *end)
{
	const char *code_end;

	while (vbox->errors < MAX_ERRORS && (at = find_error(at, end))) {
		for (code_end = at; code_end < end && is_code(*code_end);)
			code_end++;
		if (!has_error(vbox, at, code_end)) {
			vbox->errors++;
			if (add_fact(vbox, "vbox error", at, code_end))
				return -1;
		}
		at = code_end;
	}
	return 0;
}

static int one_line(void *state)
{
	struct vbox *vbox = state;
	const char *end = vbox->dump.line.end;
	const char *at = skip_time(vbox->dump.line.text, end);
	int (*parse)(struct vbox *, const char *, const char *);

	/* What the guest says of itself. */
	if (BEGINS(at, end, "VMMDev: Guest Log"))
		return 0;
	if (errors_in(vbox, at, end))
		return -1;
	at = skip_blanks(at, end);
	parse = line_of(&at, end);
	return parse ? parse(vbox, at, end) : 0;
}

static int note_cpus(const struct vbox *vbox)
{
	struct host *host = vbox->host;

	host->any_cpu = host->nr_groups > 0;
	if (!host->any_cpu || vbox->host_cpus < 2)
		return 0;
	return facts_format(host->facts, "source note",
			    "VBox.log has the registers of one CPU of %u",
			    vbox->host_cpus);
}

static int finish(struct vbox *vbox)
{
	/* A cut may have the registers only, or words only. */
	vbox->dump.partial = true;
	if (!vbox->cpu && !facts_count(vbox->host->facts))
		return DUMP_BAD(
			&vbox->dump,
			"truncated: nothing of the host in this VBox.log");
	if (dump_add_cpus(&vbox->dump, vbox->host))
		return -1;
	return note_cpus(vbox) ? no_memory(vbox) : 0;
}

/* The beginnings that no other log has. */
static bool is_own(const char *at, const char *end)
{
	return BEGINS(at, end, "HM: HMR3") || BEGINS(at, end, "HM: MSR_") ||
	       BEGINS(at, end, "HM: Host ") || BEGINS(at, end, "HWACCM: ") ||
	       BEGINS(at, end, "NEM: ") || BEGINS(at, end, "CPUM: ") ||
	       (BEGINS(at, end, "VirtualBox VM ") &&
		contains(at, end, " release log"));
}

static bool is_leaf(const char *at, const char *end)
{
	u64 word;

	if (!BEGINS(at, end, "Hst:") && !BEGINS(at, end, "Gst:"))
		return false;
	at = scan_digits(skip_blanks(at + 4, end), end, 8, &word);
	return at && at < end && (is_blank(*at) || *at == '/');
}

enum form_match input_is_vbox_log(const struct line *line, bool first)
{
	const char *end = line->end;
	const char *at = skip_time(line->text, end);

	(void)first;
	if (at > line->text &&
	    (BEGINS(at, end, "HM: ") || BEGINS(at, end, "OS Product: ")))
		return FORM_CERTAIN;
	if (is_own(at, end) || is_leaf(at, end) || find_error(at, end))
		return FORM_CERTAIN;
	return at > line->text ? FORM_POSSIBLE : FORM_NO;
}

/* Whatever has a time; a cut without times goes on as it began. */
enum form_match input_takes_vbox_log(const struct line *line)
{
	const char *end = line->end;
	const char *at = skip_time(line->text, end);

	if (at > line->text || is_own(at, end) || is_leaf(at, end))
		return FORM_CERTAIN;
	return BEGINS(at, end, "HM: ") || BEGINS(at, end, "OS ") ||
			       BEGINS(at, end, "Hst:") ||
			       BEGINS(at, end, "Gst:") ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

struct host *input_vbox_log(const struct input_piece *piece,
			    enum host_source source, struct input_error *error)
{
	struct vbox vbox = { .cpu = NULL };
	bool failed;

	vbox.host = words_begin(&vbox.dump, piece, source, error);
	if (!vbox.host)
		return NULL;
	failed = dump_lines(&vbox.dump, one_line, &vbox) || finish(&vbox);
	return words_end(&vbox.dump, vbox.host, failed);
}
