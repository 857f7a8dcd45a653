// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each bit and number of migration_rows.def in two hosts that are alike but for
 * it: the rule of that name objects one way, and none of the others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "offered.h"

struct row {
	const char *rule;
	enum compare_how how;
	u64 bits;
	u32 leaf; /* 0 with an MSR; 0 is also a leaf */
	u32 subleaf;
	enum vi_cpuid_register output;
	u32 msr; /* 0: a leaf */
};

static const struct row rows[] = {
#define LEAF(name, number, sub, reg, kind, mask)                               \
	{ .rule = (name),                                                      \
	  .how = (kind),                                                       \
	  .bits = (mask),                                                      \
	  .leaf = (number),                                                    \
	  .subleaf = (sub),                                                    \
	  .output = (reg) },
#define MSR(name, address, kind, mask)                                         \
	{ .rule = (name), .how = (kind), .bits = (mask), .msr = (address) },
#include "migration_rows.def"
};

static const struct {
	const char *rule;
	int number;
	enum compare_how how;
} cap_rows[] = {
#define CAP(name, cap, kind) { .rule = (name), .number = (cap), .how = (kind) },
#include "migration_rows.def"
};

static void put(struct kvm_caps *caps, const struct row *row, u64 value)
{
	if (row->msr)
		*msr_of(caps, row->msr) |= value;
	else
		*output_of(caps, row->leaf, row->subleaf, row->output) |=
			(u32)value;
}

/* With VMX and SVM, so that all rules are asked, and else 0 in each row. */
static struct made make(const char *name)
{
	struct made made = made_host(name);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		put(&made.host->system.kvm, &rows[i], 0);
	return made;
}

/* What the two have there, and whether that is in the way from a to b. */
static void check(const struct row *row, u64 has, u64 finds, bool objects)
{
	struct made a = make("a"), b = make("b");
	enum migration_answer answer =
		row->how == AT_MOST_NOTE ? MIGRATION_SAFE : MIGRATION_UNSAFE;
	size_t found;

	put(&a.host->system.kvm, row, has);
	put(&b.host->system.kvm, row, finds);
	/* Both have it in any case, or the rules would not be asked. */
	if (!row->msr && row->leaf == 1 && row->output == ECX && finds != VMX)
		*output_of(&b.host->system.kvm, 1, 0, ECX) &= ~(has & VMX);
	if (row->leaf == 0x80000001 && row->output == ECX && finds != SVM)
		*output_of(&b.host->system.kvm, 0x80000001, 0, ECX) &=
			~(has & SVM);
	assert_int_equal(side_of(&a.side, a.host), 0);
	assert_int_equal(side_of(&b.side, b.host), 0);
	found = objections(&a, &b, row->rule, answer);
	if ((found == 1) != objects || found > 1)
		fail_msg("%s 0x%x.%u.%d, 0x%llx to 0x%llx: %zu objections",
			 row->rule, row->msr ? row->msr : row->leaf,
			 row->subleaf, row->msr ? -1 : (int)row->output, has,
			 finds, found);
	drop(&a);
	drop(&b);
}

static bool is_asked_first(const struct row *row, u64 bit)
{
	return !row->msr && row->output == ECX &&
	       ((row->leaf == 1 && bit == VMX) ||
		(row->leaf == 0x80000001 && bit == SVM));
}

static void check_bit(const struct row *row, u64 bit)
{
	switch (row->how) {
	case SUBSET:
		check(row, bit, 0, true);
		if (!is_asked_first(row, bit))
			check(row, 0, bit, false);
		check(row, bit, bit, false);
		break;
	case REVERSE:
		check(row, bit, 0, false);
		check(row, 0, bit, true);
		check(row, bit, bit, false);
		break;
	case CONTROLS: /* must be 1; may be 1 */
		check(row, bit, 0, bit >> 32);
		check(row, 0, bit, !(bit >> 32));
		check(row, bit, bit, false);
		break;
	default: /* NONE */
		check(row, bit, 0, true);
		check(row, 0, bit, false);
		check(row, bit, bit, true);
		break;
	}
}

/* The lowest bit of a number, and the next: 1 and 2. Of one bit, 1 and 0. */
static void check_number(const struct row *row)
{
	u64 one = row->bits & -row->bits, two = (one << 1) & row->bits;
	bool equal = row->how == EQUAL || row->how == EQUAL_IF_ANY;

	check(row, one, one, false);
	check(row, two ? two : 0, one,
	      two ? row->how != AT_LEAST : row->how != EQUAL_IF_ANY);
	check(row, one, two ? two : 0, !two || equal || row->how == AT_LEAST);
	check(row, 0, one, row->how == EQUAL || row->how == AT_LEAST);
	/* Its highest bit is of the number too. */
	check(row, row->bits, row->bits ^ one, row->how != AT_LEAST);
	check(row, row->bits, row->bits & row->bits >> 1,
	      row->bits != (row->bits & row->bits >> 1) &&
		      row->how != AT_LEAST);
}

static void each_bit_counts(void **state)
{
	size_t i;
	u64 left;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];

		if (row->how != SUBSET && row->how != REVERSE &&
		    row->how != CONTROLS && row->how != NONE)
			continue;
		for (left = row->bits; left; left &= left - 1)
			check_bit(row, left & -left);
	}
}

static void each_number_counts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].how != SUBSET && rows[i].how != REVERSE &&
		    rows[i].how != CONTROLS && rows[i].how != NONE)
			check_number(&rows[i]);
}

static size_t of_cap(size_t i, int has, int finds)
{
	struct made a = make("a"), b = make("b");
	size_t found;

	put_cap(&a.host->system.kvm, cap_rows[i].number, has);
	put_cap(&b.host->system.kvm, cap_rows[i].number, finds);
	assert_int_equal(side_of(&a.side, a.host), 0);
	assert_int_equal(side_of(&b.side, b.host), 0);
	found = objections(&a, &b, cap_rows[i].rule,
			   cap_rows[i].how == AT_MOST_NOTE ? MIGRATION_SAFE :
							     MIGRATION_UNSAFE);
	drop(&a);
	drop(&b);
	return found;
}

static void each_capability_counts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cap_rows); i++) {
		assert_int_equal(of_cap(i, 1, 1), 0);
		assert_int_equal(of_cap(i, 2, 1), 1);
		assert_int_equal(of_cap(i, 3, 1), 1);
		assert_int_equal(of_cap(i, 1, 3), 0);
		/* A number is no set of bits. */
		assert_int_equal(of_cap(i, 1, 2), cap_rows[i].how == SUBSET);
	}
}

/* A row of the table that nobody wrote here a second time. */
static void each_row_is_here(void **state)
{
	enum migration_rule rule;
	size_t i, compared, written;

	(void)state;
	for (rule = 0; rule < NR_MIGRATION_RULES; rule++) {
		const char *name = migration_rule_info(rule)->name;

		for (i = 0, compared = 0; i < NR_COMPARISONS; i++)
			compared += comparisons[i].rule == rule;
		for (i = 0, written = 0; i < ARRAY_SIZE(rows); i++)
			written += !strcmp(rows[i].rule, name);
		if (compared != written)
			fail_msg("%s: %zu comparisons, %zu rows of "
				 "migration_rows.def",
				 name, compared, written);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_bit_counts),
		cmocka_unit_test(each_number_counts),
		cmocka_unit_test(each_capability_counts),
		cmocka_unit_test(each_row_is_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
