// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that check a Windows host: Coreinfo, and HAXM's checktool with the
 * other words of HAXM. The lines are as they print them.
 */
#include "words.h"

#define VERSION                                                                \
	"Coreinfo v3.52 - Dump information on system CPU and memory topology\n"
#define INTEL_NAME                                                             \
	"12th Gen Intel(R) Core(TM) i5-12450H\n"                               \
	"Intel64 Family 6 Model 154 Stepping 3, GenuineIntel\n"
#define AMD_NAME                                                               \
	"AMD Ryzen 5 2600 Six-Core Processor\n"                                \
	"AMD64 Family 23 Model 8 Stepping 2, AuthenticAMD\n"
#define HYPERVISOR(mark)                                                       \
	"HYPERVISOR      " mark "       Hypervisor is present\n"
#define VMX_BIT(mark)                                                          \
	"VMX             " mark                                                \
	"       Supports Intel hardware-assisted virtualization\n"
#define SVM_BIT(mark)                                                          \
	"SVM             " mark                                                \
	"       Supports AMD hardware-assisted virtualization\n"
#define EPT_BIT(mark)                                                          \
	"EPT             " mark                                                \
	"       Supports Intel extended page tables (SLAT)\n"
#define NP_BIT(mark)                                                           \
	"NP              " mark                                                \
	"       Supports AMD nested page tables (SLAT)\n"

static void coreinfo_facts(void **state)
{
	struct host *host = parse_words(
		"PS C:\\> .\\Coreinfo64.exe -v\n\n" VERSION
		"Copyright (C) 2008-2021 Mark Russinovich\n"
		"Sysinternals - www.sysinternals.com\n\n" INTEL_NAME
		"Microcode signature: 0000041C\n" HYPERVISOR("-") VMX_BIT("*")
			EPT_BIT("-") "HTT  *  Hyperthreading enabled\n\n"
				     "Logical to Physical Processor Map:\n"
				     "*--  Physical Processor 0\n",
		HOST_COREINFO);

	(void)state;
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo family", "6");
	assert_fact(host, "cpuinfo model", "154");
	assert_fact(host, "cpuinfo stepping", "3");
	assert_fact(host, "cpuinfo model name",
		    "12th Gen Intel(R) Core(TM) i5-12450H");
	assert_fact(host, "coreinfo HYPERVISOR", "no");
	assert_fact(host, "coreinfo VMX", "yes");
	assert_fact(host, "coreinfo EPT", "no");
	assert_no_fact(host, "coreinfo SVM");
	host_free(host);
	/* Without the name before it, it has no name. */
	host = parse_words(VERSION AMD_NAME, HOST_COREINFO);
	assert_fact(host, "cpuinfo model name",
		    "AMD Ryzen 5 2600 Six-Core Processor");
	host_free(host);
	host = parse_words(VERSION
			   "Sysinternals - www.sysinternals.com\n"
			   "AMD64 Family 23 Model 8 Stepping 2, AuthenticAMD\n",
			   HOST_COREINFO);
	assert_no_fact(host, "cpuinfo model name");
	host_free(host);
}

/* Hidden VMX hides EPT: that is no word about the processor. */
static void coreinfo_hidden(void **state)
{
	struct host *host = parse_words(VERSION INTEL_NAME HYPERVISOR("*")
						VMX_BIT("-") EPT_BIT("-"),
					HOST_COREINFO);
	struct verdict *verdict = verdict_of(host, NULL);

	(void)state;
	assert_fact(host, "coreinfo HYPERVISOR", "yes");
	assert_fact(host, "coreinfo VMX", "no");
	assert_no_fact(host, "coreinfo EPT");
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "a hypervisor hides VMX");
	assert_has(verdict->remedy, "coreinfo -v");
	verdict_free(verdict);
	host_free(host);
	assert_tells(VERSION AMD_NAME HYPERVISOR("*") SVM_BIT("-") NP_BIT("-"),
		     HOST_COREINFO, "coreinfo NP", NULL);
	assert_tells(VERSION AMD_NAME SVM_BIT("*") NP_BIT("-"), HOST_COREINFO,
		     "coreinfo NP", "no");
}

