/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the verdict share: machines in a few words, and verdicts. */
#ifndef VIRTINFO_TESTS_UNIT_VERDICT_H
#define VIRTINFO_TESTS_UNIT_VERDICT_H

#include "input.h"

#include "verdict/verdict.h"

/* Pieces of a capture. ECX of leaf 1: VMX is 0x20, a guest 0x80000000. */
#define KERNEL(release) "virtinfo\t: 1\nkernel : " release "\n"
#define CPU_OF(cpus, vendor, ecx, svm)                                         \
	"\ncpus : " cpus "\ncpuid 0x0.0x0 : 0xd " vendor "\n"                  \
	"cpuid 0x1.0x0 : 0x306c3 0x100800 " ecx " 0xbfebfbff\n"                \
	"cpuid 0x80000000.0x0 : 0x80000021 " vendor "\n"                       \
	"cpuid 0x80000001.0x0 : 0x0 0x0 " svm " 0x20100800\n"
#define INTEL_VENDOR	       "0x756e6547 0x6c65746e 0x49656e69"
#define AMD_VENDOR	       "0x68747541 0x444d4163 0x69746e65"
#define ZHAOXIN_VENDOR	       "0x68532020 0x20206961 0x68676e61"
#define INTEL(cpus, ecx)       CPU_OF(cpus, INTEL_VENDOR, ecx, "0x1")
#define AMD(cpus, ecx, svm)    CPU_OF(cpus, AMD_VENDOR, ecx, svm)
#define VMX		       "0x20"
#define GUEST_VMX	       "0x80000020"
#define GUEST		       "0x80000000"
#define FEATURE_CONTROL(value) "msr 0x3a IA32_FEATURE_CONTROL : " value "\n"
#define VM_CR(value)	       "msr 0xc0010114 VM_CR : " value "\n"
#define KVM_ABOVE                                                              \
	"cpuid 0x40000000.0x0 : 0x40000001 0x4b4d564b 0x564b4d56 0x4d\n"       \
	"cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n"
#define FACTS	       "\ncapture : by hand\n"
#define LOADED(vendor) "module kvm : loaded\nmodule " vendor " : loaded\n"
#define LOAD(vendor, error)                                                    \
	"module kvm : loaded\nmodule " vendor " : loadable\nmodule " vendor    \
	" load : " error "\n"
#define DEVICE_OK                                                              \
	"device kvm : present\ndevice kvm access : read write\n"               \
	"kvm device open : ok\nkvm api : 12\n"

static inline struct verdict *judge_for(const char *text, const char *profile)
{
	struct host *host = parse_string(text);
	const struct profile *found = profile ? profile_find(profile) : NULL;
	struct verdict *verdict;

	assert_true(!profile || found);
	verdict = verdict_of(host, found);
	assert_non_null(verdict);
	host_free(host);
	return verdict;
}

static inline struct verdict *judge(const char *text)
{
	return judge_for(text, NULL);
}

static inline const char *verdict_name(const struct verdict *verdict)
{
	return reason_info(verdict->reason)->name;
}

/* The reason that the verdict gives, with a profile or NULL. */
static inline void assert_for(const char *text, const char *profile,
			      const char *reason)
{
	struct verdict *verdict = judge_for(text, profile);

	assert_string_equal(verdict_name(verdict), reason);
	verdict_free(verdict);
}

static inline void assert_reason(const char *text, const char *reason)
{
	assert_for(text, NULL, reason);
}

static inline const struct stage *stage_of(const struct verdict *verdict,
					   enum stage_id id)
{
	size_t i;

	for (i = 0; i < verdict->nr_stages; i++)
		if (verdict->stages[i].id == id)
			return &verdict->stages[i];
	fail_msg("no stage %s", stage_name(id));
	return NULL;
}

static inline void assert_has(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("\"%s\" is not in \"%s\"", part, text ? text : "");
}

static inline void assert_has_not(const char *text, const char *part)
{
	if (text && strstr(text, part))
		fail_msg("\"%s\" is in \"%s\"", part, text);
}

/*
 * What a machine's verdict has to say: the reason, the advice that helps, and
 * that the advice which leads astray is not there.
 */
struct report {
	const char *machine;
	const char *profile; /* or NULL */
	const char *reason;
	const char *summary; /* NULL: any */
	const char *has;
	const char *has_not; /* NULL: nothing to look for */
};

static inline void assert_report(const struct report *report)
{
	struct verdict *verdict = judge_for(report->machine, report->profile);

	if (strcmp(verdict_name(verdict), report->reason))
		fail_msg("%s, not %s, of:\n%s", verdict_name(verdict),
			 report->reason, report->machine);
	if (report->summary)
		assert_has(verdict->summary, report->summary);
	assert_has(verdict->remedy, report->has);
	if (report->has_not)
		assert_has_not(verdict->remedy, report->has_not);
	verdict_free(verdict);
}

static inline bool has_evidence(const struct stage *stage, const char *part)
{
	size_t i;

	for (i = 0; i < stage->nr_evidence; i++)
		if (strstr(stage->evidence[i], part))
			return true;
	return false;
}

#endif
