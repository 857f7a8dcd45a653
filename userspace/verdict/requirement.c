// SPDX-License-Identifier: GPL-2.0-only
/* Whether a host meets what a profile asks for. */
#include "verdict/requirement.h"

#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"
#include "model/kernel_log.h"
#include "model/tool_words.h"

static const char *fact(const struct host *host, const char *key)
{
	return facts_get(host->facts, key);
}

const struct module *required_module(const struct host *host,
				     const struct requirement *requirement)
{
	return system_module(&host->system, requirement->key);
}

const struct device *required_device(const struct host *host,
				     const struct requirement *requirement)
{
	return system_device(&host->system, requirement->key);
}

const char *required_parameter(const struct host *host,
			       const struct requirement *requirement)
{
	return facts_getf(host->facts, "parameter %s.%s", requirement->key,
			  requirement->parameter);
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

enum answer not_known(char seen[REQUIREMENT_TEXT])
{
	SAY(seen, "not known");
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
	const struct kvm_cap *cap =
		row ? kvm_caps_get(&host->system.kvm, row->number) : NULL;
	char text[KVM_CAP_TEXT];

	if (!cap)
		return not_known(seen);
	SAY(seen, "%s", kvm_cap_text(text, cap));
	if (cap->error)
		return ANSWER_UNKNOWN;
	/* Where a VM answers differently, its answer is what counts. */
	return yes((cap->per_vm ? cap->vm_value : cap->value) > 0);
}

static enum answer vm_type_met(const struct host *host,
			       const struct requirement *requirement,
			       char seen[REQUIREMENT_TEXT])
{
	if (!host->system.vm_types_known)
		return not_known(seen);
	SAY(seen, "%.100s", fact(host, "kvm vm types"));
	return yes(host->system.vm_types >> requirement->number & 1);
}

/* Is the row's number of that group there, and large enough? */
static enum answer number_met(const struct host_group *group,
			      const struct requirement *requirement)
{
	struct field_value value;

	if (requirement->kind != REQUIRE_ABOVE)
		return field_answer(group, requirement->field);
	value = field_value(group, requirement->field);
	if (!value.known)
		return field_answer(group, requirement->field);
	return yes(value.number > (u64)requirement->number);
}

/* Without the register another tool may have said what the field is. */
static enum answer tool_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	const struct said *said = tool_word(&host->system, requirement->field);
	u64 limit = requirement->kind == REQUIRE_ABOVE ?
			    (u64)requirement->number :
			    0;

	if (!said)
		return ANSWER_UNKNOWN;
	SAY(seen, "%.60s: %.40s", said->name.text, said->text);
	return yes(said->number > limit);
}

static enum answer register_met(const struct host *host,
				const struct requirement *requirement,
				char seen[REQUIREMENT_TEXT])
{
	const struct field_info *info = field_info(requirement->field);
	const char *name = register_info(info->reg)->name;
	enum answer all = host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		const struct host_group *group = host->groups[i];
		enum answer one = number_met(group, requirement);
		char *cpus;

		if (answer_and(all, one) == all)
			continue;
		all = one;
		cpus = cpulist_words(&group->cpus);
		if (requirement->kind == REQUIRE_ABOVE && one == ANSWER_NO)
			SAY(seen, "%s %s at most %d on %.45s", name, info->name,
			    requirement->number, cpus ? cpus : "?");
		else
			SAY(seen, "%s %s %s on %.45s", name, info->name,
			    one == ANSWER_NO ? "is 0 or missing" :
					       "is not known",
			    cpus ? cpus : "?");
		free(cpus);
	}
	if (all == ANSWER_YES)
		SAY(seen, "%s %s on every CPU", name, info->name);
	else if (!host->nr_groups)
		return not_known(seen);
	return all;
}

static enum answer field_met(const struct host *host,
			     const struct requirement *requirement,
			     char seen[REQUIREMENT_TEXT])
{
	enum answer met = register_met(host, requirement, seen);

	return met == ANSWER_UNKNOWN &&
			       tool_word(&host->system, requirement->field) ?
		       tool_met(host, requirement, seen) :
		       met;
}

