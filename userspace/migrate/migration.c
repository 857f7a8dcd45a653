// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/migration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "migrate/judge.h"

#define OF(guest) (1U << (guest))
#define NESTING	  OF(GUEST_NESTING)
#define NESTED	  (OF(GUEST_NESTABLE) | NESTING)
#define ALL	  (OF(GUEST_PLAIN) | NESTED)

static const struct rule_info rules[NR_MIGRATION_RULES] = {
#define RULE(id, word, need, guests, says, by, effect, cure)                   \
	[RULE_##id] = { .name = (word),                                        \
			.needs = NEEDS_##need,                                 \
			.classes = (guests),                                   \
			.title = (says),                                       \
			.enforced = (by),                                      \
			.sees = (effect),                                      \
			.mends = (cure) },
#include "tables/migration.def"
};

static const char *const class_names[NR_GUEST_CLASSES] = {
	[GUEST_PLAIN] = "plain",
	[GUEST_NESTABLE] = "nestable",
	[GUEST_NESTING] = "nesting",
};

const struct rule_info *migration_rule_info(enum migration_rule rule)
{
	return &rules[rule];
}

const char *guest_class_name(enum guest_class guest)
{
	return class_names[guest];
}

enum guest_class guest_class_find(const char *name)
{
	enum guest_class guest;

	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (!strcmp(class_names[guest], name))
			break;
	return guest;
}

const char *migration_answer_name(enum migration_answer answer)
{
	switch (answer) {
	case MIGRATION_SAFE:
		return "safe";
	case MIGRATION_UNSAFE:
		return "unsafe";
	default:
		return "not known";
	}
}

enum answer side_offers(const struct side *side, enum field_id field)
{
	const struct field_info *info = field_info(field);
	bool from_kvm = register_info(info->reg)->class == REGISTER_MSR ?
				side->msrs_from_kvm :
				side->cpuid_from_kvm;
	struct register_value value = register_value(side->offer, info->reg);

	if (!from_kvm)
		return field_answer(side->offer, field);
	if (value.status == VI_ABSENT)
		return ANSWER_UNKNOWN;
	return value.value & field_mask(info) ? ANSWER_YES : ANSWER_NO;
}

void judging_object(struct judging *judging, const struct objection *objection,
		    const char *from, const char *to)
{
	const struct rule_info *rule = &rules[judging->rule];
	struct migration *all = judging->findings;
	struct migration_finding *finding;
	enum guest_class guest;

	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (rule->classes & OF(guest) &&
		    judging->answer[guest] < objection->answer)
			judging->answer[guest] = objection->answer;
	if (!all || judging->no_memory)
		return;
	if (ARRAY_GROW(all->list, all->count, all->capacity)) {
		judging->no_memory = true;
		return;
	}
	finding = &all->list[all->count++];
	*finding = (struct migration_finding){
		.rule = judging->rule,
		.classes = rule->classes,
		.answer = objection->answer,
		.reg = objection->reg,
		.field = objection->field,
		.leaf = objection->leaf,
		.subleaf = objection->subleaf,
		.output = objection->output,
		.bits = objection->bits,
		.missing = objection->missing,
		.number = objection->number,
		.command = objection->answer == MIGRATION_UNKNOWN ? TELLS_ALL :
								    NULL,
	};
	snprintf(finding->from, sizeof(finding->from), "%s", from);
	snprintf(finding->to, sizeof(finding->to), "%s", to);
}

/* The field that has just those bits, or NR_FIELDS. */
static enum field_id field_of(enum register_id id, u64 bits)
{
	const struct register_info *info = register_info(id);
	unsigned int i;

	for (i = 0; i < info->nr_fields; i++)
		if (field_mask(field_info(info->first_field + i)) == bits)
			return info->first_field + i;
	return NR_FIELDS;
}

static bool is_number(enum compare_how how)
{
	return how != SUBSET && how != REVERSE && how != CONTROLS &&
	       how != NONE;
}

/* Bits that stand in the way because the guest has them not. */
static u64 missing_bits(enum compare_how how, u64 bits)
{
	switch (how) {
	case REVERSE:
		return bits;
	case CONTROLS:
		return bits & 0xffffffff;
	default:
		return 0;
	}
}

/* A number as people write it, bits as they stand in the register. */
static void put_word(char word[MIGRATION_VALUE],
		     const struct comparison *comparison, struct compared value)
{
	unsigned int low = 0;

	if (!value.known) {
		snprintf(word, MIGRATION_VALUE, "not known");
		return;
	}
	if (!is_number(comparison->how)) {
		snprintf(word, MIGRATION_VALUE, "0x%llx", value.value);
		return;
	}
	while (!(comparison->bits >> low & 1))
		low++;
	snprintf(word, MIGRATION_VALUE,
		 comparison->bits >> low > 0xffff ? "0x%llx" : "%llu",
		 value.value >> low);
}

static void object(struct judging *judging, const struct comparison *comparison,
		   enum migration_answer answer, u64 bits)
{
	size_t at = (size_t)(comparison - comparisons);
	char from[MIGRATION_VALUE], to[MIGRATION_VALUE];
	struct objection objection = {
		.answer = answer,
		.reg = comparison->reg,
		.field = NR_FIELDS,
		.bits = bits,
		.missing = missing_bits(comparison->how, bits),
		.number = is_number(comparison->how),
	};

