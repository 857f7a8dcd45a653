// SPDX-License-Identifier: GPL-2.0-only
/* The facts of made-up systems, laid out below a folder. */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "verdict.h"

#include "input/system.h"
#include "model/hosting.h"

static char root[64];

static void make_folders(const char *path)
{
	char folder[512];
	const char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		snprintf(folder, sizeof(folder), "%s%.*s", root,
			 (int)(slash - path), path);
		mkdir(folder, 0755);
	}
}

static void write_file(const char *path, const char *text)
{
	char full[512];
	FILE *file;

	make_folders(path);
	snprintf(full, sizeof(full), "%s%s", root, path);
	file = fopen(full, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/virtinfo-system-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	write_file("/proc/sys/kernel/osrelease", "6.1.0-test\n");
	write_file("/proc/modules", "");
	write_file("/sys/module/module/parameters/sig_enforce", "N\n");
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind,
		      struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static int teardown(void **state)
{
	(void)state;
	return nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct facts *gather_with(const struct system_options *with)
{
	struct system_options options = *with;
	struct facts *facts = facts_new();

	options.root = root;
	assert_non_null(facts);
	assert_int_equal(system_gather(facts, &options), 0);
	assert_keys_once(facts);
	return facts;
}

static const struct system_options verdict = { .vendor_module = "kvm_amd" };
static const struct system_options no_vendor;
static const struct system_options profiles = { .scope = SYSTEM_PROFILES };
static const struct system_options everything = { .vendor_module = "kvm_amd",
						  .scope = SYSTEM_EVERYTHING };
static const struct system_options migration = { .migration = true };
static const struct system_options own_module = { .own_module = true };

static struct facts *gather(void)
{
	return gather_with(&verdict);
}

static void assert_with(const struct system_options *options, const char *key,
			const char *expected)
{
	struct facts *facts = gather_with(options);
	const char *value = facts_get(facts, key);

	if (!expected)
		assert_null(value);
	else if (!value)
		fail_msg("no fact \"%s\"", key);
	else
		assert_string_equal(value, expected);
	facts_free(facts);
}

static void assert_one(const char *key, const char *expected)
{
	assert_with(&verdict, key, expected);
}

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

#define MODULES	   "/lib/modules/6.1.0-test/"
#define KVM_FOLDER "kernel/arch/x86/kvm/"

static void test_module_states(void **state)
{
	(void)state;
	/* Nothing to look in: not loaded, and no more is known. */
	assert_one("module kvm_amd", "unknown");
	write_file(MODULES "modules.dep", "");
	assert_one("module kvm_amd", "absent");
	write_file(MODULES "modules.dep",
		   KVM_FOLDER "kvm.ko:\n" KVM_FOLDER
			      "kvm-amd.ko.xz: " KVM_FOLDER "kvm.ko\n");
	assert_one("module kvm_amd", "loadable");
	assert_with(&everything, "module kvm_intel", "absent");
	write_file(MODULES "modules.builtin", KVM_FOLDER "kvm-intel.ko\n");
	assert_with(&everything, "module kvm_intel", "builtin");
	write_file("/sys/module/kvm_pvm/parameters/force", "0\n");
	assert_one("module kvm_pvm", "builtin");
	write_file("/sys/module/kvm_amd/initstate", "live\n");
	write_file("/sys/module/kvm_amd/refcnt", "3\n");
	write_file("/sys/module/kvm_amd/parameters/nested", "1\n");
	assert_one("module kvm_amd", "loaded");
	assert_one("module kvm_amd users", "3");
	assert_one("parameter kvm_amd.nested", "1");
	write_file("/sys/module/kvm_amd/parameters/avic", "Y\n");
	assert_one("parameter kvm_amd.avic", NULL);
	assert_with(&everything, "parameter kvm_amd.avic", "Y");
	assert_one("parameter kvm_amd.sev", NULL);
}

/* What is not loaded is looked for where somebody asks. */
static void test_modules_on_disk(void **state)
{
	(void)state;
	write_file(MODULES "modules.dep",
		   KVM_FOLDER "kvm.ko:\n" KVM_FOLDER "kvm-intel.ko:\n"
			      "misc/vboxdrv.ko:\n");
	assert_one("module kvm", "loadable");
	assert_one("module kvm_amd", "absent");
	assert_one("module kvm_intel", NULL);
	assert_one("module vboxdrv", NULL);
	assert_with(&no_vendor, "module kvm", "loadable");
	assert_with(&no_vendor, "module kvm_amd", NULL);
	assert_with(&profiles, "module vboxdrv", "loadable");
	assert_with(&profiles, "module vhost_net", "absent");
	assert_with(&everything, "module kvm_intel", "loadable");
	write_file("/sys/module/vboxdrv/initstate", "live\n");
	assert_one("module vboxdrv", "loaded");
	assert_with(&no_vendor, "module vboxdrv", "loaded");
}

static void test_no_module_support(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/proc/modules", root);
	assert_int_equal(unlink(path), 0);
	assert_one("kernel modules", "not supported");
	assert_one("module kvm_amd", "absent");
}

static void loadable(void)
{
	write_file(MODULES "modules.dep", KVM_FOLDER "kvm-amd.ko:\n");
	write_file(MODULES KVM_FOLDER "kvm-amd.ko",
		   "ELF without any signature at its end");
}

static void test_blacklists(void **state)
{
	(void)state;
	loadable();
	assert_one("module kvm_amd blocked", NULL);
	write_file("/etc/modprobe.d/a.conf",
		   "# blacklist kvm_amd\nblacklist kvm_amdx\n"
		   "options kvm_amd nested=1\n");
	assert_one("module kvm_amd blocked", NULL);
	write_file("/etc/modprobe.d/b.conf~", "blacklist kvm_amd\n");
	assert_one("module kvm_amd blocked", NULL);
	write_file("/usr/lib/modprobe.d/c.conf", "\n\n  blacklist\tkvm-amd\n");
	assert_one("module kvm_amd blocked",
		   "blacklist\\x09kvm-amd (/usr/lib/modprobe.d/c.conf:3)");
	/* Its own way of loading is no refusal; pretending to load is. */
	write_file("/etc/modprobe.d/a.conf",
		   "install kvm_amd /sbin/modprobe --ignore-install kvm_amd\n");
	assert_one("module kvm_amd blocked",
		   "blacklist\\x09kvm-amd (/usr/lib/modprobe.d/c.conf:3)");
	write_file("/etc/modprobe.d/a.conf", "install kvm_amd /bin/false\n");
	assert_one("module kvm_amd blocked",
		   "install kvm_amd /bin/false (/etc/modprobe.d/a.conf:1)");
	write_file("/proc/cmdline",
		   "quiet module_blacklist=nouveau,kvm-amd ro\n");
	assert_one("module kvm_amd blocked",
		   "module_blacklist= on the kernel's command line");
}

static void test_blacklist_without_processor(void **state)
{
	(void)state;
	write_file(MODULES "modules.dep", KVM_FOLDER "kvm.ko:\n");
	write_file("/etc/modprobe.d/a.conf", "blacklist kvm\n");
	assert_with(&no_vendor, "module kvm", "loadable");
	assert_with(&no_vendor, "module kvm blocked", NULL);
	assert_with(&profiles, "module kvm blocked",
		    "blacklist kvm (/etc/modprobe.d/a.conf:1)");
	assert_one("module kvm blocked",
		   "blacklist kvm (/etc/modprobe.d/a.conf:1)");
}

static void test_signatures(void **state)
{
	(void)state;
	loadable();
	/* The kernel of the test enforces nothing. */
	assert_one("module kvm_amd signature", NULL);
	assert_with(&everything, "module kvm_amd signature", "none");
	write_file("/sys/kernel/security/lockdown", "none [integrity]\n");
	assert_one("module kvm_amd signature", "none");
	write_file("/sys/kernel/security/lockdown", "[none] integrity\n");
	assert_one("module kvm_amd signature", NULL);
	write_file("/sys/module/module/parameters/sig_enforce", "Y\n");
	assert_one("module kvm_amd signature", "none");
	write_file(MODULES KVM_FOLDER "kvm-amd.ko",
		   "ELF and ~Module signature appended~\n");
	assert_one("module kvm_amd signature", "present");
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

/* The running kernel is 6.1.0-test. */
static void test_other_kernels(void **state)
{
	(void)state;
	assert_one("other kernels", NULL);
	make_folders("/lib/modules/");
	assert_one("other kernels", "none");
	write_file("/lib/modules/6.1.1-test/modules.dep", "");
	write_file("/lib/modules/6.1.2-test/modules.dep", "");
	assert_one("other kernels", "6.1.1-test 6.1.2-test");
	write_file("/lib/modules/6.1.0-test/modules.dep", "");
	assert_one("other kernels", NULL);
}

static void test_restart_pending(void **state)
{
	(void)state;
	assert_one("restart pending", NULL);
	write_file("/run/reboot-required.pkgs",
		   "linux-image-amd64\n\namd64-microcode\n");
	assert_one("restart pending", "linux-image-amd64 amd64-microcode");
}

static void test_module_version(void **state)
{
	(void)state;
	write_file("/sys/module/vboxdrv/initstate", "live\n");
	write_file("/sys/module/vboxdrv/version",
		   "7.1.4 r165100 (0x00340001)\n");
	write_file("/sys/module/vhost/initstate", "live\n");
	write_file("/sys/module/vhost/version", "0.0.1\n");
	assert_one("module vboxdrv version", "7.1.4 r165100 (0x00340001)");
	/* Of the kernel's own modules it says nothing. */
	assert_one("module vhost version", NULL);
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

static void assert_refusal(const char *part)
{
	struct facts *facts = gather_with(&own_module);

	assert_has(facts_get(facts, "source module"), part);
	facts_free(facts);
}

/* Why is test_module_refusal's; here is what it is judged from. */
static void test_own_module(void **state)
{
	struct facts *facts;
	char path[128];

	(void)state;
	assert_one("source module", NULL);
	assert_refusal("not installed");
	write_file("/lib/modules/6.0.0/updates/dkms/virtinfo.ko.xz", "x");
	assert_refusal("for other kernels");
	write_file(MODULES "modules.dep", "updates/dkms/virtinfo.ko:\n");
	write_file(MODULES "updates/dkms/virtinfo.ko",
		   "ELF without any signature at its end");
	/* Found; who runs this may load it or may not. */
	facts = gather_with(&own_module);
	assert_true(
		strstr(facts_get(facts, "source module"),
		       "modprobe virtinfo") ||
		strstr(facts_get(facts, "source module"), "CAP_SYS_MODULE"));
	facts_free(facts);
	write_file("/sys/module/virtinfo/initstate", "live\n");
	assert_refusal("is loaded");
	snprintf(path, sizeof(path), "%s/sys/module/virtinfo/initstate", root);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof(path), "%s/sys/module/virtinfo", root);
	assert_int_equal(rmdir(path), 0);
	snprintf(path, sizeof(path), "%s/proc/modules", root);
	assert_int_equal(unlink(path), 0);
	assert_refusal("without support for modules");
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
	facts = gather();
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

static void test_vendor_module(void **state)
{
	struct host *host = parse_string(KERNEL("6.1") INTEL("0", "0x0")
						 AMD("1", "0x0", "0x4"));

	(void)state;
	/* The first CPU has neither VMX nor SVM. */
	assert_string_equal(host_vendor_module(host), "kvm_amd");
	host_free(host);
	host = parse_string(KERNEL("6.1") INTEL("0", VMX));
	assert_string_equal(host_vendor_module(host), "kvm_intel");
	host_free(host);
	host = parse_string(KERNEL("6.1") INTEL("0", "0x0"));
	assert_null(host_vendor_module(host));
	host_free(host);
}

static void test_word_of_the_kernel(void **state)
{
	(void)state;
	assert_one("hypervisor detected", NULL);
	assert_one("clocksource", NULL);
	assert_one("cpuinfo model name", NULL);
	write_file("/dev/kmsg",
		   "5,0,0,-;Linux version 6.1.0-test\n"
		   " SUBSYSTEM=6,0,0,-;Hypervisor detected: Continuation\n"
		   "6,1,0,-;Hypervisor undetected: Other\n"
		   "6,2,0,-;Hypervisor detected: Xen PV\n"
		   "6,3,0,-;Hypervisor detected: KVM\n");
	write_file("/proc/cpuinfo", "processor\t: 0\nmodel\t\t: 5\n"
				    "model name\t: Two Cores: fast\n");
	write_file(
		"/sys/devices/system/clocksource/clocksource0/current_clocksource",
		"kvm-clock\n");
	assert_one("hypervisor detected", "Xen PV");
	assert_one("clocksource", "kvm-clock");
	assert_one("cpuinfo model name", "Two Cores: fast");
}

/* Anybody who may write the log, and a line of a later day, is not believed. */
static void test_words_of_others(void **state)
{
	(void)state;
	write_file("/dev/kmsg", "14,0,0,-;Hypervisor detected: ACRN\n"
				"x,0,0,-;Hypervisor detected: ACRN\n"
				"6,1;Hypervisor detected: ACRN\n"
				"6,1,2,-\n"
				"6,2,90000000,-;Hypervisor detected: ACRN\n"
				"6,3,90000001,-;Hypervisor detected: ACRN\n");
	assert_one("hypervisor detected", NULL);
	/* The first kept record of a log that has wrapped. */
	write_file("/dev/kmsg", "6,900,500,-;Hypervisor detected: VMware");
	assert_one("hypervisor detected", "VMware");
}

static const struct system_options everything_of_intel = {
	.vendor_module = "kvm_intel", .scope = SYSTEM_EVERYTHING
};

#define BOOT_LINES                                                                   \
	"6,0,0,-;Linux version 6.1.0-test\n"                                         \
	"3,7,250000,-;x86/cpu: VMX (outside TXT) disabled by BIOS\n"                 \
	"6,8,300000,-;SEV-SNP: RMP table physical range [0x12345000 - 0x22344fff]\n" \
	" SUBSYSTEM=kvm: disabled by bios\n"
#define LATE_LINES                                                             \
	"12,9,70000000,-;kvm_intel: VMX not supported by CPU 0\n"              \
	"3,10,70000001,-;kvm: support for 'kvm_intel' disabled by bios\n"      \
	"3,11,70000002,-;kvm: support for 'kvm_intel' disabled by bios (2)\n"

/* What the kernel says of the lock, when it boots and when KVM loads. */
static void test_log(void **state)
{
	(void)state;
	assert_one("kernel log", "unreadable (ENOENT)");
	write_file("/dev/kmsg", BOOT_LINES LATE_LINES);
	assert_one("kernel log", "read");
	assert_one("log cpu_vmx_outside_txt",
		   "x86/cpu: VMX (outside TXT) disabled by BIOS");
	assert_one("log rmp",
		   "SEV-SNP: RMP table physical range [(address) - (address)]");
	assert_one("log kvm_bios", NULL);
	assert_one("log kvm_intel_no_vmx", NULL);
	assert_one("log kvm_intel_bios",
		   "kvm: support for 'kvm_intel' disabled by bios");
	write_file("/dev/kmsg", "6,4000,70000000,-;kvm: disabled by bios\n");
	assert_one("kernel log", "read, its beginning is overwritten");
	assert_one("log kvm_bios", "kvm: disabled by bios");
}

/* With KVM loaded only what was printed at boot is read, else all of it. */
static void test_log_with_kvm(void **state)
{
	(void)state;
	write_file("/dev/kmsg", BOOT_LINES LATE_LINES);
	write_file("/sys/module/kvm_amd/initstate", "live\n");
	assert_one("log cpu_vmx_outside_txt",
		   "x86/cpu: VMX (outside TXT) disabled by BIOS");
	assert_one("log kvm_intel_bios", NULL);
	assert_with(&no_vendor, "log kvm_intel_bios", NULL);
	assert_with(&everything_of_intel, "log kvm_intel_bios",
		    "kvm: support for 'kvm_intel' disabled by bios");
	write_file("/dev/kmsg",
		   "6,0,0,-;Hypervisor detected: KVM\n" LATE_LINES);
	assert_one("hypervisor detected", "KVM");
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

static void test_log_not_permitted(void **state)
{
	char path[128];

	(void)state;
	write_file("/dev/kmsg", BOOT_LINES);
	snprintf(path, sizeof(path), "%s/dev/kmsg", root);
	assert_int_equal(chmod(path, 0), 0);
	if (geteuid() == 0) /* who may read all */
		assert_one("kernel log", "read");
	else
		assert_one("kernel log", "unreadable (EACCES)");
	/* A folder there opens, and cannot be read. */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_one("kernel log", "unreadable (EISDIR)");
	assert_int_equal(rmdir(path), 0);
}

int main(void)
{
#define IN_A_ROOT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		IN_A_ROOT(test_cpuinfo),
		IN_A_ROOT(test_module_states),
		IN_A_ROOT(test_modules_on_disk),
		IN_A_ROOT(test_no_module_support),
		IN_A_ROOT(test_blacklists),
		IN_A_ROOT(test_blacklist_without_processor),
		IN_A_ROOT(test_signatures),
		IN_A_ROOT(test_security),
		IN_A_ROOT(test_config),
		IN_A_ROOT(test_config_compressed),
		IN_A_ROOT(test_config_of_a_kernel_with_kvm),
		IN_A_ROOT(test_xen_and_names),
		IN_A_ROOT(test_programs),
		IN_A_ROOT(test_versions),
		IN_A_ROOT(test_firmware),
		IN_A_ROOT(test_iommu),
		IN_A_ROOT(test_other_kernels),
		IN_A_ROOT(test_restart_pending),
		IN_A_ROOT(test_module_version),
		IN_A_ROOT(test_every_trace),
		IN_A_ROOT(test_own_module),
		IN_A_ROOT(test_containers),
		IN_A_ROOT(test_mark_of_an_image),
		IN_A_ROOT(test_device),
		IN_A_ROOT(test_beside_kvm),
		cmocka_unit_test(test_vendor_module),
		IN_A_ROOT(test_word_of_the_kernel),
		IN_A_ROOT(test_words_of_others),
		IN_A_ROOT(test_log),
		IN_A_ROOT(test_log_with_kvm),
		IN_A_ROOT(test_log_not_permitted),
		IN_A_ROOT(test_command_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
