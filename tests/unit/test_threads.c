// SPDX-License-Identifier: GPL-2.0-only
/* Posts of threads: prose with what was quoted in it, and what it leaves open. */
#include "words.h"

static void assert_post(const char *text, const char *key, const char *value)
{
	struct host *host = parse_string(text);

	if (value)
		assert_fact(host, key, value);
	else
		assert_no_fact(host, key);
	host_free(host);
}

static void quoted_in_a_sentence(void **state)
{
	(void)state;
	assert_post("Since then `kvm: disabled by bios` is in my log.\n",
		    "log kvm_bios", "kvm: disabled by bios");
	assert_post("dmesg has \"kvm: disabled by bios\", what now?\n",
		    "log kvm_bios", "kvm: disabled by bios");
	/* Of several the one that is a line of something. */
	assert_post("With `-cpu host` I see `kvm: no hardware support` only\n",
		    "log kvm_no_hardware", "kvm: no hardware support");
	assert_post(
		"**_VMX enabled         -  No_**\nVMX supported       *  Yes\n",
		"haxm VMX enabled", "no");
	/* Over two lines. */
	assert_post("`INFO: /dev/kvm exists\nKVM acceleration can be used`\n",
		    "device kvm", "present");
	/* A program's message that is not the kernel's, though it has its words. */
	assert_post("Look for `foo: kvm: disabled by bios` there\n"
		    "INFO: /dev/kvm exists\n",
		    "log kvm_bios", NULL);
}

/* Marks of a page or a forum on the line itself; in a cell of a table. */
static void marks_and_cells(void **state)
{
	static const char *const posts[] = {
		"<pre><code>kvm: disabled by bios\n</code></pre>\n",
		"<p><code>kvm: disabled by bios</code></p>\n",
		"[code]kvm: disabled by bios[/code]\n",
		"[CODE]\nkvm: disabled by bios[/CODE]\n",
		"{noformat}kvm: disabled by bios{noformat}\n",
		"| dmesg | kvm: disabled by bios |\n",
		"first | `kvm: disabled by bios` | last\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(posts); i++)
		assert_post(posts[i], "log kvm_bios", "kvm: disabled by bios");
}

/* Advice has no answer: what is below is not what the command printed. */
static void commands_in_a_sentence(void **state)
{
	(void)state;
	assert_post("Please run `lsmod | grep kvm` and show it.\n"
		    "```\n$ uname -r\n6.1.0-18-amd64\n```\n",
		    "module kvm", NULL);
	assert_post("I loaded it by `modprobe kvm_intel` before.\n"
		    "```\n$ uname -r\n6.1.0-18-amd64\n```\n",
		    "module kvm_intel", NULL);
}

static void releases(void **state)
{
	static const char *const lines[] = {
		"Linux host 6.1.0-18-amd64 #1 SMP Debian x86_64 GNU/Linux\n",
		"          Kernel: Linux 6.1.0-18-amd64\n",
		"- Kernel Version: 6.1.0-18-amd64 (64-bit)\n",
		"Kernel version: 6.1.0-18-amd64\n",
		"Kernel: x86_64 Linux 6.1.0-18-amd64\n",
		"System:    Host: pc Kernel: 6.1.0-18-amd64 x86_64 bits: 64\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++)
		assert_post(lines[i], "kernel", "6.1.0-18-amd64");
	assert_post("It is 5.15.90.1-microsoft-standard-WSL2 here.\n", "kernel",
		    "5.15.90.1-microsoft-standard-WSL2");
	/* No release. */
	assert_post("Kernel: yes\nINFO: /dev/kvm exists\n", "kernel", NULL);
	assert_post("Kernel version: 6.x\nINFO: /dev/kvm exists\n", "kernel",
		    NULL);
	assert_post("from-microsoft-standard-WSL2\nINFO: /dev/kvm exists\n",
		    "kernel", NULL);
}

static void assert_open(const char *text, const char *summary,
			const char *remedy)
{
	struct verdict *verdict = judge(text);

	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, summary);
	assert_has(verdict->remedy, remedy);
	verdict_free(verdict);
}

static void what_is_known_comes_first(void **state)
{
	(void)state;
	assert_open("[    0.916544] kvm: no hardware support\n",
		    "a module of KVM found no VMX or SVM", "modprobe kvm_amd");
	assert_open("kvm                  1105920  0\n"
		    "irqbypass              16384  1 kvm\n",
		    "kvm is loaded, and neither kvm_intel nor kvm_amd",
		    "dmesg | grep -i kvm");
	/* The node is missing because of what modprobe says. */
	assert_open(
		"failed to initialize kvm: No such file or directory\n"
		"modprobe: ERROR: could not insert 'kvm_amd': Operation not supported\n",
		"KVM's module refused", "dmesg | grep -i kvm");
	assert_open(
		"WARN[0000] modprobe insert module failed: modprobe: ERROR: could not insert 'kvm_intel': Operation not supported\n"
		"ERRO[0000] ERROR: System is not capable of running Kata Containers  arch=amd64 name=kata-runtime\n",
		"KVM's module refused", "dmesg | grep -i kvm");
	assert_open("[    0.000000] Hypervisor detected: KVM\n",
		    "this is a guest of KVM", "virtinfo capture");
	assert_open("$ lscpu\nVendor ID: GenuineIntel\nVirtualization: VT-x\n"
		    "CPU family: 6\nModel: 60\n"
		    "$ uname -r\n6.1.0-18-amd64\n"
		    "$ lsmod | grep kvm\nkvm                  1105920  0\n",
		    "kvm is loaded, and kvm_intel is not",
		    "modprobe kvm_intel");
}

/* kvm-ok found neither flag, in a guest. */
static void no_flag_in_wsl(void **state)
{
	struct verdict *verdict =
		judge("INFO: Your CPU does not support KVM extensions\n"
		      "KVM acceleration can NOT be used\n"
		      "Kernel: 5.15.90.1-microsoft-standard-WSL2\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "hidden-by-hypervisor");
	assert_has(verdict->remedy, ".wslconfig");
	verdict_free(verdict);
	assert_open("INFO: Your CPU does not support KVM extensions\n"
		    "KVM acceleration can NOT be used\n",
		    "shows neither VMX nor SVM", "virtinfo capture");
}

/* What kvm_amd prints behind its checks. */
static void log_of_use_proves_it(void **state)
{
	static const char *const lines[] = {
		"kvm: Nested Virtualization enabled\n",
		"SVM: kvm: Nested Paging enabled\n",
		"kvm_amd: SEV enabled (ASIDs 100 - 509)\n",
		"kvm_amd: SEV disabled (ASIDs 1 - 509)\n",
		"SEV-ES supported: 99 ASIDs\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		struct verdict *verdict = judge(lines[i]);

		assert_string_equal(verdict_name(verdict), "hardware-ready");
		assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
					 "only where SVM is on"));
		verdict_free(verdict);
	}
	/* The firmware of SEV answers without KVM. */
	assert_reason("ccp 0000:26:00.1: SEV API:1.52 build:4\n", "unknown");
}

