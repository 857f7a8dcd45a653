// SPDX-License-Identifier: GPL-2.0-only
/* Lines of kernels' logs, as each generation printed them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/release.h"
#include "model/kernel_log.h"
#include "input/system_parse.h"
#include "types.h"

/* The id of the message that the line is, "" where it is none. */
static const char *id_of(const char *line)
{
	const struct log_message *message =
		kernel_log_match(line, strlen(line));

	return message ? message->id : "";
}

/* What a kernel of that release says, and what the line proves. */
static const struct {
	int major, minor; /* 0: of no certain mainline release */
	enum log_claim claim;
	const char *line;
} lines[] = {
	{ 3, 2, LOG_EXTENSION_OFF, "kvm: disabled by bios" },
	{ 3, 16, LOG_NO_EXTENSION, "kvm: no hardware support" },
	{ 3, 10, LOG_OTHER_VENDOR, "has_svm: not amd" },
	{ 3, 10, LOG_NOT_SIGNED,
	  "hello: module verification failed: signature and/or required key missing - tainting kernel" },
	{ 3, 13, LOG_CAPS_DIFFER, "kvm: CPU 3 feature inconsistency!" },
	{ 3, 19, LOG_ENABLING_FAILED,
	  "kvm: enabling virtualization on CPU0 failed" },
	{ 4, 4, LOG_NESTED_ON, "kvm: Nested Virtualization enabled" },
	{ 4, 9, LOG_IOMMU_ON, "DMAR: IOMMU enabled" },
	{ 4, 9, LOG_INTERRUPT_REMAPPING,
	  "DMAR-IR: Enabled IRQ remapping in x2apic mode" },
	{ 4, 9, LOG_MODULE_BLACKLISTED, "Module kvm_intel is blacklisted" },
	{ 4, 18, LOG_SEV_ON, "SVM: SEV supported" },
	{ 4, 18, LOG_SEV_FIRMWARE, "ccp 0000:25:00.2: SEV API:0.17 build:48" },
	{ 4, 20, LOG_OTHER_VENDOR, "has_svm: not amd or hygon" },
	{ 5, 4, LOG_LOCKED_DOWN,
	  "Kernel is locked down from EFI Secure Boot mode; see man kernel_lockdown.7" },
	{ 5, 4, LOG_LOCKDOWN_REFUSED,
	  "Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7" },
	{ 5, 4, LOG_SIGNATURE_REFUSED,
	  "Loading of unsigned module is rejected" },
	{ 5, 4, LOG_IOMMU_PASSTHROUGH,
	  "iommu: Default domain type: Passthrough " },
	{ 5, 6, LOG_VMX_OFF, "x86/cpu: VMX (outside TXT) disabled by BIOS" },
	{ 5, 10, LOG_VMX_OFF, "x86/cpu: VMX (inside TXT) disabled by BIOS" },
	{ 5, 10, LOG_VMX_OFF, "kvm: VMX is disabled on CPU 11" },
	{ 5, 10, LOG_VMXON_FAULTED,
	  "VMXON faulted, MSR_IA32_FEAT_CTL (0x3a) = 0x1" },
	{ 5, 10, LOG_NO_SVM, "has_svm: svm not available" },
	{ 5, 15, LOG_SEV_ON, "SEV supported: 410 ASIDs" },
	{ 5, 15, LOG_SEV_ES_ON, "SEV-ES supported: 99 ASIDs" },
	{ 5, 15, LOG_EXTENSION_OFF, "kvm: disabled by bios" },
	{ 6, 1, LOG_NO_EXTENSION, "kvm: no hardware support for 'kvm_amd'" },
	{ 6, 1, LOG_NO_VMX, "kvm: no hardware support for 'kvm_intel'" },
	{ 6, 1, LOG_SVM_OFF, "kvm: support for 'kvm_amd' disabled by bios" },
	{ 6, 1, LOG_VMX_OFF, "kvm: support for 'kvm_intel' disabled by bios" },
	{ 6, 1, LOG_SEV_ON, "SEV enabled (ASIDs 100 - 509)" },
	{ 6, 1, LOG_SEV_ES_OFF, "SEV-ES disabled (ASIDs 0 - 0)" },
	{ 6, 1, LOG_GUEST_OF_TDX, "tdx: Guest detected" },
	{ 6, 1, LOG_GUEST_OF_SEV,
	  "Memory Encryption Features active: AMD SEV SEV-ES" },
	{ 6, 1, LOG_IOMMU_TRANSLATES,
	  "iommu: Default domain type: Translated (set via kernel command line)" },
	{ 6, 1, LOG_SME_OFF,
	  "ccp 0000:01:00.5: SEV: memory encryption not enabled by BIOS" },
	{ 6, 1, LOG_SVM_ON, "SVM: TSC scaling supported" },
	{ 6, 1, LOG_SVM_ON, "SVM: Virtual VMLOAD VMSAVE supported" },
	{ 6, 1, LOG_SVM_ON, "SVM: x2AVIC enabled" },
	{ 6, 1, LOG_VMX_ON,
	  "L1TF CPU bug present and SMT on, data leak possible. See CVE-2018-3646 and https://www.kernel.org/doc/html/latest/admin-guide/hw-vuln/l1tf.html for details." },
	{ 6, 1, LOG_KVM_LACKS, "kvm: host PAT[0] is not WB" },
	{ 6, 1, LOG_KVM_LACKS, "RT requires X86_FEATURE_CONSTANT_TSC" },
	{ 6, 1, LOG_TSC_UNSTABLE,
	  "kvm: SMP vm created on host with unstable TSC; guest TSC will not be reliable" },
	{ 6, 1, LOG_SEV_FIRMWARE_FAILED,
	  "ccp 0000:47:00.1: SEV: failed to INIT error 0x1, rc -5" },
	{ 6, 1, LOG_PSP_SILENT,
	  "ccp 0000:05:00.2: psp: unable to access the device: you might be running a broken BIOS." },
	{ 6, 1, LOG_PSP_SILENT,
	  "ccp 0000:04:00.2: ccp: unable to access the device: you might be running a broken BIOS." },
	{ 0, 0, LOG_SEV_FIRMWARE_FAILED,
	  "ccp 0000:06:00.2: SEV: failed to INIT error 0x8003" },
	{ 0, 0, LOG_SNP_FIRMWARE_OLD,
	  "ccp 0000:46:00.1: SEV-SNP support requires firmware version >= 1:51" },
	{ 0, 0, LOG_VMX_INCOMPLETE,
	  "vmx_modinit: processor does not support desired primary processor-based controls" },
	{ 0, 0, LOG_VMX_INCOMPLETE,
	  "vmx_init: processor does not support desired basic capabilities" },
	{ 0, 0, LOG_NO_SVM, "SVM: not available." },
	{ 0, 0, LOG_SVM_OFF, "SVM: disabled by BIOS." },
	{ 7, 3, LOG_SVM_ON, "kvm_amd: Virtual GIF supported" },
	{ 7, 3, LOG_SVM_ON, "kvm_amd: x2AVIC enabled (max 4096 vCPUs)" },
	{ 7, 3, LOG_VMX_ON, "kvm_intel: Using Hyper-V Enlightened VMCS" },
	{ 7, 3, LOG_VMX_ON,
	  "kvm_intel: L1TF CPU bug present and virtualization mitigation disabled, data leak possible. See CVE-2018-3646 and https://www.kernel.org/doc/html/latest/admin-guide/hw-vuln/l1tf.html for details." },
	{ 7, 3, LOG_SEV_FIRMWARE_FAILED,
	  "ccp 0000:01:00.5: SEV: INIT_EX failed 0x13, rc -5" },
	{ 7, 3, LOG_SNP_FIRMWARE_FAILED,
	  "SEV-SNP: SNP init failed: not all CPUs online. (0-62 online <-> 0-63 present masks)." },
	{ 7, 3, LOG_RMP_INVALID,
	  "SEV-SNP: RMP configuration not valid: base=0x52c00000, end=0x637fffff" },
	{ 7, 3, LOG_TDX_NEEDS, "kvm_intel: APICv is required for TDX" },
	{ 7, 3, LOG_TDX_NEEDS, "virt/tdx: MOVDIR64B is required for TDX" },
	{ 7, 3, LOG_TDX_TOO_MANY_CPUS,
	  "kvm_intel: Disable TDX: MAX_VCPU_PER_TD (64) smaller than number of logical CPUs (224)." },
	{ 6, 5, LOG_VMX_OFF,
	  "kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 2" },
	{ 6, 5, LOG_NO_VMX, "kvm_intel: VMX not supported by CPU 0" },
	{ 6, 5, LOG_SVM_OFF,
	  "kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 7" },
	{ 6, 5, LOG_NO_EXTENSION,
	  "kvm_amd: SVM not supported by CPU 5, not amd or hygon" },
	{ 6, 8, LOG_CAPS_DIFFER,
	  "kvm_intel: Inconsistent VMCS config on CPU 9" },
	{ 6, 8, LOG_CAPS_DIFFER,
	  "kvm_intel: Failed to setup VMCS config on CPU 1" },
	{ 6, 8, LOG_SVM_OFF, "SVM disabled (by BIOS) in MSR_VM_CR" },
	{ 6, 8, LOG_NO_SVM, "kvm_amd: SVM not supported by CPU 5" },
	{ 6, 8, LOG_OTHER_VENDOR, "kvm_amd: CPU 1 isn't AMD or Hygon" },
	{ 6, 8, LOG_TDX_ON, "virt/tdx: module initialized" },
	{ 6, 8, LOG_TDX_FIRMWARE_ON,
	  "virt/tdx: BIOS enabled: private KeyID range [32, 64)" },
	{ 6, 9, LOG_RMP_MISSING,
	  "SEV-SNP: Memory for the RMP table has not been reserved by BIOS" },
	{ 6, 12, LOG_SNP_ON, "kvm_amd: SEV-SNP enabled (ASIDs 1 - 99)" },
	{ 6, 12, LOG_SEV_UNUSABLE, "kvm_amd: SEV unusable (ASIDs 510 - 509)" },
	{ 6, 12, LOG_SNP_IOMMU_PASSTHROUGH_OR_OFF,
	  "AMD-Vi: SNP: IOMMU disabled or configured in passthrough mode, SNP cannot be supported." },
	{ 6, 12, LOG_SNP_FIRMWARE_FAILED,
	  "ccp 0000:42:00.5: SEV-SNP: SNP_INIT_EX failed rc -5, error 0x3" },
	{ 7, 3, LOG_SNP_IOMMU_PASSTHROUGH,
	  "AMD-Vi: SNP: IOMMU configured in passthrough mode, SNP cannot be supported." },
	{ 7, 3, LOG_VMX_OFF,
	  "kvm_intel: VMX not fully enabled on CPU 4.  Check kernel logs and/or BIOS" },
	{ 7, 3, LOG_CAPS_DIFFER,
	  "kvm_intel: VMCS config on CPU 2 doesn't match reference config:" },
	{ 7, 3, LOG_TDX_ON, "virt/tdx: TDX-Module initialized" },
	{ 7, 3, LOG_TDX_LACKS,
	  "virt/tdx: TDX not supported by the host platform" },
	{ 6, 1, LOG_NO_NX, "SVM: NX (Execute Disable) not supported" },
	{ 6, 8, LOG_TDX_FAILED,
	  "virt/tdx: SEAMCALL (0x0000000000000021) failed: 0xc000090000000000" },
	{ 0, 0, LOG_TDX_SEAMRR_OFF, "virt/tdx: SEAMRR not enabled." },
	{ 0, 0, LOG_TDX_LACKS, "tdx: not enabled by BIOS." },
	{ 0, 0, LOG_TDX_FIRMWARE_ON,
	  "tdx: BIOS enabled: private KeyID range [32, 64)" },
	{ 0, 0, LOG_RMP_RESERVED,
	  "SEV-SNP: RMP table physical address 0x0000007fef300000 - 0x000000806fafffff" },
	{ 0, 0, LOG_NPT_ON, "SVM: kvm: Nested Paging enabled" },
	{ 0, 0, LOG_VMX_OFF, "CPU0: VMX disabled by BIOS." },
	{ 0, 0, LOG_SVM_OFF, "CPU3: AMD SVM Extension is disabled in BIOS." },
	{ 0, 0, LOG_VMX_ON, "VT-x: PAT,HLT,MTF,PAUSE,EPT,UG,VPID" },
	{ 0, 0, LOG_VMX_NOT_ON, "VT-x: (disabled in BIOS) PAT,HLT,MTF,PAUSE" },
	{ 0, 0, LOG_SVM_ON, "SVM: NP,NRIP,VClean,AFlush,DAssist,NAsids=32768" },
	{ 0, 0, LOG_SVM_OFF, "SVM: (disabled in BIOS) NP,NRIP,NAsids=64" },
	{ 0, 0, LOG_XEN_HAS_VMX, "HVM: VMX enabled" },
	{ 0, 0, LOG_XEN_HAS_SVM, "HVM: SVM enabled" },
	{ 0, 0, LOG_XEN_ASIDS, "HVM: ASIDs enabled." },
	{ 0, 0, LOG_VMX_INCOMPLETE,
	  "VMX: CPU0 has insufficient VM-Exit Control (00036dff; requires 00009001)" },
};

