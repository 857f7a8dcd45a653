// SPDX-License-Identifier: GPL-2.0-only
/*
 * A session of a shell: answers that tell by themselves what they are of, as
 * modprobe's errors and "ls -l /dev/kvm" are, and those behind a command that
 * is known (input/shell_command.h). Of two answers the later one counts: a
 * session goes on.
 */
#include <stdio.h>

#include "base/errname.h"
#include "input/command_line.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/modprobe_said.h"
#include "input/shell_access.h"
#include "input/shell_command.h"
#include "input/shell_release.h"
#include "input/shell_xen.h"
#include "input/span.h"
#include "input/words.h"
#include "input/wrap.h"

#define NAME_SIZE 32

/* Of the first also who may open it is asked. */
static const char *const nodes[] = { "kvm", "sev", "vhost-net", "vhost-vsock" };

struct shell {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct shell_command command;
	unsigned long asked_at; /* the line of the command */
	struct shell_access access;
};

static int tell(struct shell *s, const char *key, const char *value)
{
	return words_last(&s->dump, s->host, key, value, value + strlen(value));
}

static int tell_span(struct shell *s, const char *key, struct span value)
{
	return words_last(&s->dump, s->host, key, value.at, value.end);
}

static int take_refusal(struct shell *s, const char *at, const char *end)
{
	struct modprobe_said said;
	char key[64];

	modprobe_said(at, end, &said);
	snprintf(key, sizeof(key), "module %s", said.name);
	if (tell(s, key, said.absent ? "absent" : "loadable"))
		return -1;
	snprintf(key, sizeof(key), "module %s load", said.name);
	if (said.error && tell(s, key, said.error))
		return -1;
	return words_message(&s->dump, s->host);
}

static bool is_refusal(const char *at, const char *end)
{
	struct modprobe_said said;

	return modprobe_said(at, end, &said);
}

/* What is behind the node's path; NULL: none of them is there. */
static const char *find_node(const char *at, const char *end, size_t *node)
{
	static const char folder[] = "/dev/";
	size_t i;

	at = memmem(at, (size_t)(end - at), folder, strlen(folder));
	for (i = 0; at && i < ARRAY_SIZE(nodes); i++) {
		const char *behind =
			behind_text(at + strlen(folder), end, nodes[i]);

		*node = i;
		if (behind && (behind == end || !memchr("-_/", *behind, 3)))
			return behind;
	}
	return NULL;
}

static int tell_node(struct shell *s, size_t node, const char *state)
{
	char key[NAME_SIZE + 16];

	snprintf(key, sizeof(key), "device %s", nodes[node]);
	return tell(s, key, state);
}

static bool is_node(const char *at, const char *end)
{
	size_t node;

	return shell_is_node(at, end) && find_node(at, end, &node);
}

static int take_node(struct shell *s, const char *at, const char *end)
{
	size_t node;

	find_node(at, end, &node);
	if (!node)
		shell_access_node(&s->access, at, end);
	return tell_node(s, node, "present");
}

/* What a program that opens a file prints of it: the words of the error. */
static const char *words_of_error(const char *at, const char *end, size_t *node)
{
	static const char *const others[] = { "ch", "setfacl", "mknod", "rm" };
	const char *program = at;
	size_t i;

	at = find_node(at, end, node);
	if (!at)
		return NULL;
	for (; at < end && *at != ':'; at++)
		if (!memchr("'\"`\xe2\x80\x99", *at, 6))
			return NULL;
	if (at == end)
		return NULL;
	at = skip_blanks(at + 1, end);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (begins_with(program, end, others[i]) &&
		    !begins_with(at, end, "No such file or directory"))
			return NULL;
	return errname_of_words(at, (size_t)(end - at)) ? at : NULL;
}

static bool is_complaint(const char *at, const char *end)
{
	size_t node;

	return words_of_error(at, end, &node);
}