	if (comparison->reg == NR_REGISTERS) {
		objection.leaf = vi_leaves[comparison->leaf].leaf;
		objection.subleaf = vi_leaves[comparison->leaf].subleaf;
		objection.output = comparison->output;
	} else {
		objection.field = field_of(comparison->reg,
					   bits ? bits : comparison->bits);
	}
	if (comparison->how == AT_MOST_NOTE)
		objection.answer = MIGRATION_SAFE;
	put_word(from, comparison, judging->from->values[at]);
	put_word(to, comparison, judging->to->values[at]);
	judging_object(judging, &objection, from, to);
}

static void compare_at(struct judging *judging, size_t at)
{
	const struct comparison *comparison = &comparisons[at];
	enum migration_answer answer;
	u64 bits;

	answer = compare_sides(comparison, judging->from->values[at],
			       judging->to->values[at], &bits);
	if (answer != MIGRATION_SAFE)
		object(judging, comparison, answer, bits);
}

/* KVM_CHECK_EXTENSION on the device; negative where it is not known. */
static long capability(const struct side *side, int number)
{
	const struct kvm_cap *cap =
		kvm_caps_get(&side->host->system.kvm, number);

	return cap && cap->asked && !cap->error ? cap->value : -1;
}

static void compare_capability(struct judging *judging, int number,
			       enum compare_how how)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_UNKNOWN };
	char from[MIGRATION_VALUE], to[MIGRATION_VALUE];
	const struct kvm_cap_row *row = kvm_cap_find(number);
	long has, finds;

	if (!judging->from->host || !judging->to->host)
		return;
	has = capability(judging->from, number);
	finds = capability(judging->to, number);
	if (!has || (has > 0 && finds >= 0 &&
		     (how == SUBSET ? !(has & ~finds) : has <= finds)))
		return;
	if (has > 0 && finds >= 0)
		objection.answer = MIGRATION_UNSAFE;
	if (how == AT_MOST_NOTE) {
		if (objection.answer == MIGRATION_UNKNOWN)
			return;
		objection.answer = MIGRATION_SAFE;
	}
	snprintf(from, sizeof(from), has < 0 ? "not known" : "%s %ld",
		 row->name, has);
	snprintf(to, sizeof(to), finds < 0 ? "not known" : "%ld", finds);
	judging_object(judging, &objection, from, to);
}

/* One row of the table: a comparison, a capability or a function. */
struct step {
	enum migration_rule rule;
	void (*ask)(struct judging *judging);
	int capability; /* -1: none */
	enum compare_how how;
};

static const struct step steps[] = {
#define COMPARE(id, register, bits, kind, offers, adds)                        \
	{ .rule = RULE_##id, .capability = -1 },
#define COMPARE_LEAF(id, leaf_id, output, bits, kind, offers, adds)            \
	{ .rule = RULE_##id, .capability = -1 },
#define COMPARE_CAP(id, number, kind)                                          \
	{ .rule = RULE_##id, .capability = (number), .how = (kind) },
#define ASK(id, function)                                                      \
	{ .rule = RULE_##id, .capability = -1, .ask = judge_##function },
#include "tables/migration.def"
};

/* May no guest have it on one of the hosts? */
static bool has_no(const struct side *from, const struct side *to,
		   enum field_id field)
{
	return side_offers(from, field) == ANSWER_NO ||
	       side_offers(to, field) == ANSWER_NO;
}

static bool has_no_vmx(const struct side *from, const struct side *to)
{
	return has_no(from, to, FIELD_CPUID_L1_ECX_vmx);
}

static bool has_no_svm(const struct side *from, const struct side *to)
{
	return has_no(from, to, FIELD_CPUID_L80000001_ECX_svm);
}

static bool is_asked(enum migration_rule rule, bool no_vmx, bool no_svm)
{
	switch (rules[rule].needs) {
	case NEEDS_VMX:
		return !no_vmx;
	case NEEDS_SVM:
		return !no_svm;
	case NEEDS_EITHER:
		return !no_vmx || !no_svm;
	default:
		return true;
	}
}

bool migration_rule_applies(enum migration_rule rule, const struct side *from,
			    const struct side *to)
{
	return is_asked(rule, has_no_vmx(from, to), has_no_svm(from, to));
}

static void judge(struct judging *judging)
{
	bool no_vmx = has_no_vmx(judging->from, judging->to);
	bool no_svm = has_no_svm(judging->from, judging->to);
	size_t i, at = 0;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		const struct step *step = &steps[i];
		bool compares = !step->ask && step->capability < 0;

		judging->rule = step->rule;
		if (is_asked(step->rule, no_vmx, no_svm)) {
			if (step->ask)
				step->ask(judging);
			else if (compares)
				compare_at(judging, at);
			else
				compare_capability(judging, step->capability,
						   step->how);
		}
		at += compares;
	}
}

int migration_judge(struct migration *migration, const struct side *from,
		    const struct side *to)
{
	struct judging judging = { .from = from,
				   .to = to,
				   .findings = migration };

	*migration = (struct migration){ .list = NULL };
	if (sides_same(from, to))
		return 0;
	judge(&judging);
	memcpy(migration->answer, judging.answer, sizeof(migration->answer));
	return judging.no_memory ? -1 : 0;
}

void migration_free(struct migration *migration)
{
	free(migration->list);
	*migration = (struct migration){ .list = NULL };
}

void migration_answers(enum migration_answer answers[NR_GUEST_CLASSES],
		       const struct side *from, const struct side *to)
{
	struct judging judging = { .from = from, .to = to };

	if (!sides_same(from, to))
		judge(&judging);
	memcpy(answers, judging.answer, sizeof(judging.answer));
}
