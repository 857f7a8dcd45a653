// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a system runs and what surrounds it: the advice that fits, and none
 * that does not.
 */
#include "verdict.h"

static void assert_remedy(const char *machine, const char *reason,
			  const char *has, const char *has_not)
{
	assert_report(&(struct report){ .machine = machine,
					.reason = reason,
					.has = has,
					.has_not = has_not });
}

static void assert_unmet(const char *machine, const char *profile,
			 const char *lack, const char *has, const char *has_not)
{
	assert_report(&(struct report){ .machine = machine,
					.profile = profile,
					.reason = "profile-unmet",
					.summary = lack,
					.has = has,
					.has_not = has_not });
}

/* What a stage advises replaces what its reason always advises. */
static void test_no_remedy_twice(void **state)
{
	(void)state;
	assert_remedy(
		KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("0x0") FACTS
		"module kvm_amd : loadable\n"
		"module kvm_amd blocked : blacklist kvm_amd (/etc/modprobe.d/b.conf:3)\n",
		"kvm-refused", "Remove that line", "Remove what");
	assert_remedy(KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("0x0") FACTS
		      "module kvm : loadable\nmodule kvm_amd : loadable\n",
		      "kvm-not-loaded", "As root: modprobe kvm_amd.",
		      "kvm_intel");
	/* A reason whose stage has nothing better keeps its own. */
	assert_remedy(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x3")
			      FACTS,
		      "smx-only", "TXT", "VMX outside");
}

#define HYPERV_GUEST                                                           \
	INTEL("0", GUEST)                                                      \
	"cpuid 0x40000000.0x0 : 0x40000003 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"                      \
	"cpuid 0x40000003.0x0 : 0x3fff 0x388030 0x0 0x0\n" FACTS

static void test_services(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.6.75.1-microsoft-standard-WSL2") HYPERV_GUEST,
		      "hidden-by-hypervisor", ".wslconfig", "Set-VMProcessor");
	assert_remedy(KERNEL("6.6.75.1-generic") HYPERV_GUEST,
		      "hidden-by-hypervisor", "Set-VMProcessor", "wslconfig");
	assert_remedy(
		KERNEL("6.1.0") HYPERV_GUEST
		"dmi chassis_asset_tag : 7783-7084-3265-9085-8269-3286-77\n",
		"hidden-by-hypervisor", "Azure", "Set-VMProcessor");
	assert_remedy(KERNEL("6.1.0") INTEL("0", GUEST) KVM_ABOVE FACTS
		      "dmi sys_vendor : Amazon EC2\n",
		      "hidden-by-hypervisor", "NestedVirtualization=enabled",
		      "kvm_intel.nested");
	assert_remedy(KERNEL("6.1.0") INTEL("0", GUEST) KVM_ABOVE FACTS
		      "dmi sys_vendor : Google\n",
		      "hidden-by-hypervisor", "--enable-nested-virtualization",
		      "Chromebook");
}

#define DOM0                                                                         \
	KERNEL("6.1.0")                                                              \
	INTEL("0", GUEST)                                                            \
	"cpuid 0x40000000.0x0 : 0x40000002 0x566e6558 0x65584d4d 0x4d4d566e\n" FACTS \
	"xen domain : pv, initial\n"

/* Whether Xen has VMX is a fact, and PV guests need none. */
static void test_xen(void **state)
{
	struct verdict *verdict = judge(DOM0);

	(void)state;
	assert_has_not(verdict->summary, "owns VMX");
	assert_has(verdict->remedy, "xl info");
	verdict_free(verdict);
	verdict =
		judge(DOM0 "xen guest kinds : xen-3.0-x86_64 hvm-3.0-x86_32\n");
	assert_has(verdict->summary, "owns VMX or SVM");
	assert_has_not(verdict->remedy, "firmware");
	verdict_free(verdict);
	verdict = judge(DOM0 "xen guest kinds : xen-3.0-x86_64\n");
	assert_string_equal(verdict_name(verdict), "owned-by-hypervisor");
	assert_has(verdict->summary, "neither VMX nor SVM");
	assert_has(verdict->remedy, "firmware setup");
	verdict_free(verdict);
}

#define CHROMEBOOK(release)                                                    \
	KERNEL(release)                                                        \
	INTEL("0", VMX)                                                        \
	FEATURE_CONTROL("0x1")                                                 \
	FACTS "dmi sys_vendor : GOOGLE\ndmi product_name : Lulu\n"

