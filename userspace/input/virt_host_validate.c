// SPDX-License-Identifier: GPL-2.0-only
/*
 * virt-host-validate of libvirt (tools/virt-host-validate-*.c): lines
 * "QEMU: Checking CHECK : PASS", or FAIL or WARN with a hint. Its word for
 * hardware virtualization is the flag of any CPU in /proc/cpuinfo, so its FAIL
 * does not prove that the processor lacks the extension.
 */
#include <stdio.h>

#include "input/colour.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

struct check {
	const char *what, *what_end; /* "if device /dev/kvm exists" */
	bool pass;
	const char *hint, *hint_end;
};

static bool take_result(struct check *check, const char *at, const char *end)
{
	at = skip_colours(at, end);
	check->pass = BEGINS(at, end, "PASS");
	if (!check->pass && !BEGINS(at, end, "FAIL") &&
	    !BEGINS(at, end, "WARN") && !BEGINS(at, end, "NOTE"))
		return false;
	check->hint = skip_colours(at + strlen("PASS"), end);
	check->hint_end = end;
	return true;
}

/* "for ..." or "if ...", behind the word Checking in whatever language. */
static bool take_what(struct check *check)
{
	const char *at = check->what, *end = check->what_end;

	if (!BEGINS(at, end, "for ") && !BEGINS(at, end, "if ")) {
		at = memchr(at, ' ', (size_t)(end - at));
		if (!at)
			return false;
	}
	check->what = skip_blanks(at, end);
	while (check->what_end > check->what && is_blank(check->what_end[-1]))
		check->what_end--;
	return BEGINS(check->what, end, "for ") ||
	       BEGINS(check->what, end, "if ");
}

static bool split(const struct line *line, struct check *check)
{
	static const char *const drivers[] = { "QEMU: ", "CH: ", "LXC: ",
					       "BHYVE: " };
	const char *text = skip_blanks(line->text, line->end);
	const char *at = NULL, *colon;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(drivers) && !at; i++)
		at = behind_text(text, line->end, drivers[i]);
	if (!at)
		return false;
	at = skip_blanks(at, line->end);
	check->what = at;
	while ((colon = memchr(at, ':', (size_t)(line->end - at)))) {
		check->what_end = colon;
		if (take_result(check, colon + 1, line->end))
			return take_what(check);
		at = colon + 1;
	}
	return false;
}

enum form_match input_is_virt_host_validate(const struct line *line, bool first)
{
	struct check check;

	(void)first;
	return split(line, &check) ? FORM_CERTAIN : FORM_NO;
}

enum form_match input_takes_virt_host_validate(const struct line *line)
{
	const char *at = line->text, *end = line->end;

	if (BEGINS(at, end, "Unable to initialize cgroups") ||
	    BEGINS(at, end, "WARN (") || BEGINS(at, end, "FAIL ("))
		return FORM_POSSIBLE;
	return input_is_virt_host_validate(line, false);
}

struct validate {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct check check;
};

static int tell(struct validate *v, const char *key, const char *value)
{
	return words_once(&v->dump, v->host, key, value, value + strlen(value));
}

static int tell_answer(struct validate *v, const char *key)
{
	return tell(v, key, v->check.pass ? "yes" : "no");
}

static bool hint_has(const struct check *check, const char *words)
{
	return memmem(check->hint, (size_t)(check->hint_end - check->hint),
		      words, strlen(words));
}

static int hardware(struct validate *v)
{
	if (tell_answer(v, "virt-host-validate hardware"))
		return -1;
	if (v->check.pass)
		return 0;
	return tell(v, "cpuinfo vmx", "none") || tell(v, "cpuinfo svm", "none");
}

/* Which table it looks for depends on the flag that it found. */
static int iommu(struct validate *v)
{
	if (v->check.pass)
		return 0;
	if (hint_has(&v->check, "No ACPI DMAR table"))
		return tell(v, "virt-host-validate flag vmx", "yes") ||
		       tell(v, "acpi DMAR", "absent");
	if (hint_has(&v->check, "No ACPI IVRS table"))
		return tell(v, "virt-host-validate flag svm", "yes") ||
		       tell(v, "acpi IVRS", "absent");
	return 0;
}

