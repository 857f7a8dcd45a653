// SPDX-License-Identifier: GPL-2.0-only
#include "model/tool_words.h"

#include <string.h>

#include "types.h"

enum proves { BOTH, YES };

static const struct {
	const char *key;
	enum proves proves;
	enum field_id field;
} rows[] = {
#define TOOL_WORD(key, proves, field) { key, proves, FIELD_##field },
#include "tables/tool_words.def"
};

const struct said *tool_word(const struct system *system, enum field_id field)
{
	const struct said *said;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].field != field)
			continue;
		said = system_said(system, rows[i].key);
		if (said && (said->number || rows[i].proves == BOTH))
			return said;
	}
	return NULL;
}

enum answer tool_answer(const struct system *system, enum field_id field)
{
	const struct said *said = tool_word(system, field);

	if (!said)
		return ANSWER_UNKNOWN;
	return said->number ? ANSWER_YES : ANSWER_NO;
}

const struct said *tool_either_flag(const struct system *system)
{
	const struct said *said =
		system_said(system, "virt-host-validate hardware");

	return said ? said : system_said(system, "cpuinfo vmx or svm");
}

static enum vi_extension of_either_flag(const struct system *system)
{
	const struct said *said = tool_either_flag(system);

	return said && said->number ? system->vendor : VI_NO_EXTENSION;
}

enum vi_extension tool_extension(const struct system *system)
{
	if (tool_answer(system, FIELD_CPUID_L1_ECX_vmx) == ANSWER_YES)
		return VI_VMX;
	if (tool_answer(system, FIELD_CPUID_L80000001_ECX_svm) == ANSWER_YES)
		return VI_SVM;
	if (tool_used_kvm(system))
		return system->vendor;
	return of_either_flag(system);
}

const struct said *tool_used_kvm(const struct system *system)
{
	static const char *const keys[] = {
		"kata-check create",
		"libvirt domain kvm",
		"snphost kvm",
	};
	const struct said *said;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		said = system_said(system, keys[i]);
		if (said && said->number)
			return said;
	}
	return NULL;
}

bool tool_spoke(const struct system *system, const char *tool)
{
	const struct said *said = system->said.items;
	size_t i, length = strlen(tool);

	for (i = 0; i < system->said.count; i++)
		if (said[i].name.length > length &&
		    !memcmp(said[i].name.text, tool, length) &&
		    said[i].name.text[length] == ' ')
			return true;
	return false;
}
