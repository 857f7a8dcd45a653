// SPDX-License-Identifier: GPL-2.0-only
/* Whether a host meets what a profile asks for. */
#include "verdict/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"
#include "base/errname.h"

#define SAY(seen, ...) snprintf(seen, REQUIREMENT_TEXT, __VA_ARGS__)

static const char *fact(const struct host *host, const char *key)
{
	return facts_get(host->facts, key);
}

static const char *keyed_fact(const struct host *host, const char *kind,
			      const char *name, const char *more)
{
	char key[96];

	snprintf(key, sizeof(key), "%s %s%s", kind, name, more);
	return fact(host, key);
}

static const char *parameter(const struct host *host,
			     const struct requirement *requirement)
{
	char name[64];

	snprintf(name, sizeof(name), "%s.%s", requirement->key,
		 requirement->parameter);
	return keyed_fact(host, "parameter", name, "");
}

static bool is_nothing(const char *value)
{
	return !strcmp(value, "none") || !strcmp(value, "absent") ||
	       !strcmp(value, "0") || !strcmp(value, "N");
}

static enum answer yes(bool met)
{
	return met ? ANSWER_YES : ANSWER_NO;
}

static enum answer not_known(char seen[REQUIREMENT_TEXT])
{
	SAY(seen, "not in the evidence");
	return ANSWER_UNKNOWN;
}

static const struct kvm_cap_row *find_cap(const char *name)
{
	size_t i;

	for (i = 0; i < kvm_cap_row_count; i++)
		if (!strcmp(kvm_cap_rows[i].name, name))
			return &kvm_cap_rows[i];
	return NULL;
}

static enum answer cap_met(const struct host *host,
			   const struct requirement *requirement,
			   char seen[REQUIREMENT_TEXT])
{
	const struct kvm_cap_row *row = find_cap(requirement->key);
	const char *value;
	int device, vm;
	char key[96];

	if (!row)
		return not_known(seen);
	snprintf(key, sizeof(key), "kvm cap %d %s", row->number, row->name);
	value = fact(host, key);
	if (!value)
		return not_known(seen);
	SAY(seen, "%.60s", value);
	/* Where a VM answers differently, its answer is what counts. */
	switch (sscanf(value, "%d vm %d", &device, &vm)) {
	case 1:
		return yes(device > 0);
	case 2:
		return yes(vm > 0);
	default:
		return ANSWER_UNKNOWN;
	}
}

static enum answer vm_type_met(const struct host *host,
			       const struct requirement *requirement,
			       char seen[REQUIREMENT_TEXT])
{
	const char *types = fact(host, "kvm vm types");

	if (!types)
		return not_known(seen);
	SAY(seen, "%.100s", types);
	return yes(strtoul(types, NULL, 16) >> requirement->number & 1);
}

static enum answer field_met(const struct host *host,
			     const struct requirement *requirement,
			     char seen[REQUIREMENT_TEXT])
{
	const struct field_info *info = field_info(requirement->field);
	const char *name = register_info(info->reg)->name;
	enum answer all = host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		const struct host_group *group = host->groups[i];
		enum answer one = field_answer(group, requirement->field);
		char *cpus;

		if (answer_and(all, one) == all)
			continue;
		all = one;
		cpus = cpulist_words(&group->cpus);
		SAY(seen, "%s %s %s on %.45s", name, info->name,
		    one == ANSWER_NO ? "is 0 or missing" : "is not known",
		    cpus ? cpus : "?");
		free(cpus);
	}
	if (all == ANSWER_YES)
		SAY(seen, "%s %s on every CPU", name, info->name);
	else if (!host->nr_groups)
		return not_known(seen);
	return all;
}

static enum answer module_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const char *state = facts_module(host->facts, requirement->key);

	if (!state)
		return not_known(seen);
	SAY(seen, "%.60s", state);
	if (!strcmp(state, "unknown"))
		return ANSWER_NO;
	return yes(facts_module_present(host->facts, requirement->key));
}

/* A module that is there without the parameter does not know it. */
static enum answer parameter_met(const struct host *host,
				 const struct requirement *requirement,
				 char seen[REQUIREMENT_TEXT])
{
	const char *state = facts_module(host->facts, requirement->key);
	const char *value = parameter(host, requirement);

	if (value) {
		SAY(seen, "%.60s", value);
		return yes(!is_nothing(value));
	}
	if (!state)
		return not_known(seen);
	SAY(seen, "module %s: %.40s, no such parameter", requirement->key,
	    state);
	return ANSWER_NO;
}

static enum answer device_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const char *state = keyed_fact(host, "device", requirement->key, "");
	const char *access =
		keyed_fact(host, "device", requirement->key, " access");

	if (!state)
		return not_known(seen);
	if (!strcmp(state, "missing") || !access) {
		SAY(seen, "%.40s", state);
		return strcmp(state, "missing") ? ANSWER_UNKNOWN : ANSWER_NO;
	}
	SAY(seen, "%.40s, access: %.40s", state, access);
	return yes(!strcmp(access, "read write"));
}

/* "0x480 0x481 ..." or "none"; where KVM gave no list, the errno it gave. */
static bool is_list(const char *msrs)
{
	return msrs && (!strncmp(msrs, "0x", 2) || !strcmp(msrs, "none"));
}

