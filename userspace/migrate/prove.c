// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/prove.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "migrate/judge.h"

/* KVM_CAP_XSAVE2 */
#define CAP_XSAVE2 208

#define IA32_XSS 0xda0

/* XTILECFG and XTILEDATA: whoever makes the guest has to ask for permission. */
#define XCR0_AMX 0x60000ULL

#define UNKNOWN_THERE "not known of the host that the guest leaves"

struct proving {
	struct kvm_restore restore;
	const struct side *from;
	const struct side *to;
	struct proof_result *result; /* the row that is asked now */
	bool skip;		     /* the guest has nothing of it */
	bool no_memory;
};

enum msr_kind { CHECKED, TAKEN };

static const struct kvm_caps *caps_of(const struct side *side)
{
	return &side->host->system.kvm;
}

static void not_asked(struct proving *proving, const char *why)
{
	proving->result->kvm = (struct kvm_answer){ .word = KVM_NOT_ASKED };
	proving->result->why = why;
}

/* KVM checks it, so its word decides. */
static void decides(struct proof_result *result)
{
	if (result->kvm.word == KVM_ACCEPTED)
		result->theirs = MIGRATION_SAFE;
	else if (result->kvm.word != KVM_NOT_ASKED)
		result->theirs = MIGRATION_UNSAFE;
}

/* Only a refusal decides: what it takes proves nothing, and why. */
static void refusal_decides(struct proof_result *result, const char *why)
{
	decides(result);
	if (result->theirs != MIGRATION_SAFE)
		return;
	result->theirs = MIGRATION_UNKNOWN;
	result->why = why;
}

/* Leaf 0DH without what needs a permission. Returns -ENOMEM or 0. */
static int copy_cpuids(struct kvm_caps *copy, const struct kvm_cpuids *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		struct kvm_cpuid_leaf leaf = list->list[i];

		if (leaf.leaf == 0xd && !leaf.subleaf)
			leaf.reg[0] &= ~(u32)XCR0_AMX;
		if (kvm_caps_add_cpuid(copy, KVM_CPUID_SUPPORTED, &leaf))
			return -ENOMEM;
	}
	return 0;
}

static void prove_cpuid(struct proving *proving)
{
	const struct kvm_cpuids *list =
		&caps_of(proving->from)->cpuid[KVM_CPUID_SUPPORTED];
	struct proof_result *result = proving->result;
	struct kvm_caps copy = { .api = -1 };

	if (!list->count) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	if (copy_cpuids(&copy, list)) {
		proving->no_memory = true;
	} else {
		result->kvm = kvm_restore_cpuid(
			&proving->restore, &copy.cpuid[KVM_CPUID_SUPPORTED]);
		/* A list that is too long is no fault of the guest's CPU. */
		if (result->kvm.word == KVM_REFUSED &&
		    result->kvm.error == E2BIG)
			result->why = "this kernel takes fewer leaves";
		else
			refusal_decides(result,
					"KVM takes any features in CPUID");
	}
	kvm_caps_free(&copy);
}

/* Bits of two outputs of a leaf that KVM lists; false: not known. */
static bool offered_mask(const struct side *side, u32 subleaf, int low,
			 int high, u64 *mask)
{
	const struct kvm_cpuid_leaf *leaf = kvm_caps_cpuid(
		caps_of(side), KVM_CPUID_SUPPORTED, 0xd, subleaf);

	*mask = leaf ? leaf->reg[low] | (u64)leaf->reg[high] << 32 : 0;
	return side->cpuid_from_kvm;
}

static void prove_xcr0(struct proving *proving)
{
	struct proof_result *result = proving->result;
	u64 xcr0;

	if (!offered_mask(proving->from, 0, VI_EAX, VI_EDX, &xcr0)) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	proving->skip = !xcr0;
	if (!xcr0)
		return;
	result->given = xcr0 & ~XCR0_AMX;
	result->kvm = kvm_restore_xcr0(&proving->restore, result->given);
	if (xcr0 & XCR0_AMX)
		refusal_decides(result, "asked without AMX, which needs a "
					"permission for the process");
	else
		decides(result);
}

static void prove_xss(struct proving *proving)
{
	struct proof_result *result = proving->result;

	if (!offered_mask(proving->from, 1, VI_ECX, VI_EDX, &result->given)) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	proving->skip = !result->given;
	if (proving->skip)
		return;
	result->kvm =
		kvm_restore_msr(&proving->restore, IA32_XSS, result->given);
	decides(result);
}

