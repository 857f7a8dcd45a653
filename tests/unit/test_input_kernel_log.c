// SPDX-License-Identifier: GPL-2.0-only
/* The logs of kernels, as people post them. */
#include "input.h"

#define VERSION "Linux version 6.11.0-29-generic (a@b) (gcc 14) #29 SMP\n"
#define LOCKED	"x86/cpu: VMX (outside TXT) disabled by BIOS\n"
#define LOADING                                                                \
	"kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 5\n"

static void assert_log(const char *text)
{
	struct host *host = parse_string(text);

	assert_int_equal(host->source, HOST_KERNEL_LOG);
	assert_int_equal(host->nr_groups, 0);
	assert_fact(host, "kernel", "6.11.0-29-generic");
	assert_fact(host, "log cpu_vmx_outside_txt",
		    "x86/cpu: VMX (outside TXT) disabled by BIOS");
	assert_fact(
		host, "log kvm_intel_feat_ctl",
		"kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 5");
	host_free(host);
}

/* The same three lines, with what each tool puts before them. */
static void test_prefixes(void **state)
{
	(void)state;
	assert_log(VERSION LOCKED LOADING);
	assert_log("[    0.000000] " VERSION "[    0.235737] " LOCKED
		   "[  901.026917] " LOADING);
	assert_log("[    0.000000][    T0] " VERSION
		   "[    0.235737][    T0] " LOCKED
		   "[  901.026917][  C12] " LOADING);
	assert_log("[Fri Nov 27 10:42:07 2026] " VERSION
		   "[Fri Nov 27 10:42:07 2026] " LOCKED
		   "[Fri Nov 27 10:57:07 2026] " LOADING);
	assert_log("2026-11-27T10:42:07,000000+00:00 " VERSION
		   "2026-11-27T10:42:07,235737+00:00 " LOCKED
		   "2026-11-27T10:57:08,026917+00:00 " LOADING);
	assert_log("<5>[    0.000000] " VERSION "<3>[    0.235737] " LOCKED
		   "<3>[  901.026917] " LOADING);
	assert_log("kern  :notice: [    0.000000] " VERSION
		   "kern  :err   : [    0.235737] " LOCKED
		   "kern  :err   : [  901.026917] " LOADING);
	assert_log("Nov 27 10:42:07 myhost kernel: " VERSION
		   "Nov 27 10:42:07 myhost kernel: " LOCKED
		   "Nov 27 10:57:08 myhost kernel: " LOADING);
	assert_log(
		"2026-11-27T10:42:07.1+00:00 h kernel: [    0.000000] " VERSION
		"2026-11-27T10:42:07.2+00:00 h kernel: [    0.235737] " LOCKED
		"2026-11-27T10:57:08.3+00:00 h kernel: [  901.026917] " LOADING);
	assert_log("> [    0.000000] " VERSION "> [    0.235737] " LOCKED
		   "> [  901.026917] " LOADING);
	assert_log("It says:\n\n```\n$ sudo dmesg | grep -i vmx\n"
		   "kernel: " VERSION "kernel: " LOCKED "kernel: " LOADING
		   "```\n");
}

static void assert_no_form(const char *text)
{
	struct input_error error = { 0 };
	struct host *host = input_memory("f", text, strlen(text), &error);

	if (host)
		fail_msg("read as %s: %s", host_source_name(host), text);
	assert_int_equal(error.status, STATUS_BAD_INPUT);
}

/* Times of other programs, and the word in a sentence. */
static void test_no_log(void **state)
{
	(void)state;
	assert_no_form("[   12.345] (II) VMX is there\n");
	assert_no_form("my kernel: " LOCKED);
	assert_no_form("[10:42:07] somebody: hello\n");
	assert_no_form("kern of the matter\n<p> <6 [ 1] [    .123456]\n");
}

/* A log that proves nothing is a log all the same. */
static void test_nothing_in_it(void **state)
{
	struct host *host =
		parse_string("[    1.234567] usb 1-1: new USB device\n");

	(void)state;
	assert_int_equal(host->source, HOST_KERNEL_LOG);
	assert_int_equal(facts_count(host->facts), 1);
	assert_fact(host, "log lines", "1");
	host_free(host);
}

static void test_machine(void **state)
{
	struct host *host = parse_string(
		"[    0.000000] Linux version 5.15.0 (a@b)\n"
		"[    0.000000] Command line: root=UUID=12 ro iommu=pt quiet\n"
		"[    0.000000] DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.3 04/01/2014\n"
		"[    0.000000] Hypervisor detected: KVM\n"
		"[    0.123456] smpboot: CPU0: AMD EPYC 7B13 (family: 0x19, model: 0x1, stepping: 0x0)\n");

	(void)state;
	assert_fact(host, "kernel", "5.15.0");
	assert_fact(host, "command line", "iommu=pt");
	assert_fact(host, "dmi sys_vendor", "QEMU");
	assert_fact(host, "dmi product_name", "Standard PC (Q35 + ICH9, 2009)");
	assert_fact(host, "dmi bios_version", "1.16.3");
	assert_fact(host, "hypervisor detected", "KVM");
	assert_fact(host, "cpuinfo model name", "AMD EPYC 7B13");
	assert_fact(host, "cpuinfo family", "25");
	assert_fact(host, "cpuinfo model", "1");
	assert_fact(host, "cpuinfo stepping", "0");
	host_free(host);
	host = parse_string(
		"[    0.000000] DMI: Example Corp. Box 3/X1, BIOS 2.1 01/02/2015\n"
		"[    0.123456] smpboot: CPU0: Intel(R) Core(TM) i5-3320M CPU @ 2.60GHz (fam: 06, model: 3a, stepping: 09)\n");
	assert_fact(host, "dmi name", "Example Corp. Box 3/X1");
	assert_fact(host, "cpuinfo model", "58");
	host_free(host);
}