static int take_complaint(struct shell *s, const char *at, const char *end)
{
	size_t node;
	const char *words = words_of_error(at, end, &node);
	const char *error = errname_of_words(words, (size_t)(end - words));

	if (!strcmp(error, "ENOENT"))
		return tell_node(s, node, "missing");
	if (tell_node(s, node, "present"))
		return -1;
	return node ? 0 : tell(s, "kvm device open", error);
}

/* As modules and their parameters have it. */
static bool is_name(struct span name)
{
	const char *at;

	for (at = name.at; at < name.end; at++)
		if (!(*at >= 'a' && *at <= 'z') && !is_digit(*at) && *at != '_')
			return false;
	return span_length(name) > 0 && span_length(name) < NAME_SIZE;
}

/* "/sys/module/MODULE/parameters/NAME", then rest. */
static bool parameter_path(const char *at, const char *end, char rest,
			   struct span *module, struct span *name)
{
	static const char folder[] = "/parameters/";

	if (!BEGINS(at, end, "/sys/module/"))
		return false;
	module->at = at + strlen("/sys/module/");
	module->end = memmem(module->at, (size_t)(end - module->at), folder,
			     strlen(folder));
	if (!module->end)
		return false;
	name->at = module->end + strlen(folder);
	name->end =
		rest ? memchr(name->at, rest, (size_t)(end - name->at)) : end;
	return name->end && is_name(*module) && is_name(*name);
}

static int tell_parameter(struct shell *s, struct span module, struct span name,
			  struct span value)
{
	char key[2 * NAME_SIZE + 16];

	snprintf(key, sizeof(key), "parameter %.*s.%.*s", span_length(module),
		 module.at, span_length(name), name.at);
	return value.at == value.end ? 0 : tell_span(s, key, value);
}

/* As grep . prints it, with the path before it. */
static bool is_parameter(const char *at, const char *end)
{
	struct span module, name;

	return parameter_path(at, end, ':', &module, &name);
}

static int take_parameter(struct shell *s, const char *at, const char *end)
{
	struct span module, name;

	parameter_path(at, end, ':', &module, &name);
	return tell_parameter(s, module, name,
			      (struct span){ name.end + 1, end });
}

static bool is_kernel(const char *at, const char *end)
{
	struct span release;

	return shell_release(at, end, &release);
}

static int take_kernel(struct shell *s, const char *at, const char *end)
{
	struct span release;

	shell_release(at, end, &release);
	return tell_span(s, "kernel", release);
}

static bool is_xen(const char *at, const char *end)
{
	struct span kinds;

	return shell_xen_kinds(at, end, &kinds);
}

static int take_xen(struct shell *s, const char *at, const char *end)
{
	struct span kinds;

	shell_xen_kinds(at, end, &kinds);
	return tell_span(s, "xen guest kinds", kinds);
}

static int take_id(struct shell *s, const char *at, const char *end)
{
	shell_access_id(&s->access, at, end);
	return 0;
}

static bool is_boot_line(const char *at, const char *end)
{
	return BEGINS(at, end, "BOOT_IMAGE=");
}

static int take_boot_line(struct shell *s, const char *at, const char *end)
{
	char words[1024];

	if (!command_line_words(words, sizeof(words), at, (size_t)(end - at)))
		return 0;
	return tell(s, "command line", words);
}

/* Answers that say of what they are. */
static const struct {
	bool (*is)(const char *at, const char *end);
	int (*take)(struct shell *s, const char *at, const char *end);
} answers[] = {
	{ is_refusal, take_refusal },	  { is_node, take_node },
	{ is_complaint, take_complaint }, { is_parameter, take_parameter },
	{ is_kernel, take_kernel },	  { shell_is_id, take_id },
	{ is_boot_line, take_boot_line }, { is_xen, take_xen },
};

static bool has_kvm(const char *at, const char *end)
{
	for (; (at = memchr(at, 'k', (size_t)(end - at))); at++)
		if (BEGINS(at, end, "kvm"))
			return true;
	return false;
}

static bool has(const char *at, const char *end, const char *word)
{
	return memmem(at, (size_t)(end - at), word, strlen(word));
}

