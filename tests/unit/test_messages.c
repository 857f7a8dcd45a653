// SPDX-License-Identifier: GPL-2.0-only
/* Error messages of other programs, as they are typed and pasted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/list.h"
#include "model/kernel_log.h"
#include "report/explain.h"

/* The ids of the messages in text, separated by blanks. */
static const char *ids_of(const char *text)
{
	static char ids[256];
	struct explained *list = NULL;
	size_t count = 0, i;
	int found = explain_resolve_messages(&list, &count, text);

	assert_int_equal(found, count);
	*ids = '\0';
	for (i = 0; i < count; i++) {
		assert_int_equal(list[i].kind, EXPLAINED_MESSAGE);
		if (i)
			strcat(ids, " ");
		strcat(ids, list[i].message.id);
	}
	free(list);
	return ids;
}

static void each_row_has_its_own_example(void **state)
{
	const struct message *message;
	struct explained *list = NULL;
	size_t count = 0, i;

	(void)state;
	for (i = 0; (message = message_at(i)); i++) {
		assert_string_equal(ids_of(message->text), message->id);
		/* No name of a topic or register hides it. */
		assert_int_equal(explain_resolve(&list, &count, message->text),
				 0);
		assert_true(*message->program && *message->meaning);
		assert_true(*message->source && *message_cure(message));
	}
	assert_true(i > 50);
}

static void each_pattern_is_found(void **state)
{
	const struct message *message;
	char pattern[256];
	size_t i;

	(void)state;
	for (i = 0; (message = message_at(i)); i++) {
		const char *patterns = message->patterns;

		while (list_next(&patterns, '|', pattern, sizeof(pattern)))
			if (!strchr(pattern, '%') &&
			    !message_is_in(message, pattern))
				fail_msg("%s: \"%s\"", message->id, pattern);
	}
}

static void codes_are_found_in_any_case_with_text_around(void **state)
{
	(void)state;
	assert_string_equal(ids_of("verr_vmx_no_vmx"), "VERR_VMX_NO_VMX");
	assert_string_equal(ids_of("(VERR_VMX_NO_VMX)."), "VERR_VMX_NO_VMX");
	assert_string_equal(ids_of("rc=VERR_NEM_IPE_7"), "VERR_NEM_IPE");
	assert_string_equal(
		ids_of("Error:\n\tcould not access  kvm kernel module: permission denied\n"),
		"qemu_permission");
	assert_string_equal(
		ids_of("❌  Exiting due to HOST_VTX_DISABLED: VT-x is disabled in the BIOS for all CPU modes (VERR_VMX_MSR_ALL_VMX_DISABLED)"),
		"VERR_VMX_MSR_ALL_VMX_DISABLED");
	assert_string_equal(
		ids_of("Not in a hypervisor partition (HVP=0) (VERR_NEM_NOT_AVAILABLE). VT-x is not available (VERR_VMX_NO_VMX)"),
		"VERR_VMX_NO_VMX VERR_NEM_NOT_AVAILABLE");
	assert_string_equal(
		ids_of("invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm "),
		"libvirt_capabilities");
}

