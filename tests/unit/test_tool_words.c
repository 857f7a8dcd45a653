// SPDX-License-Identifier: GPL-2.0-only
/* What facts in the words of other tools prove, and what they do not. */
#include "verdict.h"

#include "input/fact_keys.h"
#include "model/tool_words.h"

#define WORDS		 KERNEL("6.8") FACTS
#define INTEL_WORDS	 WORDS "cpuinfo vendor_id : GenuineIntel\n"
#define AMD_WORDS	 WORDS "cpuinfo vendor_id : AuthenticAMD\n"
#define HARDWARE(answer) "virt-host-validate hardware : " answer "\n"

static const char *const keys[] = {
#define TOOL_WORD(key, proves, field) key,
#include "tables/tool_words.def"
};

/* Every row's key is one of a capture, and its value is parsed. */
static void every_key_is_parsed(void **state)
{
	struct fact_name name;
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct fact_key *row = fact_key_find(keys[i], &name);
		const struct said *said;
		struct host *host;

		if (!row || row->parse != parse_said)
			fail_msg("\"%s\" is not parsed", keys[i]);
		snprintf(text, sizeof(text), WORDS "%s : 7\n", keys[i]);
		host = parse_string(text);
		said = system_said(&host->system, keys[i]);
		assert_non_null(said);
		assert_int_equal(said->number, 7);
		assert_string_equal(said->name.text, keys[i]);
		host_free(host);
	}
	assert_true(i > 20);
}

static void values(void **state)
{
	struct host *host =
		parse_string(WORDS "coreinfo VMX : yes\ncoreinfo SVM : no\n"
				   "coreinfo EPT : perhaps\n");
	const struct system *system = &host->system;

	(void)state;
	assert_int_equal(system_said(system, "coreinfo VMX")->number, 1);
	assert_int_equal(system_said(system, "coreinfo SVM")->number, 0);
	assert_null(system_said(system, "coreinfo EPT"));
	assert_null(system_said(system, "coreinfo NP"));
	assert_int_equal(tool_answer(system, FIELD_CPUID_L1_ECX_vmx),
			 ANSWER_YES);
	assert_int_equal(tool_answer(system, FIELD_CPUID_L80000001_ECX_svm),
			 ANSWER_NO);
	assert_int_equal(
		tool_answer(system, FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept),
		ANSWER_UNKNOWN);
	host_free(host);
	refuse(WORDS "coreinfo VMX : 1x\n",
	       "f:5: bad value of \"coreinfo VMX\": \"1x\"; yes, no or a number is expected");
	refuse(WORDS "coreinfo VMX : yes\ncoreinfo VMX : no\n",
	       "f:6: a second time with another value than in line 5: \"coreinfo VMX\"");
}

/* "no" of a tool that lists some features only proves nothing. */
static void only_yes_proves(void **state)
{
	struct host *host =
		parse_string(WORDS "libvirt guest feature vmx : no\n");

	(void)state;
	assert_non_null(
		system_said(&host->system, "libvirt guest feature vmx"));
	assert_int_equal(tool_answer(&host->system, FIELD_CPUID_L1_ECX_vmx),
			 ANSWER_UNKNOWN);
	host_free(host);
	assert_reason(WORDS "libvirt guest feature vmx : no\n", "unknown");
}

/* Bits of CPUID say nothing of the lock. */
static void bits_prove_the_extension(void **state)
{
	struct verdict *verdict = judge(WORDS "coreinfo VMX : yes\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "the processor has VMX");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "coreinfo VMX: yes"));
	verdict_free(verdict);
	verdict = judge(WORDS "snphost cpuid sev : yes\n");
	assert_has(verdict->summary, "the processor has SVM");
	verdict_free(verdict);
}

static void bits_that_are_0(void **state)
{
	struct verdict *verdict;

	(void)state;
	/* As the registers would say. */
	assert_reason(INTEL_WORDS
		      "coreinfo VMX : no\ncoreinfo HYPERVISOR : no\n",
		      "no-extension");
	assert_reason(WORDS "coreinfo VMX : no\ncoreinfo SVM : no\n"
			    "coreinfo HYPERVISOR : no\n",
		      "no-extension");
	/* Of SVM nothing is said. */
	assert_reason(WORDS "coreinfo VMX : no\ncoreinfo HYPERVISOR : no\n",
		      "unknown");
	assert_reason(INTEL_WORDS "coreinfo VMX : no\n", "unknown");
	verdict = judge(AMD_WORDS "os product : Windows\ncoreinfo SVM : no\n"
				  "coreinfo HYPERVISOR : yes\n");
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "a hypervisor hides VMX and SVM");
	assert_has(verdict->remedy, "hypervisorlaunchtype off");
	verdict_free(verdict);
}

static void haxm_and_windows(void **state)
{
	struct verdict *verdict;

	(void)state;
#define HAXM(enabled)                                                          \
	INTEL_WORDS "os product : Windows\nhaxm VMX supported : yes\n"         \
		    "haxm VMX enabled : " enabled "\n"
	assert_reason(HAXM("yes"), "hardware-ready");
	assert_reason(HAXM("no"), "firmware-disabled");
	/* What reads the bit of the root partition. */
	verdict = judge(INTEL_WORDS
			"os product : Windows\nhaxm VMX supported : no\n"
			"haxm Hyper-V disabled : no\n");
	assert_string_equal(verdict_name(verdict), "owned-by-hypervisor");
	assert_int_equal(verdict->hypervisor.product, HYPERVISOR_HYPERV);
	assert_has(verdict->remedy, "memory integrity");
	verdict_free(verdict);
	/* On Windows virtinfo does not run. */
	verdict = judge(WORDS "os product : Windows 11\ncoreinfo VMX : yes\n");
	assert_has(verdict->remedy, "systeminfo");
	assert_has_not(verdict->remedy, "virtinfo capture");
	verdict_free(verdict);
	/* Whoever ran it knows that it is no macOS. */
	verdict = judge(INTEL_WORDS "haxm VMX supported : yes\n");
	assert_has(verdict->remedy, "systeminfo");
	verdict_free(verdict);
	verdict = judge(INTEL_WORDS "os product : macOS\n"
				    "haxm VMX supported : yes\n");
	assert_has_not(verdict->remedy, "systeminfo");
	verdict_free(verdict);
}

