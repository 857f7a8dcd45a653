// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo export: the verdict, the features and what else there is, for an
 * engine that a fleet runs already.
 */
#include <stdlib.h>
#include <time.h>

#include "export/engine.h"
#include "kvm/device.h"
#include "output/json.h"
#include "report/exits.h"
#include "report/report.h"

static void list_text(struct out *out)
{
	const struct engine *engine;
	size_t i;

	for (i = 0; (engine = engine_at(i)); i++) {
		out_styled(out, OUT_BOLD, "%s", engine->name);
		out_printf(out, "  %s\n  %s\n", engine->title, engine->place);
	}
}

static int list_json(struct out *out)
{
	struct json *json = json_new("virtinfo.engines/1");
	const struct engine *engine;
	size_t i;

	json_begin_array(json, "engines");
	for (i = 0; (engine = engine_at(i)); i++) {
		json_begin_object(json, NULL);
		json_string(json, "name", engine->name);
		json_string(json, "title", engine->title);
		json_string(json, "place", engine->place);
		json_known_string(json, "suffix", engine->suffix);
		json_format(json, "mode", "%04o", (unsigned int)engine->mode);
		if (engine->limit)
			json_uint(json, "limit", engine->limit);
		else
			json_null(json, "limit");
		json_end(json);
	}
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

static int list(struct out *out, const struct options *options)
{
	if (options_has(options, OPT_JSON))
		return list_json(out);
	list_text(out);
	return 0;
}

/* Without a guest that runs, that is said, and there is no time to export. */
static const struct kvm_exits *measure(struct kvm_exits *exits)
{
	char text[128];

	if (!kvm_exits_run(NULL, exits))
		return exits;
	exits_failure_text(text, sizeof(text),
			   &exits->results[KVM_EXITS_NOTHING]);
	fprintf(stderr, "virtinfo: no guest runs through %s: %s\n", KVM_DEVICE,
		text);
	return NULL;
}

static int write_export(struct out *out, const struct engine *engine,
			const char *path, const char *data, size_t length)
{
	if (engine->limit && length > engine->limit) {
		fprintf(stderr,
			"virtinfo: %s reads no more than %zu bytes, and this is %zu\n",
			engine->name, engine->limit, length);
		return STATUS_FAILED;
	}
	return report_write(out, path, engine->mode, data, length);
}

/* To memory first: what fails half-way is not written at all. */
static int export(struct out *out, const struct export_input *input,
		  const struct engine *engine, const char *path)
{
	struct export_list items = { 0 };
	int status = STATUS_FAILED;
	char *data = NULL;
	size_t length;
	FILE *file = open_memstream(&data, &length);
	int error = !file || export_list_of(&items, input) ||
		    engine->write(file, &items);

	export_list_free(&items);
	if (file && fclose(file))
		error = -1;
	if (error)
		report_out_of_memory();
	else
		status = write_export(out, engine, path, data, length);
	free(data);
	return status;
}

int report_export(struct out *out, struct host *const *hosts,
		  const struct options *options)
{
	const char *profile = options->value[OPT_FOR];
	struct export_input input = { .host = hosts[0], .now = time(NULL) };
	struct kvm_exits exits;

	if (!input.host)
		return list(out, options);
	if (profile)
		input.profile = profile_find(profile);
	if (options_has(options, OPT_EXITS))
		input.exits = measure(&exits);
	return export(out, &input, engine_find(options->arguments[0]),
		      options->value[OPT_OUTPUT]);
}
