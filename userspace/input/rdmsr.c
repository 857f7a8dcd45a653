// SPDX-License-Identifier: GPL-2.0-only
/*
 * What rdmsr of msr-tools prints, behind the command that names the register:
 *	$ sudo rdmsr -a 0x3a
 *	5
 *	5
 * With -a there is a line for each CPU, in the order of their numbers. Its
 * complaint about a read that took a fault names CPU and register itself:
 *	rdmsr: CPU 0 cannot read MSR 0x0000003a
 * Without the command, whoever gives the file names the register.
 */
#include "input/rdmsr.h"

#include "input/dump.h"
#include "input/forms.h"
#include "input/lookup.h"
#include "input/span.h"
#include "input/wrap.h"

#define COMPLAINT "rdmsr: "

struct command {
	bool all;
	bool decimal;
	u32 cpu;
	bool has_register;
	u32 address;
	/* The option that makes it print something else than whole values. */
	char refused;
};

/* "0x3a" or "58". */
static bool scan_number(const struct span *word, u32 *number)
{
	const char *at;
	u64 value;

	if (BEGINS(word->at, word->end, "0x")) {
		at = scan_hex(word->at, word->end, 8, &value);
		*number = at ? (u32)value : 0;
	} else {
		at = scan_decimal(word->at, word->end, 0xffffffff, number);
	}
	return at == word->end;
}

/* The letter of a long option (rdmsr.c of msr-tools 1.3), or 0. */
static char long_option(const struct span *word)
{
	static const struct {
		const char *name;
		char letter;
	} options[] = {
		{ "--all", 'a' },	  { "--hexadecimal", 'x' },
		{ "--capital-hex", 'X' }, { "--capital-hexadecimal", 'X' },
		{ "--decimal", 'd' },	  { "--signed-decimal", 'd' },
		{ "--unsigned", 'u' },	  { "--unsigned-decimal", 'u' },
		{ "--c-language", 'c' },  { "--zero-pad", '0' },
		{ "--zero-fill", '0' },	  { "--processor", 'p' },
		{ "--cpu", 'p' },	  { "--bitfield", 'f' },
		{ "--octal", 'o' },	  { "--raw", 'r' },
	};
	const char *equal =
		memchr(word->at, '=', (size_t)(word->end - word->at));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (is_text(word->at, equal ? equal : word->end,
			    options[i].name))
			return options[i].letter;
	return 0;
}

/* The option's argument is rest, or where that is empty the next word. */
static bool take_argument(struct command *command, char letter,
			  struct span rest, const char **at, const char *end)
{
	if (rest.at == rest.end && !next_span(at, end, &rest))
		return false;
	if (letter == 'p')
		return scan_number(&rest, &command->cpu);
	command->refused = letter;
	return true;
}

/* One that has no argument. */
static bool take_letter(struct command *command, char letter)
{
	switch (letter) {
	case 'a':
		command->all = true;
		return true;
	case 'd':
	case 'u':
		command->decimal = true;
		return true;
	case 'x':
	case 'X':
		command->decimal = false;
		return true;
	case 'c':
	case '0':
		return true;
	case 'o':
	case 'r':
		command->refused = letter;
		return true;
	}
	return false;
}

static bool has_argument(char letter)
{
	return letter == 'p' || letter == 'f';
}

static bool take_long(struct command *command, const struct span *word,
		      const char **at, const char *end)
{
	const char *equal =
		memchr(word->at, '=', (size_t)(word->end - word->at));
	struct span rest = { equal ? equal + 1 : word->end, word->end };
	char letter = long_option(word);

	if (has_argument(letter))
		return take_argument(command, letter, rest, at, end);
	return !equal && take_letter(command, letter);
}

/* "-a", "-ax", "-p0" */
static bool take_short(struct command *command, const struct span *word,
		       const char **at, const char *end)
{
	const char *letter;

	for (letter = word->at + 1; letter < word->end; letter++) {
		if (has_argument(*letter))
			return take_argument(
				command, *letter,
				(struct span){ letter + 1, word->end }, at,
				end);
		if (!take_letter(command, *letter))
			return false;
	}
	return true;
}

static bool take_word(struct command *command, const struct span *word,
		      const char **at, const char *end)
{
	if (BEGINS(word->at, word->end, "--"))
		return take_long(command, word, at, end);
	if (*word->at == '-')
		return take_short(command, word, at, end);
	if (command->has_register)
		return false;
	command->has_register = true;
	return scan_number(word, &command->address);
}

/* Is the line, with a prompt or without, a command of rdmsr and no more? */
static bool scan_command(const struct line *line, struct command *command)
{
	const char *at, *end = line->end;
	struct span word;

	/* Every line of an input is asked about. */
	if (!memmem(line->text, (size_t)(end - line->text), "rdmsr ",
		    strlen("rdmsr ")))
		return false;
	at = line_command(line);
	at = last_command(at ? at : line->text, end);
	if (!BEGINS(at, end, "rdmsr "))
		return false;
	at += strlen("rdmsr ");
	*command = (struct command){ 0 };
	while (next_span(&at, end, &word))
		if (!take_word(command, &word, &at, end))
			return false;
	return command->has_register;
}

