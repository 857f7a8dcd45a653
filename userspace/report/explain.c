// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo explain: what was asked for, and who prints it. */
#include "report/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/list.h"
#include "base/memory_text.h"
#include "output/pager.h"
#include "report/report.h"

/* A picture of the costs is enough here. */
#define MEASURED_EVENTS 200
#define MEASURED_MS	500

static bool asks_exits(const struct topic *topic)
{
	const char *keys = topic->evidence;
	char key[TOPIC_NAME_SIZE];

	while (list_next(&keys, ' ', key, sizeof(key)))
		if (!strcmp(key, "exits"))
			return true;
	return topic->list == TOPIC_EXIT_REASONS;
}

static bool wants_exits(const struct explained *list, size_t count)
{
	ARRAY_EACH(one, list, count)
		if (one->kind == EXPLAINED_EXIT ||
		    (one->kind == EXPLAINED_TOPIC && asks_exits(one->topic)))
			return true;
	return false;
}

/* Guests are run only where this system is explained. */
static bool measure(struct kvm_exits *exits, const struct host *host)
{
	const struct kvm_exits_options options = {
		.events = MEASURED_EVENTS,
		.timeout_ms = MEASURED_MS,
	};
	const char *open = facts_get(host->facts, "kvm device open");

	if (!host_is_live(host) || (open && strcmp(open, "ok")))
		return false;
	return kvm_exits_run(&options, exits) == KVM_STEP_NONE;
}

static int write_report(struct out *out, const struct explain_machine *machine,
			const struct explained *list, size_t count, bool json)
{
	if (json)
		return list ? explain_json(out, machine, list, count) :
			      explain_json_list(out);
	return list ? explain_text(out, machine, list, count) :
		      explain_text_list(out);
}

/* The report in memory first, since a pager must know how long it is. */
static int print_paged(struct out *out, const struct explain_machine *machine,
		       const struct explained *list, size_t count)
{
	struct paged paged;

	if (paged_begin(&paged, out))
		return -1;
	return paged_end(&paged,
			 write_report(&paged.out, machine, list, count, false));
}

static int print(struct out *out, const struct host *host,
		 const struct explained *list, size_t count, bool json)
{
	struct explain_machine machine = { .host = host };
	struct kvm_exits exits = { 0 };
	struct verdict *verdict;
	int error;

	verdict = verdict_of(host, NULL);
	if (!verdict)
		return report_out_of_memory();
	machine.verdict = verdict;
	machine.hypervisor = &verdict->hypervisor;
	if (wants_exits(list, count) && measure(&exits, host))
		machine.exits = &exits;
	error = json || !out->terminal ?
			write_report(out, &machine, list, count, json) :
			print_paged(out, &machine, list, count);
	verdict_free(verdict);
	/* main() reports an error of writing. */
	if (error && ferror(out->file))
		return STATUS_FAILED;
	return error ? report_out_of_memory() : 0;
}

static int unknown_topic(const char *name)
{
	char *nearest = explain_suggestion(name);
	char *safe = safe_string(name);

	fprintf(stderr, "virtinfo: no topic is called '%s'", safe ? safe : "");
	if (nearest)
		fprintf(stderr, "; did you mean '%s'?\n", nearest);
	else
		fprintf(stderr, "; \"virtinfo explain\" lists them\n");
	free(nearest);
	free(safe);
	return STATUS_USAGE;
}

/* "explain vm entry" is one topic of two words. */
static char *joined(char *const *words)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	if (!file)
		return NULL;
	for (; *words; words++)
		fprintf(file, "%s%s", *words, words[1] ? " " : "");
	return memory_text(file, &text);
}

/*
 * Each word is a name or a message. *words stops at one that is neither.
 * Returns how many things the last of them means, as explain_resolve() does.
 */
static int resolve_words(struct explained **list, size_t *count,
			 char *const **words)
{
	int found = 0;

	for (; **words; ++*words) {
		found = explain_resolve(list, count, **words);
		if (!found)
			found = explain_resolve_messages(list, count, **words);
		if (found <= 0)
			break;
	}
	return found;
}

/*
 * One name, several names, or an error message with or without quotes. *words
 * becomes the word that means nothing. Returns 0 where nothing is found, -1
 * without memory.
 */
static int resolve(struct explained **list, size_t *count, char *const **words)
{
	char *whole = joined(*words);
	int found;

	if (!whole)
		return -1;
	found = explain_resolve(list, count, whole);
	if (!found)
		found = resolve_words(list, count, words);
	if (!found) {
		*count = 0;
		found = explain_resolve_messages(list, count, whole);
	}
	free(whole);
	return found;
}

/* Returns 0 with the list filled, or the exit status after a message. */
static int resolve_arguments(struct explained **list, size_t *count,
			     const struct options *options)
{
	char *const *words = options->arguments;
	int found = resolve(list, count, &words);

	if (found < 0)
		return report_out_of_memory();
	return found ? 0 : unknown_topic(*words);
}

int report_explain(struct out *out, struct host *const *hosts,
		   const struct options *options)
{
	const struct host *host = hosts[0];
	bool json = options_has(options, OPT_JSON);
	struct explained *list = NULL;
	size_t count = 0;
	int status = 0;

	if (options_has(options, OPT_ALL)) {
		if (explain_resolve_all(&list, &count))
			status = report_out_of_memory();
	} else if (options->nr_arguments) {
		status = resolve_arguments(&list, &count, options);
	}
	if (!status)
		status = print(out, host, list, count, json);
	free(list);
	return status;
}
