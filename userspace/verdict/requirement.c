// SPDX-License-Identifier: GPL-2.0-only
/* Whether a host meets what a profile asks for. */
#include "verdict/requirement.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "kvm/caps.h"
#include "model/kernel_log.h"
#include "model/tool_words.h"

/* Does the host meet the row? seen: what was seen of it. */
struct question {
	const struct host *host;
	const struct requirement *row;
	char *seen;
};

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
	ARRAY_EACH(row, kvm_cap_rows, kvm_cap_row_count)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}

static enum answer cap_met(const struct question *q)
{
	const struct kvm_cap_row *row = find_cap(q->row->key);
	const struct kvm_cap *cap =
		row ? kvm_caps_get(&q->host->system.kvm, row->number) : NULL;
	char text[KVM_CAP_TEXT];

	if (!cap)
		return not_known(q->seen);
	SAY(q->seen, "%s", kvm_cap_text(text, cap));
	if (cap->error)
		return ANSWER_UNKNOWN;
	/* Where a VM answers differently, its answer is what counts. */
	return yes((cap->per_vm ? cap->vm_value : cap->value) > 0);
}

static enum answer vm_type_met(const struct question *q)
{
	if (!q->host->system.vm_types_known)
		return not_known(q->seen);
	SAY(q->seen, "%.100s", fact(q->host, "kvm vm types"));
	return yes(q->host->system.vm_types >> q->row->number & 1);
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
static enum answer tool_met(const struct question *q)
{
	const struct said *said = tool_word(&q->host->system, q->row->field);
	u64 limit = q->row->kind == REQUIRE_ABOVE ? (u64)q->row->number : 0;

	if (!said)
		return ANSWER_UNKNOWN;
	SAY(q->seen, "%.60s: %.40s", said->name.text, said->text);
	return yes(said->number > limit);
}

static enum answer register_met(const struct question *q)
{
	const struct field_info *info = field_info(q->row->field);
	const char *name = register_info(info->reg)->name;
	enum answer all = q->host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;

	GROUP_EACH(q->host, group) {
		enum answer one = number_met(group, q->row);
		char *cpus;

		if (answer_and(all, one) == all)
			continue;
		all = one;
		cpus = cpulist_words(&group->cpus);
		if (q->row->kind == REQUIRE_ABOVE && one == ANSWER_NO)
			SAY(q->seen, "%s %s at most %d on %.45s", name,
			    info->name, q->row->number, cpus ? cpus : "?");
		else
			SAY(q->seen, "%s %s %s on %.45s", name, info->name,
			    one == ANSWER_NO ? "is 0 or missing" :
					       "is not known",
			    cpus ? cpus : "?");
		free(cpus);
	}
	if (all == ANSWER_YES)
		SAY(q->seen, "%s %s on every CPU", name, info->name);
	else if (!q->host->nr_groups)
		return not_known(q->seen);
	return all;
}

static enum answer field_met(const struct question *q)
{
	enum answer met = register_met(q);

	return met == ANSWER_UNKNOWN &&
			       tool_word(&q->host->system, q->row->field) ?
		       tool_met(q) :
		       met;
}

static enum answer module_met(const struct question *q)
{
	const struct module *wanted = required_module(q->host, q->row);

	if (!wanted->state_text)
		return not_known(q->seen);
	SAY(q->seen, "%.60s", wanted->state_text);
	return wanted->state == MODULE_STATE_UNKNOWN ?
		       ANSWER_UNKNOWN :
		       yes(module_present(wanted));
}

/* A module that has others, and not this one, does not know it. */
static enum answer parameter_met(const struct question *q)
{
	const struct module *its = required_module(q->host, q->row);
	const char *value = required_parameter(q->host, q->row);

	if (value) {
		SAY(q->seen, "%.60s", value);
		return yes(!is_nothing(value));
	}
	if (!its->state_text || (module_present(its) && !its->parameters_known))
		return not_known(q->seen);
	SAY(q->seen, "module %s: %.40s%s", q->row->key, its->state_text,
	    module_present(its) ? ", no such parameter" : "");
	return ANSWER_NO;
}

static enum answer device_met(const struct question *q)
{
	const struct device *wanted = required_device(q->host, q->row);

	if (!wanted->state_text)
		return not_known(q->seen);
	if (wanted->state == DEVICE_MISSING || !wanted->access) {
		SAY(q->seen, "%.40s", wanted->state_text);
		return wanted->state == DEVICE_MISSING ? ANSWER_NO :
							 ANSWER_UNKNOWN;
	}
	SAY(q->seen, "%.40s, access: %s", wanted->state_text,
	    device_access_name(wanted->access));
	return yes(wanted->access == ACCESS_READ_WRITE);
}

/* KVM lists what it offers: what is not in the list is not offered. */
static enum answer msr_met(const struct question *q)
{
	const struct kvm_caps *kvm = &q->host->system.kvm;
	const struct kvm_msr *msr = kvm_caps_msr(kvm, (uint32_t)q->row->number);

