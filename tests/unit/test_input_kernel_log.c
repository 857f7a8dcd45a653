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

static void assert_log_fact(const char *text, const char *id, const char *value)
{
	struct host *host = parse_string(text);

	assert_fact(host, id, value);
	assert_int_equal(host->ignored, 0);
	host_free(host);
}

#define OFF "kvm: disabled by bios"

/* What dmesg and journalctl put around a message, by their options. */
static void test_every_output(void **state)
{
	static const char *const texts[] = {
		"[    0.516463 <    0.000012>] " OFF "\n",
		"[<    0.000000>] " OFF "\n",
		"[Jan 5 17:05] a\n[  +0.000012] " OFF "\n",
		"[Do Jan  5 17:05:29 2023] " OFF "\n",
		"[    5.123456] pc kernel: " OFF
		"\n[    7.000001] pc systemd[1]: a\n",
		"1672934729.123456 pc kernel: " OFF "\n",
		"Thu 2023-01-05 17:05:29.123456 CET [s=06;i=6c0;b=dd4;m=8f2;t=5f1;x=9e]\n"
		"    _BOOT_ID=dd4b\n    _TRANSPORT=kernel\n"
		"    MESSAGE=" OFF "\n    _HOSTNAME=pc\n",
		"{\"__CURSOR\":\"s=0639\",\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"" OFF
		"\"}\n",
		"{\n\t\"__CURSOR\" : \"s\",\n\t\"MESSAGE\" : \"" OFF "\"\n}\n",
		"{\n  \"dmesg\": [\n  {\n  \"pri\": 3,\n  \"time\":  4.1,\n"
		"  \"msg\": \"" OFF "\"\n  },{\n  \"pri\": 3,\n  }\n  ]\n}\n",
	};
	struct host *host;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		assert_log_fact(texts[i], "log kvm_bios", OFF);
	/* Another program's record is not the kernel's word. */
	host = parse_string("{\"_TRANSPORT\":\"stdout\",\"MESSAGE\":\"" OFF
			    "\"}\n");
	assert_null(facts_get(host->facts, "log kvm_bios"));
	host_free(host);
}

static void test_openbsd(void **state)
{
	static const char cpu[] =
		"cpu0: Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz, 1500.00 MHz, 06-8e-0a\n";
	static const char flags[] =
		"cpu0: FPU,VME,SSE2,SSE3,VMX,EST,SSE4.1,HV,NXE,LONG,LAHF,SVM\n";
	static const char leaves[] =
		"cpu0: cpuid 1 edx=bfebfbff<FPU> ecx=77fafbff<SSE3>\n"
		"cpu0: cpuid 80000001 edx=2c100800<NXE> ecx=121<LAHF>\n";

	(void)state;
	assert_log_fact(leaves, "cpuinfo vmx", "all");
	assert_log_fact(leaves, "cpuinfo svm", "none");
	assert_log_fact(flags, "cpuinfo vmx", "all");
	assert_log_fact(flags, "cpuinfo svm", "all");
	assert_log_fact(flags, "cpuinfo hypervisor", "all");
	assert_log_fact("vmm0 at mainbus0: VMX/EPT\n", "log openbsd_vmx",
			"vmm0 at mainbus0: VMX/EPT");
	assert_log_fact("vmx_modinit: VMX operation disabled by BIOS\n",
			"log freebsd_vmm_vmx_off",
			"vmx_modinit: VMX operation disabled by BIOS");
	assert_log_fact(cpu, "cpuinfo model name",
			"Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz");
	assert_log_fact("[     1.0000000] NetBSD 9.3 (GENERIC) #0: Thu Aug  4\n"
			"[     1.000000] NetBSD 9.3 (GENERIC) #0: Thu Aug  4\n",
			"kernel", "NetBSD 9.3");
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
		cmocka_unit_test(test_every_output),
		cmocka_unit_test(test_openbsd),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
