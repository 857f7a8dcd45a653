// SPDX-License-Identifier: GPL-2.0-only
/* An unpacked archive of sos as one machine, and archives that are not read. */
#include "verdict.h"

#include <errno.h>
#include <sys/stat.h>

#include "folder.h"
#include "input/archive.h"

#define SOS	  "sosreport-host"
#define COMMANDS  SOS "/sos_commands"
#define PROCESSOR COMMANDS "/processor/"
#define OF_KERNEL COMMANDS "/kernel/"
#define KVM	  SOS "/sys/module/kvm_intel/parameters/"

static const char *const folders[] = {
	SOS,
	COMMANDS,
	COMMANDS "/processor",
	COMMANDS "/kernel",
	SOS "/proc",
	SOS "/sys",
	SOS "/sys/module",
	SOS "/sys/module/kvm_intel",
	SOS "/sys/module/kvm_intel/parameters",
};

static const struct {
	const char *path;
	const char *text;
} files[] = {
	{ PROCESSOR "cpuid_-r",
	  "CPU 0:\n"
	  "   0x00000000 0x00: eax=0x0000000d ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n"
	  "   0x00000001 0x00: eax=0x000306c3 ebx=0x00100800 ecx=0x00000020 edx=0xbfebfbff\n" },
	{ PROCESSOR "turbostat_--debug_sleep_10",
	  "turbostat version 2023\n"
	  "cpu0: MSR_IA32_FEATURE_CONTROL: 0x00000005 (Locked )\n" },
	{ PROCESSOR "lscpu",
	  "Architecture:  x86_64\nVendor ID:     GenuineIntel\n"
	  "Model name:    Intel(R) Xeon(R) X\n" },
	{ SOS "/proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\n"
			       "model name\t: Intel(R) Xeon(R) X\n" },
	{ OF_KERNEL "lsmod", "Module                  Size  Used by\n"
			     "kvm_intel             401408  3\n"
			     "kvm                  1105920  1 kvm_intel\n" },
	{ OF_KERNEL "dmesg", "[    1.0] nothing of it tells of a machine\n"
			     "prose that is of no form\n" },
	{ OF_KERNEL "uname_-a",
	  "Linux host.example 5.14.0-427.el9.x86_64 #1 SMP\n" },
	{ KVM "nested", "Y\n" },
	{ SOS "/proc/cmdline",
	  "BOOT_IMAGE=/vmlinuz quiet kvm-intel.nested=1\n" },
};

static void pack(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		assert_int_equal(mkdir(folders[i], 0755), 0);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		write_file(files[i].path, files[i].text);
}

static void remove_all(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		unlink(files[i].path);
	for (i = ARRAY_SIZE(folders); i--;)
		rmdir(folders[i]);
}

static const char *fact(const struct host *host, const char *key)
{
	const char *value = facts_get(host->facts, key);

	return value ? value : "";
}

static void one_machine(void **state)
{
	struct input_error error = { 0 };
	struct host *host;

	(void)state;
	pack();
	host = input_file(SOS, &error);
	remove_all();
	if (!host)
		fail_msg("%s", error.text);
	assert_string_equal(host->name, SOS);
	assert_string_equal(host_source_name(host), "an unpacked sos archive");
	assert_int_equal(host->contradictions, 0);
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(vi_state(&host->groups[0]->sample), VI_STATE_ENABLED);
	assert_string_equal(fact(host, "cpuinfo model name"),
			    "Intel(R) Xeon(R) X");
	assert_string_equal(fact(host, "origin module kvm users"),
			    &(OF_KERNEL "lsmod, line 3")[strlen(SOS "/")]);
	assert_string_equal(fact(host, "kernel"), "5.14.0-427.el9.x86_64");
	assert_string_equal(fact(host, "parameter kvm_intel.nested"), "Y");
	assert_string_equal(fact(host, "command line"), "kvm-intel.nested=1");
	assert_int_equal(host->system.release, 5014);
	/* What was not collected is not known, and no device is missing. */
	assert_null(facts_get(host->facts, "device kvm"));
	assert_null(facts_get(host->facts, "module kvm_amd blocked"));
	/* The remark names the file. */
	assert_int_equal(host->ignored, 2);
	assert_int_equal(input_strict(host, &error), -1);
	assert_string_equal(error.text, OF_KERNEL
			    "dmesg: 2 lines ignored, first at line 1");
	host_free(host);
}

#define LOGS		    COMMANDS "/logs"
#define VIRSH		    COMMANDS "/virsh"
#define BOOT		    LOGS "/journalctl_--no-pager_--boot"
#define CAPABILITIES	    VIRSH "/virsh_-r_capabilities"
#define DOMAIN_CAPABILITIES VIRSH "/virsh_-r_domcapabilities"

