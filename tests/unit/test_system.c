// SPDX-License-Identifier: GPL-2.0-only
/* The facts of made-up systems: kernel, devices, firmware, programs. */
#include "root.h"

#include <zlib.h>

#include "model/hosting.h"

static const struct system_options profiles = { .scope = SYSTEM_PROFILES };
static const struct system_options migration = { .migration = true };

static void test_cpuinfo(void **state)
{
	(void)state;
	assert_one("cpuinfo vmx", NULL);
	write_file("/proc/cpuinfo",
		   "processor\t: 0\nflags\t\t: fpu vmx svm_lock sse4_1\n"
		   "vmx flags\t: vnmi\n\n"
		   "processor\t: 1\nflags\t\t: fpu sse4_1\n\n");
	assert_one("cpuinfo vmx", "0");
	assert_one("cpuinfo svm", "none");
	assert_one("cpuinfo sse4_1", "all");
}

static void test_security(void **state)
{
	(void)state;
	assert_one("kernel lockdown", NULL);
	write_file("/proc/cmdline", "lockdown=confidentiality\n");
	assert_one("kernel lockdown", "confidentiality");
	write_file("/sys/kernel/security/lockdown",
		   "none [integrity] confidentiality\n");
	assert_one("kernel lockdown", "integrity");
	assert_one("kernel sig_enforce", "N");
	write_file("/proc/sys/kernel/modules_disabled", "1\n");
	assert_one("kernel modules_disabled", "1");
}

static void test_config(void **state)
{
	(void)state;
	assert_one("config CONFIG_KVM", NULL);
	write_file("/boot/config-6.1.0-test",
		   "# CONFIG_KVM_INTEL is not set\nCONFIG_KVM=y\n"
		   "CONFIG_KVM_AMD=m\nCONFIG_KVM_AMD_SEV=y\n");
	assert_one("config CONFIG_KVM", "y");
	assert_one("config CONFIG_KVM_AMD", "m");
	assert_one("config CONFIG_KVM_INTEL", "n");
	assert_one("kernel config", "/boot/config-6.1.0-test");
}

/* As the kernel itself has it in /proc. */
static void test_config_compressed(void **state)
{
	char path[sizeof(root) + sizeof("/proc/config.gz")];
	gzFile file;

	(void)state;
	snprintf(path, sizeof(path), "%s/proc/config.gz", root);
	file = gzopen(path, "wb");
	assert_non_null(file);
	assert_true(gzputs(file, "# CONFIG_KVM_AMD is not set\n"
				 "CONFIG_KVM=m\nCONFIG_KVM_INTEL=y\n") > 0);
	assert_int_equal(gzclose(file), Z_OK);
	assert_one("config CONFIG_KVM", "m");
	assert_one("config CONFIG_KVM_AMD", "n");
	assert_one("config CONFIG_KVM_INTEL", "y");
	assert_one("kernel config", "/proc/config.gz");
	assert_int_equal(truncate(path, 40), 0);
	assert_one("config CONFIG_KVM", NULL);
}

/* Where KVM is there only a capture asks. */
static void test_config_of_a_kernel_with_kvm(void **state)
{
	(void)state;
	write_file("/boot/config-6.1.0-test", "CONFIG_KVM=y\n");
	assert_with(&no_vendor, "config CONFIG_KVM", "y");
	write_file(MODULES "modules.dep",
		   KVM_FOLDER "kvm.ko:\n" KVM_FOLDER "kvm-intel.ko:\n");
	/* Not KVM for this processor. */
	assert_one("config CONFIG_KVM", "y");
	assert_with(&no_vendor, "config CONFIG_KVM", NULL);
	write_file("/sys/module/kvm_pvm/parameters/force", "0\n");
	assert_one("config CONFIG_KVM", NULL);
	assert_with(&everything, "config CONFIG_KVM", "y");
}

