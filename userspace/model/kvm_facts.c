// SPDX-License-Identifier: GPL-2.0-only
#include "model/kvm_facts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errname.h"

#define UNNAMED "(unnamed)"

/* "kvm cap 4096 KVM_CAP_..." */
#define KEY_SIZE 80

static void cap_key(char key[KEY_SIZE], int number)
{
	const struct kvm_cap_row *row = kvm_cap_find(number);

	snprintf(key, KEY_SIZE, "kvm cap %d %s", number,
		 row ? row->name : UNNAMED);
}

static void msr_key(char key[KEY_SIZE], uint32_t index)
{
	snprintf(key, KEY_SIZE, "kvm msr 0x%" PRIx32, index);
}

static int write_cap(struct facts *facts, const struct kvm_cap *cap)
{
	char key[KEY_SIZE], error[ERRNAME_SIZE];

	if (!cap->asked)
		return 0;
	cap_key(key, cap->number);
	if (cap->error)
		return facts_add(facts, key, errname_format(error, cap->error));
	if (cap->per_vm)
		return facts_format(facts, key, "%d vm %d", cap->value,
				    cap->vm_value);
	return facts_format(facts, key, "%d", cap->value);
}

static int write_vm_types(struct facts *facts, const struct kvm_caps *caps)
{
	bool listed;
	uint32_t types = kvm_caps_vm_types(caps, &listed);
	char names[96] = "";

	for (unsigned int bit = 0; bit < 32; bit++) {
		const char *name = kvm_vm_type_name(bit);
		size_t used = strlen(names);

		if (types & (1u << bit) && name)
			snprintf(names + used, sizeof(names) - used, " %s",
				 name);
	}
	return facts_format(facts, "kvm vm types", "0x%" PRIx32 "%s%s", types,
			    names, listed ? "" : " (not listed)");
}

/* "0x480 0x481 ...", the list that tells a reader which lines follow. */
static int write_msr_list(struct facts *facts, const struct kvm_caps *caps)
{
	size_t size = caps->msr_count * sizeof(" 0x12345678") + 1;
	char *list = calloc(1, size);
	size_t used = 0;
	int error;

	if (!list)
		return -1;
	for (size_t i = 0; i < caps->msr_count; i++)
		used += snprintf(list + used, size - used, "%s0x%" PRIx32,
				 i ? " " : "", caps->msrs[i].index);
	error = facts_add(facts, "kvm msrs", caps->msr_count ? list : "none");
	free(list);
	return error;
}

static int write_msr(struct facts *facts, const struct kvm_msr *msr)
{
	char key[KEY_SIZE];

	msr_key(key, msr->index);
	return msr->readable ?
		       facts_format(facts, key, "0x%016" PRIx64, msr->value) :
		       facts_add(facts, key, "unreadable");
}

static int write_msrs(struct facts *facts, const struct kvm_caps *caps)
{
	char text[ERRNAME_SIZE];
	int error;

	if (caps->msr_error)
		return facts_add(facts, "kvm msrs",
				 errname_format(text, caps->msr_error));
	error = write_msr_list(facts, caps);
	for (size_t i = 0; i < caps->msr_count && !error; i++)
		error = write_msr(facts, &caps->msrs[i]);
	return error;
}

int kvm_facts_write_device(struct facts *facts, int open_error, int api)
{
	char error[ERRNAME_SIZE];

	if (open_error)
		return facts_add(facts, "kvm device open",
				 errname_format(error, open_error));
	if (facts_add(facts, "kvm device open", "ok"))
		return -1;
	return api < 0 ? facts_add(facts, "kvm api", "no answer") :
			 facts_format(facts, "kvm api", "%d", api);
}

int kvm_facts_write_caps(struct facts *facts, const struct kvm_caps *caps)
{
	int error;

	if (!caps->known)
		return 0;
	error = kvm_facts_write_device(facts, caps->open_error, caps->api);
	if (error || caps->open_error || caps->api < 0)
		return error;
	for (size_t i = 0; i < caps->cap_count && !error; i++)
		error = write_cap(facts, &caps->caps[i]);
	if (!error)
		error = write_vm_types(facts, caps);
	return error ? error : write_msrs(facts, caps);
}

static int write_failed_proof(struct facts *facts,
			      const struct kvm_proof *proof)
{
	const char *step = kvm_step_name(proof->step);
	char error[ERRNAME_SIZE];
	const char *name;

	if (proof->step == KVM_STEP_UNEXPECTED_EXIT) {
		name = kvm_exit_name(proof->exit_reason);
		return facts_format(facts, "proof",
				    "failed %s KVM_EXIT_%s %" PRIu32
				    " 0x%" PRIx64,
				    step, name ? name : "?", proof->exit_reason,
				    proof->hardware_reason);
	}
	if (proof->error)
		return facts_format(facts, "proof", "failed %s %s", step,
				    errname_format(error, proof->error));
	return facts_format(facts, "proof", "failed %s", step);
}