static void test_chromebook(void **state)
{
	(void)state;
	assert_remedy(CHROMEBOOK("3.14.0") "config CONFIG_KVM_INTEL : n\n"
					   "module kvm_intel : absent\n",
		      "no-kvm", "disablevmx=off", "VT-x on in");
	assert_remedy(CHROMEBOOK("4.14.0") "module kvm_intel : loadable\n",
		      "firmware-disabled", "Update ChromeOS", "VT-x on in");
	/* The same machine of another maker. */
	assert_remedy(KERNEL("3.14.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS "config CONFIG_KVM_INTEL : n\n"
				    "module kvm_intel : absent\n",
		      "firmware-disabled", "VT-x on in", "disablevmx");
}

static void test_mac(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.12.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS "dmi sys_vendor : Apple Inc.\n"
				    "module kvm_intel : loadable\n",
		      "firmware-disabled", "enable_and_lock_vmx",
		      "VT-x on in the firmware setup");
}

/* WSL's kernel runs in no root partition, whatever leaves are missing. */
static void test_wsl_is_a_guest(void **state)
{
#define WITHOUT_PRIVILEGES                                                     \
	INTEL("0", GUEST)                                                      \
	"cpuid 0x40000000.0x0 : 0x40000002 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n" FACTS
	(void)state;
	assert_reason(KERNEL("6.6.75.1-microsoft-standard-WSL2")
			      WITHOUT_PRIVILEGES,
		      "hidden-by-hypervisor");
	assert_reason(KERNEL("6.6.75") WITHOUT_PRIVILEGES, "unknown");
}

/* Nested virtualization is blamed where there is some. */
static void test_guest_did_not_run(void **state)
{
#define FAILED(ecx, above)                                                     \
	KERNEL("6.12.0")                                                       \
	INTEL("0", ecx)                                                        \
	above FEATURE_CONTROL("0x5") FACTS LOADED("kvm_intel") DEVICE_OK       \
		"proof : failed timed-out\n"
	(void)state;
	assert_remedy(FAILED(GUEST_VMX, KVM_ABOVE), "run-failed",
		      "guest of KVM", "Remove");
	assert_remedy(FAILED(VMX, ""), "run-failed", "dmesg", "nested");
}

#define GONE                                                                   \
	KERNEL("6.9.1-1-MANJARO")                                              \
	INTEL("0", VMX)                                                        \
	FEATURE_CONTROL("0x5")                                                 \
	FACTS "module kvm : unknown\nmodule kvm_intel : unknown\n"

static void test_modules_are_gone(void **state)
{
	(void)state;
	assert_remedy(GONE "container : none\nconfig CONFIG_KVM_INTEL : m\n",
		      "restart-needed", "Restart this system", "modprobe");
	assert_remedy(GONE "container : none\nother kernels : 6.9.3-1\n",
		      "restart-needed", "Restart this system", "modprobe");
	/* In a container the host's modules are not to be seen. */
	assert_remedy(GONE "container : docker\nconfig CONFIG_KVM_INTEL : m\n",
		      "kvm-not-loaded", "On the host", "Restart");
	assert_reason(GONE "config CONFIG_KVM_INTEL : m\n", "kvm-not-loaded");
	assert_reason(GONE "container : docker\nconfig CONFIG_KVM_INTEL : m\n"
			   "other kernels : none\n",
		      "kvm-not-loaded");
	/* No kernel has modules here: no restart brings them. */
	assert_remedy(GONE "container : none\nconfig CONFIG_KVM_INTEL : m\n"
			   "other kernels : none\n",
		      "no-kvm", "linux-modules-extra", "Restart");
}

#define NODE(group, more)                                                                \
	KERNEL("6.1.0")                                                                  \
	INTEL("0", VMX)                                                                  \
	FEATURE_CONTROL("0x5")                                                           \
	FACTS LOADED(                                                                    \
		"kvm_intel") "device kvm : present\n"                                    \
			     "device kvm node : character 10:232, owner 0, group " group \
			     ", mode 0660\ndevice kvm access : none\n"                   \
			     "user : uid 1000, gid 1000, groups 1000 65534\n"            \
			     "kvm device open : EACCES\n" more

