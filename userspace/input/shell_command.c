// SPDX-License-Identifier: GPL-2.0-only
#include "input/shell_command.h"

#include <stdio.h>

#include "input/span.h"
#include "input/wrap.h"

/* The next word of this program: not of one behind a pipe. */
static bool take_word(const char **at, const char *end, struct line *word)
{
	const char *from = skip_blanks(*at, end), *to = from;

	while (to < end && !is_blank(*to) && *to != '|')
		to++;
	*at = to;
	*word = (struct line){ .text = from, .end = to };
	return to > from;
}

static bool has(const char *at, const char *end, const char *text)
{
	return memmem(at, (size_t)(end - at), text, strlen(text));
}

/* Has any program of the pipe an option of one letter, alone or not: -c, -Ec? */
static bool has_option(const char *at, const char *end, char letter)
{
	struct span word;

	while (next_span(&at, end, &word))
		if (span_length(word) > 1 && word.at[0] == '-' &&
		    word.at[1] != '-' &&
		    memchr(word.at, letter, (size_t)span_length(word)))
			return true;
	return false;
}

/* Behind the name of the program; NULL where it is another. */
static const char *program(const char *at, const char *end, const char *name)
{
	const char *rest = behind_text(at, end, name);

	return rest && (rest == end || is_blank(*rest) || *rest == '|') ? rest :
									  NULL;
}

static bool ask_uname(const char *at, const char *end,
		      struct shell_command *command)
{
	at = program(at, end, "uname");
	if (!at || !(has_option(at, end, 'r') || has_option(at, end, 'a')))
		return false;
	command->asked = ASKED_RELEASE;
	return true;
}

static bool ask_file(const char *at, const char *end,
		     struct shell_command *command)
{
	static const char *const programs[] = { "cat", "head", "more", "less" };
	const char *rest = NULL;
	struct line path, more;
	size_t i;

	for (i = 0; !rest && i < ARRAY_SIZE(programs); i++)
		rest = program(at, end, programs[i]);
	/* Of several files the answers do not say whose they are. */
	if (!rest || !take_word(&rest, end, &path) ||
	    take_word(&rest, end, &more))
		return false;
	if (IS(path.text, path.end, "/proc/sys/kernel/osrelease"))
		command->asked = ASKED_RELEASE;
	else if (BEGINS(path.text, path.end, "/sys/module/") &&
		 has(path.text, path.end, "/parameters/"))
		command->asked = ASKED_PARAMETER;
	else
		return false;
	command->path = path.text;
	command->path_end = path.end;
	return true;
}

static bool ask_flags(const char *at, const char *end,
		      struct shell_command *command)
{
	bool greps = program(at, end, "grep") || program(at, end, "egrep") ||
		     program(at, end, "cat");

	/* grep -v looks for what is not there. */
	if (!greps || !has(at, end, "/proc/cpuinfo") || has(at, end, "flags") ||
	    has_option(at, end, 'v'))
		return false;
	command->vmx = has(at, end, "vmx");
	command->svm = has(at, end, "svm");
	command->asked = has_option(at, end, 'c') || has(at, end, "--count") ||
					 has(at, end, "wc -l") ?
				 ASKED_FLAG_COUNT :
				 ASKED_FLAGS;
	return command->vmx || command->svm;
}

static bool ask_modules(const char *at, const char *end,
			struct shell_command *command)
{
	const char *rest = program(at, end, "lsmod");

	command->asked = ASKED_MODULES;
	return rest && has(rest, end, "grep") && has(rest, end, "kvm");
}

static bool ask_load(const char *at, const char *end,
		     struct shell_command *command)
{
	static const char *const names[] = { "kvm_intel", "kvm-intel",
					     "kvm_amd", "kvm-amd", "kvm" };
	const char *rest = program(at, end, "modprobe");
	struct line word;
	size_t i;

	if (!rest || has(rest, end, "-r") || has(rest, end, "-n"))
		return false;
	while (take_word(&rest, end, &word))
		if (*word.text != '-')
			break;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (is_text(word.text, word.end, names[i]))
			break;
	if (i == ARRAY_SIZE(names))
		return false;
	snprintf(command->module, sizeof(command->module), "%s", names[i]);
	for (i = 0; command->module[i]; i++)
		if (command->module[i] == '-')
			command->module[i] = '_';
	command->asked = ASKED_LOAD;
	return true;
}

static bool ask_groups(const char *at, const char *end,
		       struct shell_command *command)
{
	const char *rest = program(at, end, "id");

	command->asked = ASKED_GROUPS;
	return program(at, end, "groups") ||
	       (rest && has_option(rest, end, 'n') &&
		has_option(rest, end, 'G'));
}

static bool ask_node(const char *at, const char *end,
		     struct shell_command *command)
{
	const char *rest = program(at, end, "ls");

	command->asked = ASKED_NODE;
	return rest && has(rest, end, "/dev/");
}

static bool ask_hypervisor(const char *at, const char *end,
			   struct shell_command *command)
{
	command->asked = ASKED_HYPERVISOR;
	return program(at, end, "systemd-detect-virt");
}

static bool ask_virtualbox(const char *at, const char *end,
			   struct shell_command *command)
{
	const char *rest = program(at, end, "VBoxManage");

	if (!rest)
		rest = program(at, end, "vboxmanage");
	command->asked = ASKED_VIRTUALBOX;
	return rest && (has(rest, end, "--version") || has(rest, end, "-v"));
}

static bool (*const kinds[])(const char *at, const char *end,
			     struct shell_command *command) = {
	ask_uname,  ask_file, ask_flags,      ask_modules,    ask_load,
	ask_groups, ask_node, ask_hypervisor, ask_virtualbox,
};

/* Does a name of a program, or of its folder, begin so? */
static bool begins_program(char c)
{
	return memchr("uchmlgeisvV/.", c, strlen("uchmlgeisvV/."));
}

bool shell_command_of(const struct line *line, struct shell_command *command)
{
	const char *prompt = line_command(line), *end = line->end, *at;
	size_t i;

	*command = (struct shell_command){ .asked = ASKED_NOTHING };
	if (!prompt && (line->text == end || !begins_program(*line->text)))
		return line_is_prompt(line);
	at = last_command(prompt ? prompt : line->text, end);
	for (i = 0; at < end && i < ARRAY_SIZE(kinds); i++) {
		if (kinds[i](at, end, command))
			return true;
		*command = (struct shell_command){ .asked = ASKED_NOTHING };
	}
	return prompt || line_is_prompt(line);
}
