// SPDX-License-Identifier: GPL-2.0-only
/*
 * Machines as people report them: the reason, the advice that helps, and that
 * the advice which leads astray is not there.
 */
#include "verdict.h"

struct report {
	const char *machine;
	const char *profile; /* or NULL */
	const char *reason;
	const char *summary; /* NULL: any */
	const char *has;
	const char *has_not; /* NULL: nothing to look for */
};

static void assert_reports(const struct report *reports, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct report *report = &reports[i];
		struct verdict *verdict =
			judge_for(report->machine, report->profile);

		if (strcmp(verdict_name(verdict), report->reason))
			fail_msg("report %zu: %s, not %s", i,
				 verdict_name(verdict), report->reason);
		if (report->summary)
			assert_has(verdict->summary, report->summary);
		assert_has(verdict->remedy, report->has);
		if (report->has_not)
			assert_has_not(verdict->remedy, report->has_not);
		verdict_free(verdict);
	}
}

#define LOAD(vendor, error)                                                    \
	"module kvm : loaded\nmodule " vendor " : loadable\nmodule " vendor    \
	" load : " error "\n"
#define ON(release)		KERNEL(release) INTEL("0-3", VMX) FEATURE_CONTROL("0x5")
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
		{ REFUSED("5.10.0", "EIO"), NULL, "kvm-refused", NULL,
		  "may say why", "disabled by BIOS" },
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
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define INCONSISTENT                                                           \
	"log kvm_inconsistent : kvm: CPU 12 feature inconsistency!\n"
#define SEV_GUEST                                                              \
	"log sev_guest : Memory Encryption Features active: AMD SEV SEV-ES\n"
#define CLOUD                                                                  \
	AMD("0-3", "0x80000000", "0x4")                                        \
	KVM_ABOVE FACTS "cpuinfo svm : all\n"

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

/* No node, and nothing known of the modules: not "KVM is loaded". */
static void test_no_node(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS
		  "device kvm : missing\nkvm device open : ENOENT\n",
		  NULL, "unknown", "whether KVM's module is loaded",
		  "virtinfo capture", "mknod" },
		{ KERNEL("5.15.0") INTEL(
			  "0",
			  GUEST) "cpuid 0x40000000.0x0 : 0x40000002 0x7263694d 0x666f736f 0x76482074\n"
				 "cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n" FACTS
				 "device kvm : missing\nkvm device open : ENOENT\n",
		  NULL, "unknown", "0x40000003",
		  "Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions",
		  "mknod" },
		{ ON("6.1.0") FACTS LOADED(
			  "kvm_intel") "device kvm : missing\nkvm device open : ENOENT\n",
		  NULL, "device-missing", NULL, "mknod", NULL },
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
		cmocka_unit_test(test_no_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
