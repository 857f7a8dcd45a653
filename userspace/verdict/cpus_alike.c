// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does KVM find the same on every CPU? Where what it compares differs it does
 * not load: "CPU 3 feature inconsistency!", since 6.3 "Inconsistent VMCS config
 * on CPU 3".
 */
#include "verdict/kvm_requirements.h"
#include "verdict/stage.h"

#include <stdlib.h>

#include "base/append.h"
#include "model/register_name.h"

#define MAX_NAMES 6
#define MAX_LINES 8 /* of one register */

/* Registers that differ, while they are looked for. */
struct comparison {
	struct stage *stage;
	enum register_id reg;
	struct kvm_comparison how;
	size_t count; /* registers that differ */
	/* Of the first of them: the odd CPUs and those that most are like. */
	enum register_id first;
	char *odd;
	char *most;
	bool has_cpu0; /* among the odd ones */
	char names[192];
};

static bool is_nested(const struct verdict_context *v)
{
	const char *nested =
		facts_get(v->host->facts, "parameter kvm_intel.nested");

	/* On by default since 4.20, which is before it matters. */
	return !nested || (*nested != 'N' && *nested != '0');
}

static bool compared(const struct comparison *comparison,
		     const struct host_group *group, u64 *value)
{
	struct register_value raw = register_value(group, comparison->reg);

	if (raw.status != VI_READ)
		return false;
	*value = kvm_compared(&comparison->how, raw.value);
	return true;
}

/* A value and how many CPUs have it. */
struct seen {
	u64 value;
	unsigned int weight;
};

static int by_value(const void *left, const void *right)
{
	const struct seen *a = left, *b = right;

	return a->value < b->value ? -1 : a->value > b->value;
}

/* The value that the most CPUs have. Returns whether there is another one. */
static bool most_frequent(struct seen *seen, size_t count, u64 *most)
{
	unsigned int weight = 0, heaviest = 0;
	size_t i;

	qsort(seen, count, sizeof(*seen), by_value);
	for (i = 0; i < count; i++) {
		weight = i && seen[i].value == seen[i - 1].value ? weight : 0;
		weight += seen[i].weight;
		if (weight <= heaviest)
			continue;
		heaviest = weight;
		*most = seen[i].value;
	}
	return count && seen[0].value != seen[count - 1].value;
}

static bool find_most(const struct comparison *comparison, u64 *most)
{
	const struct host *host = comparison->stage->v->host;
	struct seen *seen = calloc(host->nr_groups, sizeof(*seen));
	size_t i, count = 0;
	bool differ;

	*most = 0;
	if (!seen) {
		comparison->stage->v->no_memory = true;
		return false;
	}
	for (i = 0; i < host->nr_groups; i++)
		if (compared(comparison, host->groups[i], &seen[count].value))
			seen[count++].weight = cpulist_weight(
				host_group_msrs_known(host->groups[i]));
	differ = most_frequent(seen, count, most);
	free(seen);
	return differ;
}

/* The fields of the bits, as many as fit. */
static void name_bits(const struct comparison *comparison, u64 bits,
		      char *names, size_t size)
{
	enum register_id id = register_of_bits(comparison->reg);
	unsigned int bit, count = 0;

	if (id == NR_REGISTERS)
		id = comparison->reg;
	*names = '\0';
	for (bit = 0; bit < 64; bit++) {
		const char *name;

		if (!(bits >> bit & 1))
			continue;
		if (count++ == MAX_NAMES) {
			append_text(names, size, "", ", ...");
			return;
		}
		name = register_bit_name(id, bit);
		append_text(names, size, ", ", "bit %u%s%s%s", bit,
			    name ? " (" : "", name ? name : "",
			    name ? ")" : "");
	}
}

static char *cpus_with(const struct comparison *comparison, u64 value,
		       bool same, bool *has_first)
{
	const struct host *host = comparison->stage->v->host;
	struct cpulist cpus = { 0 };
	char *text;
	size_t i;
	u64 other;

	for (i = 0; i < host->nr_groups; i++) {
		const struct cpulist *known =
			host_group_msrs_known(host->groups[i]);

		if (!compared(comparison, host->groups[i], &other) ||
		    (other == value) != same)
			continue;
		if (cpulist_add_all(&cpus, known))
			comparison->stage->v->no_memory = true;
	}
	*has_first = cpulist_has(&cpus, 0);
	text = cpus_text(comparison->stage->v, &cpus);
	cpulist_free(&cpus);
	return text;
}

