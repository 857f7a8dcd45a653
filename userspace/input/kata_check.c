// SPDX-License-Identifier: GPL-2.0-only
/*
 * kata-runtime check, once kata-check (src/runtime/cmd/kata-runtime/kata-check.go
 * and kata-check_amd64.go): lines of logrus, "ERRO[0000] MESSAGE  key=value ..."
 * on a terminal and 'time="..." level=error msg="MESSAGE" key=value' elsewhere,
 * and its last words. It looks at the flags of the first CPU in /proc/cpuinfo.
 */
#include <stdio.h>

#include "input/colour.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/modprobe_said.h"
#include "input/words.h"

struct entry {
	const char *message, *message_end;
	const char *fields, *fields_end; /* "key=value key="value"" */
};

struct kata {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct entry entry;
};

static int tell_span(struct kata *k, const char *key, const char *value,
		     const char *end)
{
	return words_once(&k->dump, k->host, key, value, end);
}

static int tell(struct kata *k, const char *key, const char *value)
{
	return tell_span(k, key, value, value + strlen(value));
}

/* The value of a field, without its quotes. */
static bool field(const struct entry *entry, const char *name,
		  const char **value, const char **value_end)
{
	const char *at = entry->fields, *end = entry->fields_end, *close;
	size_t length = strlen(name);

	while (at < end) {
		at = memmem(at, (size_t)(end - at), name, length);
		if (!at)
			return false;
		if ((at == entry->fields || is_blank(at[-1])) &&
		    (size_t)(end - at) > length && at[length] == '=')
			break;
		at += length;
	}
	if (at >= end)
		return false;
	at += length + 1;
	if (at < end && *at == '"') {
		*value = ++at;
		close = memchr(at, '"', (size_t)(end - at));
	} else {
		*value = at;
		close = memchr(at, ' ', (size_t)(end - at));
	}
	*value_end = close ? close : end;
	return *value_end > *value;
}

static bool field_is(const struct entry *entry, const char *name,
		     const char *word)
{
	const char *value, *end;

	return field(entry, name, &value, &end) && is_text(value, end, word);
}

static bool begins(const struct entry *entry, const char *words)
{
	return begins_with(entry->message, entry->message_end, words);
}

static bool message_has(const struct entry *entry, const char *words)
{
	return memmem(entry->message,
		      (size_t)(entry->message_end - entry->message), words,
		      strlen(words));
}

/* A name of the table that the field has; NULL for none. */
static const char *known_name(const struct entry *entry, const char *name,
			      const char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (field_is(entry, name, names[i]))
			return names[i];
	return NULL;
}

static const char *module_name(const struct entry *entry, const char *name)
{
	static const char *const modules[] = {
		"kvm",	 "kvm_intel", "kvm_amd",
		"vhost", "vhost_net", "vhost_vsock",
	};

	return known_name(entry, name, modules, ARRAY_SIZE(modules));
}

/* "CPU property found", or not: a flag, or the vendor. */
static int cpu_property(struct kata *k)
{
	static const char *const flags[] = { "vmx", "svm", "sse4_1" };
	static const char *const vendors[] = { "GenuineIntel", "AuthenticAMD" };
	bool found = begins(&k->entry, "CPU property found");
	const char *name;
	char key[32];

	/* The kernel shows that one as CPUID has it. */
	if (field_is(&k->entry, "name", "lm"))
		return tell(k, "kata-check lm", found ? "yes" : "no");
	name = known_name(&k->entry, "name", flags, ARRAY_SIZE(flags));
	if (name && field_is(&k->entry, "type", "flag")) {
		snprintf(key, sizeof(key), "cpuinfo %s", name);
		return tell(k, key, found ? "all" : "none");
	}
	name = known_name(&k->entry, "name", vendors, ARRAY_SIZE(vendors));
	return name && found ? tell(k, "cpuinfo vendor_id", name) : 0;
}

