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
#define SEV_GUEST                                                              \
	"log sev_guest : Memory Encryption Features active: AMD SEV SEV-ES\n"

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

/* The bit is 1: the evidence must not say that it is 0. */
static void test_svm_left_over(void **state)
{
	struct verdict *verdict = judge(KERNEL(
		"6.1.0") "\ncpus : 0\n"
			 "cpuid 0x0.0x0 : 0x1 0x746e6543 0x736c7561 0x48727561\n"
			 "cpuid 0x1.0x0 : 0x678 0x0 0x0 0x803035\n"
			 "cpuid 0x80000000.0x0 : 0x80000005 0x0 0x0 0x0\n"
			 "cpuid 0x80000001.0x0 : 0x678 0x0 0x4 0x0\n" FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "no-extension");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "not believed"));
	assert_false(
		has_evidence(stage_of(verdict, STAGE_PROCESSOR), "are 0 on"));
	verdict_free(verdict);
}

#define XEN_LACKS                                                              \
	"log xen_vmx_lacks : VMX: CPU0 has insufficient CPU-Based Exec Control (b519fffe; requires b6a1fffe)\n"

static void test_xen_lacks(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS XEN_LACKS, "xen", "profile-unmet",
		  "VMX lacks what the hypervisor needs", "requires", NULL },
		{ KERNEL("6.1.0") INTEL("0-3", GUEST_VMX)
			  KVM_ABOVE FEATURE_CONTROL("0x5") FACTS XEN_LACKS,
		  "xen", "profile-unmet", NULL, "On the KVM host",
		  "another machine" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
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

#define DENIED                                                                 \
	"device kvm : present\ndevice kvm access : none\n"                     \
	"kvm device open : EACCES\n"
#define UNMAPPED                                                                    \
	"device kvm node : character 10:232, owner 65534, group 65534, mode 0660\n" \
	"user : uid 0, gid 0, groups 0\n"
#define OF_ROOT                                                                \
	"device kvm node : character 10:232, owner 0, group 0, mode 0600\n"    \
	"user : uid 1000, gid 1000, groups 1000\n"
#define HYPERV_CPU(ecx)                                                        \
	INTEL("0", ecx)                                                        \
	"cpuid 0x40000000.0x0 : 0x4000000b 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"                      \
	"cpuid 0x40000003.0x0 : 0x2e7f 0x0 0x0 0x0\n"
#define HYPERV_VMX                                                             \
	HYPERV_CPU(GUEST_VMX) FEATURE_CONTROL("0x5") FACTS LOADED("kvm_intel")

/* Who may open the node is decided outside. */
static void test_node_from_outside(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS LOADED(
			  "kvm_intel") "container : lxc\n" UNMAPPED DENIED,
		  NULL, "permission-denied", "not mapped", "pct set",
		  "podman" },
		{ ON("6.1.0") FACTS LOADED(
			  "kvm_intel") "container : podman\n" UNMAPPED DENIED,
		  NULL, "permission-denied", "not mapped", "keep-groups",
		  "pct" },
		{ KERNEL("5.15.167.4-microsoft-standard-WSL2")
			  HYPERV_VMX OF_ROOT DENIED,
		  NULL, "permission-denied", "root alone", "/etc/wsl.conf",
		  NULL },
		{ KERNEL("5.15.0-generic") HYPERV_VMX OF_ROOT DENIED, NULL,
		  "permission-denied", "keeps its group out", "udev rules",
		  "wsl" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define NO_NODE "device kvm : missing\nkvm device open : ENOENT\n"
#define NODE_OF(group)                                                         \
	"device kvm node : character 10:232, owner 0, group " group            \
	", mode 0660\n"                                                        \
	"user : uid 1000, gid 1000, groups 24 1000\n" DENIED
#define MEMBER "device kvm member : yes\n"

/* The node's own line has the group's name, where no other fact does. */
static void test_group_of_node(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NODE_OF("104 (kvm)"),
		  NULL, "permission-denied", NULL, "usermod -aG kvm USER",
		  "groupadd" },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NODE_OF("104 (qemu)"),
		  NULL, "permission-denied", NULL, "usermod -aG qemu USER",
		  "groupadd" },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NODE_OF("104 (?)"),
		  NULL, "permission-denied", "no name here", "groupadd -g 104",
		  NULL },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NODE_OF("104 (kvm)")
			  MEMBER,
		  NULL, "permission-denied", NULL, "newgrp kvm.", "group  " },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NODE_OF("104") MEMBER,
		  NULL, "permission-denied", NULL, "newgrp", "group  " },
		/* Of a container's root: nobody is to join that group. */
		{ ON("6.1.0") FACTS LOADED(
			  "kvm_intel") "container : docker\n" NODE_OF("0"),
		  NULL, "permission-denied", "root alone", "chgrp kvm /dev/kvm",
		  "--group-add" },
		{ ON("6.1.0") FACTS
			  LOADED("kvm_intel") "container : docker\n" NODE_OF(
				  "109 (ssh)"),
		  NULL, "permission-denied", "group 109", "--group-add 109",
		  NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define NOT_LOADED "module kvm : unknown\nmodule kvm_intel : unknown\n"

/* No node, because KVM is not loaded: making one would not help. */
static void test_no_node_of_no_module(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS NOT_LOADED NO_NODE, NULL, "unknown",
		  "kvm_intel is not loaded", "virtinfo check", "mknod" },
		{ ON("6.1.0") FACTS NOT_LOADED NO_NODE "container : docker\n",
		  NULL, "device-missing", "container",
		  "On the host, as root: modprobe kvm_intel", NULL },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NO_NODE
		  "container : docker\n",
		  NULL, "device-missing", "container", "--device=/dev/kvm",
		  "modprobe" },
		/* What the modules are does not tell which it is. */
		{ KERNEL("6.1.0") INTEL(
			  "0",
			  GUEST) "cpuid 0x40000000.0x0 : 0x40000001 0x7263694d 0x666f736f 0x76482074\n"
				 "cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n" FACTS
				 "module kvm : loadable\nmodule kvm_intel : loadable\n" NO_NODE,
		  NULL, "unknown", "0x40000003", "root partition", "mknod" },
		{ ON("6.1.0") FACTS NOT_LOADED
		  "container : docker\n"
		  "device kvm : present\ndevice kvm access : read write\n"
		  "kvm device open : ENODEV\n",
		  NULL, "device-blocked", "nothing behind",
		  "On the host, as root: modprobe kvm_intel", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

/* What only some systems can do. */
static void test_places(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("5.15.0") AMD("0-3", "0x0", "0x4") VM_CR("0x18") FACTS
		  "dmi sys_vendor : Google\nmodule kvm_amd : loadable\n",
		  NULL, "firmware-disabled", "SVM", "update ChromeOS",
		  "disablevmx" },
		{ KERNEL("5.15.0") AMD("0-3", "0x0", "0x4") VM_CR("0x8") FACTS
		  "dmi sys_vendor : Google\nmodule kvm_amd : absent\n",
		  NULL, "no-kvm", NULL, "CONFIG_KVM_AMD", "disablevmx" },
		{ ON("6.1.0") FACTS "container : docker\n"
				    "module kvm : loadable\n"
				    "module kvm_intel : loadable\n",
		  NULL, "kvm-not-loaded", NULL, "On the host", "As root" },
		{ KERNEL("4.19.128-microsoft-standard-WSL2")
			  INTEL("0", GUEST_VMX) FEATURE_CONTROL(
				  "0x5") "cpuid 0x40000000.0x0 : 0x4000000b 0x7263694d 0x666f736f 0x76482074\n"
					 "cpuid 0x40000003.0x0 : 0x2e7f 0x0 0x0 0x0\n" FACTS
					 "module kvm_intel : absent\nconfig CONFIG_KVM_INTEL : n\n",
		  NULL, "no-kvm", NULL, "wsl --update", "CONFIG_KVM" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define XEN_ABOVE                                                              \
	"cpuid 0x40000000.0x0 : 0x40000005 0x566e6558 0x65584d4d 0x4d4d566e\n"

#define WSL(release, vmx) KERNEL(release) HYPERV_CPU(vmx) FACTS

/* Windows' subsystem: which of the two, and a kernel that one built oneself. */
static void test_wsl(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("4.4.0-19041-Microsoft") INTEL("0-3", VMX) FACTS
		  "cpuinfo vmx : all\ncpuinfo svm : none\n" NO_NODE,
		  NULL, "no-kvm", "WSL 1", "wsl --set-version", "virtinfo.ko" },
		{ KERNEL("4.4.0-22621-Microsoft") "\ncpuinfo vmx : none\n"
						  "cpuinfo svm : none\n" FACTS,
		  NULL, "no-kvm", "WSL 1", "wsl --set-version", NULL },
		{ WSL("4.4.0-19041-Microsoft", GUEST), NULL,
		  "hidden-by-hypervisor", NULL, "wsl --set-version",
		  "Set-VMProcessor" },
		{ WSL("5.10.16.3-microsoft-custom-WSL2+", GUEST), NULL,
		  "hidden-by-hypervisor", NULL, ".wslconfig",
		  "Set-VMProcessor" },
		{ WSL("6.6.36.6-own-WSL2", GUEST), NULL, "hidden-by-hypervisor",
		  NULL, ".wslconfig", "Set-VMProcessor" },
		{ WSL("6.6.87.2-microsoft-standard-WSL2",
		      GUEST_VMX) "cpuinfo vmx : all\n"
				 "module kvm : loadable\nmodule kvm_intel : loadable\n" NO_NODE,
		  NULL, "kvm-not-loaded", NULL, "systemd=true", "restart" },
		{ ON("6.6.87.2") FACTS "module kvm : loadable\n"
				       "module kvm_intel : loadable\n" NO_NODE,
		  NULL, "kvm-not-loaded", NULL, "As root: modprobe kvm_intel",
		  "wsl" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

/* Guests whose provider decides. */
static void test_providers(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("6.1.0") INTEL("0", GUEST) XEN_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : Xen\ndmi product_name : HVM domU\n"
		  "dmi bios_version : 4.11.amazon\n",
		  NULL, "hidden-by-hypervisor", NULL, "NestedVirtualization",
		  "nestedhvm" },
		{ KERNEL("6.1.0") INTEL("0", GUEST) XEN_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : Xen\ndmi product_name : HVM domU\n"
		  "dmi bios_version : 4.17.5\n",
		  NULL, "hidden-by-hypervisor", NULL, "nestedhvm",
		  "NestedVirtualization" },
		{ KERNEL("6.1.0") INTEL("0", GUEST) KVM_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : DigitalOcean\ndmi product_name : Droplet\n",
		  NULL, "hidden-by-hypervisor", NULL, "The provider decides",
		  "qm set" },
		{ KERNEL("6.1.0") AMD("0", "0x80000000", "0x0")
			  KVM_ABOVE FACTS NO_NODE
		  "dmi chassis_asset_tag : OracleCloud.com\n",
		  NULL, "hidden-by-hypervisor", NULL, "bare metal", "kvm_amd" },
		{ KERNEL("5.4.0") INTEL("0", GUEST) KVM_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : Tencent Cloud\ndmi product_name : CVM\n",
		  NULL, "hidden-by-hypervisor", NULL, "The provider decides",
		  "qm set" },
		{ KERNEL("5.4.0") INTEL("0", GUEST) KVM_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : OpenStack Foundation\n"
		  "dmi product_name : OpenStack Nova\n",
		  NULL, "hidden-by-hypervisor", NULL, "nova.conf", "qm set" },
		{ KERNEL("5.4.0") INTEL("0", GUEST) KVM_ABOVE FACTS NO_NODE
		  "dmi sys_vendor : OpenStack Foundation\n"
		  "dmi product_name : OpenStack Nova\n"
		  "dmi chassis_asset_tag : HUAWEICLOUD\n",
		  NULL, "hidden-by-hypervisor", NULL, "The provider decides",
		  "nova.conf" },
		{ KERNEL("6.6.26-linuxkit") INTEL("0", GUEST) FACTS NO_NODE
		  "container : docker\n",
		  NULL, "hidden-by-hypervisor", NULL, "Docker Engine",
		  "firmware" },
		/* A confidential machine is never offered it. */
		{ KERNEL("6.8.0") AMD("0", "0x80000000", "0x0")
			  KVM_ABOVE FACTS NO_NODE SEV_GUEST
		  "dmi sys_vendor : Google\n",
		  NULL, "hidden-by-hypervisor", NULL, "confidential", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define VBOX_BESIDE(kernel, version, state)                                      \
	ON(kernel)                                                               \
	FACTS "module kvm : " state "\nmodule kvm_intel : " state "\n"           \
	      "module vboxdrv : loaded\nmodule vboxdrv version : " version       \
	      "\ndevice vboxdrv : present\ndevice vboxdrv access : read write\n" \
	      "parameter kvm.enable_virt_at_load : Y\n"
#define NO_VBOX(extra)                                                         \
	ON("6.8.0")                                                            \
	FACTS LOADED("kvm_intel") DEVICE_OK "device vboxdrv : missing\n" extra

/* VirtualBox beside a KVM that is built in; and its own module. */
static void test_virtualbox(void **state)
{
	static const struct report reports[] = {
		{ VBOX_BESIDE("6.12.4", "7.0.22", "builtin"), "virtualbox",
		  "profile-unmet", "in use", "kernel's command line",
		  "unload kvm" },
		{ VBOX_BESIDE("6.12.4", "7.0.22", "loaded"), "virtualbox",
		  "profile-unmet", "in use", "unload", NULL },
		{ NO_VBOX("module vboxdrv : loadable\n"
			  "module vboxdrv signature : none\n"
			  "kernel lockdown : integrity\n"),
		  "virtualbox", "profile-unmet", "vboxdrv is not loaded",
		  "mokutil", "modprobe" },
		{ NO_VBOX("module vboxdrv : loadable\n"), "virtualbox",
		  "profile-unmet", NULL, "modprobe vboxdrv", "mokutil" },
		{ ON("6.17.0") FACTS LOADED("kvm_intel") DEVICE_OK
		  "parameter kvm.enable_virt_at_load : N\n"
		  "module vboxdrv : loaded\ndevice vboxdrv : present\n"
		  "device vboxdrv access : read write\n",
		  "virtualbox", "unknown", NULL, "VBoxManage --version",
		  "virtinfo.ko" },
		{ NO_VBOX("module vboxdrv : absent\n"), "virtualbox",
		  "profile-unmet", NULL, "vboxconfig", "modprobe" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define HELD(kernel, other, at_load)                                           \
	ON(kernel)                                                             \
	FACTS LOADED("kvm_intel") DEVICE_OK                                    \
		"module " other                                                \
		" : loaded\nparameter kvm.enable_virt_at_load : " at_load      \
		"\nproof : failed create-vm EBUSY\n"

/* What is set already is no advice. */
static void test_held(void **state)
{
	static const struct report reports[] = {
		{ HELD("6.12.4", "vboxdrv", "N"), NULL, "in-use", "VirtualBox",
		  "takes it with its first guest", "or load kvm with" },
		{ HELD("6.12.4", "vboxdrv", "Y"), NULL, "in-use", "VirtualBox",
		  "or load kvm with enable_virt_at_load=0", NULL },
		{ HELD("6.13.5", "vmmon", "N"), NULL, "in-use", "VMware",
		  "takes it with its first guest", "or load kvm with" },
		{ HELD("6.13.5", "vmmon", "Y"), NULL, "in-use", "VMware",
		  "or load kvm with enable_virt_at_load=0", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define TDX_HOST(facts)                                                        \
	ON("6.17.0")                                                           \
	FACTS LOADED("kvm_intel") DEVICE_OK                                    \
		"parameter kvm_intel.tdx : N\nparameter kvm_intel.ept : Y\n"   \
		"kvm vm types : 0x1\n" facts
#define TDX_BIOS                                                               \
	"log tdx_firmware : virt/tdx: BIOS enabled: private KeyID range [64, 128)\n"

/* kvm_intel.tdx=1 is no cure for what the kernel's log names. */
static void test_tdx(void **state)
{
	static const struct report reports[] = {
		{ TDX_HOST(TDX_BIOS
			   "log tdx_no_module : virt/tdx: module not loaded\n"),
		  "tdx", "profile-unmet", "did not load the TDX module",
		  "SEAM loader", "tdx=1" },
		{ TDX_HOST(
			  TDX_BIOS
			  "log tdx_hibernation : virt/tdx: initialization failed: Hibernation support is enabled\n"),
		  "tdx", "profile-unmet", "hibernate", "nohibernate",
		  "firmware" },
		{ TDX_HOST(
			  "log tdx_vendor_lacks : tdx: not enabled by BIOS.\n"),
		  "tdx", "profile-unmet", "turned it off", "firmware setup",
		  "tdx=1" },
		{ TDX_HOST(
			  TDX_BIOS
			  "log tdx_seamcall : virt/tdx: SEAMCALL (0x21) failed: 0xc000090000000000\n"),
		  "tdx", "profile-unmet", "could not be initialized",
		  "update the firmware", "tdx=1" },
		/* Asked for already, and no line that says why. */
		{ TDX_HOST(TDX_BIOS
			   "command line : kvm_intel.tdx=1 nohibernate\n"),
		  "tdx", "profile-unmet", "kvm_intel.tdx is N",
		  "firmware setup", "Load kvm_intel" },
		{ TDX_HOST(TDX_BIOS), "tdx", "profile-unmet",
		  "kvm_intel.tdx is N", "Load kvm_intel with tdx=1", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define SNP_HOST(min_asid, facts)                                              \
	KERNEL("6.12.0")                                                       \
	AMD("0-3", "0x0", "0x5")                                               \
	VM_CR("0x8")                                                           \
	"msr 0xc0010010 SYSCFG : 0x0000000000f40000\n"                         \
	"cpuid 0x8000001f.0x0 : 0x3f 0x16f 0x1fd " min_asid                    \
	"\n" FACTS LOADED("kvm_amd") DEVICE_OK                                 \
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"    \
		"parameter kvm_amd.sev_snp : N\ndevice sev : present\n"        \
		"device sev access : read write\n" facts

static void test_snp(void **state)
{
	static const struct report reports[] = {
		{ SNP_HOST("0x80", "command line : amd_iommu=off\n"), "sev-snp",
		  "profile-unmet", "the IOMMU is off", "amd_iommu=off",
		  "sev_snp=1" },
		{ SNP_HOST(
			  "0x80",
			  "log amd_vi_snp_pt : AMD-Vi: SNP: IOMMU configured in passthrough mode, SNP cannot be supported.\n"),
		  "sev-snp", "profile-unmet", "passes through", "iommu=pt",
		  "sev_snp=1" },
		{ SNP_HOST(
			  "0x80",
			  "log rmp_missing : SEV-SNP: Memory for the RMP table has not been reserved by BIOS\n"),
		  "sev-snp", "profile-unmet", "did not reserve", "RMP Table",
		  "IOMMU" },
		{ SNP_HOST("0x80", "iommu group types : DMA-FQ\n"), "sev-snp",
		  "profile-unmet", "SYSCFG bit 24", "SEV-SNP support", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define SNP_FAILED                                                             \
	"log ccp_snp_failed : ccp 0000:21:00.5: SEV-SNP: INIT failed rc -5, error 0x3\n"
#define SNP_ON(facts)                                                          \
	KERNEL("6.13.0")                                                       \
	AMD("0-3", "0x0", "0x5")                                               \
	VM_CR("0x8")                                                           \
	"cpuid 0x8000001f.0x0 : 0x3f 0x16f 0x1fd 0x80\n" FACTS LOADED(         \
		"kvm_amd") DEVICE_OK                                           \
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"    \
		"parameter kvm_amd.sev_snp : Y\n" facts

/* KVM's parameter tells nothing of the firmware behind /dev/sev. */
static void test_snp_firmware(void **state)
{
	static const struct report reports[] = {
		{ SNP_ON(SNP_FAILED "device sev : missing\n"), "sev-snp",
		  "profile-unmet", "firmware could not be initialized",
		  "update the machine's firmware", "Load the module ccp" },
		{ SNP_ON("device sev : missing\n"), "sev-snp", "profile-unmet",
		  "/dev/sev", "Load the module ccp", "refused" },
	};
	struct verdict *verdict =
		judge_for(SNP_ON(SNP_FAILED "device sev : present\n"
					    "device sev access : read write\n"),
			  "sev-snp");

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
}

/* No CPU model of a guest brings SEV or TDX. */
static void test_confidential_in_a_guest(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("6.8.0") AMD("0-3", "0x80000000", "0x5") KVM_ABOVE
		  "cpuid 0x8000001f.0x0 : 0x0 0x0 0x0 0x0\n" FACTS LOADED(
			  "kvm_amd") DEVICE_OK,
		  "sev-snp", "profile-unmet", "SME", "bare metal",
		  "CPU model" },
		{ KERNEL("6.16.0") INTEL("0-3", GUEST_VMX) KVM_ABOVE
		  "cpuid 0x00000007.0x0 : 0x0 0x0 0x0 0x0\n" FACTS LOADED(
			  "kvm_intel") DEVICE_OK,
		  "tdx", "profile-unmet", NULL, "bare metal", "CPU model" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

/* KVM makes such guests, so nothing that they stand on is missing. */
static void test_kvm_has_it(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge_for(
		ON("5.14.0-503.el9.x86_64") FACTS LOADED("kvm_intel") DEVICE_OK
		"parameter kvm_intel.tdx : Y\nparameter kvm_intel.ept : Y\n"
		"kvm vm types : 0x21\n"
		"log tdx_seamcall : virt/tdx: SEAMCALL (0x21) failed: 0x1\n",
		"tdx");
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
	/* A kernel that has the parameter and knows no types. */
	verdict = judge_for(
		KERNEL("5.19.0-rc6-snp-host") AMD("0-3", "0x0", "0x5")
			VM_CR("0x8") FACTS LOADED("kvm_amd") DEVICE_OK
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"
		"parameter kvm_amd.sev_snp : Y\ndevice sev : present\n"
		"device sev access : read write\n",
		"sev-snp");
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
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
		cmocka_unit_test(test_svm_left_over),
		cmocka_unit_test(test_xen_lacks),
		cmocka_unit_test(test_no_node),
		cmocka_unit_test(test_node_from_outside),
		cmocka_unit_test(test_group_of_node),
		cmocka_unit_test(test_no_node_of_no_module),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_wsl),
		cmocka_unit_test(test_providers),
		cmocka_unit_test(test_virtualbox),
		cmocka_unit_test(test_held),
		cmocka_unit_test(test_tdx),
		cmocka_unit_test(test_snp),
		cmocka_unit_test(test_snp_firmware),
		cmocka_unit_test(test_confidential_in_a_guest),
		cmocka_unit_test(test_kvm_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
