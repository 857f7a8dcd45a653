// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <string.h>

#include "base/array.h"
#include "base/exit_status.h"
#include "base/safe.h"
#include "export/engine.h"
#include "migrate/baseline.h"
#include "model/decode.h"
#include "types.h"
#include "verdict/profile.h"

/* Values of getopt_long() for long options; letters are below. */
#define LONG_OPTION 256

/* As much as a message shows of a word. */
#define WORD_SHOWN 64

/* The message may hold words of the command line as they are. */
static __attribute__((format(printf, 2, 3))) int
usage_error(const struct options *options, const char *format, ...)
{
	char text[256], safe[SAFE_SIZE(sizeof(text))];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	safe_bytes(safe, sizeof(safe), text, strlen(text));
	fprintf(stderr,
		"virtinfo: %s\nTry 'virtinfo %s%s--help' for more information.\n",
		safe,
		options->command_given ? command_info(options->command)->name :
					 "",
		options->command_given ? " " : "");
	return STATUS_USAGE;
}

enum rule_kind { RULE_EXCLUSIVE, RULE_REQUIRES, RULE_ARGUMENTS };

static const struct rule {
	enum rule_kind kind;
	enum command_id command;
	enum option_id option;
	enum option_id other;
	const char *value; /* of the other; NULL: whatever it is */
	int most;	   /* arguments that the command takes with it */
} rules[] = {
#define RULE(sort, of, this)                                                   \
	.kind = RULE_##sort, .command = COMMAND_##of, .option = OPT_##this
#define EXCLUSIVE_VALUE(of, this, that, has)                                   \
	{ RULE(EXCLUSIVE, of, this), .other = OPT_##that, .value = (has) },
#define NO_HOST(of, that, has) EXCLUSIVE_VALUE(of, INPUT, that, has)
#define REQUIRES(of, this, that)                                               \
	{ RULE(REQUIRES, of, this), .other = OPT_##that },
#define MOST(of, this, count)  { RULE(ARGUMENTS, of, this), .most = (count) },
#define NO_ARGUMENTS(of, this) MOST(of, this, 0)
#define ONE_ARGUMENT(of, this) MOST(of, this, 1)
#include "commands.def"
};

static const struct {
	enum command_id command;
	enum option_id option;
	const char *value; /* NULL: whatever it is */
} no_hosts[] = {
#define NO_HOST(of, this, has)                                                 \
	{ .command = COMMAND_##of, .option = OPT_##this, .value = (has) },
#include "commands.def"
};

static bool has_value(const struct options *options, enum option_id option,
		      const char *value)
{
	return options_has(options, option) &&
	       (!value || !strcmp(options->value[option], value));
}

static int check_rule(const struct options *options, const struct rule *rule)
{
	const char *option = option_info(rule->option)->name;
	const char *other = option_info(rule->other)->name;

	switch (rule->kind) {
	case RULE_EXCLUSIVE:
		if (!has_value(options, rule->other, rule->value))
			return 0;
		return usage_error(options,
				   "--%s and --%s%s%s are mutually exclusive",
				   option, other, rule->value ? "=" : "",
				   rule->value ? rule->value : "");
	case RULE_REQUIRES:
		if (options_has(options, rule->other))
			return 0;
		return usage_error(options, "--%s requires --%s", option,
				   other);
	case RULE_ARGUMENTS:
		if (options->nr_arguments <= rule->most)
			return 0;
		return usage_error(
			options, "unexpected argument '%.*s' with --%s",
			WORD_SHOWN, options->arguments[rule->most], option);
	}
	return 0;
}

static int check_rules(const struct options *options)
{
	ARRAY_EACH(rule, rules, ARRAY_SIZE(rules))
		if (rule->command == options->command &&
		    options_has(options, rule->option) &&
		    check_rule(options, rule))
			return STATUS_USAGE;
	return 0;
}

/* Is it one of the words "a|b|c"? */
static bool is_one_of(const char *words, const char *value)
{
	size_t length = strlen(value);
	const char *end;

	for (;; words = end + 1) {
		end = strchrnul(words, '|');
		if ((size_t)(end - words) == length &&
		    !memcmp(words, value, length))
			return true;
		if (!*end)
			return false;
	}
}

static int check_value(const struct options *options, enum option_id option)
{
	const struct option_info *info = option_info(option);
	const char *value = options->value[option];
	struct baseline_target target;

	if (!value || !info->argument)
		return 0;
	if (strchr(info->argument, '|') && !is_one_of(info->argument, value))
		return usage_error(
			options, "invalid argument '%.*s' for '--%s', not %s",
			WORD_SHOWN, value, info->name, info->argument);
	if (!strcmp(info->argument, "PROFILE") && !profile_find(value) &&
	    (strcmp(value, "list") || options->command != COMMAND_CHECK))
		return usage_error(
			options,
			"unknown profile '%.*s', check --%s=list prints them",
			WORD_SHOWN, value, info->name);
	if (option == OPT_BASELINE && !baseline_target_parse(&target, value))
		return usage_error(
			options,
			"unknown engine or version '%.*s' for '--baseline'",
			WORD_SHOWN, value);
	if (!strcmp(info->argument, "CLASS") &&
	    guest_class_find(value) == NR_GUEST_CLASSES)
		return usage_error(
			options,
			"unknown class of guest '%.*s', not plain, nestable or nesting",
			WORD_SHOWN, value);
	if (!strcmp(info->argument, "REGISTER") &&
	    msr_meant(value) == VI_NR_MSRS)
		return usage_error(
			options,
			"unknown MSR '%.*s', 'virtinfo show --list' prints them",
			WORD_SHOWN, value);
	return 0;
}

static int check_options(const struct options *options)
{
	const struct command_info *command = command_info(options->command);

	OPTION_EACH(i) {
		if (options->value[i] && !command_takes(options->command, i))
			return usage_error(options, "%s takes no option '--%s'",
					   command->name, option_info(i)->name);
		if (check_value(options, i))
			return STATUS_USAGE;
	}
	return 0;
}

/* Of export: the engine, and a file that it reads. */
static int check_engine(const struct options *options)
{
	const char *output = options->value[OPT_OUTPUT];
	const char *list = "export --list prints them";
	const struct engine *engine;

	if (options_has(options, OPT_LIST))
		return 0;
	if (!options->nr_arguments)
		return usage_error(options, "export requires an engine, %s",
				   list);
	engine = engine_find(options->arguments[0]);
	if (!engine)
		return usage_error(options, "unknown engine '%.*s', %s",
				   WORD_SHOWN, options->arguments[0], list);
	if (!output || engine_reads(engine, output))
		return 0;
	if (*engine->suffix)
		return usage_error(
			options, "%s reads files named NAME%s, not '%.*s'",
			engine->name, engine->suffix, WORD_SHOWN, output);
	return usage_error(
		options,
		"'%.*s' is a hidden file or none, which %s does not read",
		WORD_SHOWN, output, engine->name);
}

static int check_arguments(const struct options *options)
{
	const struct command_info *command = command_info(options->command);
	int given = options->nr_arguments, most = -1;

	if (!command->arguments)
		most = 0;
	else if (options->hosts == HOSTS_TWO &&
		 !options_has(options, OPT_BASELINE))
		most = 2;
	else if (options->command == COMMAND_EXPORT)
		most = 1;
	if (most >= 0 && given > most)
		return usage_error(options, "unexpected argument '%.*s'",
				   WORD_SHOWN, options->arguments[most]);
	if (!given &&
	    (options->hosts == HOSTS_TWO || options->hosts == HOSTS_FOLDERS))
		return usage_error(options, "%s requires a file",
				   command->name);
	return options->command == COMMAND_EXPORT ? check_engine(options) : 0;
}

static enum command_hosts hosts_of(const struct options *options)
{
	ARRAY_EACH(no_host, no_hosts, ARRAY_SIZE(no_hosts))
		if (no_host->command == options->command &&
		    has_value(options, no_host->option, no_host->value))
			return HOSTS_NONE;
	return command_info(options->command)->hosts;
}

size_t options_nr_inputs(const struct options *options)
{
	switch (options->hosts) {
	case HOSTS_ONE:
		return 1;
	case HOSTS_TWO:
		return options->nr_arguments > 2 ?
			       (size_t)options->nr_arguments :
			       2;
	default:
		return 0;
	}
}

const char *options_input(const struct options *options, size_t index)
{
	if (options->hosts == HOSTS_ONE)
		return options->value[OPT_INPUT];
	/* The NULL at the end is a second that is missing. */
	return options->arguments[index];
}

static int find_command(const char *name, enum command_id *command)
{
	for (*command = 0; *command < NR_COMMANDS; (*command)++)
		if (!strcmp(command_info(*command)->name, name))
			return 0;
	return -1;
}

static int has_arg_of(const struct option_info *info)
{
	if (!info->argument)
		return no_argument;
	return *info->argument == '[' ? optional_argument : required_argument;
}

/* Letters of getopt(), and its long options; both end themselves. */
static void fill_getopt(char *letters, struct option *long_options)
{
	*letters++ = ':';
	OPTION_EACH(i) {
		const struct option_info *info = option_info(i);

		long_options[i] = (struct option){
			.name = info->name,
			.has_arg = has_arg_of(info),
			.val = LONG_OPTION + (int)i,
		};
		if (!info->letter)
			continue;
		*letters++ = info->letter;
		if (info->argument)
			*letters++ = ':';
	}
	*letters = '\0';
	long_options[NR_OPTIONS] = (struct option){ 0 };
}

static enum option_id option_of(int found)
{
	enum option_id i;

	if (found >= LONG_OPTION)
		return (enum option_id)(found - LONG_OPTION);
	for (i = 0; i < NR_OPTIONS; i++)
		if (option_info(i)->letter == found)
			break;
	return i;
}

/* What getopt_long() refused with '?' or ':', the word last read being word. */
static int refused(const struct options *options, int found, const char *word)
{
	if (found == ':')
		return usage_error(options,
				   "option '--%s' requires an argument",
				   option_info(option_of(optopt))->name);
	if (optopt >= LONG_OPTION)
		return usage_error(options,
				   "option '--%s' doesn't allow an argument",
				   option_info(option_of(optopt))->name);
	if (optopt)
		return usage_error(options, "invalid option -- '%c'", optopt);
	return usage_error(options, "unrecognized option '%.*s'", WORD_SHOWN,
			   word);
}

/* The first of two files or profiles would have no effect. */
static int take(struct options *options, enum option_id option)
{
	if (options->value[option] && optarg && option != OPT_COLOUR)
		return usage_error(options,
				   "option '--%s' can be given only once",
				   option_info(option)->name);
	options->value[option] = optarg ? optarg : "";
	return 0;
}

/* The options and the command, as they are given. */
static int read_words(struct options *options, int argc, char **argv)
{
	struct option long_options[NR_OPTIONS + 1];
	char letters[2 * NR_OPTIONS + 2];
	int found;

	fill_getopt(letters, long_options);
	opterr = 0;
	while ((found = getopt_long(argc, argv, letters, long_options, NULL)) !=
	       -1) {
		if (found == '?' || found == ':')
			return refused(options, found, argv[optind - 1]);
		if (take(options, option_of(found)))
			return STATUS_USAGE;
	}
	if (optind == argc)
		return 0;
	if (find_command(argv[optind], &options->command))
		return usage_error(options, "unknown command '%.*s'",
				   WORD_SHOWN, argv[optind]);
	options->command_given = true;
	optind++;
	return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
	*options = (struct options){ .command = COMMAND_STATUS };
	if (read_words(options, argc, argv))
		return STATUS_USAGE;
	options->arguments = argv + optind;
	options->nr_arguments = argc - optind;
	options->hosts = hosts_of(options);
	if (options_has(options, OPT_HELP) || options_has(options, OPT_VERSION))
		return 0;
	if (check_options(options) || check_arguments(options) ||
	    check_rules(options))
		return STATUS_USAGE;
	return 0;
}
