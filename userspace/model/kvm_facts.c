// SPDX-License-Identifier: GPL-2.0-only
#include "model/kvm_facts.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errname.h"
#include "base/number.h"
#include "model/system_keys.h"

#define UNNAMED "(unnamed)"

/* "kvm cap 4096 KVM_CAP_..." */
#define KEY_SIZE 80

char *kvm_cap_text(char text[KVM_CAP_TEXT], const struct kvm_cap *cap)
{
	char error[ERRNAME_SIZE];

	if (cap->error)
		snprintf(text, KVM_CAP_TEXT, "%s",
			 errname_format(error, cap->error));
	else if (cap->per_vm)
		snprintf(text, KVM_CAP_TEXT, "%d vm %d", cap->value,
			 cap->vm_value);
	else
		snprintf(text, KVM_CAP_TEXT, "%d", cap->value);
	return text;
}

static int add_cap(struct facts *facts, const struct kvm_cap *cap)
{
	const struct kvm_cap_row *row = kvm_cap_find(cap->number);
	char key[KEY_SIZE], text[KVM_CAP_TEXT];

	if (!cap->asked)
		return 0;
	snprintf(key, sizeof(key), "kvm cap %d %s", cap->number,
		 row ? row->name : UNNAMED);
	return facts_add(facts, key, kvm_cap_text(text, cap));
}

static int add_vm_types(struct facts *facts, const struct kvm_caps *caps)
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

/* "0x480 0x481 ...", the list of the lines that follow. */
static int add_msr_list(struct facts *facts, const struct kvm_caps *caps)
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

static int add_msr(struct facts *facts, const struct kvm_msr *msr)
{
	char key[KEY_SIZE];

	snprintf(key, sizeof(key), "kvm msr 0x%" PRIx32, msr->index);
	return msr->readable ?
		       facts_format(facts, key, "0x%016" PRIx64, msr->value) :
		       facts_add(facts, key, "unreadable");
}

static int add_msrs(struct facts *facts, const struct kvm_caps *caps)
{
	char error[ERRNAME_SIZE];

	if (caps->msr_error)
		return facts_add(facts, "kvm msrs",
				 errname_format(error, caps->msr_error));
	if (add_msr_list(facts, caps))
		return -1;
	for (size_t i = 0; i < caps->msr_count; i++)
		if (add_msr(facts, &caps->msrs[i]))
			return -1;
	return 0;
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
	if (!caps->known)
		return 0;
	if (kvm_facts_write_device(facts, caps->open_error, caps->api))
		return -1;
	if (caps->open_error || caps->api < 0)
		return 0;
	for (size_t i = 0; i < caps->cap_count; i++)
		if (add_cap(facts, &caps->caps[i]))
			return -1;
	return add_vm_types(facts, caps) || add_msrs(facts, caps) ||
			       kvm_facts_write_offer(facts, caps) ?
		       -1 :
		       0;
}

static int add_failed_proof(struct facts *facts, const struct kvm_proof *proof)
{
	const char *step = kvm_step_name(proof->step);
	const char *name = kvm_exit_name(proof->exit_reason);
	char error[ERRNAME_SIZE];

	if (proof->step == KVM_STEP_UNEXPECTED_EXIT)
		return facts_format(facts, "proof",
				    "failed %s KVM_EXIT_%s %" PRIu32
				    " 0x%" PRIx64,
				    step, name ? name : "?", proof->exit_reason,
				    proof->hardware_reason);
	if (proof->error)
		return facts_format(facts, "proof", "failed %s %s", step,
				    errname_format(error, proof->error));
	return facts_format(facts, "proof", "failed %s", step);
}

int kvm_facts_write_proof(struct facts *facts, const struct kvm_proof *proof)
{
	if (!proof->attempted)
		return facts_add(facts, "proof", "not run");
	if (proof->ran ? facts_add(facts, "proof", "ran") :
			 add_failed_proof(facts, proof))
		return -1;
	return facts_format(facts, "proof time us", "%" PRIu64, proof->time_us);
}

enum parsed parse_kvm_open(const struct parsing *at)
{
	struct kvm_caps *caps = &at->system->kvm;
	int error = errname_parse(at->value);

	if (error < 0)
		return PARSED_BAD;
	caps->open_error = error;
	caps->known = error || !strcmp(at->value, "ok");
	return PARSED;
}

enum parsed parse_kvm_api(const struct parsing *at)
{
	if (parse_int(at->value, &at->system->kvm.api))
		return PARSED;
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}

/* "VALUE", or "VALUE vm VALUE" */
static bool parse_answer(struct kvm_cap *cap, const char *text)
{
	unsigned int value, vm_value;

	if (!take_uint(&text, 10, &value) || value > INT_MAX)
		return false;
	cap->value = (int)value;
	cap->per_vm = take_text(&text, " vm ");
	if (cap->per_vm) {
		if (!take_uint(&text, 10, &vm_value) || vm_value > INT_MAX)
			return false;
		cap->vm_value = (int)vm_value;
	}
	return !*text;
}

/* "66 KVM_CAP_MAX_VCPUS": false where the two are not one of KVM's. */
static bool parse_cap_name(struct kvm_cap *cap, const char *text)
{
	const struct kvm_cap_row *row;
	unsigned int number;

	if (!take_uint(&text, 10, &number) || number > INT_MAX ||
	    !take_text(&text, " "))
		return false;
	cap->number = (int)number;
	row = kvm_cap_find(cap->number);
	/* An older program had no name for it, a newer one has. */
	return !row || !strcmp(text, row->name) || !strcmp(text, UNNAMED);
}

