// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo exits: what makes a guest leave, how often, how far and for how
 * long, tried out on this system.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "kvm/device.h"
#include "base/errname.h"
#include "kvm/exit_reasons.h"
#include "kvm/exits.h"
#include "kvm/watchdog.h"
#include "output/json.h"
#include "output/table.h"
#include "report/exits.h"
#include "report/report.h"

/* Progress is shown from here on: what is quick needs none. */
#define PATIENCE_NS	 2000000000ull
#define PROGRESS_COLUMNS 60

/* Of a bar's line: the title before it and the time behind it. */
#define BAR_TITLE 20
#define BAR_TIME  12
#define BAR_LEAST 10

struct progress {
	uint64_t start;
	bool terminal;
	bool shown;
};

static void show_progress(void *context, enum kvm_exit_id id, int done)
{
	struct progress *progress = context;

	if (!progress->terminal ||
	    kvm_clock_ns() - progress->start < PATIENCE_NS)
		return;
	fprintf(stderr, "\r%-*.*s", PROGRESS_COLUMNS, PROGRESS_COLUMNS, "");
	fprintf(stderr, "\rvirtinfo: %d of %d: %s", done, KVM_EXITS_COUNT - 1,
		kvm_exit_causes[id].title);
	fflush(stderr);
	progress->shown = true;
}

static void end_progress(const struct progress *progress)
{
	if (progress->shown)
		fprintf(stderr, "\r%*s\r", PROGRESS_COLUMNS, "");
}

void exits_failure_text(char *text, size_t size,
			const struct kvm_exit_result *result)
{
	const char *exit = kvm_exit_name(result->exit_reason);
	char error[ERRNAME_SIZE];

	if (result->status == KVM_EXITS_NOT_RUN)
		snprintf(text, size, "not tried");
	else if (result->step == KVM_STEP_TIMED_OUT)
		snprintf(text, size,
			 "the guest came to no end, and was stopped");
	else if (result->step == KVM_STEP_UNEXPECTED_EXIT && exit &&
		 result->exit_reason == 17)
		snprintf(text, size,
			 "this KVM cannot do it: internal error %" PRIu32,
			 result->suberror);
	else if (result->step == KVM_STEP_UNEXPECTED_EXIT)
		snprintf(text, size,
			 "the guest ended otherwise: KVM_EXIT_%s (%" PRIu32 ")",
			 exit ? exit : "?", result->exit_reason);
	else
		snprintf(text, size, "failed at %s: %s",
			 kvm_step_name(result->step),
			 errname_format(error, result->error));
}

static double exits_per_event(const struct kvm_exit_result *result)
{
	return (double)result->exits / result->events;
}

/* A time with three digits or so. */
static void time_text(char *text, size_t size, const struct out *out,
		      const struct kvm_exit_result *result, uint64_t ns,
		      uint64_t cycles)
{
	if (!result->timed)
		snprintf(text, size, "%" PRIu64 " cycles", cycles);
	else if (ns < 1000)
		snprintf(text, size, "%" PRIu64 " ns", ns);
	else if (ns < 1000000)
		snprintf(text, size, "%.*f %s", ns < 100000 ? 1 : 0,
			 (double)ns / 1e3, out->utf8 ? "µs" : "us");
	else
		snprintf(text, size, "%.1f ms", (double)ns / 1e6);
}

/* As text. */

static void print_row(struct out *out, struct table *table, enum kvm_exit_id id,
		      const struct kvm_exits *exits)
{
	const struct kvm_exit_cause *cause = &kvm_exit_causes[id];
	const struct kvm_exit_result *result = &exits->results[id];
	char text[96];

	table_row(table);
	table_cell(table, 0, OUT_PLAIN, "%s", cause->title);
	table_cell(table, 1, OUT_PLAIN, "%" PRIu64, cause->intel);
	table_cell(table, 2, OUT_PLAIN, "0x%" PRIx64, cause->amd);
	if (!kvm_exit_has_figures(result)) {
		table_cell(table, 4, OUT_WARN, "-");
		return;
	}
	table_cell(table, 3, OUT_PLAIN, "%u", result->events);
	if (result->counted)
		table_cell(table, 4, OUT_PLAIN, "%.2f",
			   exits_per_event(result));
	else
		table_cell(table, 4, OUT_DIM, "not counted");
	if (result->user_exits)
		table_cell(table, 5, OUT_PLAIN, "%s",
			   kvm_exit_name(result->user_reason));
	else
		table_cell(table, 5, OUT_DIM, "no");
	time_text(text, sizeof(text), out, result, result->min_ns,
		  result->min_cycles);
	table_cell(table, 6, OUT_PLAIN, "%s", text);
	time_text(text, sizeof(text), out, result, result->median_ns,
		  result->median_cycles);
	table_cell(table, 7, OUT_BOLD, "%s", text);
}