int kvm_facts_write_proof(struct facts *facts, const struct kvm_proof *proof)
{
	int error;

	if (!proof->attempted)
		return facts_add(facts, "proof", "not run");
	error = proof->ran ? facts_add(facts, "proof", "ran") :
			     write_failed_proof(facts, proof);
	return error ? error :
		       facts_format(facts, "proof time us", "%" PRIu64,
				    proof->time_us);
}

/* An error number from "ENOENT" or "errno 200"; 0 from anything else. */
static int parse_error(const char *text)
{
	int error = errname_parse(text);

	if (!error && sscanf(text, "errno %9d", &error) != 1)
		return 0;
	return error;
}

static bool parse_cap(struct kvm_cap *cap, const char *text)
{
	int end = 0;

	cap->asked = true;
	if (sscanf(text, "%d%n", &cap->value, &end) == 1 && !text[end])
		return true;
	if (sscanf(text, "%d vm %d%n", &cap->value, &cap->vm_value, &end) ==
		    2 &&
	    !text[end]) {
		cap->per_vm = true;
		return true;
	}
	cap->value = 0;
	cap->error = parse_error(text);
	return cap->error != 0;
}

static int read_caps(struct kvm_caps *caps, const struct facts *facts)
{
	for (int number = 0; number < KVM_CAP_NUMBER_END; number++) {
		struct kvm_cap cap = { .number = number };
		char key[KEY_SIZE];
		const char *text;

		cap_key(key, number);
		text = facts_get(facts, key);
		if (text && parse_cap(&cap, text) && kvm_caps_add(caps, &cap))
			return -ENOMEM;
	}
	return 0;
}

static int read_msr(struct kvm_caps *caps, uint32_t index,
		    const struct facts *facts)
{
	struct kvm_msr msr = { .index = index };
	char key[KEY_SIZE];
	const char *text;

	if (kvm_caps_msr(caps, index))
		return 0;
	msr_key(key, index);
	text = facts_get(facts, key);
	if (!text)
		return 0;
	msr.readable = sscanf(text, "0x%16" SCNx64, &msr.value) == 1;
	return kvm_caps_add_msr(caps, &msr);
}

/* More than any list of KVM's, to bound what a hostile file can ask for. */
#define MSR_LIMIT 512

static int read_msrs(struct kvm_caps *caps, const struct facts *facts)
{
	const char *list = facts_get(facts, "kvm msrs");
	int error = 0;

	if (!list) {
		caps->msr_error = KVM_MSRS_UNKNOWN;
		return 0;
	}
	if (!strcmp(list, "none"))
		return 0;
	if (strncmp(list, "0x", 2)) {
		caps->msr_error = parse_error(list);
		if (!caps->msr_error)
			caps->msr_error = KVM_MSRS_UNKNOWN;
		return 0;
	}
	for (int i = 0; i < MSR_LIMIT && !error; i++) {
		char *end;
		unsigned long index = strtoul(list, &end, 16);

		if (end == list || index > UINT32_MAX)
			break;
		error = read_msr(caps, (uint32_t)index, facts);
		list = end;
	}
	return error;
}

int kvm_facts_read_caps(struct kvm_caps *caps, const struct facts *facts)
{
	const char *text = facts_get(facts, "kvm device open");
	const char *release;
	int error;

	*caps = (struct kvm_caps){ .api = -1 };
	if (!text)
		return 0;
	release = facts_get(facts, "kernel");
	if (release)
		snprintf(caps->release, sizeof(caps->release), "%s", release);
	if (strcmp(text, "ok")) {
		caps->open_error = parse_error(text);
		caps->known = caps->open_error != 0;
		return 0;
	}
	caps->known = true;
	text = facts_get(facts, "kvm api");
	if (!text || sscanf(text, "%9d", &caps->api) != 1)
		return 0;
	error = read_caps(caps, facts);
	return error ? error : read_msrs(caps, facts);
}

/* What follows "failed STEP". */
static void parse_failure(struct kvm_proof *proof, const char *text)
{
	if (proof->step == KVM_STEP_UNEXPECTED_EXIT) {
		if (sscanf(text, " %*s %" SCNu32 " 0x%" SCNx64,
			   &proof->exit_reason, &proof->hardware_reason) != 2)
			proof->exit_reason = UINT32_MAX;
	} else if (*text == ' ') {
		proof->error = parse_error(text + 1);
	}
}

void kvm_facts_read_proof(struct kvm_proof *proof, const struct facts *facts)
{
	const char *text = facts_get(facts, "proof");
	const char *time = facts_get(facts, "proof time us");
	char step[24];
	int end = 0;

	*proof = (struct kvm_proof){ 0 };
	if (!text)
		return;
	if (!strcmp(text, "ran")) {
		proof->attempted = true;
		proof->ran = true;
	} else if (sscanf(text, "failed %23s%n", step, &end) == 1) {
		proof->step = kvm_step_parse(step);
		if (proof->step == KVM_STEP_COUNT ||
		    proof->step == KVM_STEP_NONE) {
			proof->step = KVM_STEP_NONE;
			return;
		}
		proof->attempted = true;
		parse_failure(proof, text + end);
	}
	if (proof->attempted && time)
		sscanf(time, "%" SCNu64, &proof->time_us);
}