static void test_xen_and_names(void **state)
{
	(void)state;
	assert_one("hypervisor type", "none");
	write_file("/sys/hypervisor/type", "xen\n");
	write_file("/sys/hypervisor/guest_type", "PV\n");
	write_file("/sys/hypervisor/version/major", "4\n");
	assert_one("xen version", NULL);
	write_file("/sys/hypervisor/version/minor", "17\n");
	write_file("/proc/xen/capabilities", "control_d\n");
	write_file("/sys/class/dmi/id/sys_vendor", "Maker  \n");
	write_file("/sys/class/dmi/id/board_name", "Board\n");
	assert_one("hypervisor type", "xen");
	assert_one("xen guest type", "PV");
	assert_one("xen version", "4.17");
	assert_one("xen capabilities", "control_d");
	assert_one("dmi sys_vendor", "Maker");
	assert_one("dmi board_name", "Board");
	assert_one("dmi product_name", NULL);
	/* The same in a capture. */
	assert_with(&everything, "hypervisor type", "xen");
	assert_with(&everything, "dmi sys_vendor", "Maker");
}

static void write_script(const char *path, const char *text)
{
	char full[512];

	write_file(path, text);
	snprintf(full, sizeof(full), "%s%s", root, path);
	assert_int_equal(chmod(full, 0755), 0);
}

static void write_program(const char *path)
{
	write_script(path, "");
}

static void test_programs(void **state)
{
	(void)state;
	write_program("/usr/bin/firecracker");
	write_file("/usr/bin/crosvm", "no program");
	write_file("/proc/77/comm", "firecracker\n");
	write_file("/proc/78/comm", "firecracker\n");
	write_file("/dev/vboxdrv", "");
	write_file("/sys/module/vboxdrv/initstate", "live\n");
	write_file("/sys/module/vboxdrv/refcnt", "2\n");
	assert_one("program firecracker", NULL);
	assert_with(&everything, "program firecracker", "/usr/bin/firecracker");
	assert_with(&everything, "program crosvm", "absent");
	assert_with(&everything, "process firecracker", "2");
	assert_with(&everything, "process crosvm", "0");
	assert_with(&everything, "node /dev/vboxdrv", "present");
	assert_with(&everything, "node /dev/vmmon", "absent");
	assert_with(&everything, "module vboxdrv users", "2");
	assert_with(&everything, "module vmmon", "unknown");
}

/* Only where migration asks: programs are run for it. */
static void test_versions(void **state)
{
	(void)state;
	write_script(
		"/usr/bin/qemu-system-x86_64",
		"#!/bin/sh\ntest \"$*\" = --version || exit 1\n"
		"echo 'QEMU emulator version 7.2.17 (Debian 1:7.2+dfsg-7+deb12u13)'\n"
		"echo 'Copyright (c) 2003-2022 Fabrice Bellard'\n");
	write_script("/usr/libexec/qemu-kvm",
		     "#!/bin/sh\necho 'QEMU emulator version "
		     "9.1.0 (qemu-kvm-9.1.0-15.el9)'\n");
	write_script("/usr/sbin/libvirtd",
		     "#!/bin/sh\necho 'libvirtd (libvirt) 9.0.0'\n");
	write_script("/usr/sbin/virtqemud",
		     "#!/bin/sh\necho 'virtqemud: no such option v1.2'\n");
	assert_with(&everything, "program qemu-system-x86_64 version", NULL);
	assert_with(&migration, "program qemu-system-x86_64 version", "7.2.17");
	assert_with(&migration, "program qemu-kvm version", "9.1.0");
	assert_with(&migration, "program libvirtd version", "9.0.0");
	assert_with(&migration, "program virtqemud version", NULL);
}