static enum answer module_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const struct module *wanted = required_module(host, requirement);

	if (!wanted->state_text)
		return not_known(seen);
	SAY(seen, "%.60s", wanted->state_text);
	return wanted->state == MODULE_STATE_UNKNOWN ?
		       ANSWER_UNKNOWN :
		       yes(module_present(wanted));
}

/* A module that has others, and not this one, does not know it. */
static enum answer parameter_met(const struct host *host,
				 const struct requirement *requirement,
				 char seen[REQUIREMENT_TEXT])
{
	const struct module *its = required_module(host, requirement);
	const char *value = required_parameter(host, requirement);

	if (value) {
		SAY(seen, "%.60s", value);
		return yes(!is_nothing(value));
	}
	if (!its->state_text || (module_present(its) && !its->parameters_known))
		return not_known(seen);
	SAY(seen, "module %s: %.40s%s", requirement->key, its->state_text,
	    module_present(its) ? ", no such parameter" : "");
	return ANSWER_NO;
}

static enum answer device_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const struct device *wanted = required_device(host, requirement);

	if (!wanted->state_text)
		return not_known(seen);
	if (wanted->state == DEVICE_MISSING || !wanted->access) {
		SAY(seen, "%.40s", wanted->state_text);
		return wanted->state == DEVICE_MISSING ? ANSWER_NO :
							 ANSWER_UNKNOWN;
	}
	SAY(seen, "%.40s, access: %s", wanted->state_text,
	    device_access_name(wanted->access));
	return yes(wanted->access == ACCESS_READ_WRITE);
}

/* KVM lists what it offers: what is not in the list is not offered. */
static enum answer msr_met(const struct host *host,
			   const struct requirement *requirement,
			   char seen[REQUIREMENT_TEXT])
{
	const struct kvm_caps *kvm = &host->system.kvm;
	const struct kvm_msr *msr =
		kvm_caps_msr(kvm, (uint32_t)requirement->number);

	if (!msr) {
		if (kvm->msr_error)
			return not_known(seen);
		SAY(seen, "not offered");
		return ANSWER_NO;
	}
	if (!msr->readable) {
		SAY(seen, "unreadable");
		return ANSWER_UNKNOWN;
	}
	SAY(seen, "0x%016llx", (unsigned long long)msr->value);
	return yes(msr->value != 0);
}

static enum answer fact_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	const char *value = fact(host, requirement->key);
	bool off = requirement->kind == REQUIRE_OFF;

	if (!value)
		return not_known(seen);
	SAY(seen, "%.100s", value);
	return yes(is_nothing(value) == off);
}

static enum answer row_met(const struct host *host,
			   const struct requirement *requirement,
			   char seen[REQUIREMENT_TEXT]);

static bool kvm_has_on(const struct host *host,
		       const struct requirement *requirement)
{
	char seen[REQUIREMENT_TEXT];

	return row_met(host, requirement, seen) == ANSWER_YES;
}

/* Does KVM have what the row is for? Off is there too. */
static bool kvm_has(const struct host *host,
		    const struct requirement *requirement)
{
	if (requirement->kind == REQUIRE_PARAMETER)
		return required_parameter(host, requirement);
	return kvm_has_on(host, requirement);
}

/* The row PROOF of the profile that says so, or NULL. */
static const struct requirement *
find_proof(const struct host *host, enum profile_id profile,
	   bool (*proves)(const struct host *, const struct requirement *))
{
	const struct requirement *requirement;
	size_t i;

	for (i = 0; (requirement = requirement_at(i)); i++)
		if (requirement->profile == profile &&
		    requirement->level == LEVEL_PROOF &&
		    proves(host, requirement))
			return requirement;
	return NULL;
}