static int print_table(struct out *out, const struct kvm_exits *exits)
{
	static const struct column columns[] = {
		{ .title = "CAUSE" },
		{ .title = "INTEL", .right = true },
		{ .title = "AMD", .right = true },
		{ .title = "EVENTS", .right = true },
		{ .title = "EXITS EACH", .right = true },
		{ .title = "TO USER SPACE" },
		{ .title = "MINIMUM", .right = true },
		{ .title = "MEDIAN", .right = true },
	};
	struct table *table =
		table_new(out, columns, ARRAY_SIZE(columns), true);

	for (int id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++)
		print_row(out, table, id, exits);
	return table_finish(table);
}

/* Eighths of a character where the place can show them. */
static void print_bar(struct out *out, double share, int width)
{
	static const char *const eighths[] = { "",  "▏", "▎", "▍",
					       "▌", "▋", "▊", "▉" };
	int units = (int)(share * width * (out->utf8 ? 8 : 1) + 0.5);
	int full = out->utf8 ? units / 8 : units;

	/* What has a time has a bar. */
	if (!units)
		units = 1;
	if (!out->utf8 && !full)
		full = 1;
	for (int i = 0; i < full; i++)
		out_styled(out, OUT_GOOD, "%s", out->utf8 ? "█" : "#");
	if (out->utf8)
		out_styled(out, OUT_GOOD, "%s", eighths[units % 8]);
}

static uint64_t bar_value(const struct kvm_exit_result *result)
{
	return result->timed ? result->median_ns : result->median_cycles;
}

static void print_bars(struct out *out, const struct kvm_exits *exits)
{
	int width = out->width - BAR_TITLE - BAR_TIME;
	uint64_t most = 0;
	char text[32];

	if (width < BAR_LEAST)
		width = BAR_LEAST;
	for (int id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++)
		if (kvm_exit_has_figures(&exits->results[id]) &&
		    bar_value(&exits->results[id]) > most)
			most = bar_value(&exits->results[id]);
	if (!most)
		return;
	out_printf(out, "\n");
	out_heading(out, "One round trip, median");
	for (int id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++) {
		const struct kvm_exit_result *result = &exits->results[id];

		if (!kvm_exit_has_figures(result))
			continue;
		out_printf(out, "%-*s", BAR_TITLE, kvm_exit_causes[id].title);
		print_bar(out, (double)bar_value(result) / (double)most, width);
		time_text(text, sizeof(text), out, result, result->median_ns,
			  result->median_cycles);
		out_printf(out, " %s\n", text);
	}
}

/* What the figures do not say by themselves. */
static void print_notes(struct out *out, const struct kvm_exits *exits)
{
	char text[128], error[ERRNAME_SIZE];
	struct out_line line;

	out_printf(out, "\n");
	for (int id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++) {
		const struct kvm_exit_result *result = &exits->results[id];
		const char *title = kvm_exit_causes[id].title;

		if (!kvm_exit_has_figures(result)) {
			exits_failure_text(text, sizeof(text), result);
			out_styled(out, OUT_WARN, "%s: %s.\n", title, text);
			continue;
		}
		if (result->status == KVM_EXITS_PARTLY)
			out_printf(out,
				   "%s: the time was up after %u events.\n",
				   title, result->events);
		if (result->counted && exits_per_event(result) < 0.5)
			out_printf(out,
				   "%s: handled without a VM exit, %" PRIu64
				   " exits for %u events.\n",
				   title, result->exits, result->events);
	}
	if (exits->stats_error)
		out_printf(
			out,
			"Exits are not counted: no KVM statistics (%s; since Linux 5.14).\n",
			errname_format(error, exits->stats_error));
	time_text(text, sizeof(text), out, &exits->results[KVM_EXITS_NOTHING],
		  exits->results[KVM_EXITS_NOTHING].min_ns,
		  exits->results[KVM_EXITS_NOTHING].min_cycles);
	out_line_begin(&line, out);
	out_printf(
		&line.out,
		"Timed by the guest's own TSC, less the %s of reading it twice; the triple fault by the host's clock around KVM_RUN.",
		text);
	out_line_end(&line, OUT_DIM, 0, 0);
}