/* Most lines are none: they begin as none does, and have none of the words. */
static bool may_answer(const char *at, const char *end)
{
	static const char *const beginnings[] = {
		"Linux ", "Kernel", "uid=",	"BOOT_IMAGE=",	  "crw",
		"ls: ",	  "stat: ", "xen_caps", "capabilities (",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(beginnings); i++)
		if (begins_with(at, end, beginnings[i]))
			return true;
	return has_kvm(at, end) || has(at, end, " Kernel: ") ||
	       has(at, end, "-microsoft-");
}

static size_t answer_of(const struct line *line)
{
	size_t i;

	if (!may_answer(line->text, line->end))
		return ARRAY_SIZE(answers);
	for (i = 0; i < ARRAY_SIZE(answers); i++)
		if (answers[i].is(line->text, line->end))
			break;
	return i;
}

static int flags_found(struct shell *s, bool found)
{
	const struct shell_command *asked = &s->command;

	if (found && asked->vmx && asked->svm)
		return tell(s, "cpuinfo vmx or svm", "yes");
	if (asked->vmx && tell(s, "cpuinfo vmx", found ? "all" : "none"))
		return -1;
	return asked->svm ? tell(s, "cpuinfo svm", found ? "all" : "none") : 0;
}

/* A number, a dot and more, without a blank. */
static int tell_version(struct shell *s, const char *key, struct span answer)
{
	u32 number;
	const char *at = scan_decimal(answer.at, answer.end, 0xffff, &number);

	if (!at || at == answer.end || *at != '.' ||
	    memchr(answer.at, ' ', (size_t)(answer.end - answer.at)))
		return 0;
	return tell_span(s, key, answer);
}

static int answer_release(struct shell *s, struct span answer)
{
	return tell_version(s, "kernel", answer);
}

/* Its driver is of the same version, or it does not run at all. */
static int answer_virtualbox(struct shell *s, struct span answer)
{
	return tell_version(s, "module vboxdrv version", answer);
}

static int answer_parameter(struct shell *s, struct span answer)
{
	struct span module, name;

	if (!parameter_path(s->command.path, s->command.path_end, '\0', &module,
			    &name) ||
	    memchr(answer.at, ' ', (size_t)(answer.end - answer.at)))
		return 0;
	return tell_parameter(s, module, name, answer);
}

static int answer_flag_count(struct shell *s, struct span answer)
{
	u32 count;

	if (scan_decimal(answer.at, answer.end, 0xffff, &count) != answer.end)
		return 0;
	return flags_found(s, count > 0);
}

static int answer_groups(struct shell *s, struct span answer)
{
	s->access.groups = answer;
	return 0;
}

static int answer_node(struct shell *s, struct span answer)
{
	size_t node;

	return find_node(answer.at, answer.end, &node) == answer.end ?
		       tell_node(s, node, "present") :
		       0;
}

/* Of containers (systemd src/basic/virt.c) it tells rather than of the machine. */
static int answer_hypervisor(struct shell *s, struct span answer)
{
	static const char *const containers[] = {
		"docker", "podman", "lxc",   "lxc-libvirt", "systemd-nspawn",
		"openvz", "rkt",    "pouch", "proot",
	};
	size_t i;

	if (memchr(answer.at, ' ', (size_t)(answer.end - answer.at)))
		return 0;
	for (i = 0; i < ARRAY_SIZE(containers); i++)
		if (is_text(answer.at, answer.end, containers[i]))
			return tell(s, "container", containers[i]);
	return tell_span(s, "systemd-detect-virt", answer);
}

/* The line behind a command, which says of what it is. */
static int answer(struct shell *s, const struct line *line)
{
	static int (*const kinds[])(struct shell * s, struct span answer) = {
		[ASKED_RELEASE] = answer_release,
		[ASKED_PARAMETER] = answer_parameter,
		[ASKED_FLAG_COUNT] = answer_flag_count,
		[ASKED_GROUPS] = answer_groups,
		[ASKED_NODE] = answer_node,
		[ASKED_HYPERVISOR] = answer_hypervisor,
		[ASKED_VIRTUALBOX] = answer_virtualbox,
	};
	enum asked asked = s->command.asked;

	if (asked == ASKED_NOTHING || asked >= ARRAY_SIZE(kinds) ||
	    !kinds[asked])
		return 0;
	return kinds[asked](s, (struct span){ line->text, line->end });
}