static void coreinfo_as_witness(void **state)
{
	struct verdict *verdict;

	(void)state;
	assert_reason(INTEL_NAME HYPERVISOR("-") VMX_BIT("-"), "no-extension");
	verdict = judge(AMD_NAME HYPERVISOR("-") SVM_BIT("*") NP_BIT("*"));
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "has SVM; whether firmware left it on");
	assert_has(verdict->remedy, "systeminfo");
	verdict_free(verdict);
	verdict =
		judge_for(INTEL_NAME HYPERVISOR("-") VMX_BIT("*") EPT_BIT("-"),
			  "hyper-v");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROFILE_PROCESSOR),
				 "EPT (SLAT): no (coreinfo EPT: no)"));
	verdict_free(verdict);
}

static void coreinfo_damage(void **state)
{
	(void)state;
	refuse(VMX_BIT("*") VMX_BIT("-"),
	       "f:2: VMX has another mark than in line 1");
	refuse(INTEL_NAME AMD_NAME,
	       "f:4: another value of \"cpuinfo vendor_id\" than in a line before");
	refuse("VMX  *  of another program\n", unknown_form("f:1"));
	refuse("VMX *\n", unknown_form("f:1"));
	refuse("Intel64 Family 6 Model\n", unknown_form("f:1"));
	refuse(VERSION, "f:1: no line of it tells of a machine");
	assert_tells(
		"Intel64 Family 6 Model 99999999999 Stepping 3, GenuineIntel\n",
		HOST_COREINFO, "cpuinfo model", "65535");
}

#define CHECK(item, mark, text) item "    " mark "  " text "\n"
#define HYPERV(mark, text)	CHECK("Hyper-V disabled", mark, text)
#define SUPPORTED(mark, text)	CHECK("VMX supported", mark, text)
#define ENABLED(mark, text)	CHECK("VMX enabled", mark, text)
#define HAXM_EPT(mark, text)	CHECK("EPT supported", mark, text)

static void haxm_checktool(void **state)
{
	struct host *host = parse_words(
		CHECK("CPU vendor", "*", "GenuineIntel") CHECK(
			"Intel64 supported", "*", "Yes") SUPPORTED("*", "Yes")
			ENABLED("-", "No") HAXM_EPT("*", "Yes") HYPERV(
				"*", "Yes") CHECK("OS version", "*",
						  "Windows 10.0.19042")
				CHECK("Guest unoccupied", "*",
				      "Yes. 0 guest(s)") "The system requirements are not satisfied.\n",
		HOST_HAXM);
	struct verdict *verdict = verdict_of(host, NULL);

	(void)state;
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "haxm VMX supported", "yes");
	assert_fact(host, "haxm VMX enabled", "no");
	assert_fact(host, "haxm EPT supported", "yes");
	assert_fact(host, "haxm Hyper-V disabled", "yes");
	assert_no_fact(host, "os product");
	assert_fact(host, "os release", "10.0.19042");
	assert_string_equal(verdict_name(verdict), "firmware-disabled");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "HAXM says \"VMX enabled: no\""));
	verdict_free(verdict);
	host_free(host);
	assert_reason(SUPPORTED("*", "Yes") ENABLED("*", "Yes"),
		      "hardware-ready");
}

/* Hyper-V of Windows hides VMX: what the tool says of it does not count. */
static void haxm_under_hyperv(void **state)
{
	struct host *host = parse_words(
		CHECK("CPU vendor", "*", "GenuineIntel") SUPPORTED("-", "No")
			ENABLED("-", "No") HAXM_EPT("-", "No")
				HYPERV("-", "No"),
		HOST_HAXM);
	struct verdict *verdict = verdict_of(host, NULL);

	(void)state;
	assert_no_fact(host, "haxm VMX enabled");
	assert_no_fact(host, "haxm EPT supported");
	assert_string_equal(verdict_name(verdict), "owned-by-hypervisor");
	verdict_free(verdict);
	host_free(host);
	/* In a guest of another one it does not say which. */
	verdict = judge(CHECK("CPU vendor", "*", "GenuineIntel") SUPPORTED(
		"-", "No") ENABLED("-", "No") HYPERV("*", "Yes"));
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "whether a hypervisor hides it");
	verdict_free(verdict);
}

