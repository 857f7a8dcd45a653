// SPDX-License-Identifier: GPL-2.0-only
#include "input/cpuinfo_flags.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * The kernel prints its flags word by word (arch/x86/include/asm/cpufeatures.h):
 * where one of a later place is in a list it was not cut off before.
 */
static const struct {
	const char *name;
	/* Flags before or at its place that are last in a list cut off there. */
	const char *last;
	/* A fact only where all show it: it may be missing for many a reason. */
	bool only_shown;
} rows[CPUINFO_FLAGS] = {
	{ .name = "vmx" },
	{ .name = "svm", .last = "lahf_lm cmp_legacy" },
	{ .name = "hypervisor" },
	{ .name = "sse4_1" },
	{ .name = "ept", .only_shown = true },
	{ .name = "npt", .only_shown = true },
	{ .name = "sme", .only_shown = true },
	{ .name = "sev", .only_shown = true },
	{ .name = "sev_es", .only_shown = true },
	{ .name = "sev_snp", .only_shown = true },
};

/* Every processor of 64 bits has it, behind the others but for svm. */
#define BEHIND "lahf_lm"

static bool has_word(const char *list, const char *end, const char *word)
{
	const char *next;

	for (; list < end; list = next + 1) {
		next = memchr(list, ' ', (size_t)(end - list));
		if (!next)
			next = end;
		if (is_text(list, next, word))
			return true;
	}
	return false;
}

/*
 * Words that no other text has, some of each part of the list: nobody breaks it
 * so that a line has none.
 */
static const char known[] =
	" fpu vme pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush dts"
	" mmx fxsr sse sse2 ht tm pbe syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm"
	" constant_tsc arch_perfmon pebs bts rep_good nopl xtopology nonstop_tsc"
	" tsc_reliable cpuid extd_apicid aperfmperf pni pclmulqdq dtes64 monitor ds_cpl"
	" vmx smx est tm2 ssse3 sdbg fma cx16 xtpr pdcm pcid dca sse4_1 sse4_2 x2apic movbe"
	" popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm"
	" cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw ibs"
	" skinit wdt topoext perfctr_core perfctr_nb cpb hw_pstate cpuid_fault epb ssbd"
	" ibrs ibpb stibp tpr_shadow vnmi flexpriority ept vpid ept_ad vmmcall fsgsbase"
	" tsc_adjust bmi1 hle avx2 smep bmi2 erms invpcid rtm mpx avx512f avx512dq rdseed"
	" adx smap clflushopt clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec"
	" xgetbv1 xsaves dtherm ida arat pln pts hwp hwp_notify hwp_act_window hwp_epp"
	" npt lbrv svm_lock nrip_save tsc_scale vmcb_clean flushbyasid decodeassists"
	" pausefilter pfthreshold avic v_vmsave_vmload vgif umip pku ospke rdpid"
	" md_clear flush_l1d arch_capabilities preemption_timer invvpid ept_x_only ept_1gb"
	" tsc_offset vtpr mtf vapic unrestricted_guest ple shadow_vmcs ";

static bool is_known(const char *word, const char *end)
{
	size_t length = (size_t)(end - word);
	const char *at = known;

	while ((at = memmem(at, strlen(at), word, length))) {
		if (at[-1] == ' ' && at[length] == ' ')
			return true;
		at += length;
	}
	return false;
}

bool cpuinfo_are_flags(const char *at, const char *end)
{
	unsigned int words = 0, flags = 0;
	const char *word;

	for (;; words++) {
		word = at = skip_blanks(at, end);
		while (at < end && ((*at >= 'a' && *at <= 'z') ||
				    (*at >= '0' && *at <= '9') || *at == '_'))
			at++;
		if (at < end && !is_blank(*at))
			return false;
		if (at == word)
			return 2 * flags > words;
		flags += is_known(word, at);
	}
}

static bool cut_before(const char *list, const char *end, size_t flag)
{
	const char *word = end;

	if (!has_word(list, end, BEHIND))
		return true;
	while (word > list && word[-1] != ' ')
		word--;
	return rows[flag].last &&
	       memmem(rows[flag].last, strlen(rows[flag].last), word,
		      (size_t)(end - word));
}

/* Has the CPU this same list already, as far as it is asked about? */
static bool same_list(const struct cpuinfo_flags *flags, unsigned int cpu,
		      const char *list, const char *end)
{
	size_t i;

	for (i = 0; i < CPUINFO_FLAGS; i++)
		if (cpulist_has(&flags->with[i], cpu) !=
		    has_word(list, end, rows[i].name))
			return false;
	return true;
}

int cpuinfo_flags_take(struct cpuinfo_flags *flags, const char *list,
		       const char *end)
{
	unsigned int cpu = flags->cpu;
	size_t i;

	if (cpu >= CPULIST_MAX)
		return 0;
	flags->cpu++;
	if (cpulist_has(&flags->cpus, cpu))
		return !same_list(flags, cpu, list, end);
	if (cpulist_add(&flags->cpus, cpu, cpu))
		return -1;
	for (i = 0; i < CPUINFO_FLAGS; i++)
		if (!has_word(list, end, rows[i].name))
			flags->cut[i] |=
				flags->may_be_cut && cut_before(list, end, i);
		else if (cpulist_add(&flags->with[i], cpu, cpu))
			return -1;
	return 0;
}

int cpuinfo_flags_line(struct cpuinfo_flags *flags, const struct line *line)
{
	struct pair pair;

	if (!pair_split(line, &pair))
		return 0;
	if (KEY_IS(&pair, "processor"))
		scan_decimal(pair.value, pair.value_end, CPULIST_MAX,
			     &flags->cpu);
	else if (KEY_IS(&pair, "flags"))
		return cpuinfo_flags_take(flags, pair.value, pair.value_end);
	return 0;
}

static int one_fact(const struct cpuinfo_flags *flags, struct facts *facts,
		    unsigned long line, size_t flag)
{
	unsigned int with = cpulist_weight(&flags->with[flag]);
	char key[32], *list;
	const char *value;
	int error;

	snprintf(key, sizeof(key), "cpuinfo %s", rows[flag].name);
	if ((flags->cut[flag] && !with) || facts_get(facts, key))
		return 0;
	if (rows[flag].only_shown &&
	    (!flags->may_be_cut || with < cpulist_weight(&flags->cpus)))
		return 0;
	list = cpulist_string(&flags->with[flag]);
	if (!list)
		return -1;
	value = rows[flag].only_shown		     ? "yes" :
		with == cpulist_weight(&flags->cpus) ? "all" :
						       list;
	error = facts_add_line(facts, line, key, strlen(key), value,
			       strlen(value));
	free(list);
	return error;
}

int cpuinfo_flags_facts(const struct cpuinfo_flags *flags, struct facts *facts,
			unsigned long line)
{
	size_t i;

	for (i = 0; flags->cpus.count && i < CPUINFO_FLAGS; i++)
		if (one_fact(flags, facts, line, i))
			return -1;
	return 0;
}

void cpuinfo_flags_free(struct cpuinfo_flags *flags)
{
	size_t i;

	cpulist_free(&flags->cpus);
	for (i = 0; i < CPUINFO_FLAGS; i++)
		cpulist_free(&flags->with[i]);
}
