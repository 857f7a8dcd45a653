// SPDX-License-Identifier: GPL-2.0-only
/* Every key of a capture's facts (docs/ABI/capture). */
#include "model/system_keys.h"

#include <limits.h>
#include <string.h>

#include "base/number.h"
#include "model/kernel_log.h"
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
	at->system->container_known = true;
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
#define SAID	    "yes, no or a number"
#define HEXADECIMAL "a number of 64 bits in hexadecimal"

/* The first line that proves a claim is the one that is quoted. */
static enum parsed parse_log(const struct parsing *at)
{
	const struct log_message *message =
		kernel_log_find(at->name.text, at->name.length);

	if (message && !at->system->log[message->claim])
		at->system->log[message->claim] = at->value;
	return PARSED;
}

static enum parsed parse_kernel_log(const struct parsing *at)
{
	at->system->log_was_read = !strcmp(at->value, "read");
	if (!strncmp(at->value, "unreadable", strlen("unreadable")))
		at->system->log_unreadable = at->value;
	return PARSED;
}

static const struct fact_key keys[] = {
	/* First what a capture has most of. */
	{ .key = "kvm cap <NUMBER NAME>",
	  .parse = parse_kvm_cap,
	  .expected = "a number, two with \"vm\" between, or an errno" },
	{ .key = "kvm msr <INDEX>",
	  .parse = parse_kvm_msr,
	  .expected = HEXADECIMAL },
	{ .key = "kvm msrs",
	  .parse = parse_kvm_msrs,
	  .expected = "a list of addresses, or an errno" },
	{ .key = "kvm device open",
	  .parse = parse_kvm_open,
	  .expected = "ok or an errno" },
	{ .key = "kvm api", .parse = parse_kvm_api, .expected = NUMBER },
	{ .key = "kvm vm types",
	  .parse = parse_kvm_vm_types,
	  .expected = "a number of 32 bits in hexadecimal" },
	{ .key = "proof",
	  .parse = parse_proof,
	  .expected =
		  "\"failed STEP\" with an errno or with numbers of the exit" },
	{ .key = "proof time us",
	  .parse = parse_proof_time,
	  .expected = NUMBER },

	{ .key = "version" },
	{ .key = "kernel", .parse = parse_release },
	{ .key = "cpus covered" },
	{ .key = "sampled" },
	{ .key = "capture" },
	{ .key = "origin registers", .many = true },
	{ .key = "origin <KEY>", .many = true },
	{ .key = "contradiction", .many = true },
	{ .key = "cpus named" },
	{ .key = "source note", .many = true },
	{ .key = "source module" },

	{ .key = "cpuinfo model name" },
	{ .key = "cpuinfo vendor_id", .parse = parse_vendor },
	{ .key = "cpuinfo family", .parse = parse_number, .expected = NUMBER },
	{ .key = "cpuinfo model", .parse = parse_number, .expected = NUMBER },
	{ .key = "cpuinfo stepping",
	  .parse = parse_number,
	  .expected = NUMBER },
	{ .key = "cpuinfo <FLAG>",
	  .parse = parse_cpuinfo_flag,
	  .expected = "a list of CPUs" },
	{ .key = "lscpu hypervisor" },
	{ .key = "lscpu virtualization" },
	{ .key = "kvm-ok flag", .parse = parse_kvm_ok_flag },
	{ .key = "kvm-ok disabled", .parse = parse_kvm_ok_disabled },
	{ .key = "kvm-ok extension", .parse = parse_kvm_ok_extension },
	{ .key = "coreinfo <FLAG>", .parse = parse_said, .expected = SAID },
	{ .key = "haxm <CHECK NAME>", .parse = parse_said, .expected = SAID },
	{ .key = "kata-check <CHECK>", .parse = parse_said, .expected = SAID },
	{ .key = "libvirt <WORD NAME>", .parse = parse_said, .expected = SAID },
	{ .key = "snphost <CHECK NAME>",
	  .parse = parse_said,
	  .expected = SAID },
	{ .key = "virt-host-validate <CHECK NAME>",
	  .parse = parse_said,
	  .expected = SAID },
	{ .key = "config <NAME>", .parse = parse_config },
	{ .key = "kernel lockdown", .parse = parse_lockdown },
	{ .key = "kernel sig_enforce", .parse = parse_sig_enforce },
	{ .key = "kernel modules_disabled",
	  .parse = parse_modules_disabled,
	  .expected = NUMBER },
	{ .key = "kernel tainted", .parse = parse_number, .expected = NUMBER },
	{ .key = "kernel modules" },
	{ .key = "other kernels", .parse = parse_other_kernels },
	{ .key = "restart pending", .parse = parse_restart_pending },
	{ .key = "kernel config" },

	{ .key = "module <NAME>", .parse = parse_module },
	{ .key = "module <NAME> users",
	  .parse = parse_module_users,
	  .expected = NUMBER },
	{ .key = "module <NAME> blocked", .parse = parse_module_blocked },
	{ .key = "module <NAME> signature", .parse = parse_module_signature },
	{ .key = "module <NAME> load",
	  .parse = parse_module_load,
	  .expected = "ok or an errno" },
	{ .key = "module <NAME> version", .parse = parse_module_version },
	{ .key = "parameter <MODULE.NAME>", .parse = parse_parameter },

	{ .key = "dmi <NAME>" },
	{ .key = "hypervisor detected" },
	{ .key = "kernel log", .parse = parse_kernel_log },
	{ .key = "log lines", .parse = parse_number, .expected = NUMBER },
	{ .key = "log <ID>", .parse = parse_log },
	{ .key = "command line", .parse = parse_command_line },
	{ .key = "hypervisor type" },
	{ .key = "clocksource" },
	{ .key = "xen domain", .parse = parse_xen_domain },
	{ .key = "xen guest type", .parse = parse_xen_guest_type },
	{ .key = "xen capabilities", .parse = parse_xen_capabilities },
	{ .key = "xen features",
	  .parse = parse_xen_features,
	  .expected = HEXADECIMAL },
	{ .key = "xen guest kinds", .parse = parse_xen_guest_kinds },
	{ .key = "xen version" },
	{ .key = "jailhouse enabled",
	  .parse = parse_number,
	  .expected = NUMBER },
	{ .key = "container", .parse = parse_container },

	{ .key = "device <NAME>", .parse = parse_device },
	{ .key = "device <NAME> node",
	  .parse = parse_device_node,
	  .expected =
		  "\"character MAJOR:MINOR, owner UID, group GID (NAME), mode OCTAL\"" },
	{ .key = "device <NAME> group", .parse = parse_device_group },
	{ .key = "device <NAME> acl",
	  .parse = parse_device_acl,
	  .expected = "a list of user:UID:rw, group:GID:rw and mask:rw" },
	{ .key = "device <NAME> access", .parse = parse_device_access },
	{ .key = "device <NAME> cgroup rule", .parse = parse_device_rule },
	{ .key = "device <NAME> mount", .parse = parse_device_mount },
	{ .key = "device <NAME> member", .parse = parse_device_member },
	{ .key = "user",
	  .parse = parse_user,
	  .expected = "\"uid UID, gid GID, groups GID...\"" },

	{ .key = "node <PATH>" },
	{ .key = "program <NAME>" },
	{ .key = "process <NAME>", .parse = parse_process, .expected = NUMBER },
	{ .key = "iommu units", .parse = parse_iommu_units },
	{ .key = "iommu <UNIT> cap",
	  .parse = parse_iommu_cap,
	  .expected = HEXADECIMAL },
	{ .key = "iommu <UNIT> ecap",
	  .parse = parse_iommu_ecap,
	  .expected = HEXADECIMAL },
	{ .key = "iommu <UNIT> features",
	  .parse = parse_iommu_features,
	  .expected =
		  "a number of 64 bits in hexadecimal, or two with \":\" between" },
	{ .key = "iommu group types", .parse = parse_iommu_group_types },
	{ .key = "iommu groups", .parse = parse_number, .expected = NUMBER },
	{ .key = "acpi <TABLE>", .parse = parse_acpi_table },
	{ .key = "os product" },
	{ .key = "os release" },
	{ .key = "vbox version" },
	{ .key = "vbox hm" },
	{ .key = "vbox hm refused" },
	{ .key = "vbox nem hypervisor" },
	{ .key = "vbox error", .many = true },

	{ .key = "memory ksm", .parse = parse_number, .expected = NUMBER },
	{ .key = "memory swap", .parse = parse_number, .expected = NUMBER },
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
