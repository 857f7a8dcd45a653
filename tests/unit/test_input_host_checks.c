// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that check a Linux host: virt-host-validate, kata-runtime check and
 * snphost ok. The lines are as their sources print them.
 */
#include "words.h"

#define VALIDATE(check, result) "  QEMU: Checking " check " : " result "\n"
#define PASS_HARDWARE		VALIDATE("for hardware virtualization", "PASS")

static void validate_flag(void **state)
{
	struct host *host = parse_words(
		"$ virt-host-validate\n" VALIDATE(
			"for hardware virtualization                       ",
			"FAIL (Host not compatible with KVM; HW virtualization CPU features not found. Only emulated CPUs are available; performance will be significantly limited)")
			VALIDATE(
				"for cgroup 'cpu' controller support",
				"PASS") "   LXC: Checking for Linux >= 2.6.26 : PASS\n",
		HOST_VIRT_HOST_VALIDATE);

	(void)state;
	assert_fact(host, "virt-host-validate hardware", "no");
	assert_fact(host, "cpuinfo vmx", "none");
	assert_fact(host, "cpuinfo svm", "none");
	host_free(host);
	host = parse_words(PASS_HARDWARE, HOST_VIRT_HOST_VALIDATE);
	assert_fact(host, "virt-host-validate hardware", "yes");
	assert_no_fact(host, "cpuinfo vmx");
	assert_no_fact(host, "virt-host-validate flag vmx");
	host_free(host);
	/* A part of it is translated. */
	assert_tells(
		"  QEMU: \xe6\xad\xa3\xe5\x9c\xa8\xe6\xa3\x80\xe6\x9f\xa5 for hardware virtualization : PASS\n",
		HOST_VIRT_HOST_VALIDATE, "virt-host-validate hardware", "yes");
	assert_reason(PASS_HARDWARE, "unknown");
	assert_reason(VALIDATE("for hardware virtualization", "FAIL (x)"),
		      "unknown");
}

static void validate_devices(void **state)
{
	struct host *host = parse_words(
		PASS_HARDWARE VALIDATE("if device /dev/kvm exists", "PASS") VALIDATE(
			"if device /dev/kvm is accessible",
			"FAIL (Check /dev/kvm is world writable or you are in a group that is allowed to access it)")
			VALIDATE("if device '/dev/vhost-net' exists",
				 "WARN (Load the 'vhost_net' module)")
				VALIDATE("if device '/dev/net/tun' exists",
					 "PASS")
					VALIDATE(
						"if device /sys/fs/fuse/connections exists",
						"PASS"),
		HOST_VIRT_HOST_VALIDATE);
	struct verdict *verdict;

	(void)state;
	assert_fact(host, "device kvm", "present");
	assert_fact(host, "device kvm access", "not read write");
	assert_fact(host, "device vhost-net", "missing");
	assert_fact(host, "device net/tun", "present");
	assert_int_equal(system_device(&host->system, "kvm")->access,
			 ACCESS_LESS);
	verdict = verdict_of(host, NULL);
	assert_string_equal(verdict_name(verdict), "permission-denied");
	verdict_free(verdict);
	host_free(host);
	/* Before there were two checks. */
	host = parse_words(VALIDATE("for device /dev/kvm", "FAIL (x)")
				   VALIDATE("for device /dev/net/tun", "PASS"),
			   HOST_VIRT_HOST_VALIDATE);
	assert_no_fact(host, "device kvm");
	assert_fact(host, "device net/tun access", "read write");
	host_free(host);
	verdict = judge(PASS_HARDWARE VALIDATE("if device /dev/kvm exists",
					       "FAIL (x)"));
	assert_has(stage_of(verdict, STAGE_DEVICE)->summary,
		   "there is no /dev/kvm");
	verdict_free(verdict);
	refuse(PASS_HARDWARE VALIDATE("if device /dev/kvm exists", "PASS")
		       VALIDATE("if device /dev/kvm exists", "FAIL (x)"),
	       "f:3: another value of \"device kvm\" than in a line before");
	/* What is no node, or too long to be one. */
	assert_tells(PASS_HARDWARE VALIDATE("if device /dev/ exists", "PASS")
			     VALIDATE("if device '/dev/", "PASS")
				     VALIDATE("if device /dev/kvm", "PASS"),
		     HOST_VIRT_HOST_VALIDATE, "device kvm", NULL);
}

