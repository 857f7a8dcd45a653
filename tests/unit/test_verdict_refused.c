// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel refuses KVM's module, or says in its log why KVM does not work: as
 * people report it.
 */
#include "reports.h"

#define REFUSED(release, error) ON(release) FACTS LOAD("kvm_intel", error)

/* The kernel refuses the module, and the lock is open. */
static void test_refused(void **state)
{
	static const struct report reports[] = {
		{ REFUSED("6.5.0", "EPERM") "kernel lockdown : integrity\n",
		  NULL, "kvm-refused", "EPERM", "mokutil", "module_blacklist" },
		{ REFUSED("6.5.0",
			  "EPERM") "log lockdown_module : Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7\n",
		  NULL, "kvm-refused", NULL, "Secure Boot",
		  "modules_disabled" },
		{ REFUSED("6.5.0",
			  "EPERM") "log module_blacklisted : Module kvm_intel is blacklisted\n",
		  NULL, "kvm-refused", NULL,
		  "module_blacklist=", "Secure Boot" },
		{ REFUSED("6.5.0", "EPERM") "kernel modules_disabled : 1\n",
		  NULL, "kvm-refused", NULL, "kernel.modules_disabled is 1",
		  "Secure Boot" },
		{ REFUSED("6.5.0", "EPERM"), NULL, "kvm-refused", NULL,
		  "module_blacklist=", NULL },
		{ REFUSED("6.5.0", "EKEYREJECTED"), NULL, "kvm-refused", NULL,
		  "mokutil", NULL },
		{ REFUSED("5.10.0", "ENOEXEC"), NULL, "kvm-refused", "ENOEXEC",
		  "depmod", "disabled by bios" },
		{ REFUSED("5.10.0", "ENOENT"), NULL, "kvm-refused", NULL,
		  "not built for the running kernel", "disabled by bios" },
		{ REFUSED("6.1.0",
			  "EOPNOTSUPP") "log kvm_no_nx : kvm: NX (Execute Disable) not supported\n",
		  NULL, "kvm-refused", NULL, "Execute Disable", "VT-x" },
		/* On, and refused all the same: the lock is not to blame. */
		{ REFUSED("5.10.0", "EIO"), NULL, "kvm-refused", NULL,
		  "update the firmware and the microcode", "VT-x on" },
		{ REFUSED("5.10.0", "EIO"), NULL, "kvm-refused", NULL,
		  "may say why", "disabled by BIOS" },
		{ KERNEL("6.1.0") AMD("0-3", "0x0", "0x5") VM_CR("0x8")
			  FACTS LOAD("kvm_amd", "EIO"),
		  NULL, "kvm-refused", NULL, "may say why", "microcode" },
		/* One vendor module at a time. */
		{ REFUSED("6.7.0",
			  "EEXIST") "module kvm_pvm : unknown\n"
				    "log kvm_vendor_module : kvm: already loaded vendor module 'kvm_pvm'\n",
		  NULL, "kvm-refused", "another vendor module",
		  "modprobe -r kvm_pvm", "above says why" },
		{ REFUSED("6.7.0", "EEXIST") "module kvm_amd : loaded\n", NULL,
		  "kvm-refused", "another vendor module", "modprobe -r kvm_amd",
		  "dmesg" },
		{ REFUSED("6.7.0", "EEXIST"), NULL, "kvm-refused",
		  "another vendor module", "lsmod", "dmesg" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

/* An update that waits for a restart is the cause where nothing else is. */
static void test_restart(void **state)
{
	static const struct report reports[] = {
		{ REFUSED("5.15.0",
			  "EIO") "restart pending : intel-microcode libc6\n",
		  NULL, "restart-needed", "intel-microcode", "Restart", NULL },
		{ REFUSED("5.15.0",
			  "ENOEXEC") "restart pending : linux-image-5.15.0-101-generic\n",
		  NULL, "restart-needed", "ENOEXEC", "Restart", "depmod" },
		/* Neither changes what the kernel or the processor does. */
		{ REFUSED("5.15.0", "EIO") "restart pending : libc6 dbus\n",
		  NULL, "kvm-refused", NULL, "Restart first", NULL },
		/* The log knows. */
		{ REFUSED("5.15.0",
			  "EIO") "restart pending : intel-microcode\n"
				 "log kvm_enabling_failed : kvm: enabling virtualization on CPU3 failed\n",
		  NULL, "kvm-refused", NULL, "The line of the kernel's log",
		  NULL },
		{ REFUSED("5.15.0",
			  "EPERM") "restart pending : linux-image-amd64\n",
		  NULL, "kvm-refused", NULL, "forbids it", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define GUEST_REFUSED(release, error)                                          \
	KERNEL(release)                                                        \
	INTEL("0-3", GUEST_VMX)                                                \
	KVM_ABOVE FACTS "cpuinfo vmx : all\n" LOAD("kvm_intel", error)

#define CLOUD                                                                  \
	AMD("0-3", "0x80000000", "0x4")                                        \
	KVM_ABOVE FACTS "cpuinfo svm : all\n"

/* In a guest the hypervisor is to blame, and no firmware setup. */
static void test_refused_in_a_guest(void **state)
{
	static const struct report reports[] = {
		{ GUEST_REFUSED("4.19.0", "EOPNOTSUPP"), NULL,
		  "hypervisor-disabled",
		  "as it does where the hypervisor has turned VMX off",
		  "whoever runs the host", "firmware setup" },
		/* This kernel would hide the flag. */
		{ GUEST_REFUSED("5.15.0", "EOPNOTSUPP"), NULL, "kvm-refused",
		  NULL, "may say why", "disabled by BIOS" },
		{ GUEST_REFUSED("5.15.0", "EIO"), NULL, "kvm-refused", NULL,
		  "On the KVM host", "disabled by BIOS" },
		{ KERNEL("6.1.0") CLOUD LOAD("kvm_amd", "EOPNOTSUPP"), NULL,
		  "kvm-refused", NULL, "On the KVM host", "disabled by bios" },
		{ KERNEL("6.1.0") CLOUD LOAD("kvm_amd", "EOPNOTSUPP"), NULL,
		  "kvm-refused", NULL, "encrypted memory", "VMX" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define INCONSISTENT                                                           \
	"log kvm_inconsistent : kvm: CPU 12 feature inconsistency!\n"

/* What only the kernel's log tells. */
static void test_log(void **state)
{
	static const struct report reports[] = {
		{ ON("4.15.0") FACTS INCONSISTENT LOAD("kvm_intel", "EIO"),
		  NULL, "cpus-disagree", "capabilities of the CPUs differ",
		  "microcode", "dmesg" },
		{ KERNEL("4.15.0") INTEL("0-3", VMX)
			  FACTS INCONSISTENT LOAD("kvm_intel", "EIO"),
		  NULL, "cpus-disagree", NULL, "offline", "setup" },
		{ GUEST_REFUSED("4.15.0", "EIO") INCONSISTENT, NULL,
		  "cpus-disagree", NULL, "The hypervisor", "microcode" },
		/* A better witness. */
		{ KERNEL("4.15.0") INTEL("0-3", "0x0") FACTS INCONSISTENT, NULL,
		  "no-extension", NULL, "", NULL },
		{ KERNEL("6.8.0") CLOUD SEV_GUEST LOAD("kvm_amd", "EOPNOTSUPP"),
		  NULL, "extension-incomplete", "memory is encrypted",
		  "without SEV", "SVM on in" },
		{ KERNEL("5.10.0")
			  CLOUD SEV_GUEST LOAD("kvm_amd", "EOPNOTSUPP"),
		  NULL, "extension-incomplete", NULL, "without SEV", NULL },
		/* Old kernels load it there. */
		{ KERNEL("5.4.0") CLOUD SEV_GUEST
		  "module kvm : loadable\nmodule kvm_amd : loadable\n"
		  "module kvm_intel : loadable\n",
		  NULL, "kvm-not-loaded", NULL, "modprobe kvm_amd", "SEV" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
	assert_reason(ON("4.15.0") FACTS INCONSISTENT LOADED("kvm_intel")
			      DEVICE_OK,
		      "ready");
}

#define CLEARED(word)                                                             \
	"cpuinfo vmx : none\ncpuinfo svm : none\ncommand line : clearcpuid=" word \
	"\n"

/* The kernel was told to hide it: no lock. */
static void test_cleared(void **state)
{
	static const struct report reports[] = {
		{ REFUSED("6.1.0", "EOPNOTSUPP") CLEARED("vmx"), NULL,
		  "kvm-refused", "clearcpuid=", "restart", "BIOS" },
		{ ON("6.1.0") FACTS CLEARED(
			  "smap,133") "module kvm : loadable\nmodule kvm_intel : loadable\n",
		  NULL, "kvm-refused", "clearcpuid=", "restart", "modprobe" },
		{ ON("6.1.0") FACTS CLEARED(
			  "svm,smap") "module kvm : loadable\nmodule kvm_intel : loadable\n",
		  NULL, "kvm-not-loaded", NULL, "modprobe", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
	assert_reason(KERNEL("6.1.0") INTEL("0-3", VMX) FACTS CLEARED("vmx"),
		      "unknown");
	assert_reason(KERNEL("6.1.0") INTEL("0-3", VMX) FACTS CLEARED("vmx")
			      LOAD("kvm_intel", "EOPNOTSUPP"),
		      "kvm-refused");
	assert_reason(KERNEL("6.1.0") INTEL("0-3", VMX) FACTS CLEARED("smap"),
		      "firmware-disabled");
}

#define OFF_LINE "log kvm_bios : kvm: disabled by bios\n"

/* Nothing but that line: a processor that has neither gets another one. */
static void test_line_alone(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("4.15.0") "\n" OFF_LINE FACTS, NULL,
		  "firmware-disabled", "VMX or SVM", "SVM Mode", NULL },
		{ KERNEL("4.15.0") "\n" OFF_LINE
				   "cpuinfo vendor_id : AuthenticAMD\n" FACTS,
		  NULL, "firmware-disabled", "SVM", "SVM Mode", "VT-x" },
		{ KERNEL("4.15.0") "\n" OFF_LINE
				   "cpuinfo hypervisor : all\n" FACTS,
		  NULL, "hypervisor-disabled", NULL, "whoever runs the host",
		  "firmware setup" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
	assert_reason(
		KERNEL("4.15.0") "\nlog kvm_no_hardware : kvm: no hardware support\n" FACTS,
		"unknown");
}

#define NO_SVM_LINE "log kvm_amd_no_svm : kvm_amd: SVM not supported by CPU 7\n"
#define NO_VMX_LINE                                                            \
	"log kvm_intel_no_vmx : kvm_intel: VMX not supported by CPU 3\n"
#define UNDER_KVM "hypervisor detected : KVM\n"

/* A log alone that tells of none: in a guest its hypervisor is why. */
static void test_log_of_none(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("6.8.0") "\n" NO_SVM_LINE FACTS, NULL, "unknown",
		  "the CPU has no SVM, or it is turned off", "SVM Mode",
		  "VT-x" },
		{ KERNEL("6.8.0") "\n" NO_VMX_LINE FACTS, NULL, "unknown",
		  "the CPU has no VMX", "VT-x", "SVM Mode" },
		{ KERNEL("6.8.0") "\n" NO_VMX_LINE UNDER_KVM FACTS, NULL,
		  "hidden-by-hypervisor", "guest of KVM", "On the KVM host",
		  "firmware" },
		{ KERNEL("6.8.0") "\n" NO_SVM_LINE UNDER_KVM FACTS, NULL,
		  "hidden-by-hypervisor", "guest of KVM", "On the KVM host",
		  "firmware" },
		{ KERNEL("6.8.0") "\n" SEV_GUEST UNDER_KVM FACTS, NULL,
		  "hidden-by-hypervisor", NULL, "confidential", "firmware" },
		/* Built in, kvm_intel says so on AMD's processors too. */
		{ KERNEL("6.8.0") "\n" NO_VMX_LINE UNDER_KVM
				  "cpuinfo vendor_id : AuthenticAMD\n" FACTS,
		  NULL, "unknown", NULL, "virtinfo capture", "VT-x" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_refused_in_a_guest),
		cmocka_unit_test(test_log),
		cmocka_unit_test(test_cleared),
		cmocka_unit_test(test_line_alone),
		cmocka_unit_test(test_log_of_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