/* "5", "0x5", "00000005" */
static bool scan_hexadecimal(const char *at, const char *end, u64 *value)
{
	if (BEGINS(at, end, "0x"))
		at += strlen("0x");
	return scan_digits(at, end, 16, value) == end;
}

/* "5", "-3", "5U" of -c */
static bool scan_any_decimal(const char *at, const char *end, u64 *value)
{
	bool negative = at < end && *at == '-';
	u64 number = 0;

	at += negative;
	if (end > at && end[-1] == 'U')
		end--;
	if (at == end)
		return false;
	for (; at < end; at++) {
		u64 digit = (u64)(*at - '0');

		if (*at < '0' || *at > '9' || number > (~0ULL - digit) / 10)
			return false;
		number = 10 * number + digit;
	}
	*value = negative ? 0 - number : number;
	return true;
}

static bool scan_value(const struct line *line, bool decimal, u64 *value)
{
	return decimal ? scan_any_decimal(line->text, line->end, value) :
			 scan_hexadecimal(line->text, line->end, value);
}

struct rdmsr {
	struct dump dump;
	bool begun; /* there was a command */
	struct command command;
	u32 values; /* since that */
};

static int begin_command(struct rdmsr *rdmsr, const struct command *command)
{
	if (command->refused)
		return DUMP_BAD(
			&rdmsr->dump,
			"rdmsr -%c: only whole values in hexadecimal or decimal are read",
			command->refused);
	rdmsr->begun = true;
	rdmsr->command = *command;
	rdmsr->values = 0;
	return 0;
}

static int keep(struct rdmsr *rdmsr, u64 value)
{
	const struct command *command = &rdmsr->command;
	enum vi_msr msr = lookup_msr(command->address);
	struct dump_cpu *cpu;

	if (!command->all && rdmsr->values)
		return DUMP_BAD(&rdmsr->dump,
				"a second value of one CPU: rdmsr without -a");
	cpu = dump_cpu(&rdmsr->dump,
		       command->all ? rdmsr->values : command->cpu);
	rdmsr->values++;
	if (!cpu)
		return -1;
	return msr == VI_NR_MSRS ? 0 :
				   dump_msr_once(&rdmsr->dump, cpu, msr, value);
}

/* Behind COMPLAINT; others are about the device, not about the register. */
static int complaint(struct rdmsr *rdmsr, const char *at, const char *end)
{
	static const char cannot[] = " cannot read MSR ";
	struct dump_cpu *cpu;
	enum vi_msr msr;
	u64 address;
	u32 number;

	if (!BEGINS(at, end, "CPU "))
		return 0;
	at = scan_decimal(at + strlen("CPU "), end, 0xffffffff, &number);
	if (!at || !BEGINS(at, end, cannot) ||
	    !scan_hex(at + strlen(cannot), end, 8, &address))
		return 0;
	msr = lookup_msr((u32)address);
	if (msr == VI_NR_MSRS)
		return 0;
	cpu = dump_cpu(&rdmsr->dump, number);
	if (cpu)
		dump_msr(&rdmsr->dump, cpu, msr, VI_GP, 0);
	return cpu ? 0 : -1;
}

static int one_line(void *state)
{
	struct rdmsr *rdmsr = state;
	const struct line *line = &rdmsr->dump.line;
	struct command command;
	u64 value;

	if (skip_blanks(line->text, line->end) == line->end)
		return 0;
	if (scan_command(line, &command))
		return begin_command(rdmsr, &command);
	if (BEGINS(line->text, line->end, COMPLAINT))
		return complaint(rdmsr, line->text + strlen(COMPLAINT),
				 line->end);
	if (!rdmsr->begun)
		return DUMP_BAD(&rdmsr->dump, "no command of rdmsr before it");
	if (!scan_value(line, rdmsr->command.decimal, &value))
		return DUMP_BAD(&rdmsr->dump, "not a %s value of rdmsr",
				rdmsr->command.decimal ? "decimal" :
							 "hexadecimal");
	return keep(rdmsr, value);
}

bool rdmsr_is_value(const struct line *line)
{
	u64 value;

	return scan_value(line, false, &value);
}

enum form_match input_is_rdmsr(const struct line *line, bool first)
{
	struct command command;

	(void)first;
	return BEGINS(line->text, line->end, COMPLAINT) ||
			       scan_command(line, &command) ?
		       FORM_CERTAIN :
		       FORM_NO;
}

/* A number of either kind: which it has to be is known when it is read. */
enum form_match input_takes_rdmsr(const struct line *line)
{
	u64 value;

	if (scan_value(line, false, &value) || scan_value(line, true, &value))
		return FORM_CERTAIN;
	return input_is_rdmsr(line, false);
}

struct host *input_rdmsr(const struct input_piece *piece,
			 enum host_source source, struct input_error *error)
{
	struct rdmsr rdmsr = { .begun = false };

	if (piece->values_of) {
		rdmsr.begun = true;
		rdmsr.command = (struct command){
			.all = true,
			.has_register = true,
			.address = vi_msrs[*piece->values_of].address,
		};
	}
	return dump_read_partial(&rdmsr.dump, piece, source, error, one_line,
				 &rdmsr, "the output of rdmsr");
}