#define IOMMU	   "for device assignment IOMMU support"
#define IOMMU_ON   "if IOMMU is enabled by kernel"
#define NO_IOMMU   "WARN (IOMMU appears to be disabled in kernel. Add "
#define TO_CMDLINE " to kernel cmdline arguments)"

static void validate_iommu(void **state)
{
	struct host *host = parse_words(
		PASS_HARDWARE VALIDATE(
			IOMMU,
			"WARN (No ACPI IVRS table found, IOMMU either disabled in BIOS or not supported by this hardware platform)"),
		HOST_VIRT_HOST_VALIDATE);

	(void)state;
	assert_fact(host, "acpi IVRS", "absent");
	assert_fact(host, "virt-host-validate flag svm", "yes");
	host_free(host);
	host = parse_words(VALIDATE(IOMMU, "PASS")
				   VALIDATE(IOMMU_ON, NO_IOMMU
					    "intel_iommu=on" TO_CMDLINE),
			   HOST_VIRT_HOST_VALIDATE);
	assert_fact(host, "acpi DMAR", "present");
	assert_fact(host, "iommu groups", "0");
	assert_fact(host, "virt-host-validate flag vmx", "yes");
	host_free(host);
	host = parse_words(VALIDATE(IOMMU, "PASS") VALIDATE(IOMMU_ON, "PASS"),
			   HOST_VIRT_HOST_VALIDATE);
	assert_fact(host, "iommu groups", "some");
	assert_no_fact(host, "acpi DMAR");
	host_free(host);
	/* Neither is said of a processor that shows no flag. */
	assert_tells(
		PASS_HARDWARE VALIDATE(
			IOMMU,
			"WARN (Unknown if this platform has IOMMU support)"),
		HOST_VIRT_HOST_VALIDATE, "acpi DMAR", NULL);
}

static void validate_secure_guests(void **state)
{
	struct host *host = parse_words(
		VALIDATE("for secure guest support", "PASS") VALIDATE(
			"for AMD Secure Encrypted Virtualization-Encrypted State (SEV-ES)",
			"PASS")
			VALIDATE(
				"for AMD Secure Encrypted Virtualization-Secure Nested Paging (SEV-SNP)",
				"WARN (AMD SEV-SNP is not supported)"),
		HOST_VIRT_HOST_VALIDATE);

	(void)state;
	assert_fact(host, "virt-host-validate secure guest", "yes");
	assert_fact(host, "virt-host-validate sev-es", "yes");
	assert_fact(host, "virt-host-validate sev-snp", "no");
	assert_fact(host, "device sev", "present");
	assert_fact(host, "parameter kvm_amd.sev", "Y");
	host_free(host);
	assert_tells(
		VALIDATE(
			"for secure guest support",
			"WARN (AMD Secure Encrypted Virtualization appears to be disabled in firmware.)"),
		HOST_VIRT_HOST_VALIDATE, "device sev", "missing");
	/* On s390 it means another thing, so alone it proves no SEV. */
	assert_tells(VALIDATE("for secure guest support", "PASS"),
		     HOST_VIRT_HOST_VALIDATE, "device sev", NULL);
}

/* Colours with their escape character and without it, and lines like these. */
static void validate_lines(void **state)
{
	(void)state;
	assert_tells(
		VALIDATE("for hardware virtualization", "\033[32mPASS\033[0m"),
		HOST_VIRT_HOST_VALIDATE, "virt-host-validate hardware", "yes");
	assert_tells(VALIDATE(IOMMU_ON, "[33mWARN[0m (x)"),
		     HOST_VIRT_HOST_VALIDATE, "iommu groups", "0");
	refuse("QEMU: Checking for hardware virtualization\n",
	       unknown_form("f:1"));
	refuse("QEMU: something : PASS\n", unknown_form("f:1"));
	refuse("QEMU: : PASS\n", unknown_form("f:1"));
	refuse(VALIDATE("for namespace ipc", "PASS"),
	       "f:1: no line of it tells of a machine");
}

#define KATA(level, message, fields)                                           \
	level "[0000] " message "          arch=amd64 " fields                 \
	      " pid=1 source=runtime\n"
#define KATA_FLAG(level, message, flag)                                        \
	KATA(level, message,                                                   \
	     "description=\"Virtualization support\" type=flag name=" flag)
#define KATA_MODULE(level, message, module)                                    \
	KATA(level, message, "type=module name=" module)