/* xl info and xe host-param-list are tools of dom0. */
static void xen_tells_its_kinds(void **state)
{
	struct verdict *verdict =
		judge("virt_caps              : pv\n"
		      "xen_caps               : xen-3.0-x86_64\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "owned-by-hypervisor");
	assert_has(verdict->summary, "which has neither VMX nor SVM");
	assert_has(verdict->remedy, "firmware setup");
	verdict_free(verdict);
	verdict = judge(
		"capabilities (SRO): xen-3.0-x86_64; hvm-3.0-x86_32; hvm-3.0-x86_64\n");
	assert_has(verdict->summary, "which owns VMX or SVM");
	assert_has_not(verdict->remedy, "firmware setup");
	verdict_free(verdict);
}

/* Xen looks at the lock first. */
static void xen_misses_a_control(void **state)
{
	struct verdict *verdict = judge(
		"(XEN) VMX: CPU0 has insufficient CPU-Based Exec Control (b5b9fffe; requires 2299968c)\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "extension-incomplete");
	assert_int_equal(stage_of(verdict, STAGE_FIRMWARE)->status, STAGE_PASS);
	assert_has(verdict->remedy, "If this is a virtual machine");
	verdict_free(verdict);
}

/* KVM is loaded, and holds what VirtualBox asks for. */
static void virtualbox_beside_kvm(void **state)
{
	struct verdict *verdict = judge(
		"VirtualBox can't enable the AMD-V extension (VERR_SVM_IN_USE)\n"
		"kvm_amd               237568  0\n"
		"kvm                  1351680  1 kvm_amd\n");
	const struct stage *kernel = stage_of(verdict, STAGE_KERNEL);

	(void)state;
	assert_int_equal(kernel->status, STAGE_WARN);
	assert_true(has_evidence(kernel, "VERR_SVM_IN_USE"));
	assert_has(kernel->remedy, "VBoxManage --version");
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted_in_a_sentence),
		cmocka_unit_test(marks_and_cells),
		cmocka_unit_test(commands_in_a_sentence),
		cmocka_unit_test(releases),
		cmocka_unit_test(what_is_known_comes_first),
		cmocka_unit_test(no_flag_in_wsl),
		cmocka_unit_test(log_of_use_proves_it),
		cmocka_unit_test(xen_tells_its_kinds),
		cmocka_unit_test(xen_misses_a_control),
		cmocka_unit_test(virtualbox_beside_kvm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