enum parsed parse_kvm_cap(const struct parsing *at)
{
	struct kvm_caps *caps = &at->system->kvm;
	struct kvm_cap cap = { .asked = true };

	if (!parse_cap_name(&cap, at->name.text))
		return PARSED;
	if (looks_like_number(at->value)) {
		if (!parse_answer(&cap, at->value))
			return PARSED_BAD;
	} else {
		cap.error = errname_parse(at->value);
		if (cap.error <= 0)
			return cap.error ? PARSED_BAD : PARSED;
	}
	if (kvm_caps_get(caps, cap.number))
		return PARSED_BAD;
	return kvm_caps_add(caps, &cap) ? PARSED_NO_MEMORY : PARSED;
}

/* "0x21 default tdx", the names for people. */
enum parsed parse_kvm_vm_types(const struct parsing *at)
{
	struct system *system = at->system;
	const char *text = at->value;
	uint64_t types;

	if (!looks_like_number(text))
		return PARSED;
	if (!take_text(&text, "0x") ||
	    !take_number(&text, 16, UINT32_MAX, &types) ||
	    (*text && *text != ' '))
		return PARSED_BAD;
	system->vm_types_known = true;
	system->vm_types = (uint32_t)types;
	return PARSED;
}

/* The values have lines of their own: of the list only that it came counts. */
static bool is_msr_list(const char *text)
{
	uint64_t index;

	while (looks_like_number(text)) {
		if (!take_text(&text, "0x") ||
		    !take_number(&text, 16, UINT32_MAX, &index))
			return false;
		text += strspn(text, " ");
	}
	return true;
}

enum parsed parse_kvm_msrs(const struct parsing *at)
{
	struct kvm_caps *caps = &at->system->kvm;
	int error;

	if (looks_like_number(at->value)) {
		if (!is_msr_list(at->value))
			return PARSED_BAD;
		caps->msr_error = 0;
		return PARSED;
	}
	error = errname_parse(at->value);
	if (error < 0)
		return PARSED_BAD;
	if (error)
		caps->msr_error = error;
	else if (!strcmp(at->value, "none"))
		caps->msr_error = 0;
	return PARSED;
}

enum parsed parse_kvm_msr(const struct parsing *at)
{
	struct kvm_caps *caps = &at->system->kvm;
	struct kvm_msr msr = { 0 };
	uint64_t index;

	if (!parse_hex(at->name.text, UINT32_MAX, &index))
		return PARSED;
	msr.index = (uint32_t)index;
	msr.readable = parse_hex(at->value, UINT64_MAX, &msr.value);
	if (!msr.readable && looks_like_number(at->value))
		return PARSED_BAD;
	if (kvm_caps_msr(caps, msr.index))
		return PARSED_BAD;
	return kvm_caps_add_msr(caps, &msr) ? PARSED_NO_MEMORY : PARSED;
}

/* " KVM_EXIT_FAIL_ENTRY 9 0x80000021", the name for people. */
static bool parse_exit(struct kvm_proof *proof, const char *text)
{
	unsigned int reason;

	proof->exit_reason = UINT32_MAX;
	text += strspn(text, " ");
	text += strcspn(text, " ");
	if (!*text)
		return true;
	if (!take_text(&text, " ") || !take_uint(&text, 10, &reason) ||
	    !take_text(&text, " 0x") ||
	    !take_number(&text, 16, UINT64_MAX, &proof->hardware_reason))
		return false;
	proof->exit_reason = reason;
	return !*text;
}

/* What follows "failed STEP". */
static bool parse_failure(struct kvm_proof *proof, const char *text)
{
	if (proof->step == KVM_STEP_UNEXPECTED_EXIT)
		return parse_exit(proof, text);
	if (*text == ' ')
		proof->error = errname_parse(text + 1);
	return proof->error >= 0;
}

/* The step's word from "failed STEP ..."; KVM_STEP_COUNT where it has none. */
static enum kvm_step take_step(const char **at)
{
	size_t length;
	char word[24];

	if (!take_text(at, "failed "))
		return KVM_STEP_COUNT;
	length = strcspn(*at, " ");
	if (length >= sizeof(word))
		return KVM_STEP_COUNT;
	memcpy(word, *at, length);
	word[length] = '\0';
	*at += length;
	return kvm_step_parse(word);
}

enum parsed parse_proof(const struct parsing *at)
{
	struct kvm_proof *proof = &at->system->proof;
	const char *text = at->value;
	enum kvm_step step = take_step(&text);

	if (step != KVM_STEP_COUNT && step != KVM_STEP_NONE) {
		proof->step = step;
		proof->attempted = parse_failure(proof, text);
		return proof->attempted ? PARSED : PARSED_BAD;
	}
	proof->ran = !strcmp(at->value, "ran");
	proof->attempted = proof->ran;
	if (!proof->ran && strcmp(at->value, "not run"))
		at->system->proof_unknown = at->value;
	return PARSED;
}

enum parsed parse_proof_time(const struct parsing *at)
{
	if (parse_u64(at->value, UINT64_MAX, &at->system->proof.time_us))
		return PARSED;
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}