static void kata_properties(void **state)
{
	struct host *host = parse_words(
		"# kata-runtime kata-check\n" KATA(
			"INFO", "CPU property found",
			"description=\"Intel Architecture CPU\" name=GenuineIntel type=attribute")
			KATA_FLAG("INFO", "CPU property found", "vmx") KATA_FLAG(
				"ERRO", "CPU property not found",
				"sse4_1") KATA_MODULE("INFO",
						      "kernel property found",
						      "kvm")
				KATA_MODULE(
					"ERRO",
					"kernel property kvm_intel not found",
					"kvm_intel")
					KATA("WARN",
					     "kernel module parameter has unexpected value",
					     "expected=Y name=kvm_intel parameter=nested value=N"),
		HOST_KATA_CHECK);

	(void)state;
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo vmx", "all");
	assert_fact(host, "cpuinfo sse4_1", "none");
	assert_fact(host, "module kvm", "loaded");
	assert_fact(host, "module kvm_intel", "unknown");
	assert_fact(host, "parameter kvm_intel.nested", "N");
	host_free(host);
	/* Other names than those it looks for are not kept. */
	assert_tells(KATA_FLAG("INFO", "CPU property found", "vmx") KATA_FLAG(
			     "INFO", "CPU property found", "x\033[31m")
			     KATA_MODULE("INFO", "kernel property found", "x"),
		     HOST_KATA_CHECK, "module x", NULL);
	refuse(KATA_FLAG("INFO", "CPU property found", "vmx")
		       KATA_FLAG("ERRO", "CPU property not found", "vmx"),
	       "f:2: another value of \"cpuinfo vmx\" than in a line before");
}

static void kata_as_witness(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge("Linux version 6.8.0 (a@b)\n" KATA_FLAG(
		"INFO", "CPU property found", "vmx")
				KATA_MODULE("INFO", "kernel property found",
					    "kvm_intel"));
	assert_int_equal(stage_of(verdict, STAGE_FIRMWARE)->status, STAGE_PASS);
	assert_int_equal(stage_of(verdict, STAGE_KERNEL)->status, STAGE_PASS);
	verdict_free(verdict);
	verdict = judge_for(
		KATA_FLAG("INFO", "CPU property found",
			  "vmx") KATA_FLAG("INFO", "CPU property found", "lm")
			KATA_FLAG("ERRO", "CPU property not found", "sse4_1"),
		"kata");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROFILE_PROCESSOR),
				 "yes (kata-check lm: yes)"));
	assert_true(has_evidence(stage_of(verdict, STAGE_PROFILE_PROCESSOR),
				 "SSE4.1: no (none)"));
	verdict_free(verdict);
}

#define BROKEN                                                                 \
	"WARN[0000] modprobe insert module failed: modprobe: ERROR: could not insert 'kvm_intel': "
#define REST                                                                   \
	"\n  arch=amd64 error=\"exit status 1\" module=kvm_intel name=kata-runtime pid=1\n"

/* What modprobe said is before what kata makes of it, often in two lines. */
static void kata_modprobe(void **state)
{
	struct host *host = parse_words(
		BROKEN "Operation not supported" REST KATA_MODULE(
			"ERRO", "kernel property not found", "kvm_intel"),
		HOST_KATA_CHECK);

	(void)state;
	assert_fact(host, "module kvm_intel", "loadable");
	assert_fact(host, "module kvm_intel load", "EOPNOTSUPP");
	host_free(host);
	assert_tells(
		"time=\"2020\" level=warning msg=\"modprobe insert module failed\" error=\"exit status 1\" module=vhost_vsock output=\"modprobe: FATAL: Module vhost_vsock not found in directory /lib/modules/4.19.0\\n\" pid=1\n",
		HOST_KATA_CHECK, "module vhost_vsock", "absent");
	/* An error that is not known, and a line that ends with modprobe's. */
	assert_tells(BROKEN "Odd error" REST KATA_MODULE(
			     "ERRO", "kernel property not found", "kvm_intel"),
		     HOST_KATA_CHECK, "module kvm_intel", "unknown");
	assert_tells(BROKEN "Invalid argument\n" KATA_MODULE(
			     "ERRO", "kernel property not found", "kvm_intel"),
		     HOST_KATA_CHECK, "module kvm_intel load", "EINVAL");
}