/* Windows 7 does not tell it, and the tool says yes. */
static void haxm_on_windows_7(void **state)
{
#define WINDOWS_7 CHECK("OS version", "*", "Windows 6.1.7601")
	(void)state;
	assert_tells(SUPPORTED("*", "Yes") ENABLED("*", "Yes") WINDOWS_7,
		     HOST_HAXM, "haxm VMX enabled", NULL);
	assert_tells(SUPPORTED("*", "Yes") ENABLED("-", "No") WINDOWS_7,
		     HOST_HAXM, "haxm VMX enabled", "no");
	assert_reason(SUPPORTED("*", "Yes") ENABLED("*", "Yes") WINDOWS_7,
		      "unknown");
	assert_tells(SUPPORTED("*", "Yes")
			     CHECK("OS version", "*", "macOS 10.15.7"),
		     HOST_HAXM, "os product", "macOS");
	/* On macOS "Unknown" is what it says where its framework is off. */
	assert_tells(SUPPORTED("*", "Yes") ENABLED("-", "Unknown"), HOST_HAXM,
		     "haxm VMX enabled", NULL);
}

/* haxm_check knows the bit of CPUID only. */
static void haxm_words(void **state)
{
	struct verdict *verdict =
		judge("VT support -- yes\nNX support -- yes\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "whether firmware left it on");
	verdict_free(verdict);
	verdict = judge("VT support -- No\nNX support -- Yes\n");
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "CPUID shows no VMX");
	verdict_free(verdict);
	assert_reason(
		"CheckHAXStatus: This computer meets the requirements for HAXM, but Intel Virtualization Technology (VT-x) is not turned on. HAXM cannot be installed until VT-x is enabled.\n"
		"Please refer to the Intel HAXM documentation for more information.\n",
		"firmware-disabled");
	assert_reason(
		"haxm: VT is not enabled in the system, HAXM does not function.\n",
		"firmware-disabled");
	assert_tells(
		"haxm: VT is not supported in the system, HAXM exits, sorry!\n",
		HOST_HAXM, "haxm VMX supported", "no");
}

static void haxm_damage(void **state)
{
	(void)state;
	refuse(SUPPORTED("*", "Yes") SUPPORTED("-", "No"),
	       "f:2: another value of \"haxm VMX supported\" than in a line before");
	refuse(ENABLED("*", "Yes") ENABLED("-", "No"),
	       "f:2: another \"VMX enabled\" than in line 1");
	refuse("VMX supported\n", unknown_form("f:1"));
	refuse("VMX supported  *\n", unknown_form("f:1"));
	refuse("VMX supported  *  \n", unknown_form("f:1"));
	refuse("VMX supportedness  *  Yes\n", unknown_form("f:1"));
	refuse(CHECK("Guest unoccupied", "*", "Yes. 0 guest(s)"),
	       "f:1: no line of it tells of a machine");
	assert_tells(SUPPORTED("*", "Yes") CHECK("OS version", "*", "x"),
		     HOST_HAXM, "os release", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(coreinfo_facts),
		cmocka_unit_test(coreinfo_hidden),
		cmocka_unit_test(coreinfo_as_witness),
		cmocka_unit_test(coreinfo_damage),
		cmocka_unit_test(haxm_checktool),
		cmocka_unit_test(haxm_under_hyperv),
		cmocka_unit_test(haxm_on_windows_7),
		cmocka_unit_test(haxm_words),
		cmocka_unit_test(haxm_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
