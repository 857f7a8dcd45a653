// SPDX-License-Identifier: GPL-2.0-only
/* The facts of made-up systems: the log of the kernel. */
#include "root.h"

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
	const struct CMUnitTest tests[] = {
		IN_A_ROOT(test_word_of_the_kernel),
		IN_A_ROOT(test_words_of_others),
		IN_A_ROOT(test_log),
		IN_A_ROOT(test_log_with_kvm),
		IN_A_ROOT(test_log_not_permitted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