/* A register knows better. */
static void registers_come_first(void **state)
{
#define REGISTERS(control)                                                     \
	KERNEL("6.8") INTEL("0-3", VMX) FEATURE_CONTROL(control)
	struct verdict *verdict;

	(void)state;
	assert_reason(REGISTERS("0x5") FACTS "haxm VMX enabled : no\n",
		      "hardware-ready");
	assert_reason(REGISTERS("0x1") FACTS "haxm VMX enabled : yes\n",
		      "firmware-disabled");
	assert_reason(REGISTERS("0x1") FACTS "libvirt domain kvm : yes\n",
		      "firmware-disabled");
	verdict = judge(REGISTERS("0x5") FACTS "coreinfo HYPERVISOR : yes\n"
					       "coreinfo VMX : no\n"
					       "haxm Hyper-V disabled : no\n");
	assert_string_equal(verdict_name(verdict), "hardware-ready");
	assert_int_equal(verdict->hypervisor.product, HYPERVISOR_NONE);
	verdict_free(verdict);
}

/* Tools that made KVM answer outweigh flags, and need no device of this user. */
static void kvm_was_used(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge(WORDS "libvirt domain kvm : yes\n");
	assert_string_equal(verdict_name(verdict), "ready");
	assert_has(verdict->summary, "VMX or SVM");
	verdict_free(verdict);
	verdict = judge(AMD_WORDS "kata-check create : yes\n"
				  "module vhost : loaded\n");
	assert_string_equal(verdict_name(verdict), "ready");
	assert_has(verdict->summary, "on SVM");
	verdict_free(verdict);
	assert_reason(INTEL_WORDS "snphost kvm : yes\ndevice kvm : present\n"
				  "cpuinfo vmx : none\ncpuinfo svm : none\n"
				  "cpuinfo hypervisor : all\n",
		      "ready");
	/* But not what says that this user may not. */
	assert_reason(INTEL_WORDS "snphost kvm : yes\ndevice kvm : present\n"
				  "device kvm access : not read write\n",
		      "permission-denied");
	verdict = judge(AMD_WORDS "libvirt domain kvm : no\n");
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "libvirt found no KVM");
	verdict_free(verdict);
}

static void virt_host_validate_flag(void **state)
{
	struct verdict *verdict = judge(WORDS HARDWARE("yes"));

	(void)state;
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "which of them is not known");
	verdict_free(verdict);
	/* Some CPU shows it: not all of them, so the release proves no lock. */
	verdict = judge(INTEL_WORDS HARDWARE("yes"));
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "the processor has VMX");
	verdict_free(verdict);
	verdict = judge(
		WORDS HARDWARE("yes") "virt-host-validate flag svm : yes\n");
	assert_has(verdict->summary, "the processor has SVM");
	verdict_free(verdict);
}

/* A profile asks them where the register is not there, and only then. */
static void profiles_ask_them(void **state)
{
#define SNP "snphost cpuid sme : yes\nsnphost cpuid sev : yes\n"
	struct verdict *verdict = judge_for(
		AMD_WORDS SNP "snphost cpuid sev-es : no\n", "sev-es");
	const struct stage *stage = stage_of(verdict, STAGE_PROFILE_PROCESSOR);

	(void)state;
	assert_true(has_evidence(stage, "yes (snphost cpuid sev: yes)"));
	assert_true(has_evidence(stage, "no (snphost cpuid sev-es: no)"));
	assert_int_equal(stage->status, STAGE_FAIL);
	verdict_free(verdict);
	verdict = judge_for(AMD_WORDS SNP "snphost cpuid sev-es : yes\n"
					  "snphost encrypted guests : 0\n",
			    "sev-es");
	stage = stage_of(verdict, STAGE_PROFILE_PROCESSOR);
	assert_true(has_evidence(stage, "no (snphost encrypted guests: 0)"));
	verdict_free(verdict);
	/* ABOVE: 1 is none. */
	verdict = judge_for(AMD_WORDS SNP "snphost first sev asid : 1\n",
			    "sev-es");
	stage = stage_of(verdict, STAGE_PROFILE_FIRMWARE);
	assert_true(has_evidence(stage, "no (snphost first sev asid: 1)"));
	verdict_free(verdict);
	verdict = judge_for(KERNEL("6.8") INTEL("0", VMX) FACTS
			    "haxm NX supported : yes\n",
			    "haxm");
	stage = stage_of(verdict, STAGE_PROFILE_PROCESSOR);
	assert_true(has_evidence(stage, "vmx on every CPU"));
	assert_false(has_evidence(stage, "haxm NX supported"));
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_parsed),
		cmocka_unit_test(values),
		cmocka_unit_test(only_yes_proves),
		cmocka_unit_test(bits_prove_the_extension),
		cmocka_unit_test(bits_that_are_0),
		cmocka_unit_test(haxm_and_windows),
		cmocka_unit_test(registers_come_first),
		cmocka_unit_test(kvm_was_used),
		cmocka_unit_test(virt_host_validate_flag),
		cmocka_unit_test(profiles_ask_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
