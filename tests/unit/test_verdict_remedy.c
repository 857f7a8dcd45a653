// SPDX-License-Identifier: GPL-2.0-only
/* Each remedy fits its case, and none tells a guest to open its firmware. */
#include "verdict.h"

#define FIRMWARE_MENU "firmware setup"

/* The remedy of the machine's verdict has one text and not the other. */
static void assert_remedy(const char *machine, const char *has,
			  const char *has_not)
{
	struct verdict *verdict = judge(machine);

	assert_has(verdict->remedy, has);
	assert_has_not(verdict->remedy, has_not);
	verdict_free(verdict);
}

static void test_bare_metal(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS,
		      "VT-x", "SVM Mode");
	assert_remedy(KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("0x18")
			      FACTS,
		      "SVM Mode", "VT-x");
	assert_remedy(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS,
		      FIRMWARE_MENU, "ask whoever runs the host");
}

#define GUEST_OF(words, more)                                                  \
	KERNEL("6.1.0")                                                        \
	INTEL("0", GUEST)                                                      \
	"cpuid 0x40000000.0x0 : 0x40000001 " words "\n" FACTS more

static void test_hypervisors(void **state)
{
	static const struct {
		const char *machine;
		const char *remedy;
	} cases[] = {
		{ GUEST_OF("0x4b4d564b 0x564b4d56 0x4d", ""),
		  "kvm_intel.nested" },
		{ GUEST_OF("0x61774d56 0x4d566572 0x65726177", ""),
		  "vhv.enable" },
		{ GUEST_OF("0x786f4256 0x786f4256 0x786f4256", ""),
		  "--nested-hw-virt on" },
		{ GUEST_OF("0x7263694d 0x666f736f 0x76482074",
			   "dmi sys_vendor : Microsoft Corporation\n"
			   "dmi product_name : Virtual Machine\n"),
		  "ExposeVirtualizationExtensions" },
		/* The machine's names decide where a signature is shared. */
		{ GUEST_OF("0x7263694d 0x666f736f 0x76482074",
			   "dmi sys_vendor : VMware, Inc.\n"),
		  "vhv.enable" },
		{ GUEST_OF("0x4b4d564b 0x564b4d56 0x4d\n"
			   "cpuid 0x40000001.0x0 : 0x89 0x0 0x0 0x0",
			   ""),
		  "--nested-hw-virt on" },
		{ KERNEL("6.1.0") INTEL("0", GUEST) FACTS
		  "dmi sys_vendor : QEMU\n",
		  "With KVM, on the host" },
		{ GUEST_OF("0x566e6558 0x65584d4d 0x4d4d566e", ""),
		  "nestedhvm=1" },
		{ GUEST_OF("0x54474354 0x43544743 0x47435447", ""), "+svm" },
		{ GUEST_OF("0x70726c20 0x68797065 0x72762020", ""), "prlctl" },
		{ GUEST_OF("0x76796862 0x68622065 0x20657679", ""), "bhyve" },
		{ GUEST_OF("0x12345678 0x0 0x0", ""), "nested virtualization" },
		{ GUEST_OF("0x4b4d564b 0x564b4d56 0x4d",
			   "dmi sys_vendor : Amazon EC2\n"),
		  ".metal" },
		{ GUEST_OF("0x4b4d564b 0x564b4d56 0x4d",
			   "dmi sys_vendor : Google\n"),
		  "--enable-nested-virtualization" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_remedy(cases[i].machine, cases[i].remedy, FIRMWARE_MENU);
}

static void test_locked_in_a_guest(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.1.0") INTEL("0", GUEST_VMX)
			      KVM_ABOVE FEATURE_CONTROL("0x1") FACTS,
		      "ask whoever runs the host", FIRMWARE_MENU);
}

static void test_guest_with_odd_cpus(void **state)
{
	(void)state;
	assert_remedy(
		KERNEL("6.1.0") INTEL("0", GUEST_VMX)
			KVM_ABOVE FEATURE_CONTROL("0x5") INTEL("1", GUEST_VMX)
				KVM_ABOVE FEATURE_CONTROL("0x1") FACTS,
		"ask whoever runs the host", "firmware");
	assert_remedy(KERNEL("6.1.0") INTEL("0", GUEST_VMX)
			      KVM_ABOVE FEATURE_CONTROL("0x5") INTEL("1", GUEST)
				      KVM_ABOVE FEATURE_CONTROL("0x5") FACTS,
		      "ask whoever runs the host", "firmware");
	assert_remedy(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x5")
			      INTEL("1", VMX) FEATURE_CONTROL("0x1") FACTS,
		      "update the firmware", "runs the host");
}

#define DENIED(mode, group)                                                                   \
	KERNEL("6.1.0")                                                                       \
	INTEL("0", VMX)                                                                       \
	FEATURE_CONTROL("0x5")                                                                \
	FACTS LOADED(                                                                         \
		"kvm_intel") "device kvm : present\n"                                         \
			     "device kvm node : character 10:232, owner 0, group 106 (" group \
			     "), mode " mode "\ndevice kvm group : " group                    \
			     "\ndevice kvm access : none\n"                                   \
			     "kvm device open : EACCES\n"

/* Being in the group helps where the mode lets the group in. */
static void test_mode_of_the_node(void **state)
{
	(void)state;
	assert_remedy(DENIED("0660", "kvm"), "usermod -aG kvm USER", "chmod");
	assert_remedy(DENIED("0600", "kvm"), "chmod 0660 /dev/kvm", "setfacl");
	assert_remedy(DENIED("0640", "kvm"), "chmod 0660 /dev/kvm", "setfacl");
	assert_remedy(DENIED("0660", "root"), "chgrp kvm /dev/kvm", "setfacl");
}

/* One who is in the group gains nothing by being put into it. */
static void test_acl_of_the_node(void **state)
{
#define MEMBER	 "user : uid 1000, gid 1000, groups 4 106 1000\n"
#define STRANGER "user : uid 1000, gid 1000, groups 4 1000\n"
#define ACL(acl) "device kvm acl : " acl "\n"
	(void)state;
	assert_remedy(DENIED("0660", "kvm") ACL("user:1000:-- mask:rw") MEMBER,
		      "setfacl -m u:USER:rw,m::rw", "usermod");
	assert_remedy(DENIED("0600", "kvm") ACL("user:5:rw mask:--") MEMBER,
		      "getfacl /dev/kvm", "usermod");
	assert_remedy(DENIED("0660", "kvm") ACL("user:1000:r- mask:rw")
			      STRANGER,
		      "getfacl /dev/kvm", "usermod");
	assert_remedy(DENIED("0640", "kvm") ACL("user:5:rw mask:r-") STRANGER,
		      "getfacl /dev/kvm", "usermod");
	/* Another user's entry keeps nobody else out. */
	assert_remedy(DENIED("0660", "kvm") ACL("user:5:-- mask:rw") STRANGER,
		      "usermod -aG kvm USER", "getfacl");
	assert_remedy(DENIED("0600", "kvm") MEMBER, "chmod 0660", "usermod");
	assert_remedy(DENIED("0660", "kvm") MEMBER, "setfacl -m u:USER:rw",
		      "usermod");
	assert_remedy(DENIED("0660", "kvm") STRANGER, "usermod -aG kvm",
		      "chmod");
}

static void test_trusted_domain(void **state)
{
	(void)state;
	assert_remedy(
		KERNEL("6.1.0") INTEL(
			"0",
			GUEST) "cpuid 0x21.0x0 : 0x0 0x65746e49 0x20202020 0x5844546c\n" KVM_ABOVE
			FACTS,
		"TDX", "nested=1");
}

static void test_owned(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.1.0") "xen domain : pv, initial\n" INTEL(
			      "0", "0x0") FACTS,
		      "xl", "bcdedit");
	assert_remedy(
		KERNEL("6.1.0") INTEL(
			"0",
			GUEST) "cpuid 0x40000000.0x0 : 0x40000003 0x7263694d 0x666f736f 0x76482074\n"
			       "cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"
			       "cpuid 0x40000003.0x0 : 0x3fff 0x2bb9ff 0x0 0x0\n" FACTS,
		"bcdedit", "xl");
}

