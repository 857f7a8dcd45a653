// SPDX-License-Identifier: GPL-2.0-only
/* What no CPU model can level, by the rules that judge every guest. */
#include "migrate/baseline_plan.h"

#include <stdlib.h>
#include <string.h>

#include "migrate/compare.h"
#include "model/register_name.h"

/*
 * Bits that a guest has from the host on which it was made, whatever its model:
 * QEMU target/i386/kvm/kvm.c, kvm_msr_entry_add_vmx(). Of the others of these
 * MSRs the model has names.
 */
static const struct {
	enum vi_msr msr;
	u64 bits;
} of_host[] = {
	{ VI_IA32_VMX_BASIC, 0x003c1fffffffffff }, /* revision, size, type */
	{ VI_IA32_VMX_MISC, 0x000000000e00001f },  /* timer rate, MSR lists */
	{ VI_IA32_VMX_EPT_VPID_CAP, 0x0000000000004100 }, /* UC, WB */
};

/* What a guest has to fear: QEMU tells it only where the host says so too. */
#define RSBA_RRSBA 0x80004ULL

int baseline_whole(struct side *whole, const struct side *const *sides,
		   size_t count)
{
	return side_intersection(whole, sides, count);
}

/* The CPU of a guest that has the baseline, made on that side. */
static int guest_made_on(struct side *guest, const struct side *baseline,
			 const struct side *side, u64 fears)
{
	struct vi_sample *sample;
	size_t i;

	if (side_intersection(guest, &baseline, 1))
		return -1;
	guest->host = side->host;
	sample = &guest->offer->sample;
	for (i = 0; i < ARRAY_SIZE(of_host); i++) {
		enum vi_msr msr = of_host[i].msr;

		if (sample->msr_status[msr] != VI_READ)
			continue;
		sample->msr[msr] &= ~of_host[i].bits;
		sample->msr[msr] |=
			side->offer->sample.msr[msr] & of_host[i].bits;
	}
	sample->msr[VI_IA32_ARCH_CAPABILITIES] &= ~RSBA_RRSBA | fears;
	compare_values(guest, guest->values);
	return 0;
}

/* Those fears that every side tells of. */
static u64 fears_of_all(const struct side *const *sides, size_t count)
{
	u64 fears = RSBA_RRSBA;
	size_t i;

	for (i = 0; i < count; i++)
		fears &= sides[i]->offer->sample.msr[VI_IA32_ARCH_CAPABILITIES];
	return fears;
}

/* Calls for each finding of each way between two sides; nonzero ends it. */
typedef int (*on_finding)(void *context,
			  const struct migration_finding *finding,
			  const struct side *from, const struct side *to);

static int judge_way(const struct side *guest, const struct side *from,
		     const struct side *to, on_finding call, void *context)
{
	struct migration migration = { .list = NULL };
	int error = migration_judge(&migration, guest, to);
	size_t i;

	for (i = 0; !error && i < migration.count; i++)
		if (migration.list[i].answer != MIGRATION_SAFE)
			error = call(context, &migration.list[i], from, to);
	migration_free(&migration);
	return error;
}

static int for_each_finding(const struct side *baseline,
			    const struct side *const *sides, size_t count,
			    on_finding call, void *context)
{
	u64 fears = fears_of_all(sides, count);
	int error = 0;
	size_t from, to;

	for (from = 0; !error && from < count; from++) {
		struct side guest;

		error = guest_made_on(&guest, baseline, sides[from], fears);
		for (to = 0; !error && to < count; to++)
			if (to != from)
				error = judge_way(&guest, sides[from],
						  sides[to], call, context);
		side_free(&guest);
	}
	return error;
}

static bool of_nested_only(const struct migration_finding *finding)
{
	return !(finding->classes & 1U << GUEST_PLAIN);
}

static int worse_nested(void *context, const struct migration_finding *finding,
			const struct side *from, const struct side *to)
{
	enum migration_answer *answer = context;

	(void)from;
	(void)to;
	if (of_nested_only(finding) && finding->reg != NR_REGISTERS &&
	    *answer < finding->answer)
		*answer = finding->answer;
	return 0;
}

int baseline_nested(enum migration_answer *answer, const struct side *whole,
		    const struct side *const *sides, size_t count)
{
	*answer = MIGRATION_SAFE;
	return for_each_finding(whole, sides, count, worse_nested, answer);
}

static const char *name_of(const struct side *side)
{
	return side->host ? side->host->name : "a host";
}

/* "0x485 vmx_preemption_timer_rate", or what the rule says. */
static void put_subject(char *text, size_t size,
			const struct migration_finding *finding)
{
	char address[REGISTER_ADDRESS_SIZE];

	if (finding->reg != NR_REGISTERS)
		snprintf(text, size, "%s%s%s",
			 register_info(finding->reg)->name,
			 finding->field == NR_FIELDS ? "" : " ",
			 finding->field == NR_FIELDS ?
				 "" :
				 field_info(finding->field)->name);
	else if (finding->leaf)
		snprintf(text, size, "CPUID %s",
			 cpuid_address(address, finding->leaf, finding->subleaf,
				       finding->output));
	else
		snprintf(text, size, "%s",
			 migration_rule_info(finding->rule)->title);
}

static bool noted(const struct baseline_plan *plan, const char *begin)
{
	size_t i;

	for (i = 0; i < plan->nr_notes; i++)
		if (!strncmp(plan->notes[i], begin, strlen(begin)))
			return true;
	return false;
}

/*
 * Each subject once: of many hosts one pair shows it. What is not known of a
 * processor whose KVM is not known has its own note.
 */
static int note_finding(void *context, const struct migration_finding *finding,
			const struct side *from, const struct side *to)
{
	struct baseline_plan *plan = context;
	char subject[256];

	put_subject(subject, sizeof(subject), finding);
	if (noted(plan, subject))
		return 0;
	if (finding->answer == MIGRATION_UNSAFE)
		return baseline_plan_note(
			plan,
			"%s: %s on %s, %s on %s%s; no CPU model levels it",
			subject, finding->from, name_of(from), finding->to,
			name_of(to),
			of_nested_only(finding) ?
				" (of guests that run guests)" :
				"");
	if (finding->reg != NR_REGISTERS || finding->leaf)
		return 0;
	return baseline_plan_note(plan, "%s: not known of every host%s%s%s",
				  subject, finding->command ? " (" : "",
				  finding->command ? finding->command : "",
				  finding->command ? ")" : "");
}

int baseline_note_obstacles(struct baseline_plan *plan,
			    const struct side *const *sides, size_t count)
{
	struct side whole;
	int error = baseline_whole(&whole, sides, count);

	if (!error)
		error = for_each_finding(&whole, sides, count, note_finding,
					 plan);
	side_free(&whole);
	return error;
}