/* It gets here where there is a table, and counts groups. */
static int iommu_enabled(struct validate *v)
{
	if (tell(v, "iommu groups", v->check.pass ? "some" : "0"))
		return -1;
	if (hint_has(&v->check, "Add intel_iommu=on"))
		return tell(v, "virt-host-validate flag vmx", "yes") ||
		       tell(v, "acpi DMAR", "present");
	if (hint_has(&v->check, "Add iommu=pt iommu=1"))
		return tell(v, "virt-host-validate flag svm", "yes") ||
		       tell(v, "acpi IVRS", "present");
	return 0;
}

/* That it passes means SEV or, on s390, something else. */
static int secure_guest(struct validate *v)
{
	if (v->check.pass)
		return tell(v, "virt-host-validate secure guest", "yes");
	return hint_has(&v->check, "appears to be disabled in firmware") ?
		       tell(v, "device sev", "missing") :
		       0;
}

/* Only asked where kvm_amd has SEV on and /dev/sev is there. */
static int sev_works(struct validate *v)
{
	return tell(v, "parameter kvm_amd.sev", "Y") ||
	       tell(v, "device sev", "present");
}

static int sev_es(struct validate *v)
{
	return sev_works(v) || tell_answer(v, "virt-host-validate sev-es");
}

static int sev_snp(struct validate *v)
{
	return sev_works(v) || tell_answer(v, "virt-host-validate sev-snp");
}

static const struct {
	const char *what;
	int (*tells)(struct validate *v);
} rows[] = {
	{ "for hardware virtualization", hardware },
	{ "for device assignment IOMMU support", iommu },
	{ "if IOMMU is enabled by kernel", iommu_enabled },
	{ "for secure guest support", secure_guest },
	{ "for AMD Secure Encrypted Virtualization-Encrypted State (SEV-ES)",
	  sev_es },
	{ "for AMD Secure Encrypted Virtualization-Secure Nested Paging (SEV-SNP)",
	  sev_snp },
};

#define NODE_MAX 32

/* "/dev/kvm", quoted by newer versions, into node; false: another path. */
static bool take_node(const char **at, const char *end, char node[NODE_MAX])
{
	size_t length;
	bool quoted = *at < end && **at == '\'';

	*at += quoted;
	if (!BEGINS(*at, end, "/dev/"))
		return false;
	*at += strlen("/dev/");
	for (length = 0; *at + length < end; length++)
		if (is_blank((*at)[length]) || (*at)[length] == '\'')
			break;
	if (!length || length >= NODE_MAX)
		return false;
	memcpy(node, *at, length);
	node[length] = '\0';
	*at = skip_blanks(*at + length + (quoted && *at + length < end), end);
	return true;
}

static int node_tell(struct validate *v, const char *node, const char *of,
		     const char *value)
{
	char key[NODE_MAX + 32];

	snprintf(key, sizeof(key), "device %s%s", node, of);
	return tell(v, key, value);
}

/* Older versions ask for both in one check: then FAIL says little. */
static int device(struct validate *v)
{
	const char *at = v->check.what, *end = v->check.what_end;
	bool both = BEGINS(at, end, "for device "), pass = v->check.pass;
	char node[NODE_MAX];

	at += both ? strlen("for device ") : strlen("if device ");
	if (!take_node(&at, end, node))
		return 0;
	if (both)
		return pass ? node_tell(v, node, "", "present") ||
				       node_tell(v, node, " access",
						 "read write") :
			      0;
	if (IS(at, end, "exists"))
		return node_tell(v, node, "", pass ? "present" : "missing");
	if (IS(at, end, "is accessible"))
		return node_tell(v, node, " access",
				 pass ? "read write" : "not read write");
	return 0;
}

static int take_line(struct validate *v)
{
	size_t i, length;

	if (!split(&v->dump.line, &v->check))
		return 0;
	length = (size_t)(v->check.what_end - v->check.what);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strlen(rows[i].what) == length &&
		    !memcmp(rows[i].what, v->check.what, length))
			return rows[i].tells(v);
	if (BEGINS(v->check.what, v->check.what_end, "for device ") ||
	    BEGINS(v->check.what, v->check.what_end, "if device "))
		return device(v);
	return 0;
}

struct host *input_virt_host_validate(const struct input_piece *piece,
				      enum host_source source,
				      struct input_error *error)
{
	struct validate v = { 0 };
	int more;

	v.host = words_begin(&v.dump, piece, source, error);
	if (!v.host)
		return NULL;
	while ((more = dump_line(&v.dump)) > 0)
		if (take_line(&v))
			break;
	return words_end(&v.dump, v.host, more);
}