static int print_text(struct out *out, const struct kvm_exits *exits)
{
	if (print_table(out, exits))
		return report_out_of_memory();
	print_bars(out, exits);
	print_notes(out, exits);
	return 0;
}

/* As JSON. */

static void json_reason(struct json *json, const char *key,
			const struct exit_reason *reason)
{
	json_begin_object(json, key);
	if (reason->vendor == EXIT_INTEL)
		json_uint(json, "code", reason->code);
	else
		json_hex(json, "code", reason->code, 1);
	json_string(json, "name", reason->name);
	json_string(json, "meaning", reason->meaning);
	json_string(json, "source", reason->source);
	json_end(json);
}

static void json_times(struct json *json, const struct kvm_exit_result *result)
{
	json_string(json, "clock", result->host_clock ? "host" : "guest_tsc");
	if (!result->host_clock) {
		json_uint(json, "min_cycles", result->min_cycles);
		json_uint(json, "median_cycles", result->median_cycles);
	}
	json_known_uint(json, "min_ns", result->timed, result->min_ns);
	json_known_uint(json, "median_ns", result->timed, result->median_ns);
}

static void json_figures(struct json *json, const struct kvm_exit_cause *cause,
			 const struct kvm_exit_result *result)
{
	json_uint(json, "events", result->events);
	json_known_uint(json, "exits", result->counted, result->exits);
	if (result->counted)
		json_double(json, "exits_per_event", exits_per_event(result));
	else
		json_null(json, "exits_per_event");
	if (result->kind_counted) {
		json_begin_object(json, "counter");
		json_string(json, "name", cause->counter);
		json_uint(json, "value", result->kind);
		json_end(json);
	}
	json_uint(json, "user_space_exits", result->user_exits);
	json_string(json, "user_space_reason",
		    result->user_exits ? kvm_exit_name(result->user_reason) :
					 NULL);
	json_times(json, result);
}

static const char *const status_words[] = {
	[KVM_EXITS_NOT_RUN] = "not-run",
	[KVM_EXITS_MEASURED] = "measured",
	[KVM_EXITS_PARTLY] = "partly",
	[KVM_EXITS_FAILED] = "failed",
};

static void json_cause(struct json *json, enum kvm_exit_id id,
		       const struct kvm_exits *exits)
{
	const struct kvm_exit_cause *cause = &kvm_exit_causes[id];
	const struct kvm_exit_result *result = &exits->results[id];
	char text[128];

	json_begin_object(json, NULL);
	json_string(json, "cause", cause->name);
	json_string(json, "guest", cause->what);
	json_reason(json, "intel", exit_reason_find(EXIT_INTEL, cause->intel));
	json_reason(json, "amd", exit_reason_find(EXIT_AMD, cause->amd));
	json_string(json, "status", status_words[result->status]);
	if (kvm_exit_has_figures(result)) {
		json_figures(json, cause, result);
	} else {
		exits_failure_text(text, sizeof(text), result);
		json_string(json, "why", text);
	}
	json_end(json);
}

static int print_json(struct out *out, const struct kvm_exits *exits)
{
	struct json *json = json_new("virtinfo.exits/1");
	char error[ERRNAME_SIZE];

	json_string(json, "statistics",
		    exits->stats_error ?
			    errname_format(error, exits->stats_error) :
			    "ok");
	json_string(json, "hypercall", exits->svm ? "vmmcall" : "vmcall");
	json_known_uint(json, "tsc_khz", exits->tsc_khz, exits->tsc_khz);
	json_begin_object(json, "overhead");
	json_times(json, &exits->results[KVM_EXITS_NOTHING]);
	json_end(json);
	json_begin_array(json, "causes");
	for (int id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++)
		json_cause(json, id, exits);
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

int report_exits(struct out *out, struct host *const *hosts,
		 const struct options *options)
{
	struct progress progress = { .terminal = isatty(STDERR_FILENO) };
	const struct kvm_exits_options how = { .progress = show_progress,
					       .context = &progress };
	struct kvm_exits exits;
	char text[128];

	(void)hosts;
	progress.start = kvm_clock_ns();
	if (kvm_exits_run(&how, &exits)) {
		end_progress(&progress);
		exits_failure_text(text, sizeof(text),
				   &exits.results[KVM_EXITS_NOTHING]);
		fprintf(stderr, "virtinfo: no guest runs through %s: %s\n",
			KVM_DEVICE, text);
		return STATUS_FAILED;
	}
	end_progress(&progress);
	return options_has(options, OPT_JSON) ? print_json(out, &exits) :
						print_text(out, &exits);
}