static void kata_kvm(void **state)
{
	struct host *host =
		parse_words("System is capable of running Kata Containers\n"
			    "System can currently create Kata Containers\n",
			    HOST_KATA_CHECK);

	(void)state;
	assert_fact(host, "kata-check capable", "yes");
	assert_fact(host, "kata-check create", "yes");
	host_free(host);
	assert_reason("System can currently create Kata Containers\n", "ready");
	/* That it could, if it were root. */
	assert_reason("System is capable of running Kata Containers\n",
		      "unknown");
	host = parse_words(KATA("INFO", "device available",
				"check-type=full device=/dev/kvm")
				   KATA("INFO", "feature available",
					"check-type=full feature=create-vm"),
			   HOST_KATA_CHECK);
	assert_fact(host, "device kvm access", "read write");
	assert_fact(host, "kata-check create", "yes");
	host_free(host);
	assert_reason(
		KATA_FLAG("INFO", "CPU property found", "vmx") KATA_MODULE(
			"INFO", "kernel property found", "kvm_intel")
			KATA("ERRO", "cannot create VM",
			     "reason=\"another hypervisor running\""),
		"in-use");
	assert_tells(KATA("ERRO", "cannot open kvm device: permission denied",
			  "check-type=full device=/dev/kvm"),
		     HOST_KATA_CHECK, "kvm device open", "EACCES");
	assert_tells(
		"ERROR: System is not capable of running Kata Containers\n",
		HOST_KATA_CHECK, "kata-check capable", "no");
}

/* Other programs write with logrus as well. */
static void kata_lines(void **state)
{
	(void)state;
	assert_tells(
		"\033[31mERRO\033[0m[0000] CPU property not found   \033[31mname\033[0m=svm type=flag\n" KATA_FLAG(
			"ERRO", "CPU property not found", "vmx"),
		HOST_KATA_CHECK, "cpuinfo vmx", "none");
	refuse("INFO[0000] Starting up  pid=1\n", unknown_form("f:1"));
	refuse("INFO[\n", unknown_form("f:1"));
	refuse("ERRO\n", unknown_form("f:1"));
	refuse("time=\"2020\" level=info msg=\"\"\n", unknown_form("f:1"));
}

#define SNP(result, check) "[ " result " ]   - " check "\n"

static void snphost_cpuid(void **state)
{
	struct host *host = parse_words(
		"$ sudo snphost ok\n" SNP("PASS", "AMD CPU") SNP(
			"PASS", "Secure Memory Encryption (SME)")
			SNP("PASS", "Secure Encrypted Virtualization (SEV)") SNP(
				"FAIL", "Encrypted State (SEV-ES)")
				SNP("SKIP", "Secure Nested Paging (SEV-SNP)") SNP(
					"PASS",
					"Number of encrypted guests supported simultaneously: 509")
					SNP("PASS",
					    "Minimum ASID value for SEV-enabled, SEV-ES disabled guest: 8")
						SNP("PASS",
						    "Page flush MSR: ENABLED"),
		HOST_SNPHOST);

	(void)state;
	assert_fact(host, "cpuinfo vendor_id", "AuthenticAMD");
	assert_fact(host, "snphost cpuid sme", "yes");
	assert_fact(host, "snphost cpuid sev", "yes");
	assert_fact(host, "snphost cpuid sev-es", "no");
	assert_no_fact(host, "snphost cpuid sev-snp");
	assert_fact(host, "snphost encrypted guests", "509");
	assert_fact(host, "snphost first sev asid", "8");
	host_free(host);
	assert_tells(
		SNP("PASS", "AMD CPU") SNP(
			"PASS",
			"Number of encrypted guests supported simultaneously: 5x")
			SNP("PASS",
			    "Number of encrypted guests supported simultaneously"),
		HOST_SNPHOST, "snphost encrypted guests", NULL);
}

/* What it could not read is not off. */
static void snphost_registers(void **state)
{
	struct host *host = parse_words(
		SNP("FAIL", "SME: MSR read failed: Error Reading MSR") SNP(
			"FAIL", "SNP: Disabled in MSR")
			SNP("FAIL",
			    "Reading RMP table: RMP table was not read successfully"),
		HOST_SNPHOST);

	(void)state;
	assert_no_fact(host, "snphost msr sme");
	assert_fact(host, "snphost msr snp", "no");
	assert_fact(host, "snphost rmp table", "no");
	host_free(host);
	host = parse_words(
		SNP("PASS", "SME: Enabled in MSR") SNP(
			"FAIL",
			"Reading RMP table: Failed to read the desired MSR: Error Reading MSR")
			SNP("FAIL",
			    "SNP INIT: Failed to get SNP Platform status x")
				SNP("FAIL", "SEV INIT: SEV is UNINIT"),
		HOST_SNPHOST);
	assert_fact(host, "snphost msr sme", "yes");
	assert_no_fact(host, "snphost rmp table");
	assert_no_fact(host, "snphost snp init");
	assert_fact(host, "snphost sev init", "no");
	host_free(host);
	assert_tells(
		SNP("PASS", "RMP table addresses: 0x601d200000 - 0x607dafffff"),
		HOST_SNPHOST, "snphost rmp table", "yes");
}