/* A line for each group whose value is not that of the most. */
static void show_odd(const struct comparison *comparison, u64 most,
		     const char *most_cpus)
{
	const struct host *host = comparison->stage->v->host;
	const struct register_info *info = register_info(comparison->reg);
	char names[192], address[REGISTER_ADDRESS_SIZE];
	struct register_value raw;
	size_t i, shown = 0;
	u64 value;

	if (comparison->stage->v->bare)
		return;
	for (i = 0; i < host->nr_groups && shown < MAX_LINES; i++) {
		const struct host_group *group = host->groups[i];
		char *cpus;

		if (!compared(comparison, group, &value) || value == most)
			continue;
		shown++;
		raw = register_value(group, comparison->reg);
		name_bits(comparison, value ^ most, names, sizeof(names));
		cpus = cpus_text(comparison->stage->v,
				 host_group_msrs_known(group));
		stage_evidence(comparison->stage,
			       "%s (%s) is 0x%0*llx on %s, not as on %s: %s",
			       info->name,
			       register_address(address, info, &raw),
			       register_digits(info), raw.value, cpus,
			       most_cpus, names);
		free(cpus);
	}
}

static void keep_first(struct comparison *comparison, u64 most, char *most_cpus)
{
	const struct host *host = comparison->stage->v->host;
	size_t i;
	u64 value;

	comparison->first = comparison->reg;
	comparison->most = most_cpus;
	comparison->odd =
		cpus_with(comparison, most, false, &comparison->has_cpu0);
	for (i = 0; i < host->nr_groups; i++)
		if (compared(comparison, host->groups[i], &value) &&
		    value != most) {
			name_bits(comparison, value ^ most, comparison->names,
				  sizeof(comparison->names));
			return;
		}
}

static void compare(struct comparison *comparison)
{
	char *most_cpus;
	bool has_first;
	u64 most;

	comparison->how = kvm_compares(comparison->reg,
				       comparison->stage->v->system->release,
				       is_nested(comparison->stage->v));
	if (!comparison->how.bits && !comparison->how.used)
		return;
	if (!find_most(comparison, &most))
		return;
	/* Only the first register that differs is in the summary. */
	if (comparison->count && comparison->stage->v->bare)
		return;
	most_cpus = cpus_with(comparison, most, true, &has_first);
	show_odd(comparison, most, most_cpus);
	if (comparison->count++)
		free(most_cpus);
	else
		keep_first(comparison, most, most_cpus);
}

static void remedy_unlike(struct stage *stage, bool has_cpu0)
{
	if (is_guest(stage->v)) {
		fail_disagree(stage);
		return;
	}
	stage_fail(stage, REASON_CPUS_DISAGREE);
	stage_remedy_anew(stage);
	stage_remedy(
		stage,
		"The cause is firmware or microcode that did not set every CPU alike: update both; to suspend to memory once and wake up may set them anew until the next start.");
	stage_remedy(
		stage,
		"Or take the odd CPUs offline, as root: echo 0 > /sys/devices/system/cpu/cpuN/online for each, then modprobe %s%s.",
		stage->v->vendor_module,
		has_cpu0 ? " (CPU 0 cannot be taken offline on most kernels)" :
			   "");
}

static void fail_unlike(struct comparison *comparison)
{
	struct stage *stage = comparison->stage;

	if (kvm_loads_here(stage->v)) {
		warn_kvm_loads(stage);
		return;
	}
	remedy_unlike(stage, comparison->has_cpu0);
	stage_summary(
		stage, "%s refuses to load: %s on %s is not as on %s (%s)",
		stage->v->vendor_module, register_info(comparison->first)->name,
		comparison->odd, comparison->most, comparison->names);
}

/*
 * The log has it and no register shows it: they are missing, or what differs is
 * in none that the input has.
 */
static bool judge_log(struct stage *stage)
{
	const char *line = stage->v->system->log[LOG_CAPS_DIFFER];

	if (!line || stage->v->extension != VI_VMX || kvm_loads_here(stage->v))
		return true;
	stage_evidence(stage, "kernel log: %s", line);
	remedy_unlike(stage, false);
	stage_summary(
		stage,
		"%s refuses to load: the VMX capabilities of the CPUs differ, as the kernel's log says",
		stage->v->vendor_module);
	return false;
}

bool judge_cpus_alike(struct stage *stage)
{
	struct comparison comparison = { .stage = stage };

	if (stage->v->profile && !stage->v->profile->needs_kvm)
		return true;
	for (comparison.reg = 0; comparison.reg < NR_REGISTERS;
	     comparison.reg++)
		compare(&comparison);
	if (comparison.count)
		fail_unlike(&comparison);
	free(comparison.odd);
	free(comparison.most);
	return !comparison.count && judge_log(stage);
}
