// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo hypervisors: what this system runs under, what on it can host. */

#include "base/array.h"
#include "model/hosting.h"
#include "model/hypervisor.h"
#include "output/json.h"
#include "output/table.h"
#include "report/report.h"
#include "report/running_under.h"
#include "report/style.h"

static int print_layers(struct out *out, const struct hypervisor *hypervisor)
{
	static const struct column columns[] = {
		{ .title = "HYPERVISOR" }, { .title = "TYPE" },
		{ .title = "VERSION" },	   { .title = "AT" },
		{ .title = "CERTAIN" },
	};
	struct table *table;

	if (!hypervisor->count)
		return 0;
	out_printf(out, "\n");
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count) {
		table_row(table);
		table_cell(table, 0, OUT_BOLD, "%s%s",
			   hypervisor_name(layer->product),
			   layer->outer ? " (outer)" : "");
		table_cell(table, 1, OUT_PLAIN, "%s",
			   hypervisor_type(layer->product));
		table_cell(table, 2, OUT_PLAIN, "%s",
			   *layer->version ? layer->version : "-");
		if (*layer->signature)
			table_cell(table, 3, OUT_PLAIN, "0x%08x", layer->leaf);
		else
			table_cell(table, 3, OUT_PLAIN, "-");
		table_cell(table, 4,
			   layer->certainty == LAYER_CERTAIN ? OUT_GOOD :
							       OUT_WARN,
			   "%s", layer_certainty_name(layer->certainty));
	}
	if (table_finish(table))
		return -1;
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		out_paragraph(out, 2, layer->why);
	return 0;
}

static int print_hosting(struct out *out, const struct host *host,
			 const struct hypervisor *hypervisor)
{
	static const struct column columns[] = {
		{ .title = "NAME" },	{ .title = "TYPE" },
		{ .title = "PRESENT" }, { .title = "LOADED" },
		{ .title = "ACTIVE" },	{ .title = "EVIDENCE", .wrap = true },
	};
	struct table *table;

	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	for (enum hosting_id id = 0; id < NR_HOSTINGS; id++) {
		struct hosting hosting = hosting_of(host, hypervisor, id);

		table_row(table);
		table_cell(table, 0, OUT_BOLD, "%s", hosting.name);
		table_cell(table, 1, OUT_PLAIN, "%s", hosting.type);
		table_cell(table, 2, answer_style(hosting.present), "%s",
			   answer_name(hosting.present));
		table_cell(table, 3, answer_style(hosting.loaded), "%s",
			   hosting.has_kernel_part ?
				   answer_name(hosting.loaded) :
				   "-");
		table_cell(table, 4, answer_style(hosting.active), "%s",
			   answer_name(hosting.active));
		table_cell(table, 5, OUT_PLAIN, "%s", hosting.evidence);
	}
	return table_finish(table);
}

static int print_text(struct out *out, const struct host *host)
{
	char summary[RUNNING_UNDER_SIZE];
	struct hypervisor hypervisor;

	hypervisor_detect(&hypervisor, host);
	running_under_sentence(summary, &hypervisor);
	out_heading(out, "Hypervisor");
	out_paragraph(out, 2, summary);
	if (print_layers(out, &hypervisor))
		return report_out_of_memory();
	out_printf(out, "\n");
	out_heading(out, "What on this system can host guests");
	return print_hosting(out, host, &hypervisor) ? report_out_of_memory() :
						       0;
}

static void json_layer(struct json *json, const struct hypervisor_layer *layer,
		       bool nearest)
{
	json_begin_object(json, NULL);
	json_string(json, "name", hypervisor_name(layer->product));
	json_string(json, "type", hypervisor_type(layer->product));
	json_boolean(json, "nearest", nearest);
	json_boolean(json, "outer", layer->outer);
	json_string(json, "certainty", layer_certainty_name(layer->certainty));
	json_known_string(json, "signature", layer->signature);
	if (*layer->signature)
		json_hex(json, "leaf", layer->leaf, 8);
	else
		json_null(json, "leaf");
	json_known_string(json, "version", layer->version);
	json_string(json, "evidence", layer->why);
	json_end(json);
}

static void json_hosting(struct json *json, const struct hosting *hosting)
{
	json_begin_object(json, NULL);
	json_string(json, "name", hosting->name);
	json_string(json, "type", hosting->type);
	json_string(json, "what", hosting->what);
	json_answer(json, "present", hosting->present);
	if (hosting->has_kernel_part)
		json_answer(json, "loaded", hosting->loaded);
	json_answer(json, "active", hosting->active);
	json_known_string(json, "evidence", hosting->evidence);
	json_end(json);
}

static int print_json(struct out *out, const struct host *host)
{
	struct json *json = json_new("virtinfo.hypervisors/1");
	const struct hypervisor_layer *nearest;
	char summary[RUNNING_UNDER_SIZE];
	struct hypervisor hypervisor;

	hypervisor_detect(&hypervisor, host);
	nearest = hypervisor_nearest(&hypervisor);
	running_under_sentence(summary, &hypervisor);
	json_string(json, "input", host->name);
	running_under_json(json, &hypervisor);
	json_begin_object(json, "above");
	json_answer(json, "virtual_machine", hypervisor.guest);
	json_answer(json, "privileged", hypervisor.privileged);
	json_string(json, "summary", summary);
	json_begin_array(json, "layers");
	ARRAY_EACH(layer, hypervisor.layers, hypervisor.count)
		json_layer(json, layer, layer == nearest);
	json_end(json);
	json_end(json);
	json_begin_array(json, "hosting");
	for (enum hosting_id id = 0; id < NR_HOSTINGS; id++) {
		struct hosting hosting = hosting_of(host, &hypervisor, id);

		json_hosting(json, &hosting);
	}
	json_end(json);
	return json_finish(json, out->file) ? report_out_of_memory() : 0;
}

int report_hypervisors(struct out *out, struct host *const *hosts,
		       const struct options *options)
{
	const struct host *host = hosts[0];
	return options_has(options, OPT_JSON) ? print_json(out, host) :
						print_text(out, host);
}
