// SPDX-License-Identifier: GPL-2.0-only
/* Every key of a capture's facts (docs/ABI/capture). */
#include "model/system_keys.h"

#include <limits.h>
#include <string.h>

#include "base/number.h"
#include "types.h"

/* What does not begin as a number is a word, perhaps of a newer program. */
static enum parsed parse_number(const struct parsing *at)
{
	uint64_t number;

	if (parse_u64(at->value, UINT64_MAX, &number))
		return PARSED;
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}

static enum parsed parse_process(const struct parsing *at)
{
	struct process *process;
	unsigned int count;

	if (!parse_uint(at->value, &count))
		return looks_like_number(at->value) ? PARSED_BAD : PARSED;
	process =
		named_make(&at->system->processes, sizeof(*process), at->name);
	if (!process)
		return PARSED_NO_MEMORY;
	process->count = count;
	return PARSED;
}

static enum parsed parse_container(const struct parsing *at)
{
	at->system->container = strcmp(at->value, "none") ? at->value : NULL;
	return PARSED;
}

/* Hexadecimal without "0x", as /sys/hypervisor has it. */
static enum parsed parse_xen_features(const struct parsing *at)
{
	const char *text = at->value;
	uint64_t features;

	if (take_number(&text, 16, UINT64_MAX, &features) && !*text) {
		at->system->xen_features = features;
		return PARSED;
	}
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}

#define NUMBER	    "a number"
#define HEXADECIMAL "a number of 64 bits in hexadecimal"

static const struct fact_key keys[] = {
	/* First what a capture has most of. */
	{ "kvm cap <NUMBER NAME>", parse_kvm_cap,
	  "a number, two with \"vm\" between, or an errno" },
	{ "kvm msr <INDEX>", parse_kvm_msr, HEXADECIMAL },
	{ "kvm msrs", parse_kvm_msrs, "a list of addresses, or an errno" },
	{ "kvm device open", parse_kvm_open, "ok or an errno" },
	{ "kvm api", parse_kvm_api, NUMBER },
	{ "kvm vm types", parse_kvm_vm_types,
	  "a number of 32 bits in hexadecimal" },
	{ "proof", parse_proof,
	  "\"failed STEP\" with an errno or with numbers of the exit" },
	{ "proof time us", parse_proof_time, NUMBER },

	{ .key = "version" },
	{ "kernel", parse_release, NULL },
	{ .key = "cpus covered" },
	{ .key = "sampled" },
	{ .key = "capture" },
	{ .key = "origin registers", .many = true },
	{ .key = "origin <KEY>", .many = true },
	{ .key = "contradiction", .many = true },
	{ .key = "cpus named" },
	{ .key = "source note" },
	{ .key = "source module" },

	{ .key = "cpuinfo model name" },
	{ "cpuinfo <FLAG>", parse_cpuinfo_flag, "a list of CPUs" },
	{ "config <NAME>", parse_config, NULL },
	{ "kernel lockdown", parse_lockdown, NULL },
	{ "kernel sig_enforce", parse_sig_enforce, NULL },
	{ "kernel modules_disabled", parse_modules_disabled, NUMBER },
	{ "kernel tainted", parse_number, NUMBER },
	{ .key = "kernel modules" },
	{ .key = "kernel config" },

	{ "module <NAME>", parse_module, NULL },
	{ "module <NAME> users", parse_module_users, NUMBER },
	{ "module <NAME> blocked", parse_module_blocked, NULL },
	{ "module <NAME> signature", parse_module_signature, NULL },
	{ "module <NAME> load", parse_module_load, "ok or an errno" },
	{ .key = "parameter <MODULE.NAME>" },

	{ .key = "dmi <NAME>" },
	{ .key = "hypervisor detected" },
	{ .key = "hypervisor type" },
	{ .key = "clocksource" },
	{ .key = "xen domain" },
	{ .key = "xen guest type" },
	{ .key = "xen capabilities" },
	{ "xen features", parse_xen_features, HEXADECIMAL },
	{ .key = "xen version" },
	{ "jailhouse enabled", parse_number, NUMBER },
	{ "container", parse_container, NULL },

	{ "device <NAME>", parse_device, NULL },
	{ "device <NAME> node", parse_device_node,
	  "\"character MAJOR:MINOR, owner UID, group GID (NAME), mode OCTAL\"" },
	{ "device <NAME> group", parse_device_group, NULL },
	{ "device <NAME> acl", parse_device_acl,
	  "a list of user:UID:rw, group:GID:rw and mask:rw" },
	{ "device <NAME> access", parse_device_access, NULL },
	{ "device <NAME> cgroup rule", parse_device_rule, NULL },
	{ "device <NAME> mount", parse_device_mount, NULL },
	{ "user", parse_user, "\"uid UID, gid GID, groups GID...\"" },

	{ .key = "node <PATH>" },
	{ .key = "program <NAME>" },
	{ "process <NAME>", parse_process, NUMBER },
	{ "iommu units", parse_iommu_units, NULL },
	{ "iommu <UNIT> cap", parse_iommu_cap, HEXADECIMAL },
	{ "iommu <UNIT> ecap", parse_iommu_ecap, HEXADECIMAL },
	{ "iommu <UNIT> features", parse_iommu_features,
	  "a number of 64 bits in hexadecimal, or two with \":\" between" },
	{ "iommu groups", parse_number, NUMBER },
	{ "acpi <TABLE>", parse_acpi_table, NULL },
	{ "memory ksm", parse_number, NUMBER },
	{ "memory swap", parse_number, NUMBER },
};

const struct fact_key *fact_key_at(size_t index)
{
	return index < ARRAY_SIZE(keys) ? &keys[index] : NULL;
}

bool fact_name_is(struct fact_name name, const char *text)
{
	return strlen(text) == name.length &&
	       !memcmp(name.text, text, name.length);
}

/* Only a name that is last in its key can have blanks. */
static bool take_name(const char *row, const char *key, struct fact_name *name)
{
	const char *behind = strchr(row, '>') + 1;
	size_t rest = strlen(behind), length = strlen(key);

	if (length <= rest || strcmp(key + length - rest, behind))
		return false;
	*name = (struct fact_name){ key, length - rest };
	return memchr(row, ' ', (size_t)(behind - row)) ||
	       !memchr(name->text, ' ', name->length);
}

static bool matches(const char *row, const char *key, struct fact_name *name)
{
	while (*row == *key && *row) {
		row++;
		key++;
	}
	if (*row == '<')
		return take_name(row, key, name);
	*name = (struct fact_name){ key, 0 };
	return !*row && !*key;
}

const struct fact_key *fact_key_find(const char *key, struct fact_name *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (matches(keys[i].key, key, name))
			return &keys[i];
	return NULL;
}