	if (!msr) {
		if (kvm->msr_error)
			return not_known(q->seen);
		SAY(q->seen, "not offered");
		return ANSWER_NO;
	}
	if (!msr->readable) {
		SAY(q->seen, "unreadable");
		return ANSWER_UNKNOWN;
	}
	SAY(q->seen, "0x%016llx", (unsigned long long)msr->value);
	return yes(msr->value != 0);
}

static enum answer fact_met(const struct question *q)
{
	const char *value = fact(q->host, q->row->key);
	bool off = q->row->kind == REQUIRE_OFF;

	if (!value)
		return not_known(q->seen);
	SAY(q->seen, "%.100s", value);
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
	REQUIREMENT_EACH(requirement)
		if (requirement->profile == profile &&
		    requirement->level == LEVEL_PROOF &&
		    proves(host, requirement))
			return requirement;
	return NULL;
}

/* Vendors carry features earlier: a release only counts without a proof. */
static enum answer kernel_met(const struct question *q)
{
	const struct requirement *proof =
		find_proof(q->host, q->row->profile, kvm_has);
	const char *release = fact(q->host, "kernel");
	char name[REQUIREMENT_TEXT];

	if (q->host->system.release >= q->row->number) {
		SAY(q->seen, "%.80s", release);
		return ANSWER_YES;
	}
	if (proof) {
		SAY(q->seen, "%.60s, but its KVM has %.60s",
		    release ? release : "an unknown release",
		    requirement_name(proof, name));
		return ANSWER_YES;
	}
	if (!q->host->system.release)
		return not_known(q->seen);
	SAY(q->seen, "%.80s", release);
	return ANSWER_NO;
}

static enum answer iommu_met(const struct question *q)
{
	enum iommu_state state = iommu_state(&q->host->system.iommu_use);

	if (state == IOMMU_UNKNOWN)
		return not_known(q->seen);
	SAY(q->seen, "%s", iommu_state_text(state));
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
	char seen[REQUIREMENT_TEXT];

	REQUIREMENT_EACH(requirement)
		if (requirement->profile == profile &&
		    requirement->kind == REQUIRE_DEVICE &&
		    requirement->level == LEVEL_MUST &&
		    row_met(host, requirement, seen) == ANSWER_NO)
			return true;
	return false;
}

/*
 * What KVM has is no longer kept out by what the kernel said at first; but what
 * is said of a device counts while that is missing.
 */
static enum answer line_met(const struct question *q)
{
	const struct requirement *proof =
		find_proof(q->host, q->row->profile, kvm_has_on);
	const char *line = line_of(q->host, q->row);
	char name[REQUIREMENT_TEXT];

	if (!line)
		return not_known(q->seen);
	if (!proof || (q->row->stage == STAGE_DEVICE &&
		       lacks_device(q->host, q->row->profile))) {
		SAY(q->seen, "%.120s", line);
		return ANSWER_NO;
	}
	SAY(q->seen, "%.70s, but KVM has %.60s", line,
	    requirement_name(proof, name));
	return ANSWER_YES;
}

bool requirement_asks(const struct host *host,
		      const struct requirement *requirement)
{
	return requirement->kind != REQUIRE_LINE || line_of(host, requirement);
}

static enum answer is_free(const struct question *q)
{
	return free_met(q->host, q->seen);
}

static enum answer is_shared(const struct question *q)
{
	return shared_met(q->host, q->seen);
}

static enum answer row_met(const struct host *host,
			   const struct requirement *requirement,
			   char seen[REQUIREMENT_TEXT])
{
	static enum answer (*const met[])(const struct question *q) = {
		[REQUIRE_CAP] = cap_met,
		[REQUIRE_VM_TYPE] = vm_type_met,
		[REQUIRE_BIT] = field_met,
		[REQUIRE_NUMBER] = field_met,
		[REQUIRE_ABOVE] = field_met,
		[REQUIRE_MODULE] = module_met,
		[REQUIRE_PARAMETER] = parameter_met,
		[REQUIRE_DEVICE] = device_met,
		[REQUIRE_MSR] = msr_met,
		[REQUIRE_FACT] = fact_met,
		[REQUIRE_OFF] = fact_met,
		[REQUIRE_KERNEL] = kernel_met,
		[REQUIRE_IOMMU] = iommu_met,
		[REQUIRE_LINE] = line_met,
		[REQUIRE_FREE] = is_free,
		[REQUIRE_SHARED] = is_shared,
	};
	const struct question question = { host, requirement, seen };

	return met[requirement->kind](&question);
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
