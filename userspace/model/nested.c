// SPDX-License-Identifier: GPL-2.0-only
#include "model/nested.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* IA32_VMX_BASIC to IA32_VMX_EXIT_CTLS2. */
#define VMX_FIRST 0x480
#define VMX_LAST  0x493

static bool is_vmx_capability(enum register_id id)
{
	const struct register_info *info = register_info(id);

	return info->class == REGISTER_MSR && info->address >= VMX_FIRST &&
	       info->address <= VMX_LAST;
}

const char *nested_msr_name(uint32_t index)
{
	for (int id = 0; id < NR_REGISTERS; id++)
		if (register_info(id)->class == REGISTER_MSR &&
		    register_info(id)->address == index)
			return register_info(id)->name;
	switch (index) {
	case 0x8b:
		return "IA32_BIOS_SIGN_ID";
	case 0xce:
		return "MSR_PLATFORM_INFO";
	case 0x345:
		return "IA32_PERF_CAPABILITIES";
	case 0xc0011029:
		return "DE_CFG";
	default:
		return NULL;
	}
}

/* What KVM offers as if it were a CPU: the one decoder then reads both. */
static void offered_group(struct host_group *group, const struct kvm_caps *caps)
{
	memset(group, 0, sizeof(*group));
	MSR_EACH(i) {
		const struct kvm_msr *msr;

		if (vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		msr = kvm_caps_msr(caps, vi_msrs[i].address);
		if (!msr || !msr->readable)
			continue;
		group->sample.msr[i] = msr->value;
		group->sample.msr_status[i] = VI_READ;
	}
}

static void put_word(char word[NESTED_WORD], const struct host_group *group,
		     enum field_id id)
{
	struct field_value value = field_value(group, id);
	enum register_id reg = field_info(id)->reg;
	char text[FIELD_WORD_SIZE];

	/* A number is compared, and its name says less. */
	value.text = NULL;
	snprintf(word, NESTED_WORD, "%s",
		 value.known ? field_word(text, id, &value) :
		 register_value(group, reg).status == VI_GP ? "#GP" :
							      "unknown");
}

/* What every CPU says; "CPUs differ" where they do not agree. */
static void put_host_word(char word[NESTED_WORD], const struct host *host,
			  enum field_id id)
{
	char other[NESTED_WORD] = "";

	snprintf(word, NESTED_WORD, "unknown");
	for (size_t i = 0; i < host->nr_groups; i++) {
		put_word(i ? other : word, host->groups[i], id);
		if (i && strcmp(word, other)) {
			snprintf(word, NESTED_WORD, "CPUs differ");
			return;
		}
	}
}

static enum nested_relation relation(const struct host *host,
				     const struct host_group *offered,
				     const struct nested_row *row)
{
	enum answer hardware, kvm;

	if (!field_value(offered, row->field).known ||
	    !strcmp(row->hardware, "unknown") || !strcmp(row->hardware, "#GP"))
		return NESTED_UNKNOWN;
	if (!strcmp(row->hardware, row->kvm))
		return NESTED_SAME;
	if (!field_is_question(row->field))
		return NESTED_DIFFERS;
	hardware = host_answer(host, row->field);
	kvm = field_answer(offered, row->field);
	if (hardware == ANSWER_UNKNOWN || hardware == kvm)
		return NESTED_DIFFERS;
	return hardware == ANSWER_YES ? NESTED_WITHHELD : NESTED_EMULATED;
}

/* Does either side have this register? Else its fields are only noise. */
static bool has_register(const struct host *host,
			 const struct host_group *offered, enum register_id id)
{
	if (register_value(offered, id).status == VI_READ)
		return true;
	GROUP_EACH(host, group)
		if (register_value(group, id).status == VI_READ)
			return true;
	return false;
}

static size_t add_rows(struct nested_row *rows, enum register_id id,
		       const struct host *host,
		       const struct host_group *offered)
{
	size_t count = 0;

	FIELD_EACH(register_info(id), i) {
		struct nested_row *row = &rows[count];
		enum field_kind kind = field_info(i)->kind;

		if (kind == FIELD_RESERVED0 || kind == FIELD_DEFAULT1)
			continue;
		row->field = i;
		put_host_word(row->hardware, host, row->field);
		put_word(row->kvm, offered, row->field);
		row->relation = relation(host, offered, row);
		count++;
	}
	return count;
}

int nested_compare(const struct host *host, const struct kvm_caps *caps,
		   struct nested_row **rows)
{
	struct host_group *offered = malloc(sizeof(*offered));
	size_t count = 0;

	*rows = calloc(NR_FIELDS, sizeof(**rows));
	if (!offered || !*rows) {
		free(offered);
		free(*rows);
		*rows = NULL;
		return -1;
	}
	offered_group(offered, caps);
	for (int id = 0; id < NR_REGISTERS; id++)
		if (is_vmx_capability(id) && has_register(host, offered, id))
			count += add_rows(*rows + count, id, host, offered);
	free(offered);
	return (int)count;
}

const char *nested_relation_name(enum nested_relation relation)
{
	static const char *const names[] = {
		[NESTED_UNKNOWN] = "unknown",	[NESTED_SAME] = "same",
		[NESTED_WITHHELD] = "withheld", [NESTED_EMULATED] = "emulated",
		[NESTED_DIFFERS] = "differs",
	};

	return names[relation];
}
