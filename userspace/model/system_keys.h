/* SPDX-License-Identifier: GPL-2.0-only */
/* The keys of facts, and what parses each. For model/system*.c and kvm_facts.c. */
#ifndef VIRTINFO_MODEL_SYSTEM_KEYS_H
#define VIRTINFO_MODEL_SYSTEM_KEYS_H

#include "model/system.h"

enum parsed { PARSED, PARSED_BAD, PARSED_NO_MEMORY };

struct parsing {
	struct system *system; /* to fill */
	const char *key;
	struct fact_name name; /* the key's <NAME>, where it has one */
	const char *value;
};

typedef enum parsed fact_parser(const struct parsing *at);

struct fact_key {
	/* As docs/ABI/capture has it, with one name at most in < and >. */
	const char *key;
	fact_parser *parse;   /* NULL: nothing but the string is asked for */
	const char *expected; /* for messages, where parse can refuse a value */
	bool many; /* it may be there more than once, with other values */
};

/* All of them; NULL past the end. */
const struct fact_key *fact_key_at(size_t index);
/* The row of a fact's key, with its name in *name; NULL if it has none. */
const struct fact_key *fact_key_find(const char *key, struct fact_name *name);

bool fact_name_is(struct fact_name name, const char *text);

/* The item of that name, made where it is not there. NULL without memory. */
void *named_make(struct named_list *list, size_t size, struct fact_name name);

/* The parsers. */
fact_parser parse_said, parse_vendor;
fact_parser parse_cpuinfo_flag, parse_kvm_ok_flag, parse_kvm_ok_disabled,
	parse_kvm_ok_extension, parse_config, parse_release, parse_lockdown,
	parse_sig_enforce, parse_modules_disabled;
fact_parser parse_module, parse_module_users, parse_module_blocked,
	parse_module_signature, parse_module_load, parse_module_version,
	parse_parameter;
fact_parser parse_device, parse_device_node, parse_device_group,
	parse_device_acl, parse_device_access, parse_device_rule,
	parse_device_mount, parse_device_member, parse_user;
fact_parser parse_iommu_units, parse_iommu_cap, parse_iommu_ecap,
	parse_iommu_features, parse_acpi_table;
fact_parser parse_xen_domain, parse_xen_guest_type, parse_xen_capabilities;
fact_parser parse_command_line, parse_iommu_group_types, parse_xen_guest_kinds,
	parse_other_kernels, parse_restart_pending;
fact_parser parse_kvm_open, parse_kvm_api, parse_kvm_cap, parse_kvm_vm_types,
	parse_kvm_msrs, parse_kvm_msr, parse_proof, parse_proof_time;

#endif