static void test_groups(void **state)
{
	(void)state;
	assert_remedy(NODE("77 (?)", ""), "permission-denied", "groupadd -g 77",
		      "usermod -aG kvm ");
	assert_remedy(NODE("77", "container : docker\n"), "permission-denied",
		      "--group-add 77", "usermod");
	assert_remedy(NODE("77", "container : kubernetes\n"),
		      "permission-denied", "supplementalGroups: [77]",
		      "usermod");
	assert_remedy(NODE("65534 (nogroup)",
			   "device kvm group : nogroup\ncontainer : podman\n"),
		      "permission-denied", "keep-groups", "usermod");
	assert_remedy(NODE("77 (kvm)",
			   "device kvm group : kvm\ndevice kvm member : yes\n"),
		      "permission-denied", "newgrp kvm", "usermod");
	assert_remedy(NODE("77 (kvm)", "device kvm group : kvm\n"),
		      "permission-denied", "usermod -aG kvm", "newgrp");
	assert_remedy(NODE("77 (kvm)", "device kvm group : kvm\n"),
		      "permission-denied", "udev rule", "--group-add");
}

#define BESIDE(release, version, at_load)                                      \
	KERNEL(release)                                                        \
	AMD("0", "0x0", "0x5")                                                 \
	VM_CR("0x0")                                                           \
	"svm on : none\n" FACTS LOADED("kvm_amd") DEVICE_OK                    \
		"module kvm_amd users : 0\nmodule vboxdrv : loaded\n"          \
		"device vboxdrv : present\n"                                   \
		"device vboxdrv access : read write\n" version                 \
		"parameter kvm.enable_virt_at_load : " at_load "\n"
#define VERSION(number) "module vboxdrv version : " number " r170000\n"

/* What was the cure became the cause. */
static void test_virtualbox_beside_kvm(void **state)
{
	(void)state;
	assert_unmet(BESIDE("6.18.0", VERSION("7.2.10"), "N"), "virtualbox",
		     "VERR_SVM_HOST_SVME_NOT_ENABLED",
		     "Remove enable_virt_at_load=0", "load kvm with");
	assert_for(BESIDE("6.18.0", VERSION("7.2.10"), "Y"), "virtualbox",
		   "ready");
	assert_for(BESIDE("6.18.0", VERSION("7.2.6_Debian"), "N"), "virtualbox",
		   "ready");
	assert_for(BESIDE("6.18.0", VERSION("7.2.6_Debian"), "Y"), "virtualbox",
		   "ready");
	/* KVM's function is not exported before 6.16. */
	assert_unmet(BESIDE("6.12.0", VERSION("7.2.10"), "Y"), "virtualbox",
		     "in use", "enable_virt_at_load=0", "Remove");
	assert_unmet(BESIDE("6.18.0", VERSION("7.1.12"), "Y"), "virtualbox",
		     "in use", "enable_virt_at_load=0", "Remove");
	assert_for(BESIDE("6.18.0", VERSION("7.1.12"), "N"), "virtualbox",
		   "ready");
	/* No older one is built for 7.1. */
	assert_unmet(BESIDE("7.1.0", "", "N"), "virtualbox",
		     "VERR_SVM_HOST_SVME_NOT_ENABLED",
		     "Remove enable_virt_at_load=0", "load kvm with");
	assert_for(BESIDE("6.18.0", "", "N"), "virtualbox", "unknown");
	assert_for(BESIDE("6.18.0", VERSION("none"), "Y"), "virtualbox",
		   "unknown");
}

static void test_advice_beside_kvm(void **state)
{
	const struct stage *stage;
	struct verdict *verdict;

	(void)state;
	verdict = judge(BESIDE("7.1.0", VERSION("7.2.14"), "N"));
	stage = stage_of(verdict, STAGE_KERNEL);
	assert_int_equal(stage->status, STAGE_WARN);
	assert_has(stage->remedy, "without enable_virt_at_load=0");
	assert_has_not(stage->remedy, "or load kvm with");
	verdict_free(verdict);
	verdict = judge(BESIDE("6.12.0", VERSION("7.0.20"), "Y"));
	stage = stage_of(verdict, STAGE_KERNEL);
	assert_has(stage->remedy, "or load kvm with enable_virt_at_load=0");
	verdict_free(verdict);
}

#define TDX_HOST(release, more)                                                  \
	KERNEL(release)                                                          \
	INTEL("0", VMX)                                                          \
	"cpuid 0x7.0x0 : 0x0 0x4 0x2000 0x0\n" FEATURE_CONTROL(                  \
		"0x5") "msr 0x982 IA32_TME_ACTIVATE : 0x3\n"                     \
		       "msr 0x87 IA32_MKTME_KEYID_PARTITIONING : 0x2000000010\n" \
		       "msr 0x1401 IA32_SEAMRR_MASK : 0xc00\n" FACTS LOADED(     \
			       "kvm_intel") DEVICE_OK                            \
		"proof : ran\nparameter kvm_intel.ept : Y\n" more

