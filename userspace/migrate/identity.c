// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "model/group_names.h"
#include "summary.h"

static const struct {
	const char *name;
	const char *fact;
} parts[NR_IDENTITY_PARTS] = {
	[IDENTITY_VENDOR] = { "vendor", "cpuinfo vendor_id" },
	[IDENTITY_FAMILY] = { "family", "cpuinfo family" },
	[IDENTITY_MODEL] = { "model", "cpuinfo model" },
	[IDENTITY_STEPPING] = { "stepping", "cpuinfo stepping" },
	[IDENTITY_MODEL_NAME] = { "model name", "cpuinfo model name" },
	[IDENTITY_HYPERVISOR] = { "hypervisor signature", "" },
};

const char *identity_name(enum identity_part part)
{
	return parts[part].name;
}

bool identity_is_fact(enum identity_part part, const char *key)
{
	return !strcmp(parts[part].fact, key);
}

/* Those bits, which a form in words may tell without the others. */
static bool is_known(const struct host_group *group, enum register_id id,
		     u32 bits)
{
	return !(bits & ~register_value(group, id).known);
}

static bool has_vendor(const struct host_group *group)
{
	return is_known(group, REG_CPUID_L0_EBX, ~0U) &&
	       is_known(group, REG_CPUID_L0_ECX, ~0U) &&
	       is_known(group, REG_CPUID_L0_EDX, ~0U);
}

/* Family, model and stepping, with their extensions. */
static bool has_signature(const struct host_group *group)
{
	return is_known(group, REG_CPUID_L1_EAX, 0x0fff0fff);
}

static bool is_read(const struct host_group *group, enum vi_leaf leaf)
{
	return group->sample.leaf_status[leaf] == VI_READ;
}

static bool has_name(const struct host_group *group)
{
	return is_read(group, VI_L80000002) && is_read(group, VI_L80000003) &&
	       is_read(group, VI_L80000004);
}

static bool has_hypervisor(const struct host_group *group)
{
	return is_known(group, REG_HV_ANY_0_0_EBX, ~0U) &&
	       is_known(group, REG_HV_ANY_0_0_ECX, ~0U) &&
	       is_known(group, REG_HV_ANY_0_0_EDX, ~0U);
}

static int put(struct identity *identity, enum identity_part part,
	       const char *word)
{
	if (!*word)
		return 0;
	identity->word[part] = strdup(word);
	return identity->word[part] ? 0 : -1;
}

static int put_number(struct identity *identity, enum identity_part part,
		      u32 number)
{
	char word[16];

	snprintf(word, sizeof(word), "%u", number);
	return put(identity, part, word);
}

static int put_signature(struct identity *identity,
			 const struct host_group *group)
{
	struct vi_signature signature =
		vi_signature(group->sample.leaf[VI_L1][VI_EAX]);

	return put_number(identity, IDENTITY_FAMILY, signature.family) ||
			       put_number(identity, IDENTITY_MODEL,
					  signature.model) ||
			       put_number(identity, IDENTITY_STEPPING,
					  signature.stepping) ?
		       -1 :
		       0;
}

/* As its leaf has the 12 bytes: EBX, ECX, EDX. */
static int put_hypervisor(struct identity *identity,
			  const struct host_group *group)
{
	static const enum register_id order[] = { REG_HV_ANY_0_0_EBX,
						  REG_HV_ANY_0_0_ECX,
						  REG_HV_ANY_0_0_EDX };
	char bytes[12], word[SAFE_SIZE(sizeof(bytes))];
	size_t i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(register_value(group, order[i / 4]).value >>
				  8 * (i % 4));
	safe_bytes(word, sizeof(word), bytes, strnlen(bytes, sizeof(bytes)));
	return put(identity, IDENTITY_HYPERVISOR, word);
}

int identity_of(struct identity *identity, const struct host_group *group)
{
	struct group_names names = { .cpus = NULL };
	int error;

	*identity = (struct identity){ .word = { NULL } };
	error = group_names(group, &names);
	if (!error && has_vendor(group))
		error = put(identity, IDENTITY_VENDOR, names.vendor);
	if (!error && has_signature(group))
		error = put_signature(identity, group);
	if (!error && has_name(group))
		error = put(identity, IDENTITY_MODEL_NAME, names.model_name);
	if (!error && has_hypervisor(group))
		error = put_hypervisor(identity, group);
	group_names_free(&names);
	return error;
}

void identity_free(struct identity *identity)
{
	enum identity_part part;

	for (part = 0; part < NR_IDENTITY_PARTS; part++)
		free(identity->word[part]);
	*identity = (struct identity){ .word = { NULL } };
}

/* AMD's leaves 80000000H and 80000001H repeat 0 and 1; Intel's have 0 there. */
static bool repeats(const struct host_group *group, enum register_id id,
		    enum register_id of)
{
	u64 value = register_value(group, id).value;

	return is_known(group, id, ~0U) && is_known(group, of, ~0U) &&
	       (!value || value == register_value(group, of).value);
}

static bool of_number(const struct host_group *group,
		      const struct difference *difference)
{
	switch (difference->reg) {
	case REG_CPUID_L0_EBX:
	case REG_CPUID_L0_ECX:
	case REG_CPUID_L0_EDX:
		return has_vendor(group);
	case REG_CPUID_L80000000_EBX:
		return repeats(group, difference->reg, REG_CPUID_L0_EBX);
	case REG_CPUID_L80000000_ECX:
		return repeats(group, difference->reg, REG_CPUID_L0_ECX);
	case REG_CPUID_L80000000_EDX:
		return repeats(group, difference->reg, REG_CPUID_L0_EDX);
	case REG_CPUID_L80000001_EAX:
		return repeats(group, difference->reg, REG_CPUID_L1_EAX);
	case REG_HV_ANY_0_0_EBX:
	case REG_HV_ANY_0_0_ECX:
	case REG_HV_ANY_0_0_EDX:
		return has_hypervisor(group);
	default:
		return false;
	}
}

static bool of_group(const struct host_group *group,
		     const struct difference *difference)
{
	switch (difference->field) {
	case FIELD_CPUID_L1_EAX_stepping_id:
	case FIELD_CPUID_L1_EAX_model:
	case FIELD_CPUID_L1_EAX_family_id:
	case FIELD_CPUID_L1_EAX_extended_model_id:
	case FIELD_CPUID_L1_EAX_extended_family_id:
		return has_signature(group);
	default:
		break;
	}
	if (difference->reg == NR_REGISTERS)
		return difference->leaf >= 0x80000002 &&
		       difference->leaf <= 0x80000004 && has_name(group);
	return of_number(group, difference);
}

bool identity_says(const struct host_group *a, const struct host_group *b,
		   const struct difference *difference)
{
	return of_group(a, difference) && of_group(b, difference);
}