static int not_loaded(struct shell *s)
{
	static const char *const keys[] = { "module kvm", "module kvm_intel",
					    "module kvm_amd" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (tell(s, keys[i], "unknown"))
			return -1;
	return 0;
}

static int loaded(struct shell *s)
{
	char key[MODULE_NAME_SIZE + 16];

	snprintf(key, sizeof(key), "module %s", s->command.module);
	return tell(s, key, "loaded") || tell(s, "module kvm", "loaded");
}

/* The prompt came again at once: no answer is one. */
static int no_answer(struct shell *s)
{
	if (s->dump.lines.number != s->asked_at + 1 ||
	    !(line_command(&s->dump.line) || line_is_prompt(&s->dump.line)))
		return 0;
	switch (s->command.asked) {
	case ASKED_MODULES:
		return not_loaded(s);
	case ASKED_LOAD:
		return loaded(s);
	case ASKED_FLAGS:
		return flags_found(s, false);
	default:
		return 0;
	}
}

static int one_line(void *state)
{
	struct shell *s = state;
	const struct line *line = &s->dump.line;
	struct shell_command command;
	size_t kind = answer_of(line);

	if (kind < ARRAY_SIZE(answers)) {
		s->command.asked = ASKED_NOTHING;
		return answers[kind].take(s, line->text, line->end);
	}
	if (!shell_command_of(line, &command))
		return answer(s, line);
	if (no_answer(s))
		return -1;
	s->command = command;
	s->asked_at = s->dump.lines.number;
	return 0;
}

enum form_match input_is_shell(const struct line *line, bool first)
{
	struct shell_command command;

	(void)first;
	if (answer_of(line) < ARRAY_SIZE(answers))
		return FORM_CERTAIN;
	return shell_command_of(line, &command) &&
			       command.asked != ASKED_NOTHING ?
		       FORM_CERTAIN :
		       FORM_NO;
}

/* One word, or the names of groups, of which one is in most lists. */
static bool may_be_answer(const struct line *line)
{
	static const char *const groups[] = { "sudo",  "wheel", "adm",
					      "users", "kvm",	"libvirt" };
	const char *at = line->text;
	struct span word;
	size_t i, words = 0;
	bool known = false;

	while (next_span(&at, line->end, &word)) {
		words++;
		for (i = 0; i < ARRAY_SIZE(groups); i++)
			known |= is_text(word.at, word.end, groups[i]);
	}
	return words == 1 || known;
}

/* A count, or the value of a parameter: no other form has such a line here. */
static bool is_value(const struct line *line)
{
	u32 number;

	return IS(line->text, line->end, "Y") ||
	       IS(line->text, line->end, "N") ||
	       scan_decimal(line->text, line->end, 0xffff, &number) ==
		       line->end;
}

enum form_match input_takes_shell(const struct line *line)
{
	struct shell_command command;

	if (is_value(line) || input_is_shell(line, false))
		return FORM_CERTAIN;
	return shell_command_of(line, &command) || may_be_answer(line) ?
		       FORM_POSSIBLE :
		       FORM_NO;
}

struct host *input_shell(const struct input_piece *piece,
			 enum host_source source, struct input_error *error)
{
	struct shell s = { .asked_at = 0 };

	s.host = words_begin(&s.dump, piece, source, error);
	if (!s.host)
		return NULL;
	s.dump.partial = true;
	s.host = words_end(
		&s.dump, s.host,
		dump_lines(&s.dump, one_line, &s) ||
			shell_access_tell(&s.access, &s.dump, s.host));
	return s.host && !piece->partial ?
		       dump_note_nothing(&s.dump, s.host, "a shell's session") :
		       s.host;
}