/*
 * "kernel property found", or not. It is found where it is loaded or built in,
 * perhaps just now by modprobe.
 */
static int kernel_property(struct kata *k)
{
	const char *name = module_name(&k->entry, "name");
	char key[32];

	if (!name)
		return 0;
	snprintf(key, sizeof(key), "module %s", name);
	/* What modprobe said is in a line before. */
	if (facts_get(k->host->facts, key))
		return 0;
	return tell(k, key,
		    begins(&k->entry, "kernel property found") ? "loaded" :
								 "unknown");
}

/* In the message, or in newer versions in the field output. */
static int modprobe_failed(struct kata *k)
{
	struct modprobe_said said;
	char key[64];

	if (!modprobe_said(k->entry.message, k->entry.fields_end, &said))
		return 0;
	snprintf(key, sizeof(key), "module %s", said.name);
	if (said.absent || !said.error)
		return said.absent ? tell(k, key, "absent") : 0;
	/* It found the module's file. */
	if (tell(k, key, "loadable"))
		return -1;
	snprintf(key, sizeof(key), "module %s load", said.name);
	return tell(k, key, said.error);
}

/* Of parameters of KVM's modules, "nested" and "unrestricted_guest". */
static int parameter(struct kata *k)
{
	static const char *const names[] = { "nested", "unrestricted_guest" };
	const char *module = module_name(&k->entry, "name");
	const char *name =
		known_name(&k->entry, "parameter", names, ARRAY_SIZE(names));
	const char *value, *end;
	char key[64];

	if (!module || !name || !field(&k->entry, "value", &value, &end))
		return 0;
	snprintf(key, sizeof(key), "parameter %s.%s", module, name);
	return tell_span(k, key, value, end);
}

/* It opens the node to read and write. */
static int device_available(struct kata *k)
{
	if (!field_is(&k->entry, "device", "/dev/kvm"))
		return 0;
	return tell(k, "device kvm", "present") ||
	       tell(k, "device kvm access", "read write");
}

/* Go's words for the errors of open(2). */
static int cannot_open(struct kata *k)
{
	if (message_has(&k->entry, "permission denied"))
		return tell(k, "kvm device open", "EACCES");
	if (message_has(&k->entry, "no such file or directory"))
		return tell(k, "kvm device open", "ENOENT");
	if (message_has(&k->entry, "no such device"))
		return tell(k, "kvm device open", "ENODEV");
	return 0;
}

static int feature_available(struct kata *k)
{
	return field_is(&k->entry, "feature", "create-vm") ?
		       tell(k, "kata-check create", "yes") :
		       0;
}

/* It writes this of EBUSY only. */
static int cannot_create(struct kata *k)
{
	char text[64];

	snprintf(text, sizeof(text), "failed %s EBUSY",
		 kvm_step_name(KVM_STEP_CREATE_VM));
	return tell(k, "proof", text);
}

static int capable(struct kata *k)
{
	return tell(k, "kata-check capable", "yes");
}

static int not_capable(struct kata *k)
{
	return tell(k, "kata-check capable", "no");
}

static int can_create(struct kata *k)
{
	return tell(k, "kata-check create", "yes");
}

/* How messages begin. */
static const struct {
	const char *begins;
	int (*tells)(struct kata *k); /* or NULL */
} rows[] = {
	{ "CPU property ", cpu_property },
	{ "kernel property ", kernel_property },
	{ "Kernel property value correct", parameter },
	{ "kernel module parameter has unexpected value", parameter },
	{ "modprobe insert module failed", modprobe_failed },
	{ "Module is not loaded and it can not be inserted", NULL },
	{ "Not running network checks as super user", NULL },
	{ "device available", device_available },
	{ "cannot open kvm device", cannot_open },
	{ "feature available", feature_available },
	{ "cannot create VM", cannot_create },
	{ "kvm extension is supported", NULL },
	{ "System is capable of running Kata Containers", capable },
	{ "System is not capable of running Kata Containers", not_capable },
	{ "ERROR: System is not capable of running Kata Containers",
	  not_capable },
	{ "System can currently create Kata Containers", can_create },
};

