// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo kvm: the API version, every capability, and the hardware's VMX
 * controls beside those that KVM offers to a nested guest.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"
#include "kvm/device.h"
#include "base/append.h"
#include "base/array.h"
#include "base/errname.h"
#include "model/nested.h"
#include "output/json.h"
#include "output/table.h"
#include "report/report.h"

struct model {
	const struct kvm_caps *caps;
	struct nested_row *nested;
	int nr_nested;
};

/* In one line why there is nothing to report; false: there is something. */
static bool trouble(const struct kvm_caps *caps, char *text, size_t size)
{
	char name[ERRNAME_SIZE];

	if (!caps->known)
		snprintf(text, size, "this input says nothing of KVM");
	else if (caps->open_error)
		snprintf(text, size, "%s does not open: %s (%s)", KVM_DEVICE,
			 strerror(caps->open_error),
			 errname_format(name, caps->open_error));
	else if (caps->api < 0)
		snprintf(text, size,
			 "%s does not answer as KVM does: no API version",
			 KVM_DEVICE);
	else
		return false;
	return true;
}

static enum kvm_cap_kind cap_kind(const struct kvm_cap *cap)
{
	const struct kvm_cap_row *row = kvm_cap_find(cap->number);

	return row ? row->kind : KVM_CAP_KIND_COUNT;
}

/* As text. */

static void number_text(char *text, size_t size, enum kvm_cap_kind kind,
			int value)
{
	if (kind == KVM_CAP_KIND_BITMASK)
		snprintf(text, size, "0x%x", (unsigned int)value);
	else
		snprintf(text, size, "%d", value);
}

static void value_text(char *text, size_t size, const struct kvm_cap *cap)
{
	char device[16], vm[16], name[ERRNAME_SIZE];

	number_text(device, sizeof(device), cap_kind(cap), cap->value);
	number_text(vm, sizeof(vm), cap_kind(cap), cap->vm_value);
	if (cap->error)
		snprintf(text, size, "%s", errname_format(name, cap->error));
	else if (cap->per_vm)
		snprintf(text, size, "%s (VM: %s)", device, vm);
	else
		snprintf(text, size, "%s", device);
}

static enum out_style state_style(enum kvm_cap_state state)
{
	return state == KVM_CAP_SUPPORTED   ? OUT_GOOD :
	       state == KVM_CAP_UNSUPPORTED ? OUT_WARN :
					      OUT_DIM;
}

static void print_classics(struct out *out, const struct kvm_caps *caps)
{
	for (int i = 0; i < KVM_CAP_CLASSICS; i++) {
		const struct kvm_cap *cap =
			kvm_caps_get(caps, kvm_cap_classics[i]);
		enum kvm_cap_state state = kvm_cap_state(caps, cap);
		char value[48] = "";

		if (cap)
			value_text(value, sizeof(value), cap);
		out_pair(out,
			 kvm_cap_find(kvm_cap_classics[i])->name +
				 strlen("KVM_CAP_"),
			 state_style(state), "%s%s%s", value,
			 *value ? "  " : "", kvm_cap_state_name(state));
	}
}

static void print_vm_types(struct out *out, const struct kvm_caps *caps)
{
	char names[128] = "";
	bool listed;
	uint32_t types = kvm_caps_vm_types(caps, &listed);

	/* Every capability that was asked for is there, or none is. */
	if (!caps->cap_count) {
		out_pair(out, "VM types", OUT_DIM, "not asked");
		return;
	}
	for (unsigned int bit = 0; bit < 32; bit++) {
		const char *name = kvm_vm_type_name(bit);

		if (!(types & (1u << bit)))
			continue;
		if (name)
			append_word(names, sizeof(names), " ", name);
		else
			append_text(names, sizeof(names), " ", "type-%u", bit);
	}
	out_pair(out, "VM types", OUT_PLAIN, "%s%s", names,
		 listed ? "" : " (this kernel does not list them)");
}

/* Of the other architectures only what surprises. */
static bool is_listed(const struct kvm_caps *caps, const struct kvm_cap *cap)
{
	const struct kvm_cap_row *row = kvm_cap_find(cap->number);

	return !row || row->x86 ||
	       kvm_cap_state(caps, cap) == KVM_CAP_SUPPORTED || cap->error;
}

/* The value, or why there is none, in a narrow column. */
static void answer_cell(struct table *table, int column,
			const struct kvm_cap *cap, enum kvm_cap_state state)
{
	static const char *const words[] = {
		[KVM_CAP_NOT_ASKED] = "not asked",
		[KVM_CAP_UNSUPPORTED] = "no",
		[KVM_CAP_UNKNOWN_NUMBER] = "old kernel",
		[KVM_CAP_NO_ANSWER] = "no or old",
	};
	char value[48];

	value_text(value, sizeof(value), cap);
	table_cell(table, column, state_style(state), "%s",
		   state == KVM_CAP_SUPPORTED || cap->error ? value :
							      words[state]);
}