static void test_generations(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct log_message *message =
			kernel_log_match(lines[i].line, strlen(lines[i].line));
		int release = KERNEL_RELEASE(lines[i].major, lines[i].minor);

		if (!message)
			fail_msg("no message: %s", lines[i].line);
		if (message->claim != lines[i].claim)
			fail_msg("%s: %s", message->id, lines[i].line);
		if (release && (release < message->first ||
				(message->last && release > message->last)))
			fail_msg("%s is not said to be of %d.%d", message->id,
				 lines[i].major, lines[i].minor);
	}
}

/* No message hides another: each pattern is its own row's. */
static void test_patterns(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; kernel_log_at(i); i++) {
		const struct log_message *message = kernel_log_at(i);
		char line[256];
		size_t length = 0;
		const char *at;

		for (at = message->pattern; *at; at++) {
			const char *fill = "";

			if (*at != '%') {
				line[length++] = *at;
				continue;
			}
			at++;
			if (*at == 'd')
				fill = "17";
			else if (*at == 's')
				fill = "word";
			else if (*at == 'x' || *at == 'p')
				fill = "0x2f";
			else
				fill = " rest";
			length += (size_t)snprintf(line + length,
						   sizeof(line) - length, "%s",
						   fill);
		}
		line[length] = '\0';
		assert_string_equal(id_of(line), message->id);
		assert_true(*log_claim_meaning(message->claim) != '\0');
	}
}

