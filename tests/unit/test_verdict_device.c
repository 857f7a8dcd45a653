// SPDX-License-Identifier: GPL-2.0-only
/* No /dev/kvm, or one that does not open, as people report it. */
#include "reports.h"

/* No node, and nothing known of the modules: not "KVM is loaded". */
static void test_no_node(void **state)
{
	static const struct report reports[] = {
		{ ON("6.1.0") FACTS NO_NODE, NULL, "unknown",
		  "whether KVM's module is loaded", "virtinfo capture",
		  "mknod" },
		{ KERNEL("5.15.0") INTEL(
			  "0",
			  GUEST) "cpuid 0x40000000.0x0 : 0x40000002 0x7263694d 0x666f736f 0x76482074\n"
				 "cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n" FACTS
					 NO_NODE,
		  NULL, "unknown", "0x40000003",
		  "Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions",
		  "mknod" },
		{ ON("6.1.0") FACTS LOADED("kvm_intel") NO_NODE, NULL,
		  "device-missing", NULL, "mknod", NULL },
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_node),
		cmocka_unit_test(test_node_from_outside),
		cmocka_unit_test(test_group_of_node),
		cmocka_unit_test(test_no_node_of_no_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