/* What KVM offers outranks the release. */
static void test_better_witness(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge_for(TDX_HOST("6.5.0-1012-intel-opt",
				     "parameter kvm_intel.tdx : Y\n"
				     "kvm vm types : 0x21\n"),
			    "tdx");
	assert_string_equal(verdict_name(verdict), "ready");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROFILE_KERNEL),
				 "but its KVM has"));
	verdict_free(verdict);
	/* A kernel that knows the parameter is not too old. */
	assert_unmet(TDX_HOST("6.5.0-1012-intel-opt",
			      "parameter kvm_intel.tdx : N\n"),
		     "tdx", "kvm_intel.tdx is N", "tdx=1", "newer kernel");
	/* And without any witness it is the hint that it was. */
	assert_unmet(TDX_HOST("6.5.0", ""), "tdx", "Linux 6.16", "newer kernel",
		     "tdx=1");
	assert_unmet(TDX_HOST("6.5.0", "kvm vm types : 0x1\n"), "tdx",
		     "Linux 6.16", "newer kernel", "tdx=1");
}

#define SNP_HOST(edx, rmp, more)                                               \
	KERNEL("6.6.0-snp-host")                                               \
	AMD("0", "0x0", "0x5")                                                 \
	"cpuid 0x8000001f.0x0 : 0x3f 0x16f 0x1fd " edx                         \
	"\n" VM_CR("0x0") "msr 0xc0010010 SYSCFG : 0x3f40000\n"                \
			  "msr 0xc0010132 RMP_BASE : " rmp                     \
			  "\nmsr 0xc0010133 RMP_END : " rmp                    \
			  "\n" FACTS LOADED("kvm_amd") DEVICE_OK               \
		"proof : ran\nparameter kvm_amd.sev : Y\n"                     \
		"device sev : present\ndevice sev access : read write\n" more
#define SNP_OFF "parameter kvm_amd.sev_es : Y\nparameter kvm_amd.sev_snp : N\n"
#define SNP_ON                                                                 \
	"parameter kvm_amd.sev_es : Y\nparameter kvm_amd.sev_snp : Y\n"        \
	"kvm vm types : 0x1d\n"

static void test_snp(void **state)
{
	(void)state;
	assert_unmet(
		SNP_HOST("0x80", "set", SNP_OFF "command line : iommu=pt\n"),
		"sev-snp", "IOMMU is in passthrough", "iommu=pt",
		"newer kernel");
	assert_unmet(SNP_HOST("0x80", "set",
			      SNP_OFF "command line : amd_iommu=off\n"
				      "iommu units : none\n"),
		     "sev-snp", "IOMMU is off", "amd_iommu=off",
		     "newer kernel");
	assert_unmet(SNP_HOST("0x80", "set", SNP_OFF "iommu units : none\n"),
		     "sev-snp", "IOMMU is off", "firmware setup", "kernel, or");
	assert_unmet(SNP_HOST("0x80", "set",
			      SNP_OFF "iommu units : ivhd0\n"
				      "iommu group types : identity\n"),
		     "sev-snp", "passthrough", "iommu=pt", "newer kernel");
	/* Where the IOMMU is fine nobody blames it. */
	assert_unmet(SNP_HOST("0x80", "set",
			      SNP_OFF "iommu units : ivhd0\n"
				      "iommu group types : DMA-FQ identity\n"),
		     "sev-snp", "sev_snp is N", "sev_snp=1", "iommu");
	/* Where it is not known, it may be the cause. */
	assert_unmet(SNP_HOST("0x80", "set", SNP_OFF), "sev-snp",
		     "sev_snp is N", "iommu=pt", "newer kernel");
	assert_unmet(SNP_HOST("0x80", "clear", SNP_OFF), "sev-snp", "RMP_BASE",
		     "RMP Table", "newer kernel");
	/* KVM would not have it on without. */
	assert_for(SNP_HOST("0x80", "set", SNP_ON), "sev-snp", "ready");
	assert_unmet(SNP_HOST("0x1", "set", "parameter kvm_amd.sev_es : N\n"),
		     "sev-es", "ASIDs", "ASID Space Limit", "iommu");
	assert_unmet(SNP_HOST("0x80", "set", "parameter kvm_amd.sev_es : N\n"),
		     "sev-es", "sev_es is N", "sev_es=1", "ASID");
}

