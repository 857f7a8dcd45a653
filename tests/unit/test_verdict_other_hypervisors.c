// SPDX-License-Identifier: GPL-2.0-only
/* VirtualBox, VMware and Xen, with KVM or without it, as people report it. */
#include "reports.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xen_lacks),
		cmocka_unit_test(test_virtualbox),
		cmocka_unit_test(test_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