static enum answer fact_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	const char *value = fact(host, requirement->key);
	bool off = requirement->kind == REQUIRE_OFF;

	if (value) {
		SAY(seen, "%.100s", value);
		return strcmp(value, "unreadable") ?
			       yes(is_nothing(value) == off) :
			       ANSWER_UNKNOWN;
	}
	/* KVM lists what it offers: what is not in the list is not offered. */
	if (!strncmp(requirement->key, "kvm msr ", 8) &&
	    is_list(fact(host, "kvm msrs"))) {
		SAY(seen, "not offered");
		return ANSWER_NO;
	}
	return not_known(seen);
}

static enum answer kernel_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const char *release = fact(host, "kernel");
	int number = release ? kernel_release_parse(release) : 0;

	if (!number)
		return not_known(seen);
	SAY(seen, "%.80s", release);
	return yes(number >= requirement->number);
}

static bool on_anywhere(const struct host *host, bool *known)
{
	bool on = false;
	size_t i;

	*known = host->nr_groups > 0;
	for (i = 0; i < host->nr_groups; i++) {
		on = on || host->groups[i]->vmx_on.count ||
		     host->groups[i]->svm_on.count;
		*known = *known && host->groups[i]->on_known;
	}
	return on;
}

static bool vendor_loaded(const struct host *host)
{
	static const char *const modules[] = { "kvm_intel", "kvm_amd" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modules); i++)
		if (facts_module_present(host->facts, modules[i]))
			return true;
	return false;
}

/* From 6.12 on KVM takes it when it loads, unless told otherwise. */
static enum answer free_met(const struct host *host,
			    char seen[REQUIREMENT_TEXT])
{
	const char *kernel = fact(host, "kernel");
	const char *at_load = fact(host, "parameter kvm.enable_virt_at_load");
	int release = kernel ? kernel_release_parse(kernel) : 0;
	bool known, on = on_anywhere(host, &known);

	if (release >= KERNEL_ENABLES_AT_LOAD && vendor_loaded(host) &&
	    !(at_load && is_nothing(at_load))) {
		SAY(seen,
		    "KVM is loaded and has taken it (enable_virt_at_load)");
		return ANSWER_NO;
	}
	if (on && release < KERNEL_ENABLES_APART) {
		SAY(seen, "CR4.VMXE or EFER.SVME is set");
		return ANSWER_NO;
	}
	if (known && !on) {
		SAY(seen, "CR4.VMXE and EFER.SVME are clear on every CPU");
		return ANSWER_YES;
	}
	if (release >= KERNEL_ENABLES_AT_LOAD && fact(host, "module kvm") &&
	    !vendor_loaded(host) && !on) {
		SAY(seen, "KVM is not loaded");
		return ANSWER_YES;
	}
	return not_known(seen);
}

/* Its node is there, and is not this user's. */
static bool is_closed(const struct host *host,
		      const struct requirement *requirement)
{
	const char *state = keyed_fact(host, "device", requirement->key, "");

	return requirement->kind == REQUIRE_DEVICE && state &&
	       strcmp(state, "missing") != 0;
}

const char *requirement_lack(const struct host *host,
			     const struct requirement *requirement,
			     char text[REQUIREMENT_TEXT])
{
	char buffer[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, buffer);
	const char *value;

	switch (requirement->kind) {
	case REQUIRE_PARAMETER:
		value = parameter(host, requirement);
		if (value)
			SAY(text, "%.90s is %.40s", name, value);
		else if (facts_module_present(host->facts, requirement->key))
			break;
		else
			SAY(text, "module %.40s is not loaded",
			    requirement->key);
		return text;
	case REQUIRE_MODULE:
		value = facts_module(host->facts, requirement->key);
		if (!value || !strcmp(value, "absent"))
			break;
		SAY(text, "%.120s is not loaded", name);
		return text;
	case REQUIRE_DEVICE:
		if (!is_closed(host, requirement))
			break;
		SAY(text, "%.120s is not open to this user", name);
		return text;
	case REQUIRE_KERNEL:
		SAY(text, "%.120s is needed", name);
		return text;
	case REQUIRE_FREE:
		SAY(text, "VMX or SVM is held");
		return text;
	default:
		break;
	}
	SAY(text, "%.120s is missing", name);
	return text;
}

const char *requirement_advice(const struct host *host,
			       const struct requirement *requirement)
{
	bool of_kvm = requirement->kind == REQUIRE_CAP ||
		      requirement->kind == REQUIRE_VM_TYPE ||
		      requirement->kind == REQUIRE_PARAMETER;

	if (of_kvm && !vendor_loaded(host) &&
	    facts_module_present(host->facts, "kvm_pvm"))
		return "This KVM works in software (kvm_pvm), without VMX or SVM, and does not have it: a host where KVM has VMX or SVM does.";
	if (is_closed(host, requirement))
		return "The node is there: as root, let this user read and write it (by its group, or setfacl -m u:USER:rw).";
	return requirement->why;
}

enum answer requirement_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	switch (requirement->kind) {
	case REQUIRE_CAP:
		return cap_met(host, requirement, seen);
	case REQUIRE_VM_TYPE:
		return vm_type_met(host, requirement, seen);
	case REQUIRE_BIT:
	case REQUIRE_NUMBER:
		return field_met(host, requirement, seen);
	case REQUIRE_MODULE:
		return module_met(host, requirement, seen);
	case REQUIRE_PARAMETER:
		return parameter_met(host, requirement, seen);
	case REQUIRE_DEVICE:
		return device_met(host, requirement, seen);
	case REQUIRE_FACT:
	case REQUIRE_OFF:
		return fact_met(host, requirement, seen);
	case REQUIRE_KERNEL:
		return kernel_met(host, requirement, seen);
	case REQUIRE_FREE:
		return free_met(host, seen);
	}
	return not_known(seen);
}