/* In a guest it is the hypervisor's to give. */
static void test_cpu_model(void **state)
{
	(void)state;
	assert_unmet(KERNEL("6.1.0") INTEL("0", GUEST_VMX)
			     KVM_ABOVE FEATURE_CONTROL("0x5")
				     FACTS LOADED("kvm_intel") DEVICE_OK
		     "proof : ran\ncpuinfo sse4_1 : none\n",
		     "kata", "SSE4.1", "host-passthrough", "another machine");
	assert_unmet(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x5")
			     FACTS LOADED("kvm_intel") DEVICE_OK
		     "proof : ran\ncpuinfo sse4_1 : none\n",
		     "kata", "SSE4.1", "another machine", "host-passthrough");
}

#define CONTROLS(vendor_leaf, primary)                                         \
	KERNEL("6.1.0")                                                        \
	INTEL("0", vendor_leaf)                                                \
	FEATURE_CONTROL("0x5")                                                 \
	"msr 0x480 IA32_VMX_BASIC : 0x00d8100000000001\n"                      \
	"msr 0x481 IA32_VMX_PINBASED_CTLS : 0x0000007f00000016\n"              \
	"msr 0x482 IA32_VMX_PROCBASED_CTLS : " primary "\n"                    \
	"msr 0x483 IA32_VMX_EXIT_CTLS : 0x007fffff00036dff\n"                  \
	"msr 0x485 IA32_VMX_MISC : 0x401c0\n"                                  \
	"msr 0x48b IA32_VMX_PROCBASED_CTLS2 : 0x00000fff00000000\n"

static void test_other_hypervisors(void **state)
{
	(void)state;
	assert_for(CONTROLS(VMX, "0xfff9fffe0401e172") FACTS, "xen",
		   "hardware-ready");
	assert_unmet(CONTROLS(VMX, "0xfdf9fffe0401e172") FACTS, "xen",
		     "I/O bitmaps", "another machine", "CPU model");
	assert_unmet(CONTROLS(GUEST_VMX, "0xfdf9fffe0401e172") KVM_ABOVE FACTS,
		     "xen", "I/O bitmaps", "CPU model", "another machine");
	assert_unmet(CONTROLS(VMX, "0xfdf9fffe0401e172") FACTS, "jailhouse",
		     "I/O bitmaps", "another machine", "CPU model");
	assert_for(CONTROLS(VMX, "0xfff9fffe0401e172") FACTS, "vmware-nested",
		   "hardware-ready");
	assert_for(CONTROLS(VMX, "0xfff9fffe0401e172") FACTS, "bareflank",
		   "hardware-ready");
	assert_unmet(KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("0x0") FACTS,
		     "haxm", "VMX", "HAXM", "firmware setup");
}

/* Linux locks the register itself; Windows and thin hypervisors do not. */
static void test_unlocked(void **state)
{
#define UNLOCKED                                                                     \
	KERNEL("6.1.0")                                                              \
	"\ncpus : 0\ncpuid 0x0.0x0 : 0xd " INTEL_VENDOR "\n"                         \
	"cpuid 0x1.0x0 : 0x306c3 0x100800 0x80000020 0xbfebfbff\n"                   \
	"cpuid 0x80000000.0x0 : 0x80000008 " INTEL_VENDOR "\n"                       \
	"cpuid 0x80000001.0x0 : 0x0 0x0 0x1 0x2c100800\n" KVM_ABOVE FEATURE_CONTROL( \
		"0x0") "msr 0x480 IA32_VMX_BASIC : 0x00d8100000000001\n"             \
		       "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9fffe0401e172\n"    \
		       "msr 0x48b IA32_VMX_PROCBASED_CTLS2 : 0x00000fff00000000\n" FACTS
	(void)state;
	assert_reason(UNLOCKED, "hardware-ready");
	assert_unmet(UNLOCKED, "hyper-v", "IA32_FEATURE_CONTROL locked",
		     "its firmware", "CPU model");
	assert_unmet(UNLOCKED, "bareflank", "IA32_FEATURE_CONTROL locked",
		     "Linux with KVM first", "CPU model");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_remedy_twice),
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_xen),
		cmocka_unit_test(test_chromebook),
		cmocka_unit_test(test_mac),
		cmocka_unit_test(test_wsl_is_a_guest),
		cmocka_unit_test(test_guest_did_not_run),
		cmocka_unit_test(test_modules_are_gone),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_virtualbox_beside_kvm),
		cmocka_unit_test(test_advice_beside_kvm),
		cmocka_unit_test(test_better_witness),
		cmocka_unit_test(test_snp),
		cmocka_unit_test(test_cpu_model),
		cmocka_unit_test(test_other_hypervisors),
		cmocka_unit_test(test_unlocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
