// SPDX-License-Identifier: GPL-2.0-only
/*
 * snphost ok and sevctl ok of virtee (src/ok.rs of both, whose names of checks
 * changed with time): lines "[ PASS ]   - CHECK: MESSAGE", with FAIL or SKIP.
 * They show bits of CPUID leaf 0x8000001f, of SYSCFG and of the RMP's registers.
 */
#include "input/colour.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

enum result { PASS, FAIL, SKIP };

struct check {
	enum result result;
	const char *name, *name_end;
	const char *message, *message_end; /* may be empty */
};

struct snphost {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct check check;
	bool readable, writable; /* /dev/sev */
	unsigned long closed;	 /* the line that says it is not; or 0 */
};

static int tell(struct snphost *s, const char *key, const char *value)
{
	return words_once(&s->dump, s->host, key, value, value + strlen(value));
}

static bool says(const struct snphost *s, const char *words)
{
	return memmem(s->check.message,
		      (size_t)(s->check.message_end - s->check.message), words,
		      strlen(words));
}

/* A bit of CPUID. */
static int bit(struct snphost *s, const char *fact)
{
	return tell(s, fact, s->check.result == PASS ? "yes" : "no");
}

/* A bit of an MSR, which it may not have been able to read. */
static int msr(struct snphost *s, const char *fact)
{
	if (says(s, "Enabled in MSR"))
		return tell(s, fact, "yes");
	return says(s, "Disabled in MSR") ? tell(s, fact, "no") : 0;
}

static int number(struct snphost *s, const char *fact)
{
	const char *at = s->check.message, *end = at;
	u32 value;

	if (at < s->check.message_end)
		end = scan_decimal(at, s->check.message_end, 0xffffffff,
				   &value);
	if (!end || end == at || end != s->check.message_end)
		return 0;
	return words_once(&s->dump, s->host, fact, at, end);
}

/* It fails where it could not read the registers as well. */
static int rmp(struct snphost *s, const char *fact)
{
	if (s->check.result == PASS)
		return tell(s, fact, "yes");
	return says(s, "RMP table was not read successfully") ?
		       tell(s, fact, "no") :
		       0;
}

/* The platform's state, which it may not have been told. */
static int state(struct snphost *s, const char *fact)
{
	if (s->check.result == PASS)
		return tell(s, fact, "yes");
	return says(s, "UNINIT") || says(s, "Uninitialized") ?
		       tell(s, fact, "no") :
		       0;
}

/* "Error - contents read from /sys/module/...: N" */
static int parameter(struct snphost *s, const char *fact)
{
	const char *at = s->check.message, *end = s->check.message_end;
	const char *colon = memrchr(at, ':', (size_t)(end - at));

	if (s->check.result == PASS)
		return tell(s, fact, "Y");
	if (!says(s, "contents read from ") || !colon)
		return 0;
	at = skip_blanks(colon + 1, end);
	return at == end ? 0 : words_once(&s->dump, s->host, fact, at, end);
}

static int closed(struct snphost *s)
{
	if (says(s, "(os error 2)"))
		return tell(s, "device sev", "missing");
	if (says(s, "(os error 13)") && !s->closed)
		s->closed = s->dump.lines.number;
	return 0;
}

static int sev_readable(struct snphost *s, const char *fact)
{
	(void)fact;
	s->readable |= s->check.result == PASS;
	return s->check.result == PASS ? 0 : closed(s);
}

static int sev_writable(struct snphost *s, const char *fact)
{
	(void)fact;
	s->writable |= s->check.result == PASS;
	return s->check.result == PASS ? 0 : closed(s);
}

/* It opens /dev/kvm to read only, and asks for the version. */
static int kvm(struct snphost *s, const char *fact)
{
	if (s->check.result == PASS)
		return tell(s, "device kvm", "present") || tell(s, fact, "yes");
	if (says(s, "(os error 2)"))
		return tell(s, "device kvm", "missing");
	if (says(s, "(os error 13)"))
		return tell(s, "kvm device open", "EACCES");
	return 0;
}

static int vendor(struct snphost *s, const char *fact)
{
	return s->check.result == PASS ? tell(s, fact, "AuthenticAMD") : 0;
}

