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
		cmocka_unit_test(what_is_only_like_a_message_is_none),
		cmocka_unit_test(lines_of_the_kernel_are_those_of_its_log),
		cmocka_unit_test(a_wrong_letter_is_suggested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
