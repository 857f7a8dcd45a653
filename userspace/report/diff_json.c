// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo diff as JSON. */
#include <stdlib.h>

#include "base/errname.h"
#include "migrate/words.h"
#include "model/group_names.h"
#include "output/json.h"
#include "report/diff.h"

static int json_host(struct json *json, const struct side *side)
{
	const struct host *host = side->host;
	struct group_names names = { .cpus = NULL };
	int error = host->nr_groups ? group_names(host->groups[0], &names) : 0;

	json_begin_object(json, NULL);
	json_string(json, "name", host->name);
	json_string(json, "source", host_source_name(host));
	json_string(json, "vendor", names.vendor);
	json_string(json, "model_name",
		    names.model_name && *names.model_name ? names.model_name :
							    NULL);
	json_string(json, "kernel", facts_get(host->facts, "kernel"));
	json_boolean(json, "kvm_cpuid_known", side->cpuid_from_kvm);
	json_boolean(json, "kvm_msrs_known", side->msrs_from_kvm);
	json_end(json);
	group_names_free(&names);
	return error;
}

static void json_changes(struct json *json, const struct changes *changes)
{
	size_t i;

	json_begin_array(json, "differences");
	for (i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];

		json_begin_object(json, NULL);
		json_string(json, "cause", change_cause_name(change->cause));
		json_string(json, "name", change->name);
		json_string(json, "a", change->a);
		json_string(json, "b", change->b);
		json_end(json);
	}
	json_end(json);
}

static void json_name(void *context, enum field_id field, const char *name)
{
	(void)field;
	json_string(context, NULL, name);
}

static int json_finding(struct json *json,
			const struct migration_finding *finding)
{
	const struct rule_info *rule = migration_rule_info(finding->rule);
	char name[REGISTER_ADDRESS_SIZE], *mends;
	enum guest_class guest;

	if (finding_mends(finding, &mends))
		return -1;
	json_begin_object(json, NULL);
	json_string(json, "rule", rule->name);
	json_string(json, "must_hold", rule->title);
	json_begin_array(json, "classes");
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (finding->classes >> guest & 1)
			json_string(json, NULL, guest_class_name(guest));
	json_end(json);
	json_string(json, "answer",
		    finding->answer == MIGRATION_SAFE ?
			    "note" :
			    migration_answer_name(finding->answer));
	json_string(json, "register", finding_register(name, finding));
	json_begin_array(json, "fields");
	finding_fields(finding, json_name, json);
	json_end(json);
	json_string(json, "from", finding->from);
	json_string(json, "to", finding->to);
	json_string(json, "guest_sees", rule->sees);
	json_string(json, "enforced_by", rule->enforced);
	json_string(json, "mends", mends);
	json_string(json, "command", finding->command);
	json_end(json);
	free(mends);
	return 0;
}

static int json_direction(struct json *json, const char *key,
			  const struct migration *migration)
{
	enum guest_class guest;
	int error = 0;
	size_t i;

	json_begin_object(json, key);
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		json_string(json, guest_class_name(guest),
			    migration_answer_name(migration->answer[guest]));
	json_begin_array(json, "findings");
	for (i = 0; i < migration->count && !error; i++)
		error = json_finding(json, &migration->list[i]);
	json_end(json);
	json_end(json);
	return error;
}

static const char *kvm_word(enum kvm_word word)
{
	static const char *const words[] = {
		[KVM_NOT_ASKED] = "not asked",
		[KVM_ACCEPTED] = "accepted",
		[KVM_CHANGED] = "changed",
		[KVM_REFUSED] = "refused",
	};

	return words[word];
}

static void json_result(struct json *json, const struct proof_result *result)
{
	const struct kvm_answer *kvm = &result->kvm;
	char error[ERRNAME_SIZE];

	json_begin_object(json, NULL);
	json_string(json, "rule", migration_rule_info(result->rule)->name);
	json_string(json, "register",
		    result->reg == NR_REGISTERS ?
			    NULL :
			    register_info(result->reg)->name);
	json_string(json, "asked", result->asked);
	json_hex(json, "given", result->given, 1);
	json_string(json, "rule_says", migration_answer_name(result->ours));
	json_string(json, "kvm", kvm_word(kvm->word));
	json_string(json, "errno",
		    kvm->error ? errname_format(error, kvm->error) : NULL);
	if (kvm->read)
		json_hex(json, "read_back", kvm->value, 1);
	else
		json_null(json, "read_back");
	json_string(json, "why", result->why);
	json_end(json);
}

/* null where KVM was not to be asked. */
static void json_proof(struct json *json, const struct diff *diff)
{
	const struct migration_proof *proof = &diff->proof;
	char error[ERRNAME_SIZE];
	size_t i;

	if (!diff->proved) {
		json_null(json, "proof");
		return;
	}
	json_begin_object(json, "proof");
	if (proof->failure.step == KVM_STEP_NONE)
		json_null(json, "failed");
	else
		json_format(json, "failed", "%s: %s",
			    kvm_step_name(proof->failure.step),
			    errname_format(error, proof->failure.error));
	json_begin_array(json, "results");
	for (i = 0; i < proof->count; i++)
		json_result(json, &proof->list[i]);
	json_end(json);
	json_uint(json, "time_us", proof->time_us);
	json_end(json);
}

int diff_json(struct out *out, const struct diff *diff)
{
	struct json *json = json_new("virtinfo.diff/1");
	int error;

	json_begin_array(json, "hosts");
	error = json_host(json, &diff->side_a) ||
		json_host(json, &diff->side_b);
	json_end(json);
	json_boolean(json, "same", diff->same);
	json_changes(json, &diff->changes);
	if (json_direction(json, "a_to_b", &diff->to_b) ||
	    json_direction(json, "b_to_a", &diff->to_a))
		error = -1;
	json_proof(json, diff);
	json_string(json, "guest", guest_class_name(diff->guest));
	json_int(json, "status", diff->status);
	return json_finish(json, out->file) || error ? -1 : 0;
}