static void snphost_kvm(void **state)
{
	struct host *host = parse_words(
		SNP("PASS", "KVM supported: API version: 12") SNP(
			"PASS", "SEV enabled in KVM")
			SNP("FAIL",
			    "SEV-SNP enabled in KVM: Error - contents read from /sys/module/kvm_amd/parameters/sev_snp: N")
				SNP("FAIL",
				    "SEV-ES enabled in KVM: Error - /sys/module/kvm_amd/parameters/sev_es does not exist"),
		HOST_SNPHOST);

	(void)state;
	assert_fact(host, "snphost kvm", "yes");
	assert_fact(host, "parameter kvm_amd.sev", "Y");
	assert_fact(host, "parameter kvm_amd.sev_snp", "N");
	assert_no_fact(host, "parameter kvm_amd.sev_es");
	host_free(host);
	assert_reason(SNP("PASS", "AMD CPU")
			      SNP("PASS", "KVM supported: API version: 12"),
		      "ready");
	assert_tells(
		SNP("FAIL",
		    "KVM supported: Error reading /dev/kvm: (No such file or directory (os error 2))"),
		HOST_SNPHOST, "device kvm", "missing");
	assert_tells(
		SNP("FAIL",
		    "KVM supported: Error reading /dev/kvm: (Permission denied (os error 13))"),
		HOST_SNPHOST, "kvm device open", "EACCES");
}

static void snphost_node(void **state)
{
#define READS "Reading /dev/sev: /dev/sev readable"
	struct host *host =
		parse_words(SNP("PASS", READS) SNP("PASS", "/dev/sev writable"),
			    HOST_SNPHOST);

	(void)state;
	assert_fact(host, "device sev", "present");
	assert_fact(host, "device sev access", "read write");
	host_free(host);
	host = parse_words(
		SNP("PASS", READS) SNP(
			"FAIL",
			"/dev/sev writable: Not writable: Permission denied (os error 13)"),
		HOST_SNPHOST);
	assert_fact(host, "device sev access", "not read write");
	host_free(host);
	host = parse_words(SNP("PASS", READS), HOST_SNPHOST);
	assert_fact(host, "device sev", "present");
	assert_no_fact(host, "device sev access");
	host_free(host);
	assert_tells(
		SNP("FAIL",
		    "/dev/sev readable: Not readable: No such file or directory (os error 2)"),
		HOST_SNPHOST, "device sev", "missing");
}

/* ok --verbose has headings, and the checks explained. */
static void snphost_lines(void **state)
{
	struct host *host = parse_string(
		"=== CPU Support ===\n  [ \033[38;5;2mPASS\033[0m ] AMD CPU\n"
		"           Checks CPU vendor string via CPUID\n"
		"  [ FAIL ] Other check: word\n");

	(void)state;
	assert_int_equal(host->source, HOST_SNPHOST);
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "cpuinfo vendor_id", "AuthenticAMD");
	host_free(host);
	refuse("[ PASS ] - of another program\n", unknown_form("f:1"));
	refuse("[ PASS\n", unknown_form("f:1"));
	refuse("[ PASS ]\n", unknown_form("f:1"));
	refuse("[ PASS ] - \n", unknown_form("f:1"));
	refuse(SNP("PASS", "Microcode support"),
	       "f:1: no line of it tells of a machine");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validate_flag),
		cmocka_unit_test(validate_devices),
		cmocka_unit_test(validate_iommu),
		cmocka_unit_test(validate_secure_guests),
		cmocka_unit_test(validate_lines),
		cmocka_unit_test(kata_properties),
		cmocka_unit_test(kata_as_witness),
		cmocka_unit_test(kata_modprobe),
		cmocka_unit_test(kata_kvm),
		cmocka_unit_test(kata_lines),
		cmocka_unit_test(snphost_cpuid),
		cmocka_unit_test(snphost_registers),
		cmocka_unit_test(snphost_kvm),
		cmocka_unit_test(snphost_node),
		cmocka_unit_test(snphost_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