static int print_caps(struct out *out, const struct kvm_caps *caps)
{
	static const struct column columns[] = {
		{ .title = "NO", .right = true },
		{ .title = "KVM_CAP_" },
		{ .title = "VALUE" },
		{ .title = "MEANING", .wrap = true },
	};
	struct table *table =
		table_new(out, columns, ARRAY_SIZE(columns), true);
	size_t left_out = 0;

	ARRAY_EACH(cap, caps->caps, caps->cap_count) {
		const struct kvm_cap_row *row = kvm_cap_find(cap->number);
		enum kvm_cap_state state = kvm_cap_state(caps, cap);

		if (!is_listed(caps, cap)) {
			left_out++;
			continue;
		}
		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%d", cap->number);
		table_cell(table, 1, OUT_PLAIN, "%s",
			   row ? row->name + strlen("KVM_CAP_") :
				 "(no name here)");
		answer_cell(table, 2, cap, state);
		table_cell(table, 3, OUT_PLAIN, "%s",
			   row ? row->meaning :
				 "Newer than this program's table.");
	}
	if (table_finish(table))
		return -1;
	if (left_out) {
		out_printf(out, "\n");
		out_folded(
			out, OUT_DIM, 0, 0,
			"%zu capabilities of other architectures, none of them supported, are left out; --json has all.",
			left_out);
	}
	return 0;
}

static int print_msrs(struct out *out, const struct kvm_caps *caps)
{
	static const struct column columns[] = {
		{ .title = "MSR" },
		{ .title = "NAME" },
		{ .title = "VALUE" },
	};
	char error[ERRNAME_SIZE];
	struct table *table;

	out_printf(out, "\n");
	out_heading(out, "MSRs that KVM offers to guests");
	if (caps->msr_error == KVM_MSRS_UNKNOWN) {
		out_printf(out, "Not known.\n");
		return 0;
	}
	if (caps->msr_error) {
		out_printf(out, "KVM does not list them: %s (%s).\n",
			   strerror(caps->msr_error),
			   errname_format(error, caps->msr_error));
		return 0;
	}
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	ARRAY_EACH(msr, caps->msrs, caps->msr_count) {
		const char *name = nested_msr_name(msr->index);

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "0x%" PRIx32, msr->index);
		if (name)
			table_cell(table, 1, OUT_PLAIN, "%s", name);
		if (msr->readable)
			table_cell(table, 2, OUT_PLAIN, "0x%016" PRIx64,
				   msr->value);
		else
			table_cell(table, 2, OUT_WARN, "unreadable");
	}
	return table_finish(table);
}

static const enum out_style relation_styles[] = {
	[NESTED_UNKNOWN] = OUT_DIM,   [NESTED_SAME] = OUT_DIM,
	[NESTED_WITHHELD] = OUT_WARN, [NESTED_EMULATED] = OUT_GOOD,
	[NESTED_DIFFERS] = OUT_WARN,
};

static int print_nested(struct out *out, const struct model *model)
{
	static const struct column columns[] = {
		{ .title = "CONTROL" },
		{ .title = "HARDWARE" },
		{ .title = "KVM" },
		{ .title = "" },
	};
	struct table *table;

	out_printf(out, "\n");
	out_heading(out, "VMX of the hardware, and what a nested guest gets");
	if (!model->nr_nested) {
		out_printf(
			out,
			"Neither the hardware nor KVM shows VMX capability MSRs here.\n");
		return 0;
	}
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	ARRAY_EACH(row, model->nested, model->nr_nested) {
		const struct field_info *field = field_info(row->field);

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s.%s",
			   register_info(field->reg)->name, field->name);
		table_cell(table, 1, OUT_PLAIN, "%s", row->hardware);
		table_cell(table, 2, OUT_PLAIN, "%s", row->kvm);
		table_cell(table, 3, relation_styles[row->relation], "%s",
			   nested_relation_name(row->relation));
	}
	return table_finish(table);
}

static int print_text(struct out *out, const struct model *model)
{
	const struct kvm_caps *caps = model->caps;

	out_pair(out, "API version",
		 caps->api == KVM_DEVICE_API ? OUT_GOOD : OUT_BAD, "%d%s",
		 caps->api, caps->api == KVM_DEVICE_API ? "" : " (not 12)");
	out_pair(out, "Kernel", OUT_PLAIN, "%s",
		 *caps->release ? caps->release : "unknown");
	print_vm_types(out, caps);
	print_classics(out, caps);
	out_printf(out, "\n");
	if (print_caps(out, caps) || print_msrs(out, caps) ||
	    print_nested(out, model))
		return report_out_of_memory();
	return 0;
}

/* As JSON. */

static void json_vm_types(struct json *json, const struct kvm_caps *caps)
{
	bool listed;
	uint32_t types = kvm_caps_vm_types(caps, &listed);

	json_begin_object(json, "vm_types");
	json_boolean(json, "listed", listed);
	json_hex(json, "mask", types, 1);
	json_begin_array(json, "names");
	for (unsigned int bit = 0; bit < 32; bit++)
		if (types & (1u << bit) && kvm_vm_type_name(bit))
			json_string(json, NULL, kvm_vm_type_name(bit));
		else if (types & (1u << bit))
			json_format(json, NULL, "type-%u", bit);
	json_end(json);
	json_end(json);
}

