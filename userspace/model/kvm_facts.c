// SPDX-License-Identifier: GPL-2.0-only
#include "model/kvm_facts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
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

static void emit_format(kvm_fact_emit *emit, void *context, const char *key,
			const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void emit_format(kvm_fact_emit *emit, void *context, const char *key,
			const char *format, ...)
{
	char value[128];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(value, sizeof(value), format, arguments);
	va_end(arguments);
	emit(context, key, value);
}

static void emit_cap(const struct kvm_cap *cap, kvm_fact_emit *emit,
		     void *context)
{
	char key[KEY_SIZE], error[ERRNAME_SIZE];

	if (!cap->asked)
		return;
	cap_key(key, cap->number);
	if (cap->error)
		emit(context, key, errname_format(error, cap->error));
	else if (cap->per_vm)
		emit_format(emit, context, key, "%d vm %d", cap->value,
			    cap->vm_value);
	else
		emit_format(emit, context, key, "%d", cap->value);
}

static void emit_vm_types(const struct kvm_caps *caps, kvm_fact_emit *emit,
			  void *context)
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
	emit_format(emit, context, "kvm vm types", "0x%" PRIx32 "%s%s", types,
		    names, listed ? "" : " (not listed)");
}

/* "0x480 0x481 ...", the list that tells a reader which lines follow. */
static void emit_msr_list(const struct kvm_caps *caps, kvm_fact_emit *emit,
			  void *context)
{
	size_t size = caps->msr_count * sizeof(" 0x12345678") + 1;
	char *list = calloc(1, size);
	size_t used = 0;

	if (!list)
		return;
	for (size_t i = 0; i < caps->msr_count; i++)
		used += snprintf(list + used, size - used, "%s0x%" PRIx32,
				 i ? " " : "", caps->msrs[i].index);
	emit(context, "kvm msrs", caps->msr_count ? list : "none");
	free(list);
}

static void emit_msrs(const struct kvm_caps *caps, kvm_fact_emit *emit,
		      void *context)
{
	char error[ERRNAME_SIZE];

	if (caps->msr_error) {
		emit(context, "kvm msrs",
		     errname_format(error, caps->msr_error));
		return;
	}
	emit_msr_list(caps, emit, context);
	for (size_t i = 0; i < caps->msr_count; i++) {
		char key[KEY_SIZE];

		msr_key(key, caps->msrs[i].index);
		if (caps->msrs[i].readable)
			emit_format(emit, context, key, "0x%016" PRIx64,
				    caps->msrs[i].value);
		else
			emit(context, key, "unreadable");
	}
}

void kvm_facts_emit_caps(const struct kvm_caps *caps, kvm_fact_emit *emit,
			 void *context)
{
	char error[ERRNAME_SIZE];

	if (!caps->known)
		return;
	if (caps->open_error) {
		emit(context, "kvm device open",
		     errname_format(error, caps->open_error));
		return;
	}
	emit(context, "kvm device open", "ok");
	if (caps->api < 0) {
		emit(context, "kvm api", "no answer");
		return;
	}
	emit_format(emit, context, "kvm api", "%d", caps->api);
	for (size_t i = 0; i < caps->cap_count; i++)
		emit_cap(&caps->caps[i], emit, context);
	emit_vm_types(caps, emit, context);
	emit_msrs(caps, emit, context);
}

static void emit_failed_proof(const struct kvm_proof *proof,
			      kvm_fact_emit *emit, void *context)
{
	const char *step = kvm_step_name(proof->step);
	char error[ERRNAME_SIZE];

	if (proof->step == KVM_STEP_UNEXPECTED_EXIT) {
		const char *name = kvm_exit_name(proof->exit_reason);

		emit_format(emit, context, "proof",
			    "failed %s KVM_EXIT_%s %" PRIu32 " 0x%" PRIx64,
			    step, name ? name : "?", proof->exit_reason,
			    proof->hardware_reason);
	} else if (proof->error) {
		emit_format(emit, context, "proof", "failed %s %s", step,
			    errname_format(error, proof->error));
	} else {
		emit_format(emit, context, "proof", "failed %s", step);
	}
}

void kvm_facts_emit_proof(const struct kvm_proof *proof, kvm_fact_emit *emit,
			  void *context)
{
	if (!proof->attempted) {
		emit(context, "proof", "not run");
		return;
	}
	if (proof->ran)
		emit(context, "proof", "ran");
	else
		emit_failed_proof(proof, emit, context);
	emit_format(emit, context, "proof time us", "%" PRIu64, proof->time_us);
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

static int read_caps(struct kvm_caps *caps, kvm_fact_find *find, void *context)
{
	for (int number = 0; number < KVM_CAP_NUMBER_END; number++) {
		struct kvm_cap cap = { .number = number };
		char key[KEY_SIZE];
		const char *text;

		cap_key(key, number);
		text = find(context, key);
		if (text && parse_cap(&cap, text) && kvm_caps_add(caps, &cap))
			return -ENOMEM;
	}
	return 0;
}

static int read_msr(struct kvm_caps *caps, uint32_t index, kvm_fact_find *find,
		    void *context)
{
	struct kvm_msr msr = { .index = index };
	char key[KEY_SIZE];
	const char *text;

	if (kvm_caps_msr(caps, index))
		return 0;
	msr_key(key, index);
	text = find(context, key);
	if (!text)
		return 0;
	msr.readable = sscanf(text, "0x%16" SCNx64, &msr.value) == 1;
	return kvm_caps_add_msr(caps, &msr);
}

/* More than any list of KVM's, to bound what a hostile file can ask for. */
#define MSR_LIMIT 512

static int read_msrs(struct kvm_caps *caps, kvm_fact_find *find, void *context)
{
	const char *list = find(context, "kvm msrs");
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
		error = read_msr(caps, (uint32_t)index, find, context);
		list = end;
	}
	return error;
}

int kvm_facts_read_caps(struct kvm_caps *caps, kvm_fact_find *find,
			void *context)
{
	const char *text = find(context, "kvm device open");
	const char *release;
	int error;

	*caps = (struct kvm_caps){ .api = -1 };
	if (!text)
		return 0;
	release = find(context, "kernel");
	if (release)
		snprintf(caps->release, sizeof(caps->release), "%s", release);
	if (strcmp(text, "ok")) {
		caps->open_error = parse_error(text);
		caps->known = caps->open_error != 0;
		return 0;
	}
	caps->known = true;
	text = find(context, "kvm api");
	if (!text || sscanf(text, "%9d", &caps->api) != 1)
		return 0;
	error = read_caps(caps, find, context);
	return error ? error : read_msrs(caps, find, context);
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

void kvm_facts_read_proof(struct kvm_proof *proof, kvm_fact_find *find,
			  void *context)
{
	const char *text = find(context, "proof");
	const char *time = find(context, "proof time us");
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
