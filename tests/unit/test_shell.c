// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sessions of a shell, and error messages alone. The words are those of kmod,
 * module-init-tools, busybox, systemd, coreutils and the rows of messages.def.
 */
#include "words.h"

static void assert_no_fact_of(const char *text, const char *key)
{
	struct host *host = parse_string(text);

	assert_no_fact(host, key);
	host_free(host);
}

static void assert_no_machine(const char *text)
{
	struct input_error error;

	assert_null(input_memory("f", text, strlen(text), &error));
}

static void modules_that_were_refused(void **state)
{
	static const struct {
		const char *line, *module, *error;
	} refusals[] = {
		{ "modprobe: ERROR: could not insert 'kvm_intel': Operation not supported\n",
		  "module kvm_intel load", "EOPNOTSUPP" },
		{ "FATAL: Error inserting kvm_amd (/lib/modules/2.6.32-5-amd64/kernel/arch/x86/kvm/kvm-amd.ko): Operation not supported\n",
		  "module kvm_amd load", "EOPNOTSUPP" },
		{ "insmod: ERROR: could not insert module ./kvm-intel.ko.xz: Invalid module format\n",
		  "module kvm_intel load", "ENOEXEC" },
		{ "insmod: error inserting 'kvm-intel.ko': -1 Input/output error\n",
		  "module kvm_intel load", "EIO" },
		{ "modprobe: can't load module kvm_intel (kernel/arch/x86/kvm/kvm-intel.ko): Device or resource busy\n",
		  "module kvm_intel load", "EBUSY" },
		{ "I get \"could not insert 'kvm_amd': No such device\" there.\n",
		  "module kvm_amd load", "ENODEV" },
		{ "Nov 27 10:42:07 host systemd-modules-load[301]: Failed to insert module 'kvm_amd': Key was rejected by service\n",
		  "module kvm_amd load", "EKEYREJECTED" },
		{ "modprobe: FATAL: Module kvm_intel not found in directory /lib/modules/6.1.0\n",
		  "module kvm_intel", "absent" },
		{ "FATAL: Module kvm not found.\n", "module kvm", "absent" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		assert_tells(refusals[i].line, HOST_SHELL, refusals[i].module,
			     refusals[i].error);
	/* Of another module, or with words that are not known. */
	assert_no_machine(
		"modprobe: ERROR: could not insert 'nvidia': No such device\n");
	assert_no_fact_of("modprobe: ERROR: could not insert 'kvm_intel': 1\n",
			  "module kvm_intel load");
}

static void nodes(void **state)
{
	(void)state;
	assert_tells(
		"ls: cannot access '/dev/kvm': No such file or directory\n",
		HOST_SHELL, "device kvm", "missing");
	assert_tells(
		"ls: cannot access \xe2\x80\x98/dev/kvm\xe2\x80\x99: No such file or directory\n",
		HOST_SHELL, "device kvm", "missing");
	assert_tells("bash: /dev/kvm: Permission denied\n", HOST_SHELL,
		     "kvm device open", "EACCES");
	assert_tells(
		"ls: cannot access '/dev/sev': No such file or directory\n",
		HOST_SHELL, "device sev", "missing");
	assert_tells("crw------- 1 root root 10, 125 Jan  3 10:10 /dev/sev\n",
		     HOST_SHELL, "device sev", "present");
	assert_no_machine(
		"ls: cannot access '/dev/kvm-x': Permission denied\n");
	/* Who may not change it may still open it. */
	assert_no_machine(
		"chmod: changing permissions of '/dev/kvm': Operation not permitted\n");
	assert_tells("$ ls /dev/kvm\n/dev/kvm\n", HOST_SHELL, "device kvm",
		     "present");
}

#define NODE(mode)  mode " 1 root kvm 10, 232 Jan  3 10:10 /dev/kvm\n"
#define JOE(groups) "uid=1000(joe) gid=1000(joe) groups=1000(joe)" groups "\n"

static void who_may_open_it(void **state)
{
	static const char key[] = "device kvm access";

	(void)state;
	assert_tells(NODE("crw-rw-rw-"), HOST_SHELL, key, "read write");
	assert_no_fact_of(NODE("crw-rw----"), key);
	assert_tells(NODE("crw-rw----") JOE(",27(sudo)"), HOST_SHELL, key,
		     "none");
	assert_tells(NODE("crw-rw----.") JOE(",108(kvm)"), HOST_SHELL, key,
		     "read write");
	assert_tells(
		NODE("crw-rw----.") JOE(",108(kvm)"), HOST_SHELL,
		"device kvm node",
		"character 10:232, of root:kvm, group 108 (kvm), mode 0660");
	assert_reason(
		"Linux h 5.15.153.1-microsoft-standard-WSL2 #1 SMP\n" NODE(
			"crw-------") JOE(",27(sudo)"),
		"permission-denied");
	assert_tells(
		"crw------- 1 root root 10, 232 Jan  3 10:10 /dev/kvm\n" JOE(
			",27(sudo)"),
		HOST_SHELL, "device kvm node",
		"character 10:232, of root:root, mode 0600");
	/* A list may let the user in. */
	assert_no_fact_of(NODE("crw-rw----+") JOE(",27(sudo)"), key);
	assert_tells(
		NODE("crw-------") "uid=0(root) gid=0(root) groups=0(root)\n",
		HOST_SHELL, key, "read write");
	assert_tells(NODE("crw-rw----") "$ groups\njoe sudo kvm\n", HOST_SHELL,
		     key, "read write");
	assert_tells(NODE("crw-rw----") "$ groups\njoe sudo kvmish\n",
		     HOST_SHELL, key, "none");
	/* Its part for Intel's loads on no other, and where nothing locks it. */
	assert_reason(
		"kvm_amd 380928 0\nkvm 1146880 1 kvm_amd\n" NODE("crw-rw-rw-"),
		"unknown");
	assert_reason("flags : fpu vmx\n"
		      "kvm_intel 380928 0\nkvm 1146880 1 kvm_intel\n" NODE(
			      "crw-rw----") JOE(""),
		      "permission-denied");
}

static void answers_behind_commands(void **state)
{
	(void)state;
	assert_tells("$ uname -r\n6.8.0-40-generic\n", HOST_SHELL, "kernel",
		     "6.8.0-40-generic");
	assert_tells(
		"Linux foo 5.15.0-91-generic #101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023 x86_64 GNU/Linux\n",
		HOST_SHELL, "kernel", "5.15.0-91-generic");
	assert_tells("# cat /sys/module/kvm_intel/parameters/nested\nN\n",
		     HOST_SHELL, "parameter kvm_intel.nested", "N");
	assert_tells("/sys/module/kvm_amd/parameters/npt:1\n", HOST_SHELL,
		     "parameter kvm_amd.npt", "1");
	assert_tells("$ systemd-detect-virt\noracle\n", HOST_SHELL,
		     "systemd-detect-virt", "oracle");
	assert_tells("$ systemd-detect-virt\nlxc\n", HOST_SHELL, "container",
		     "lxc");
	assert_tells("$ VBoxManage --version\n7.1.4r165100\n", HOST_SHELL,
		     "module vboxdrv version", "7.1.4r165100");
	/* Of two the later one counts. */
	assert_tells("$ cat /sys/module/kvm_intel/parameters/nested\nN\n"
		     "$ sudo modprobe -r kvm_intel\n"
		     "$ sudo modprobe kvm_intel nested=1\n"
		     "$ cat /sys/module/kvm_intel/parameters/nested\nY\n",
		     HOST_SHELL, "parameter kvm_intel.nested", "Y");
	/* What is no answer to it. */
	assert_no_fact_of("$ uname -r\nthanks\n", "kernel");
	assert_no_machine("$ cat /sys/module/a/parameters/b /etc/hosts\nN\n");
}

static void flags_that_were_counted(void **state)
{
	static const char count[] = "egrep -c '(vmx|svm)' /proc/cpuinfo\n0\n";

	(void)state;
	assert_tells(count, HOST_SHELL, "cpuinfo vmx", "none");
	assert_tells(count, HOST_SHELL, "cpuinfo svm", "none");
	assert_tells("$ grep -Ec 'vmx|svm' /proc/cpuinfo\n8\n", HOST_SHELL,
		     "cpuinfo vmx or svm", "yes");
	assert_tells("$ cat /proc/cpuinfo | grep svm | wc -l\n16\n", HOST_SHELL,
		     "cpuinfo svm", "all");
	assert_tells("$ grep -c vmx /proc/cpuinfo\n4\n", HOST_SHELL,
		     "cpuinfo vmx", "all");
	assert_tells("$ cat /proc/cpuinfo | egrep -c 'vmx|svm'\n0\n",
		     HOST_SHELL, "cpuinfo svm", "none");
	assert_no_machine("$ grep -vc vmx /proc/cpuinfo\n0\n");
	assert_no_fact_of("$ grep -c vmx /proc/cpuinfo\n4 or so\n",
			  "cpuinfo vmx");
}

/* The prompt that comes at once says that there was no line. */
static void no_answer_is_one(void **state)
{
	(void)state;
	assert_tells("joe@host:~$ lsmod | grep kvm\njoe@host:~$\n", HOST_SHELL,
		     "module kvm", "unknown");
	assert_tells("$ grep -E 'vmx|svm' /proc/cpuinfo\n$ uname -r\n6.1.0\n",
		     HOST_SHELL, "cpuinfo svm", "none");
	assert_tells("$ sudo modprobe kvm_amd\n$ uname -r\n6.1.0\n", HOST_SHELL,
		     "module kvm_amd", "loaded");
	assert_no_fact_of("$ lsmod | grep kvm\n", "module kvm");
	assert_no_fact_of("$ lsmod | grep kvm\nwhat now?\n$ uname -r\n6.1.0\n",
			  "module kvm");
	assert_tells("$ lsmod | grep kvm\nkvm 1 0\n$ uname -r\n6.1.0\n",
		     HOST_SEVERAL, "module kvm", "loaded");
}

static void messages_alone(void **state)
{
	(void)state;
	assert_tells("qemu: failed to initialize kvm: Permission denied\n",
		     HOST_MESSAGES, "message qemu_permission",
		     "qemu: failed to initialize kvm: Permission denied");
	assert_reason("qemu: failed to initialize kvm: Permission denied\n",
		      "permission-denied");
	assert_reason("VERR_SVM_DISABLED\n", "firmware-disabled");
	assert_reason("it says VERR_VMX_MSR_ALL_VMX_DISABLED to me\n",
		      "firmware-disabled");
	assert_reason(
		"ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy\n",
		"in-use");
	/* What a program sees may have more causes than one. */
	assert_reason("VERR_VMX_NO_VMX\n", "unknown");
	assert_reason(
		"Could not access KVM kernel module: No such file or directory\n",
		"unknown");
	/* Nor does it say that the node is all that is missing. */
	assert_reason(
		"failed to initialize kvm: No such device\n"
		"[    5.123457] kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 3\n",
		"firmware-disabled");
	/* VirtualBox says so of KVM too. */
	assert_reason("VERR_VMX_IN_VMX_ROOT_MODE\n", "unknown");
	/* What is known better counts. */
	assert_reason("flags : fpu vmx\nLinux h 6.1.0 #1 SMP\n"
		      "VERR_VMX_MSR_ALL_VMX_DISABLED\n",
		      "hardware-ready");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_that_were_refused),
		cmocka_unit_test(nodes),
		cmocka_unit_test(who_may_open_it),
		cmocka_unit_test(answers_behind_commands),
		cmocka_unit_test(flags_that_were_counted),
		cmocka_unit_test(no_answer_is_one),
		cmocka_unit_test(messages_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