/* Vendors carry features earlier: a release only counts without a proof. */
static enum answer kernel_met(const struct host *host,
			      const struct requirement *requirement,
			      char seen[REQUIREMENT_TEXT])
{
	const struct requirement *proof =
		find_proof(host, requirement->profile, kvm_has);
	const char *release = fact(host, "kernel");
	char name[REQUIREMENT_TEXT];

	if (host->system.release >= requirement->number) {
		SAY(seen, "%.80s", release);
		return ANSWER_YES;
	}
	if (proof) {
		SAY(seen, "%.60s, but its KVM has %.60s",
		    release ? release : "an unknown release",
		    requirement_name(proof, name));
		return ANSWER_YES;
	}
	if (!host->system.release)
		return not_known(seen);
	SAY(seen, "%.80s", release);
	return ANSWER_NO;
}

static enum answer iommu_met(const struct host *host,
			     char seen[REQUIREMENT_TEXT])
{
	enum iommu_state state = iommu_state(&host->system.iommu_use);

	if (state == IOMMU_UNKNOWN)
		return not_known(seen);
	SAY(seen, "%s", iommu_state_text(state));
	return yes(state == IOMMU_TRANSLATES);
}

static const char *line_of(const struct host *host,
			   const struct requirement *requirement)
{
	return host->system.log[requirement->number];
}

/* A device of the profile that is known not to be there. */
static bool lacks_device(const struct host *host, enum profile_id profile)
{
	const struct requirement *requirement;
	char seen[REQUIREMENT_TEXT];
	size_t i;

	for (i = 0; (requirement = requirement_at(i)); i++)
		if (requirement->profile == profile &&
		    requirement->kind == REQUIRE_DEVICE &&
		    requirement->level == LEVEL_MUST &&
		    device_met(host, requirement, seen) == ANSWER_NO)
			return true;
	return false;
}

/*
 * What KVM has is no longer kept out by what the kernel said at first; but what
 * is said of a device counts while that is missing.
 */
static enum answer line_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	const struct requirement *proof =
		find_proof(host, requirement->profile, kvm_has_on);
	const char *line = line_of(host, requirement);
	char name[REQUIREMENT_TEXT];

	if (!line)
		return not_known(seen);
	if (!proof || (requirement->stage == STAGE_DEVICE &&
		       lacks_device(host, requirement->profile))) {
		SAY(seen, "%.120s", line);
		return ANSWER_NO;
	}
	SAY(seen, "%.70s, but KVM has %.60s", line,
	    requirement_name(proof, name));
	return ANSWER_YES;
}

bool requirement_asks(const struct host *host,
		      const struct requirement *requirement)
{
	return requirement->kind != REQUIRE_LINE || line_of(host, requirement);
}

static enum answer row_met(const struct host *host,
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
	case REQUIRE_ABOVE:
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
	case REQUIRE_MSR:
		return msr_met(host, requirement, seen);
	case REQUIRE_KERNEL:
		return kernel_met(host, requirement, seen);
	case REQUIRE_IOMMU:
		return iommu_met(host, seen);
	case REQUIRE_LINE:
		return line_met(host, requirement, seen);
	case REQUIRE_FREE:
		return free_met(host, seen);
	case REQUIRE_SHARED:
		return shared_met(host, seen);
	}
	return not_known(seen);
}

/* KVM would not have it on without. */
static bool follows_from_proof(const struct requirement *requirement)
{
	switch (requirement->level) {
	case LEVEL_CAUSE:
	case LEVEL_PROOF:
		return true;
	case LEVEL_MUST:
		return requirement->kind == REQUIRE_BIT ||
		       requirement->kind == REQUIRE_NUMBER ||
		       requirement->kind == REQUIRE_ABOVE;
	default:
		return false;
	}
}

enum answer requirement_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT])
{
	enum answer met = row_met(host, requirement, seen);
	const struct requirement *proof;
	char name[REQUIREMENT_TEXT];

	if (met != ANSWER_UNKNOWN || !follows_from_proof(requirement))
		return met;
	proof = find_proof(host, requirement->profile, kvm_has_on);
	if (!proof)
		return met;
	SAY(seen, "not known, but KVM has %.80s",
	    requirement_name(proof, name));
	return ANSWER_YES;
}