#define SVM_READY AMD("0", "0x0", "0x5") VM_CR("0x0")
#define VMX_READY INTEL("0", VMX) FEATURE_CONTROL("0x5")

static void test_modules(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.1.0") SVM_READY FACTS
		      "module kvm : loadable\nmodule kvm_amd : loadable\n",
		      "modprobe kvm_amd", "kvm_intel");
	assert_remedy(KERNEL("6.1.0") VMX_READY FACTS
		      "module kvm : loadable\nmodule kvm_intel : loadable\n",
		      "modprobe kvm_intel", "kvm_amd");
	/* By the extension, whoever made the processor. */
	assert_remedy(KERNEL("6.1.0") CPU_OF("0", ZHAOXIN_VENDOR, VMX, "0x1")
			      FEATURE_CONTROL("0x5") FACTS
		      "module kvm_intel : loadable\n",
		      "modprobe kvm_intel", "kvm_amd");
	assert_remedy(KERNEL("6.1.0") SVM_READY FACTS
		      "module kvm_amd : absent\nconfig CONFIG_KVM_AMD : m\n",
		      "linux-modules-extra", "modprobe");
}

static void test_blacklist_names_the_line(void **state)
{
	struct verdict *verdict = judge(
		KERNEL("6.1.0") SVM_READY FACTS
		"module kvm_amd : loadable\n"
		"module kvm_amd blocked : blacklist kvm_amd (/etc/modprobe.d/a.conf:7)\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "kvm-refused");
	assert_has(verdict->summary, "/etc/modprobe.d/a.conf:7");
	assert_has(verdict->remedy, "Remove that line");
	verdict_free(verdict);
}

#define NODE(access, open)                                                          \
	"device kvm : present\ndevice kvm group : kvm\ndevice kvm access : " access \
	"\nkvm device open : " open "\n"

static void test_device(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.1.0") SVM_READY FACTS LOADED("kvm_amd")
			      NODE("none", "EACCES"),
		      "usermod -aG kvm", "--device");
	assert_remedy(
		KERNEL("6.1.0") SVM_READY FACTS LOADED(
			"kvm_amd") "container : podman\n" NODE("read write",
							       "EPERM"),
		"podman run --device=/dev/kvm", "usermod");
	assert_remedy(
		KERNEL("6.1.0") SVM_READY FACTS
			LOADED("kvm_amd") "container : systemd-nspawn\n" NODE(
				"read write", "EPERM"),
		"--bind=/dev/kvm", "usermod");
	assert_remedy(KERNEL("6.1.0") SVM_READY FACTS LOADED(
			      "kvm_amd") "container : none\n" NODE("read write",
								   "EPERM"),
		      "DeviceAllow", "container started");
	assert_remedy(
		KERNEL("6.1.0") SVM_READY FACTS LOADED(
			"kvm_amd") "container : docker\ndevice kvm : missing\n",
		"docker run --device=/dev/kvm", "mknod");
	assert_remedy(
		KERNEL("6.1.0") SVM_READY FACTS LOADED(
			"kvm_amd") "container : none\ndevice kvm : missing\n",
		"mknod", "--device");
	assert_remedy(KERNEL("6.1.0") SVM_READY FACTS LOADED("kvm_amd")
			      NODE("read write",
				   "EACCES") "device kvm mount : nodev\n",
		      "nodev", "usermod");
}

