// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm-ok of Ubuntu's cpu-checker. It looks for a flag of /proc/cpuinfo, for
 * /dev/kvm and, as root, at the lock. That it finds no flag does not prove that
 * the processor lacks the extension.
 */
#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

/* Blanks of a line are any number of them. */
static const struct {
	const char *line;
	const char *fact; /* or NULL */
	const char *value;
} rows[] = {
	{ "INFO: /dev/kvm exists", "device kvm", "present" },
	{ "INFO: /dev/kvm does not exist", "device kvm", "missing" },
	/* It names the module by the flag that it found. */
	{ "HINT: sudo modprobe kvm_intel", "kvm-ok flag", "vmx" },
	{ "HINT: sudo modprobe kvm_amd", "kvm-ok flag", "svm" },
	{ "INFO: KVM (vmx) is disabled by your BIOS", "kvm-ok disabled",
	  "KVM (vmx) is disabled by your BIOS" },
	{ "INFO: KVM (svm) is disabled by your BIOS", "kvm-ok disabled",
	  "KVM (svm) is disabled by your BIOS" },
	{ "INFO: Your CPU supports KVM extensions", "kvm-ok extension",
	  "Your CPU supports KVM extensions" },
	{ "INFO: Your CPU does not support KVM extensions", "kvm-ok extension",
	  "Your CPU does not support KVM extensions" },
	{ "HINT: Enter your BIOS setup and enable Virtualization Technology (VT),",
	  NULL, NULL },
	{ "HINT: Enter your BIOS setup and enable Virtualization Technology (VT), and then hard poweroff/poweron your system",
	  NULL, NULL },
	{ "and then hard poweroff/poweron your system", NULL, NULL },
	{ "INFO: For more detailed results, you should run this as root", NULL,
	  NULL },
	{ "HINT: sudo /usr/sbin/kvm-ok", NULL, NULL },
	{ "KVM acceleration can be used", NULL, NULL },
	{ "KVM acceleration can NOT be used", NULL, NULL },
};

static bool is_line(const char *at, const char *end, const char *text)
{
	for (; *text && at < end; text++)
		if (*text != ' ' || !is_blank(*at)) {
			if (*at++ != *text)
				return false;
		} else {
			at = skip_blanks(at, end);
		}
	/* Who writes it into a sentence ends that. */
	if (at < end && *at == '.')
		at++;
	return !*text && skip_blanks(at, end) == end;
}

static int row_of(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (is_line(at, line->end, rows[i].line))
			return (int)i;
	return -1;
}

enum form_match input_is_kvm_ok(const struct line *line, bool first)
{
	(void)first;
	return row_of(line) < 0 ? FORM_NO : FORM_CERTAIN;
}

enum form_match input_takes_kvm_ok(const struct line *line)
{
	return input_is_kvm_ok(line, false);
}

static int take_line(struct dump *dump, struct host *host)
{
	int row = row_of(&dump->line);
	const char *value;

	if (row < 0 || !rows[row].fact)
		return 0;
	value = rows[row].value;
	return words_once(dump, host, rows[row].fact, value,
			  value + strlen(value));
}

struct host *input_kvm_ok(const struct input_piece *piece,
			  enum host_source source, struct input_error *error)
{
	struct dump dump;
	struct host *host = words_begin(&dump, piece, source, error);
	int more;

	if (!host)
		return NULL;
	while ((more = dump_line(&dump)) > 0)
		if (take_line(&dump, host))
			break;
	return words_end(&dump, host, more);
}