static void test_others(void **state)
{
	(void)state;
	assert_string_equal(id_of(""), "");
	assert_string_equal(id_of("kvm: disabled by bios, said a driver"), "");
	assert_string_equal(id_of("my driver: kvm: disabled by bios"), "");
	assert_string_equal(id_of("KVM: disabled by bios"), "");
	assert_string_equal(id_of("SVM: TSC scaling"), "");
	/* It says so before it looks for VMX. */
	assert_string_equal(id_of("KVM: vmx: using Hyper-V Enlightened VMCS"),
			    "");
	assert_string_equal(
		id_of("MDS CPU bug present and SMT on, data leak possible. See https://www.kernel.org/"),
		"");
	assert_string_equal(id_of("SVM: disabled by BIOS"), "");
	assert_string_equal(id_of("kvm: CPU x feature inconsistency!"), "");
	assert_string_equal(id_of("kvm: VMX is disabled on CPU "), "");
	assert_string_equal(id_of("CPU: VMX disabled by BIOS."), "");
	assert_string_equal(id_of("Hypervisor detected:"), "");
	assert_string_equal(id_of("SEV enabled (ASIDs 1 - )"), "");
	assert_string_equal(id_of("Module  is blacklisted"), "");
	assert_string_equal(
		id_of("VMXON faulted, MSR_IA32_FEAT_CTL (0x3a) = 0x"), "");
	/* The same words behind another module's or file's name. */
	assert_string_equal(
		id_of("kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR"),
		"cpu_svm_off");
	assert_string_equal(id_of("kvm_amd: disabled by bios"), "kvm_bios");
	assert_string_equal(id_of("kvm: Hypervisor detected: KVM"), "");
	assert_string_equal(
		id_of("driver: SVM disabled (by BIOS) in MSR_VM_CR"), "");
	/* As mails and web pages change lines. */
	assert_string_equal(id_of("kvm: disabled by bios  \r"), "kvm_bios");
	assert_string_equal(
		id_of("kvm_intel: VMX not fully enabled on CPU 4. Check kernel logs and/or BIOS"),
		"kvm_intel_not_fully");
	/* A NUL is no end of a line of a file. */
	assert_null(kernel_log_match("kvm: disabled by bios\0x", 23));
}