/* A journal is of all programs; what they say is not the kernel's word. */
static void test_journal(void **state)
{
	struct host *host = parse_string(
		"-- Boot 0123456789abcdef --\n"
		"Nov 27 10:42:07 host kernel: Linux version 6.8.0 (a)\n"
		"Nov 27 10:42:07 host systemd[1]: Started a service.\n"
		"-- Boot fedcba9876543210 --\n"
		"Nov  7 10:42:07 host prog[7]: kvm: disabled by bios\n"
		"2026-11-27T10:42:08.123456+00:00 host x: kvm: disabled by bios\n"
		"Nov 27 10:42:09 host kernel: kvm: support for 'kvm_intel' disabled by bios\n"
		"Nov 27 is a day, and 10:42:07 a time: prose\n");

	(void)state;
	assert_fact(host, "log lines", "6");
	assert_int_equal(host->ignored, 2);
	assert_null(facts_get(host->facts, "log kvm_bios"));
	assert_fact(host, "kernel", "6.8.0");
	host_free(host);
}

/* Of several boots the last one is the system that is asked about. */
static void test_boots(void **state)
{
	struct host *host = parse_string(
		"Linux version 6.1.0 (a)\n" LOCKED "Linux version 6.8.0 (a)\n"
		"kvm_amd: Nested Virtualization enabled\n");

	(void)state;
	assert_fact(host, "kernel", "6.8.0");
	assert_null(facts_get(host->facts, "log cpu_vmx_outside_txt"));
	assert_fact(host, "log kvm_amd_nested",
		    "kvm_amd: Nested Virtualization enabled");
	host_free(host);
}

static void test_xen(void **state)
{
	struct host *host = parse_string(
		"(XEN) Xen version 4.17.3 (Debian) (x@y) (gcc) debug=n\n"
		"(XEN) [2026-11-27 10:42:07] HVM: ASIDs enabled.\n"
		"(XEN) [    2.345678] HVM: VMX enabled\n"
		"(XEN) HVM: Hardware Assisted Paging (HAP) detected\n");

	(void)state;
	assert_fact(host, "xen version", "4.17");
	assert_fact(host, "log xen_asids", "HVM: ASIDs enabled.");
	assert_fact(host, "log xen_vmx", "HVM: VMX enabled");
	assert_fact(host, "log xen_hap",
		    "HVM: Hardware Assisted Paging (HAP) detected");
	host_free(host);
}

static void test_freebsd(void **state)
{
	struct host *host = parse_string(
		"FreeBSD 14.1-RELEASE releng/14.1-n267679 GENERIC amd64\n"
		"FreeBSD clang version 18.1.5\n"
		"CPU: Intel(R) Xeon(R) CPU E3-1230 v5 @ 3.40GHz (3408.00-MHz K8-class CPU)\n"
		"  Origin=\"GenuineIntel\"  Id=0x506e3  Family=0x6  Model=0x5e  Stepping=3\n"
		"  Features=0xbfebfbff<FPU,VME,DE>\n"
		"  Features2=0x7ffafbbf<SSE3,PCLMULQDQ,DTES64,MON,DS_CPL,VMX,SMX>\n"
		"  AMD Features=0x2c100800<SYSCALL,NX,Page1GB,RDTSCP,LM>\n"
		"  AMD Features2=0x121<LAHF,ABM,Prefetch>\n"
		"  VT-x: PAT,HLT,MTF,PAUSE,EPT,UG,VPID\n");

	(void)state;
	assert_fact(host, "kernel", "FreeBSD 14.1-RELEASE");
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo model", "94");
	assert_fact(host, "cpuinfo vmx", "all");
	assert_fact(host, "cpuinfo svm", "none");
	assert_fact(host, "cpuinfo hypervisor", "none");
	assert_fact(host, "log freebsd_vmx",
		    "VT-x: PAT,HLT,MTF,PAUSE,EPT,UG,VPID");
	host_free(host);
	host = parse_string("Hypervisor: Origin = \"bhyve bhyve \"\n"
			    "  Features2=0x80000001<SSE3,HV>\n");
	assert_fact(host, "hypervisor detected", "bhyve bhyve ");
	assert_fact(host, "cpuinfo vmx", "none");
	host_free(host);
}

/* Escapes of a terminal do not get through; damage is no crash. */
static void test_damage(void **state)
{
	struct host *host = parse_string(
		"[    0.000000] Linux version \x02[31m6.1 x\n"
		"[    0.000000] DMI: , BIOS \n"
		"[    0.000000] smpboot: CPU0:  (fam\n"
		"[    0.000000] CPU0: x (family: 0xzz, model: \n"
		"[    0.000000] CPU: -MHz)\n"
		"[    0.000000] Features2=x\n"
		"[    0.000000] Origin=\"\n[\n[]\n[    0.000000]\n"
		"[    0.000000] Command line: \n(XEN) \n(XEN) [\n<6>\nkern :\n"
		"[    0.000000] CPU: (1-MHz\n[    0.000000] CPU: x");

	(void)state;
	assert_fact(host, "kernel", "\\x02[31m6.1");
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_no_log),
		cmocka_unit_test(test_nothing_in_it),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_journal),
		cmocka_unit_test(test_boots),
		cmocka_unit_test(test_xen),
		cmocka_unit_test(test_freebsd),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