static int row_of(const struct entry *entry)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (begins(entry, rows[i].begins))
			return (int)i;
	return -1;
}

/* "ERRO[0000] MESSAGE                  arch=amd64 ...": two blanks part them. */
static bool split_terminal(const char *at, const char *end, struct entry *entry)
{
	static const char *const levels[] = { "INFO", "WARN", "ERRO", "FATA",
					      "DEBU" };
	size_t i;

	at = skip_colours(at, end);
	for (i = 0; i < ARRAY_SIZE(levels); i++)
		if ((size_t)(end - at) > 4 && !memcmp(at, levels[i], 4))
			break;
	if (i == ARRAY_SIZE(levels))
		return false;
	/* "[0000]" is no colour; one may be before it. */
	at += 4;
	if (at < end && *at == '\033')
		at = skip_colour(at, end);
	at = at < end && *at == '[' ? memchr(at, ']', (size_t)(end - at)) :
				      NULL;
	if (!at)
		return false;
	entry->message = skip_blanks(at + 1, end);
	at = memmem(entry->message, (size_t)(end - entry->message), "  ", 2);
	entry->message_end = at ? at : end;
	entry->fields = skip_blanks(entry->message_end, end);
	entry->fields_end = end;
	return true;
}

static bool split_plain(const char *at, const char *end, struct entry *entry)
{
	struct entry all = { at, at, at, end };

	if (!BEGINS(at, end, "time=\"") ||
	    !field(&all, "msg", &entry->message, &entry->message_end))
		return false;
	entry->fields = entry->message_end;
	if (entry->fields < end)
		entry->fields++;
	entry->fields_end = end;
	return true;
}

static int split(const struct line *line, struct entry *entry)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;

	if (!split_terminal(at, end, entry) && !split_plain(at, end, entry))
		*entry = (struct entry){ at, end, end, end };
	return row_of(entry);
}

enum form_match input_is_kata_check(const struct line *line, bool first)
{
	struct entry entry;

	(void)first;
	return split(line, &entry) < 0 ? FORM_NO : FORM_CERTAIN;
}

/* What modprobe prints ends in a line break, which parts an entry in two. */
enum form_match input_takes_kata_check(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;

	if (BEGINS(at, end, "arch=") || BEGINS(at, end, "INFO[") ||
	    BEGINS(at, end, "WARN[") || BEGINS(at, end, "ERRO[") ||
	    BEGINS(at, end, "No newer release available") ||
	    BEGINS(at, end, "Newer "))
		return FORM_POSSIBLE;
	return input_is_kata_check(line, false);
}

/* The end of such an entry names the module. */
static bool is_broken(const struct entry *entry)
{
	return begins(entry, "modprobe insert module failed") &&
	       entry->fields == entry->fields_end;
}

static int take_line(struct kata *k)
{
	struct entry before = k->entry;
	const char *at = k->dump.line.text, *end = k->dump.line.end;
	int row;

	if (skip_blanks(at, end) == end)
		return 0;
	row = split(&k->dump.line, &k->entry);
	if (row < 0 && before.message && is_broken(&before) &&
	    BEGINS(skip_blanks(at, end), end, "arch=")) {
		/* Its message, with the fields of this line. */
		before.fields = at;
		before.fields_end = end;
		k->entry = before;
		row = row_of(&before);
	}
	return row < 0 || !rows[row].tells ? 0 : rows[row].tells(k);
}

struct host *input_kata_check(const struct input_piece *piece,
			      enum host_source source,
			      struct input_error *error)
{
	struct kata k = { 0 };
	int more;

	k.host = words_begin(&k.dump, piece, source, error);
	if (!k.host)
		return NULL;
	while ((more = dump_line(&k.dump)) > 0)
		if (take_line(&k))
			break;
	return words_end(&k.dump, k.host, more);
}