static void test_firmware(void **state)
{
	(void)state;
	assert_with(&migration, "cpuinfo microcode", NULL);
	write_file("/sys/devices/system/cpu/vulnerabilities/mds",
		   "Mitigation: Clear CPU buffers; SMT vulnerable\n");
	write_file("/sys/devices/system/cpu/vulnerabilities/l1tf",
		   "Not affected\n");
	write_file("/sys/class/dmi/id/bios_date", "01/19/2024\n");
	write_file("/proc/cpuinfo", "processor\t: 0\nmicrocode\t: 0xb4\n\n"
				    "processor\t: 1\nmicrocode\t: 0xb4\n\n");
	assert_with(&everything, "vulnerability mds", NULL);
	assert_with(&everything, "cpuinfo microcode", NULL);
	assert_with(&everything, "dmi bios_date", NULL);
	assert_with(&migration, "vulnerability mds",
		    "Mitigation: Clear CPU buffers; SMT vulnerable");
	assert_with(&migration, "vulnerability l1tf", "Not affected");
	assert_with(&migration, "dmi bios_date", "01/19/2024");
	assert_with(&migration, "cpuinfo microcode", "0xb4");
	write_file("/proc/cpuinfo", "processor\t: 0\nmicrocode\t: 0xb4\n\n"
				    "processor\t: 1\nmicrocode\t: 0xb6\n\n"
				    "processor\t: 2\nmicrocode\t: 0xb4\n\n"
				    "processor\t: 3\nmicrocode\t: b4\n\n");
	assert_with(&migration, "cpuinfo microcode", "0xb4 on 0,2; 0xb6 on 1");
}

static void test_iommu(void **state)
{
	(void)state;
	assert_with(&everything, "iommu units", NULL);
	assert_with(&everything, "acpi DMAR", NULL);
	write_file("/sys/kernel/iommu_groups/0/type", "DMA\n");
	write_file("/sys/class/iommu/dmar0/intel-iommu/cap",
		   "d2008c40660462\n");
	write_file("/sys/class/iommu/dmar0/intel-iommu/ecap", "f050da\n");
	write_file("/sys/class/iommu/dmar0/intel-iommu/address", "fed90000\n");
	write_file("/sys/firmware/acpi/tables/DMAR", "");
	assert_with(&everything, "iommu groups", "1");
	assert_with(&everything, "iommu units", "dmar0");
	assert_with(&everything, "iommu dmar0 cap", "d2008c40660462");
	assert_with(&everything, "iommu dmar0 ecap", "f050da");
	assert_with(&everything, "iommu dmar0 features", NULL);
	/* An address, which no capture has. */
	assert_with(&everything, "iommu dmar0 address", NULL);
	assert_with(&everything, "acpi DMAR", "present");
	assert_with(&everything, "acpi IVRS", "absent");
	assert_with(&everything, "iommu group types", "DMA");
	write_file("/sys/kernel/iommu_groups/1/type", "identity\n");
	write_file("/sys/kernel/iommu_groups/2/type", "DMA\n");
	/* A profile asks for it. */
	assert_with(&profiles, "iommu groups", "3");
	assert_with(&profiles, "iommu group types", "DMA identity");
	assert_one("iommu groups", NULL);
}

static void test_restart_pending(void **state)
{
	(void)state;
	assert_one("restart pending", NULL);
	write_file("/run/reboot-required.pkgs",
		   "linux-image-amd64\n\namd64-microcode\n");
	assert_one("restart pending", "linux-image-amd64 amd64-microcode");
}

/* What a row of tables/hosting.def asks for is gathered. */
static void test_every_trace(void **state)
{
	static const char *const kinds[] = {
		[TRACE_MODULE] = "module",
		[TRACE_NODE] = "node",
		[TRACE_PROGRAM] = "program",
		[TRACE_PROCESS] = "process",
	};
	struct facts *facts = gather_with(&everything);
	char key[64];
	size_t i;

	(void)state;
	for (i = 0; i < NR_HOSTING_TRACES; i++) {
		snprintf(key, sizeof(key), "%s %s",
			 kinds[hosting_traces[i].kind], hosting_traces[i].name);
		if (!facts_get(facts, key))
			fail_msg("no fact \"%s\"", key);
	}
	facts_free(facts);
}