/* One condition in the words of several versions of a program. */
static void each_version_of_a_program_is_known(void **state)
{
	static const struct {
		const char *text, *id;
	} rows[] = {
		{ "qemu-system-x86_64: ../target/i386/kvm/kvm.c:3213: kvm_buf_set_msrs: Assertion `ret == cpu->kvm_msr_buf->nmsrs' failed.",
		  "qemu_msr" },
		{ "/build/qemu/target/i386/kvm.c:1874: kvm_put_msrs: Assertion `ret == cpu->kvm_msr_buf->nmsrs' failed.",
		  "qemu_msr" },
		{ "qemu-system-x86_64: sev_guest_init: failed to initialize ret=-25 fw_error=0 ''",
		  "qemu_sev_init" },
		{ "kvm: kvm_init_vcpu: kvm_get_vcpu failed (0): Invalid argument",
		  "qemu_init_vcpu" },
		{ "kvm_init_vcpu failed: Cannot allocate memory",
		  "qemu_init_vcpu" },
		{ "-accel whpx: Could not load library WinHvPlatform.dll.",
		  "qemu_whpx" },
		{ "insmod: ERROR: could not insert module kvm-intel.ko: Invalid module format",
		  "modprobe_FORMAT" },
		{ "insmod: ERROR: could not insert module ./kvm-intel.ko: Unknown symbol in module",
		  "modprobe_ENOENT" },
		{ "modprobe: ERROR: could not insert 'kvm_intel': Unknown symbol in module, or unknown parameter (see dmesg)",
		  "modprobe_ENOENT" },
		{ "modprobe: ERROR: could not insert 'kvm_amd': Invalid argument",
		  "modprobe_EINVAL" },
		{ "VT-x is disabled in the BIOS. (VERR_VMX_MSR_VMXON_DISABLED)",
		  "VERR_VMX_MSR_VMXON_DISABLED" },
		{ "HWACCM: No VT-x or AMD-V CPU extension found. Reason VERR_VMX_MSR_LOCKED_OR_DISABLED",
		  "VERR_VMX_MSR_LOCKED_OR_DISABLED" },
		{ "VirtualBox can't enable the AMD-V extension. Please disable the KVM kernel extension, recompile your kernel and reboot",
		  "VERR_SVM_IN_USE" },
		{ "Virtual machine could not start because the hypervisor is not running",
		  "hyperv_not_running" },
		{ "Error: 0x80370102 The virtual machine could not be started because a required feature is not installed.",
		  "wsl_platform" },
		{ "The operation could not be started because a required feature is not installed.",
		  "wsl_service" },
		{ "/dev/kvm device: permission denied. Grant current user access to /dev/kvm",
		  "android_permission" },
		{ "Unable to open HAXM device: ERROR_FILE_NOT_FOUND",
		  "haxm_no_module" },
		{ "WARNING  KVM acceleration not available, using 'qemu'",
		  "virt_install_no_kvm" },
		{ "vmx_init: processor not supported by Hypervisor.framework",
		  "HV_NO_DEVICE" },
		{ "creating container: opening device file for platform \"kvm\": error opening KVM device file (/dev/kvm): no such file or directory",
		  "open_no_device" },
		{ "Error: stat /dev/kvm: no such file or directory",
		  "open_no_device" },
		{ "ls: cannot access '/dev/kvm': No such file or directory",
		  "open_no_device" },
		{ "open /dev/kvm: Permission denied Could not initialize KVM, will disable KVM support",
		  "open_permission" },
		{ "Firecracker panicked at 'Error creating the Kvm object: Error(13)', src/vmm/src/vstate/system.rs:53:30",
		  "firecracker_permission" },
		{ "Error launching details: Host does not support virtualization type hvm for architecture 'x86_64'",
		  "virt_install_no_kvm" },
		{ "SEV launch security is not supported with this QEMU binary",
		  "libvirt_launch_security" },
		{ "qemu-system-x86_64: -machine accel=kvm: No accelerator found",
		  "qemu_no_accelerator" },
		{ "kernel: module_register_init: MOD_LOAD (vmm, 0xffffffff82a2d4e0, 0) error 6",
		  "bhyve_create" },
		{ "linux runtime spec devices: error gathering device information while adding custom device \"/dev/kvm\": lstat /dev/kvm: no such file or directory.",
		  "docker_no_device" },
		{ "VM_HVM_REQUIRED(OpaqueRef:97b2)", "xen_hvm_required" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(ids_of(rows[i].text), rows[i].id);
}

static void what_is_only_like_a_message_is_none(void **state)
{
	char text[3 * MESSAGE_TEXT_SIZE];

	(void)state;
	assert_string_equal(ids_of(""), "");
	assert_string_equal(ids_of("VERR_VMX_NO_VMXX"), "");
	assert_string_equal(ids_of("MY_VERR_VMX_NO_VMX"), "");
	assert_string_equal(ids_of("VERR_VMX_IPE_x"), "");
	assert_string_equal(ids_of("0x803701021"), "");
	assert_string_equal(ids_of("kvm vmx svm"), "");
	/* What a shell says of a device that is typed as a command. */
	assert_string_equal(ids_of("bash: /dev/kvm: Permission denied"), "");
	assert_string_equal(ids_of("chmod: changing /dev/kvm: done"), "");
	assert_string_equal(
		ids_of("chmod: changing permissions of '/dev/kvm': Operation not permitted"),
		"");
	assert_string_equal(ids_of("4294967201"), "");
	assert_string_equal(
		ids_of("could not insert 'nvidia': Invalid argument"), "");
	assert_string_equal(
		ids_of("failed to open hypervisor interface : Permission denied"),
		"");
	assert_string_equal(
		ids_of("unable to set user and group to '0:0' on '/a.iso'"),
		"");
	assert_string_equal(ids_of("\x80\xff\x1b[31m%s%n"), "");
	memset(text, 'V', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_string_equal(ids_of(text), "");
}

static void lines_of_the_kernel_are_those_of_its_log(void **state)
{
	struct message message;

	(void)state;
	assert_true(message_of_kernel(
		&message,
		"what dmesg says:\n[    3.141592] kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 2\n"));
	assert_string_equal(message.id, "kvm_intel_feat_ctl");
	assert_string_equal(message.meaning, log_claim_meaning(LOG_VMX_OFF));
	assert_int_equal(message_reason(&message), REASON_FIRMWARE_DISABLED);
	assert_string_equal(message_cure(&message),
			    reason_info(REASON_FIRMWARE_DISABLED)->remedy);
	assert_string_equal(ids_of("has_svm: svm not available"),
			    "has_svm_not_available");
	assert_true(message_of_kernel(&message, "DMAR: IOMMU enabled"));
	assert_int_equal(message_reason(&message), REASON_NONE);
	assert_string_equal(message_cure(&message), "");
	assert_false(message_of_kernel(&message, "kvm: is fine"));
}

static void a_wrong_letter_is_suggested(void **state)
{
	char *name = explain_suggestion("VERR_VMX_NO_VM");

	(void)state;
	assert_string_equal(name, "VERR_VMX_NO_VMX");
	free(name);
	name = explain_suggestion("Could not access anything");
	assert_null(name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_has_its_own_example),
		cmocka_unit_test(each_pattern_is_found),
		cmocka_unit_test(codes_are_found_in_any_case_with_text_around),
		cmocka_unit_test(each_version_of_a_program_is_known),
		cmocka_unit_test(what_is_only_like_a_message_is_none),
		cmocka_unit_test(lines_of_the_kernel_are_those_of_its_log),
		cmocka_unit_test(a_wrong_letter_is_suggested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