static const struct {
	const char *name;
	int (*tells)(struct snphost *s, const char *fact); /* or NULL */
	const char *fact;
} rows[] = {
	{ "AMD CPU", vendor, "cpuinfo vendor_id" },
	{ "Microcode support", NULL, NULL },
	{ "Secure Memory Encryption (SME)", bit, "snphost cpuid sme" },
	{ "SME", msr, "snphost msr sme" },
	{ "Secure Encrypted Virtualization (SEV)", bit, "snphost cpuid sev" },
	{ "Encrypted State (SEV-ES)", bit, "snphost cpuid sev-es" },
	{ "SEV-ES INIT", NULL, NULL },
	{ "SEV-ES initialized", NULL, NULL },
	{ "SEV INIT", state, "snphost sev init" },
	{ "SEV initialized", state, "snphost sev init" },
	{ "SEV Firmware Version", NULL, NULL },
	{ "SEV firmware version", NULL, NULL },
	{ "Secure Nested Paging (SEV-SNP)", bit, "snphost cpuid sev-snp" },
	{ "VM Permission Levels", bit, "snphost cpuid vmpl" },
	{ "Number of VMPLs", NULL, NULL },
	{ "SNP", msr, "snphost msr snp" },
	{ "SEV-SNP", NULL, NULL },
	{ "SNP INIT", state, "snphost snp init" },
	{ "SNP initialized", state, "snphost snp init" },
	{ "RMP table addresses", rmp, "snphost rmp table" },
	{ "Reading RMP table", rmp, "snphost rmp table" },
	{ "Read RMP tables", rmp, "snphost rmp table" },
	{ "RMP INIT", NULL, NULL },
	{ "RMP table initialized", NULL, NULL },
	{ "Alias check", NULL, NULL },
	{ "Physical address bit reduction", NULL, NULL },
	{ "C-bit location", NULL, NULL },
	{ "Number of encrypted guests supported simultaneously", number,
	  "snphost encrypted guests" },
	{ "Minimum ASID value for SEV-enabled, SEV-ES disabled guest", number,
	  "snphost first sev asid" },
	{ "Reading /dev/sev", sev_readable, NULL },
	{ "/dev/sev readable", sev_readable, NULL },
	{ "Writing /dev/sev", sev_writable, NULL },
	{ "/dev/sev writable", sev_writable, NULL },
	{ "SEV enabled in KVM", parameter, "parameter kvm_amd.sev" },
	{ "SEV-ES enabled in KVM", parameter, "parameter kvm_amd.sev_es" },
	{ "SEV-SNP enabled in KVM", parameter, "parameter kvm_amd.sev_snp" },
	{ "Page flush MSR", NULL, NULL },
	{ "KVM Support", NULL, NULL },
	{ "KVM supported", kvm, "snphost kvm" },
	{ "memlock limit", NULL, NULL },
	{ "Memlock resource limit", NULL, NULL },
	{ "Compare TCB values", NULL, NULL },
	{ "Comparing TCB values", NULL, NULL },
};

static bool take_result(const char **at, const char *end, enum result *result)
{
	static const char *const words[] = { "PASS", "FAIL", "SKIP" };
	size_t i;

	*at = skip_colours(*at, end);
	if (*at == end || *(*at)++ != '[')
		return false;
	*at = skip_colours(*at, end);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if ((size_t)(end - *at) > 4 && !memcmp(*at, words[i], 4))
			break;
	if (i == ARRAY_SIZE(words))
		return false;
	*at = skip_colours(*at + 4, end);
	*result = (enum result)i;
	return *at < end && *(*at)++ == ']';
}

static bool split(const struct line *line, struct check *check)
{
	const char *at = line->text, *end = line->end, *colon;

	if (!take_result(&at, end, &check->result))
		return false;
	at = skip_blanks(at, end);
	/* ok --verbose has no dash, but headings. */
	if (at < end && *at == '-')
		at = skip_blanks(at + 1, end);
	while (end > at && is_blank(end[-1]))
		end--;
	colon = memmem(at, (size_t)(end - at), ": ", 2);
	check->name = at;
	check->name_end = colon ? colon : end;
	check->message = colon ? skip_blanks(colon + 1, end) : end;
	check->message_end = end;
	return check->name < check->name_end;
}

static int row_of(const struct check *check)
{
	size_t i, length = (size_t)(check->name_end - check->name);

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strlen(rows[i].name) == length &&
		    !memcmp(rows[i].name, check->name, length))
			return (int)i;
	return -1;
}

enum form_match input_is_snphost(const struct line *line, bool first)
{
	struct check check;

	(void)first;
	if (split(line, &check) && row_of(&check) >= 0)
		return FORM_CERTAIN;
	/* The first line of ok --verbose. */
	return IS(line->text, line->end, "=== CPU Support ===") ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

/* Other checks, the headings of --verbose, and what it says of the TCB. */
enum form_match input_takes_snphost(const struct line *line)
{
	static const char *const begins[] = {
		"=== ",
		"Platform TCB version",
		"Reported TCB version",
		"TCB Version:",
		"Microcode:",
		"SNP:",
		"TEE:",
		"Boot Loader:",
		"FMC:",
		"Checks ",
		"Reads ",
		"Verifies ",
		"Queries ",
		"ERROR: One or more tests in",
	};
	size_t i, left = (size_t)(line->end - line->text);
	struct check check;

	if (input_is_snphost(line, false) == FORM_CERTAIN)
		return FORM_CERTAIN;
	for (i = 0; i < ARRAY_SIZE(begins); i++)
		if (left >= strlen(begins[i]) &&
		    !memcmp(line->text, begins[i], strlen(begins[i])))
			return FORM_POSSIBLE;
	return split(line, &check) ? FORM_POSSIBLE : FORM_NO;
}

static int take_line(struct snphost *s)
{
	int row = split(&s->dump.line, &s->check) ? row_of(&s->check) : -1;

	if (row < 0 || !rows[row].tells || s->check.result == SKIP)
		return 0;
	return rows[row].tells(s, rows[row].fact);
}

/* What the two checks of the node say together. */
static int tell_sev_node(struct snphost *s)
{
	if (!s->readable && !s->writable && !s->closed)
		return 0;
	if (tell(s, "device sev", "present"))
		return -1;
	if (s->readable && s->writable)
		return tell(s, "device sev access", "read write");
	return s->closed ? tell(s, "device sev access", "not read write") : 0;
}

static int take_lines(struct snphost *s)
{
	int more;

	while ((more = dump_line(&s->dump)) > 0)
		if (take_line(s))
			return -1;
	return more ? more : tell_sev_node(s);
}

struct host *input_snphost(const struct input_piece *piece,
			   enum host_source source, struct input_error *error)
{
	struct snphost s = { 0 };

	s.host = words_begin(&s.dump, piece, source, error);
	if (!s.host)
		return NULL;
	return words_end(&s.dump, s.host, take_lines(&s));
}