static void prove_xsave_size(struct proving *proving)
{
	const struct kvm_cap *cap =
		kvm_caps_get(caps_of(proving->from), CAP_XSAVE2);
	struct proof_result *result = proving->result;

	if (!cap || !cap->asked || cap->error || cap->value < 0) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	/* 0 is of a kernel whose area has one size. */
	result->given = cap->value ? (u64)cap->value : sizeof(struct kvm_xsave);
	result->kvm = kvm_restore_xsave(&proving->restore, (u32)result->given);
	refusal_decides(result, "it is a size, not what is in it");
}

static void prove_tsc(struct proving *proving)
{
	struct proof_result *result = proving->result;

	result->given = caps_of(proving->from)->tsc_khz;
	if (!result->given) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	result->kvm = kvm_restore_tsc(&proving->restore, (u32)result->given);
	/*
	 * Without scaling KVM takes a higher frequency too, and moves the
	 * guest's TSC on at each exit: that is not the guest's frequency.
	 */
	if (result->ours == MIGRATION_SAFE)
		decides(result);
	else
		refusal_decides(result, "without TSC scaling the guest's TSC "
					"only catches up at exits");
}

/* Is there a value that KVM takes: its own? */
static bool takes_own_value(struct proving *proving, enum register_id reg)
{
	struct register_value own = register_value(proving->to->offer, reg);

	return own.status != VI_READ ||
	       kvm_restore_msr(&proving->restore, register_info(reg)->address,
			       own.value)
			       .word != KVM_REFUSED;
}

static void prove_msr(struct proving *proving, enum msr_kind kind)
{
	struct proof_result *result = proving->result;
	struct register_value has =
		register_value(proving->from->offer, result->reg);

	/* What the processor has is not what KVM gave to the guest. */
	if (!proving->from->msrs_from_kvm || has.status == VI_ABSENT) {
		not_asked(proving, UNKNOWN_THERE);
		return;
	}
	proving->skip = has.status != VI_READ;
	if (proving->skip)
		return;
	result->given = has.value;
	result->kvm =
		kvm_restore_msr(&proving->restore,
				register_info(result->reg)->address, has.value);
	if (kind == CHECKED) {
		decides(result);
		return;
	}
	refusal_decides(result, "KVM takes any value of it");
	/* Then no guest has it, as IA32_ARCH_CAPABILITIES on AMD's. */
	if (result->theirs == MIGRATION_UNSAFE &&
	    !takes_own_value(proving, result->reg)) {
		result->theirs = MIGRATION_UNKNOWN;
		result->why = "KVM takes no value of it, not even its own";
	}
}

struct question {
	enum migration_rule rule;
	enum register_id reg;
	const char *asked;
	void (*prove)(struct proving *proving); /* NULL: a register, or none */
	enum msr_kind kind;
	const char *why; /* it cannot be asked */
};

#define REG_NONE NR_REGISTERS

static const struct question questions[] = {
#define PROVE_MSR(id, register, how)                                           \
	{ .rule = RULE_##id,                                                   \
	  .reg = REG_##register,                                               \
	  .asked = "KVM_SET_MSRS",                                             \
	  .kind = (how) },
#define PROVE(id, register, function, what)                                    \
	{ .rule = RULE_##id,                                                   \
	  .reg = REG_##register,                                               \
	  .asked = (what),                                                     \
	  .prove = prove_##function },
#define PROVE_NOT(id, reason)                                                  \
	{ .rule = RULE_##id, .reg = REG_NONE, .why = (reason) },
#include "tables/proof.def"
};

/* Has the rule one question, which is of no register? */
static bool asked_whole(enum migration_rule rule)
{
	size_t i, count = 0;
	bool whole = true;

	for (i = 0; i < ARRAY_SIZE(questions); i++) {
		if (questions[i].rule != rule)
			continue;
		count++;
		whole &= questions[i].reg == REG_NONE;
	}
	return whole && count == 1;
}

static bool is_of(const struct migration_finding *finding,
		  const struct proof_result *result)
{
	return finding->rule == result->rule && finding->reg == result->reg;
}

/* What the rule says of that register, of what is of none, or of them all. */
static enum migration_answer our_answer(const struct migration *migration,
					const struct proof_result *result)
{
	enum migration_answer answer = MIGRATION_SAFE;
	bool whole = asked_whole(result->rule);
	size_t i;

	for (i = 0; i < migration->count; i++) {
		const struct migration_finding *finding = &migration->list[i];

		if ((is_of(finding, result) ||
		     (whole && finding->rule == result->rule)) &&
		    finding->answer > answer)
			answer = finding->answer;
	}
	return answer;
}

static void ask(struct proving *proving, const struct question *question,
		const struct kvm_failure *failure)
{
	if (question->why)
		not_asked(proving, question->why);
	else if (failure->step != KVM_STEP_NONE)
		proving->result->kvm.error = failure->error;
	else if (question->prove)
		question->prove(proving);
	else
		prove_msr(proving, question->kind);
}

static int ask_all(struct migration_proof *proof, struct proving *proving,
		   const struct migration *migration)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(questions) && !proving->no_memory; i++) {
		const struct question *question = &questions[i];
		struct proof_result *result;

		if (!migration_rule_applies(question->rule, proving->from,
					    proving->to))
			continue;
		if (ARRAY_GROW(proof->list, proof->count, proof->capacity))
			return -1;
		result = &proof->list[proof->count];
		*result = (struct proof_result){
			.rule = question->rule,
			.reg = question->reg,
			.asked = question->asked,
			.theirs = MIGRATION_UNKNOWN,
		};
		result->ours = our_answer(migration, result);
		proving->result = result;
		proving->skip = false;
		ask(proving, question, &proof->failure);
		proof->count += !proving->skip;
	}
	return proving->no_memory ? -1 : 0;
}

