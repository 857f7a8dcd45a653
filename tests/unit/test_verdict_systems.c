// SPDX-License-Identifier: GPL-2.0-only
/* What only some systems and providers can do: as people report it. */
#include "reports.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_wsl),
		cmocka_unit_test(test_providers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