static void keep(struct facts *facts, const char *line)
{
	assert_int_equal(kernel_log_keep(facts, 0, line, strlen(line)), 0);
}

static void test_keep(void **state)
{
	struct facts *facts = facts_new();
	char long_line[1024] = "Hypervisor detected: ";

	(void)state;
	assert_non_null(facts);
	keep(facts, "usb 1-1: new high-speed USB device");
	assert_int_equal(facts_count(facts), 0);
	keep(facts, "kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 7");
	keep(facts, "kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 8");
	keep(facts,
	     "SEV-SNP: RMP table physical range [0x0000000052c00000 - 0x00000000637fffff]");
	assert_int_equal(facts_count(facts), 2);
	assert_string_equal(
		facts_get(facts, "log kvm_amd_vm_cr"),
		"kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 7");
	assert_string_equal(
		facts_get(facts, "log rmp"),
		"SEV-SNP: RMP table physical range [(address) - (address)]");
	keep(facts, "kvm_amd: disabled by bios");
	assert_string_equal(facts_get(facts, "log kvm_bios"),
			    "kvm_amd: disabled by bios");
	memset(long_line + strlen(long_line), 'x', 900);
	keep(facts, long_line);
	assert_int_equal(strlen(facts_get(facts, "hypervisor detected")), 234);
	facts_free(facts);
}