/* One word for each state, unlike the words for people. */
static const char *const state_words[] = {
	[KVM_CAP_NOT_ASKED] = "not-asked",
	[KVM_CAP_SUPPORTED] = "supported",
	[KVM_CAP_UNSUPPORTED] = "unsupported",
	[KVM_CAP_UNKNOWN_NUMBER] = "unknown-to-kernel",
	[KVM_CAP_NO_ANSWER] = "unsupported-or-unknown",
};

static void json_cap(struct json *json, const struct kvm_caps *caps,
		     const struct kvm_cap *cap)
{
	const struct kvm_cap_row *row = kvm_cap_find(cap->number);

	json_begin_object(json, NULL);
	json_int(json, "number", cap->number);
	json_string(json, "name", row ? row->name : NULL);
	json_string(json, "state", state_words[kvm_cap_state(caps, cap)]);
	if (cap->error) {
		char error[ERRNAME_SIZE];

		json_null(json, "value");
		json_string(json, "error", errname_format(error, cap->error));
	} else {
		json_int(json, "value", cap->value);
	}
	if (cap->per_vm)
		json_int(json, "vm_value", cap->vm_value);
	if (row) {
		json_boolean(json, "x86", row->x86);
		json_string(json, "kind", kvm_cap_kind_name(row->kind));
		json_string(json, "meaning", row->meaning);
		json_string(json, "source", row->source);
	}
	json_end(json);
}

static void json_msrs(struct json *json, const struct kvm_caps *caps)
{
	char error[ERRNAME_SIZE];

	if (caps->msr_error) {
		json_null(json, "msrs");
		if (caps->msr_error != KVM_MSRS_UNKNOWN)
			json_string(json, "msrs_error",
				    errname_format(error, caps->msr_error));
		return;
	}
	json_begin_array(json, "msrs");
	ARRAY_EACH(msr, caps->msrs, caps->msr_count) {
		json_begin_object(json, NULL);
		json_hex(json, "index", msr->index, 1);
		json_string(json, "name", nested_msr_name(msr->index));
		if (msr->readable)
			json_hex(json, "value", msr->value, 16);
		else
			json_null(json, "value");
		json_end(json);
	}
	json_end(json);
}

static void json_nested(struct json *json, const struct model *model)
{
	json_begin_array(json, "nested");
	ARRAY_EACH(row, model->nested, model->nr_nested) {
		const struct field_info *field = field_info(row->field);

		json_begin_object(json, NULL);
		json_string(json, "register", register_info(field->reg)->name);
		json_string(json, "field", field->name);
		json_string(json, "kind", field_kind_name(field->kind));
		json_string(json, "hardware", row->hardware);
		json_string(json, "kvm", row->kvm);
		json_string(json, "relation",
			    nested_relation_name(row->relation));
		json_end(json);
	}
	json_end(json);
}

static int print_json(struct out *out, const struct model *model)
{
	const struct kvm_caps *caps = model->caps;
	struct json *json = json_new("virtinfo.kvm/1");
	char error[ERRNAME_SIZE];

	json_string(json, "device",
		    !caps->known     ? NULL :
		    caps->open_error ? errname_format(error, caps->open_error) :
				       "ok");
	json_known_uint(json, "api_version", caps->api >= 0,
			(uint64_t)caps->api);
	json_known_string(json, "kernel", caps->release);
	if (caps->api >= 0) {
		json_vm_types(json, caps);
		json_begin_object(json, "classic");
		for (int i = 0; i < KVM_CAP_CLASSICS; i++) {
			const struct kvm_cap *cap =
				kvm_caps_get(caps, kvm_cap_classics[i]);
			const char *name =
				kvm_cap_find(kvm_cap_classics[i])->name;

			if (cap && !cap->error)
				json_int(json, name, cap->value);
			else
				json_null(json, name);
		}
		json_end(json);
		json_begin_array(json, "capabilities");
		ARRAY_EACH(cap, caps->caps, caps->cap_count)
			json_cap(json, caps, cap);
		json_end(json);
		json_msrs(json, caps);
	}
	json_nested(json, model);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

int report_kvm(struct out *out, struct host *const *hosts,
	       const struct options *options)
{
	const struct host *host = hosts[0];
	struct model model = { .caps = &host->system.kvm };
	char text[160];
	bool troubled;
	int status;

	model.nr_nested = nested_compare(host, model.caps, &model.nested);
	if (model.nr_nested < 0)
		return report_out_of_memory();
	troubled = trouble(model.caps, text, sizeof(text));
	if (options_has(options, OPT_JSON))
		status = print_json(out, &model);
	else
		status = troubled ? 0 : print_text(out, &model);
	if (!status && troubled) {
		fprintf(stderr, "virtinfo: %s\n", text);
		status = STATUS_FAILED;
	}
	free(model.nested);
	return status;
}