/* What the kernel's buffer has lost is in the journal; virsh knows of KVM. */
static void journal_and_virsh(void **state)
{
	struct input_error error = { 0 };
	struct host *host;

	(void)state;
	pack();
	assert_int_equal(mkdir(LOGS, 0755), 0);
	assert_int_equal(mkdir(VIRSH, 0755), 0);
	write_file(
		BOOT,
		"Nov 27 10:42:07 host kernel: DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.3 04/01/2014\n"
		"Nov 27 10:42:08 host systemd[1]: Started a service.\n");
	/* The boot before it is another system. */
	write_file(BOOT "_-1",
		   "Nov 26 10:42:07 host kernel: Hypervisor detected: KVM\n");
	write_file(
		CAPABILITIES,
		"<capabilities>\n  <host>\n    <cpu>\n      <model>Haswell</model>\n"
		"    </cpu>\n  </host>\n  <guest>\n    <os_type>hvm</os_type>\n"
		"    <arch name='x86_64'>\n"
		"      <domain type='kvm'/>\n    </arch>\n  </guest>\n"
		"</capabilities>\n");
	write_file(DOMAIN_CAPABILITIES,
		   "<domainCapabilities>\n  <domain>kvm</domain>\n"
		   "  <arch>x86_64</arch>\n  <cpu>\n"
		   "    <mode name='host-model' supported='yes'>\n"
		   "      <model>Haswell-noTSX</model>\n    </mode>\n  </cpu>\n"
		   "</domainCapabilities>\n");
	host = input_file(SOS, &error);
	unlink(BOOT);
	unlink(BOOT "_-1");
	unlink(CAPABILITIES);
	unlink(DOMAIN_CAPABILITIES);
	rmdir(LOGS);
	rmdir(VIRSH);
	remove_all();
	if (!host)
		fail_msg("%s", error.text);
	assert_int_equal(host->contradictions, 0);
	assert_string_equal(fact(host, "dmi sys_vendor"), "QEMU");
	assert_string_equal(fact(host, "origin dmi sys_vendor"),
			    &(BOOT ", line 1")[strlen(SOS "/")]);
	assert_string_equal(fact(host, "hypervisor detected"), "");
	assert_string_equal(fact(host, "libvirt domain kvm"), "yes");
	assert_string_equal(fact(host, "origin libvirt domain kvm"),
			    &(CAPABILITIES ", line 10")[strlen(SOS "/")]);
	assert_string_equal(fact(host, "libvirt cpu model"), "Haswell");
	assert_string_equal(fact(host, "libvirt guest model"), "Haswell-noTSX");
	host_free(host);
}

static void contradicts_itself(const char *path, const char *text,
			       const char *message)
{
	struct input_error error = { 0 };
	struct host *host;

	pack();
	write_file(path, text);
	host = input_file(SOS, &error);
	remove_all();
	if (!host)
		fail_msg("%s", error.text);
	assert_int_equal(host->contradictions, 1);
	assert_string_equal(fact(host, FACT_CONTRADICTION), message);
	host_free(host);
}

/* Both files are named, with the line in each. */
static void contradictions(void **state)
{
	(void)state;
	contradicts_itself(
		PROCESSOR "lscpu",
		"Architecture:  x86_64\nVendor ID:     GenuineIntel\n"
		"Model name:    Another\n",
		"\"cpuinfo model name\" is \"Intel(R) Xeon(R) X\" in proc/cpuinfo, line 3, and \"Another\" in sos_commands/processor/lscpu, line 3");
	contradicts_itself(
		PROCESSOR "turbostat_--debug_sleep_10",
		"turbostat version 2023\nprose\n"
		"   0x00000001 0x00: eax=0x000306c3 ebx=0x00100800 ecx=0x00000000 edx=0xbfebfbff\n",
		"CPUID 0x00000001.0x0 of CPU 0 is not the same in line 3 of sos_commands/processor/cpuid_-r and in line 3 of sos_commands/processor/turbostat_--debug_sleep_10");
	contradicts_itself(
		SOS "/proc/cpuinfo",
		"processor\t: 0\nvendor_id\t: GenuineIntel\n"
		"model name\t: Intel(R) Xeon(R) X\n\n$ rdmsr 0x3a\n1\n",
		"IA32_FEATURE_CONTROL of CPU 0 is 0x5 in line 2 of sos_commands/processor/turbostat_--debug_sleep_10 and 0x1 in line 6 of proc/cpuinfo");
}

static void refuse_path(const char *path, const char *message)
{
	struct input_error error = { 0 };

	assert_null(input_file(path, &error));
	assert_int_equal(error.status, STATUS_BAD_INPUT);
	assert_string_equal(error.text, message);
}

static void damage_has_a_place(void **state)
{
	(void)state;
	pack();
	write_file(PROCESSOR "cpuid_-r",
		   "CPU 0:\n   0x00000000 0x00: eax=0x1\n");
	refuse_path(SOS, PROCESSOR "cpuid_-r:2: 1 of 4 words in this line");
	remove_all();
}

static void other_folders(void **state)
{
	(void)state;
	assert_int_equal(mkdir(SOS, 0755), 0);
	refuse_path(
		SOS, SOS
		": a folder, and not that of an unpacked sos archive: no sos_commands in it");
	assert_int_equal(mkdir(COMMANDS, 0755), 0);
	refuse_path(
		SOS, SOS
		": an sos archive without a file that is read (sos_commands/processor/cpuid_-r, ...)");
	remove_all();
}

#define UNPACK                                                                 \
	"f: an archive: unpack it (tar -xf), and give the folder of sos, or a file in it"

static void archives(void **state)
{
	static const char xz[] = "\xfd"
				 "7zXZ\0\0";
	char tar[512] = "sosreport/version.txt";

	(void)state;
	memcpy(tar + 257, "ustar", 5);
	refuse_bytes(tar, sizeof(tar), UNPACK);
	refuse_bytes(xz, sizeof(xz), UNPACK);
	/* Too large to be read. */
	assert_true(archive_is_named("sosreport-host-2024.tar.xz"));
	assert_true(archive_is_named("a.tar"));
	assert_false(archive_is_named(".tar"));
	assert_false(archive_is_named("target.txt"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_machine),
		cmocka_unit_test(journal_and_virsh),
		cmocka_unit_test(contradictions),
		cmocka_unit_test(damage_has_a_place),
		cmocka_unit_test(other_folders),
		cmocka_unit_test(archives),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