static void test_containers(void **state)
{
	(void)state;
	assert_one("container", "none");
	write_file("/proc/1/cgroup", "0::/kubepods/burstable/pod1\n");
	assert_one("container", "kubernetes");
	write_file("/.dockerenv", "");
	assert_one("container", "docker");
	write_file("/run/.containerenv", "");
	assert_one("container", "podman");
	write_file("/run/systemd/container", "lxc\n");
	assert_one("container", "lxc");
}

static void test_mark_of_an_image(void **state)
{
	char path[128];

	(void)state;
	write_file("/.dockerenv", "");
	make_folders("/proc/self/ns/pid");
	snprintf(path, sizeof(path), "%s/proc/self/ns/pid", root);
	assert_int_equal(symlink("pid:[4026531836]", path), 0);
	assert_one("container", "docker");
	snprintf(path, sizeof(path), "%s/proc/self/ns/cgroup", root);
	assert_int_equal(symlink("cgroup:[4026531835]", path), 0);
	assert_one("container", "none");
}

static void test_device(void **state)
{
	char path[128], text[128];
	struct facts *facts;

	(void)state;
	assert_one("device kvm", "missing");
	write_file("/dev/kvm", "");
	snprintf(text, sizeof(text), "node:x:%u:me\n", getegid());
	write_file("/etc/group", text);
	assert_one("device kvm member", NULL);
	snprintf(text, sizeof(text), "me:x:%u:1::/:/bin/sh\n", geteuid());
	write_file("/etc/passwd", text);
	assert_one("device kvm member", "yes");
	write_file("/etc/group", "root:x:0:\nkvm:x:106:me\n");
	assert_one("device kvm member", NULL);
	snprintf(path, sizeof(path), "%s/dev/kvm", root);
	assert_int_equal(chmod(path, 0600), 0);
	facts = gather_with(&verdict);
	assert_string_equal(facts_get(facts, "device kvm"), "present");
	assert_has(facts_get(facts, "device kvm node"), "not a device");
	assert_has(facts_get(facts, "device kvm node"), "mode 0600");
	assert_string_equal(facts_get(facts, "device kvm access"),
			    "read write");
	assert_has(facts_get(facts, "user"), "uid ");
	facts_free(facts);
}

/* Devices beside KVM's and memory are looked at where a profile asks. */
static void test_beside_kvm(void **state)
{
	(void)state;
	write_file("/proc/swaps", "Filename\nfile\n");
	write_file("/sys/kernel/mm/ksm/run", "1\n");
	assert_one("device kvm", "missing");
	assert_one("device net/tun", NULL);
	assert_one("memory swap", NULL);
	assert_with(&profiles, "device net/tun", "missing");
	assert_with(&profiles, "memory swap", "1");
	assert_with(&profiles, "memory ksm", "1");
	assert_with(&everything, "device sev", "missing");
	assert_with(&everything, "memory swap", "1");
}

static void test_command_line(void **state)
{
	(void)state;
	assert_one("command line", NULL);
	write_file("/proc/cmdline",
		   "BOOT_IMAGE=/vmlinuz root=UUID=1234 quiet\n");
	assert_one("command line", NULL);
	write_file("/proc/cmdline",
		   "root=UUID=1234 iommu=pt  kvm_amd.nested=0 xiommu=off\n");
	assert_one("command line", "iommu=pt kvm_amd.nested=0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_ROOT(test_cpuinfo),
		IN_A_ROOT(test_security),
		IN_A_ROOT(test_config),
		IN_A_ROOT(test_config_compressed),
		IN_A_ROOT(test_config_of_a_kernel_with_kvm),
		IN_A_ROOT(test_xen_and_names),
		IN_A_ROOT(test_programs),
		IN_A_ROOT(test_versions),
		IN_A_ROOT(test_firmware),
		IN_A_ROOT(test_iommu),
		IN_A_ROOT(test_restart_pending),
		IN_A_ROOT(test_every_trace),
		IN_A_ROOT(test_containers),
		IN_A_ROOT(test_mark_of_an_image),
		IN_A_ROOT(test_device),
		IN_A_ROOT(test_beside_kvm),
		IN_A_ROOT(test_command_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