static void test_claims(void **state)
{
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	assert_non_null(facts);
	keep(facts, "kvm: VMX is disabled on CPU 1");
	keep(facts, "x86/cpu: VMX (outside TXT) disabled by BIOS");
	assert_int_equal(facts_add(facts, "log of_a_newer_program", "x"), 0);
	system_init(&system);
	assert_int_equal(system_parse(&system, facts, NULL), 0);
	assert_string_equal(system.log[LOG_VMX_OFF],
			    "kvm: VMX is disabled on CPU 1");
	assert_null(system.log[LOG_SVM_OFF]);
	system_free(&system);
	facts_free(facts);
}

static void test_promises(void **state)
{
	(void)state;
	assert_null(kernel_log_promise(LOG_VMX_OFF, 0));
	/* Before 5.6 it says so of both, in the words for both. */
	assert_null(kernel_log_promise(LOG_VMX_OFF, KERNEL_RELEASE(5, 5)));
	assert_string_equal(
		kernel_log_promise(LOG_EXTENSION_OFF, KERNEL_RELEASE(5, 5)),
		"kvm: disabled by bios");
	assert_string_equal(
		kernel_log_promise(LOG_VMX_OFF, KERNEL_RELEASE(6, 8)),
		"x86/cpu: VMX (outside TXT) disabled by BIOS");
	/* 6.3 to 6.6 say it only when kvm_amd loads. */
	assert_string_equal(
		kernel_log_promise(LOG_SVM_OFF, KERNEL_RELEASE(6, 5)),
		"kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU %d");
	assert_string_equal(
		kernel_log_promise(LOG_SVM_OFF, KERNEL_RELEASE(7, 3)),
		"SVM disabled (by BIOS) in MSR_VM_CR");
	/* kvm_intel says nothing of the control that it misses on all CPUs. */
	assert_null(
		kernel_log_promise(LOG_VMX_INCOMPLETE, KERNEL_RELEASE(5, 10)));
	assert_null(
		kernel_log_promise(LOG_TDX_SEAMRR_OFF, KERNEL_RELEASE(6, 8)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generations),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_keep),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_promises),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