#define VIRTUALBOX "module vboxdrv : loaded\n"

/* KVM and VirtualBox together: the advice depends on the kernel. */
static void test_sharing_by_kernel(void **state)
{
	(void)state;
	assert_remedy(KERNEL("6.11.0") VMX_READY
		      "vmx on : 0\n" FACTS
		      "module kvm_intel : loadable\n" VIRTUALBOX,
		      "Up to Linux 6.11", "enable_virt_at_load");
	assert_remedy(KERNEL("6.12.0") VMX_READY
		      "vmx on : 0\n" FACTS
		      "module kvm_intel : loadable\n" VIRTUALBOX,
		      "enable_virt_at_load=0", "Up to Linux 6.11");
	assert_remedy(KERNEL("7.1.0") VMX_READY
		      "vmx on : 0\n" FACTS
		      "module kvm_intel : loadable\n" VIRTUALBOX,
		      "does not prove", "Up to Linux 6.11");
}

static void test_who_holds_it(void **state)
{
	struct verdict *verdict =
		judge(KERNEL("6.1.0") VMX_READY "vmx on : 0\n" FACTS
						"module kvm_intel : loadable\n"
						"module vmmon : loaded\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "in-use");
	assert_has(verdict->summary, "VMware");
	verdict_free(verdict);
	/* From 7.1 on the bit alone proves nothing. */
	assert_reason(KERNEL("7.1.0") VMX_READY "vmx on : 0\n" FACTS
						"module kvm_intel : loadable\n",
		      "kvm-not-loaded");
	assert_reason(KERNEL("7.0.0") VMX_READY "vmx on : 0\n" FACTS
						"module kvm_intel : loadable\n",
		      "in-use");
	/* KVM itself holds it from 6.12 on; before, only with guests. */
	assert_reason(
		KERNEL("6.12.0") VMX_READY "vmx on : 0\n" FACTS LOADED(
			"kvm_intel") "module kvm_intel users : 0\n" DEVICE_OK,
		"ready");
	assert_reason(
		KERNEL("6.11.0") VMX_READY "vmx on : 0\n" FACTS LOADED(
			"kvm_intel") "module kvm_intel users : 0\n" DEVICE_OK,
		"in-use");
	assert_reason(
		KERNEL("6.11.0") VMX_READY "vmx on : 0\n" FACTS LOADED(
			"kvm_intel") "module kvm_intel users : 2\n" DEVICE_OK,
		"ready");
	verdict = judge(KERNEL("6.12.0") VMX_READY "vmx on : 0\n" FACTS LOADED(
		"kvm_intel") VIRTUALBOX DEVICE_OK "proof : ran\n");
	assert_string_equal(verdict_name(verdict), "ready");
	assert_int_equal(stage_of(verdict, STAGE_KERNEL)->status, STAGE_WARN);
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bare_metal),
		cmocka_unit_test(test_hypervisors),
		cmocka_unit_test(test_locked_in_a_guest),
		cmocka_unit_test(test_guest_with_odd_cpus),
		cmocka_unit_test(test_mode_of_the_node),
		cmocka_unit_test(test_acl_of_the_node),
		cmocka_unit_test(test_trusted_domain),
		cmocka_unit_test(test_owned),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_blacklist_names_the_line),
		cmocka_unit_test(test_device),
		cmocka_unit_test(test_sharing_by_kernel),
		cmocka_unit_test(test_who_holds_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
