// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show as JSON. */
#include <stdlib.h>

#include "base/array.h"
#include "model/findings.h"
#include "model/register_name.h"
#include "report/group.h"
#include "report/report.h"
#include "report/show.h"

/* Of a register that is not VI_ABSENT. */
static const char *const status_words[] = {
	[VI_READ] = "read",
	[VI_GP] = "gp",
	[VI_NOT_ATTEMPTED] = "not-attempted",
	[VI_SET] = "read",
	[VI_CLEAR] = "read",
	[VI_BITS] = "partial",
};

static void json_bit_names(struct json *json, enum field_id id,
			   enum register_id bits, u64 number)
{
	char key[64];

	snprintf(key, sizeof(key), "%s_bits", field_info(id)->name);
	json_begin_array(json, key);
	for (unsigned int bit = 0; bit < 64; bit++) {
		const char *name = register_bit_name(bits, bit);

		if (!(number >> bit & 1))
			continue;
		if (name)
			json_string(json, NULL, name);
		else
			json_format(json, NULL, "bit_%u", bit);
	}
	json_end(json);
}

static void json_field(struct json *json, const struct host_group *group,
		       enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct field_value value = field_value(group, id);
	enum register_id bits = register_of_bits(field->reg);
	char key[64];

	if (field->kind == FIELD_FLAG) {
		json_boolean(json, field->name, value.number);
		return;
	}
	if (field_is_question(id)) {
		json_string(json, field->name,
			    control_setting_name(value.control));
		return;
	}
	json_uint(json, field->name, value.number);
	if (value.text) {
		snprintf(key, sizeof(key), "%s_name", field->name);
		json_string(json, key, value.text);
	}
	if (bits != NR_REGISTERS)
		json_bit_names(json, id, bits, value.number);
}

static void json_register(struct json *json, const struct host_group *group,
			  enum register_id id,
			  const struct selection *selection)
{
	const struct register_info *info = register_info(id);
	struct register_value value = register_value(group, id);
	u64 unnamed = register_unnamed_bits(group, id);
	char address[REGISTER_ADDRESS_SIZE];

	if (value.status == VI_ABSENT)
		return;
	register_address(address, info, &value);
	json_begin_object(json, info->name);
	json_string(json, "address", address);
	json_string(json, "status", status_words[value.status]);
	if (value.status == VI_SET || value.status == VI_CLEAR)
		json_boolean(json, "set", value.status == VI_SET);
	if (value.known) {
		json_hex(json, "value", value.value, register_digits(info));
		if (value.status == VI_BITS)
			json_hex(json, "known", value.known,
				 register_digits(info));
		json_begin_object(json, "fields");
		FIELD_EACH(info, i)
			if (selection->fields[i] && field_value(group, i).known)
				json_field(json, group, i);
		json_end(json);
		if (unnamed)
			json_hex(json,
				 info->partial ? "unlisted_bits_set" :
						 "reserved_bits_set",
				 unnamed, 1);
	}
	json_end(json);
}

static void json_others(struct json *json, const struct host_group *group)
{
	json_begin_array(json, "other_leaves");
	ARRAY_EACH(raw, group->others.list, group->others.count) {
		json_begin_object(json, NULL);
		json_hex(json, "leaf", raw->leaf, 8);
		json_uint(json, "subleaf", raw->subleaf);
		json_hex(json, "eax", raw->reg[VI_EAX], 8);
		json_hex(json, "ebx", raw->reg[VI_EBX], 8);
		json_hex(json, "ecx", raw->reg[VI_ECX], 8);
		json_hex(json, "edx", raw->reg[VI_EDX], 8);
		json_end(json);
	}
	json_end(json);
}

static int json_findings(struct json *json, const struct host_group *group,
			 const struct selection *selection)
{
	struct findings findings = { .list = NULL };
	int error = findings_of(&findings, group);

	json_begin_array(json, "findings");
	ARRAY_EACH(finding, findings.list, findings.count) {
		if (!selection->registers[finding->reg])
			continue;
		json_begin_object(json, NULL);
		json_string(json, "register",
			    register_info(finding->reg)->name);
		json_string(json, "field",
			    finding->field == NR_FIELDS ?
				    NULL :
				    field_info(finding->field)->name);
		json_string(json, "text", finding->text);
		json_end(json);
	}
	json_end(json);
	findings_free(&findings);
	return error;
}

static int groups_json(struct json *json, const struct host *host,
		       const struct selection *selection)
{
	int error = 0;

	json_begin_array(json, "groups");
	GROUP_EACH(host, group) {
		json_begin_object(json, NULL);
		error |= group_json(json, group);
		json_begin_object(json, "registers");
		REGISTER_EACH(id)
			if (selection->registers[id])
				json_register(json, group, id, selection);
		json_end(json);
		if (selection->everything)
			json_others(json, group);
		error |= json_findings(json, group, selection);
		json_end(json);
	}
	json_end(json);
	return error;
}

int show_groups_json(struct json *json, const struct host *host)
{
	struct selection *everything = calloc(1, sizeof(*everything));
	int error;

	if (!everything)
		return -1;
	selection_all(everything);
	error = groups_json(json, host, everything);
	free(everything);
	return error;
}

int show_json(struct out *out, const struct host *host,
	      const struct selection *selection)
{
	struct json *json = json_new("virtinfo.show/1");
	int error = groups_json(json, host, selection);

	return json_finish(json, out->file) || error ? STATUS_FAILED : 0;
}