int migration_prove(struct migration_proof *proof, const struct side *from,
		    const struct side *to, struct migration *migration,
		    const char *path)
{
	const uint64_t start = kvm_clock_ns();
	struct proving proving = { .from = from, .to = to };
	enum kvm_step step;
	int error;

	*proof = (struct migration_proof){ .list = NULL };
	step = kvm_restore_begin(&proving.restore, path, KVM_RESTORE_TIMEOUT_MS,
				 &proof->failure);
	error = ask_all(proof, &proving, migration);
	if (step == KVM_STEP_NONE)
		kvm_restore_end(&proving.restore);
	proof->time_us = (kvm_clock_ns() - start) / 1000;
	return error ? error : migration_count_proof(migration, proof);
}

void migration_proof_free(struct migration_proof *proof)
{
	free(proof->list);
	*proof = (struct migration_proof){ .list = NULL };
}

bool proof_differs(const struct proof_result *result)
{
	return result->theirs != MIGRATION_UNKNOWN &&
	       result->theirs != result->ours;
}

/* In its place by the order of the rules. */
static int add_finding(struct migration *migration,
		       const struct proof_result *result)
{
	struct migration_finding *finding;
	size_t at = 0;

	if (ARRAY_GROW(migration->list, migration->count, migration->capacity))
		return -1;
	while (at < migration->count &&
	       migration->list[at].rule <= result->rule)
		at++;
	finding = &migration->list[at];
	memmove(finding + 1, finding,
		(migration->count - at) * sizeof(*finding));
	migration->count++;
	*finding = (struct migration_finding){
		.rule = result->rule,
		.classes = migration_rule_info(result->rule)->classes,
		.answer = MIGRATION_UNSAFE,
		.reg = result->reg,
		.field = NR_FIELDS,
	};
	snprintf(finding->from, sizeof(finding->from), "0x%llx", result->given);
	snprintf(finding->to, sizeof(finding->to), "%s by KVM",
		 kvm_word_name(result->kvm.word));
	return 0;
}

static int count_result(struct migration *migration,
			const struct proof_result *result)
{
	bool found = false;
	size_t i;

	for (i = 0; i < migration->count; i++) {
		struct migration_finding *finding = &migration->list[i];

		if (!is_of(finding, result))
			continue;
		finding->answer = result->theirs;
		finding->command = NULL;
		found = true;
	}
	return found || result->theirs != MIGRATION_UNSAFE ?
		       0 :
		       add_finding(migration, result);
}

static void judge_again(struct migration *migration)
{
	enum guest_class guest;
	size_t i;

	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		migration->answer[guest] = MIGRATION_SAFE;
	for (i = 0; i < migration->count; i++)
		for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
			if (migration->list[i].classes >> guest & 1 &&
			    migration->list[i].answer >
				    migration->answer[guest])
				migration->answer[guest] =
					migration->list[i].answer;
}

int migration_count_proof(struct migration *migration,
			  const struct migration_proof *proof)
{
	size_t i;

	for (i = 0; i < proof->count; i++)
		if (proof_differs(&proof->list[i]) &&
		    count_result(migration, &proof->list[i]))
			return -1;
	judge_again(migration);
	return 0;
}
