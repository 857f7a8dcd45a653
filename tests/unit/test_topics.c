// SPDX-License-Identifier: GPL-2.0-only
/* The lessons are complete, and say of a machine what its registers say. */
#include "input.h"

#include "explain/diagrams.h"
#include "explain/evidence.h"
#include "explain/lessons.h"
#include "explain/reasons.h"
#include "explain/suggest.h"
#include "explain/vmcs_table.h"
#include "report/explain.h"

/* Every name that a newcomer looks for, with the section it belongs to. */
static const struct {
	enum lesson_section section;
	const char *name;
} wanted[] = {
	{ LESSON_CONCEPTS, "virtualization" },
	{ LESSON_CONCEPTS, "virtual machine" },
	{ LESSON_CONCEPTS, "guest operating system" },
	{ LESSON_CONCEPTS, "host operating system" },
	{ LESSON_CONCEPTS, "hypervisor" },
	{ LESSON_CONCEPTS, "full virtualization" },
	{ LESSON_CONCEPTS, "binary translation" },
	{ LESSON_CONCEPTS, "paravirtualization" },
	{ LESSON_CONCEPTS, "virtio" },
	{ LESSON_CONCEPTS, "hypercall" },
	{ LESSON_CONCEPTS, "hardware-assisted virtualization" },
	{ LESSON_HYPERVISORS, "type 1" },
	{ LESSON_HYPERVISORS, "bare metal" },
	{ LESSON_HYPERVISORS, "VMware ESXi" },
	{ LESSON_HYPERVISORS, "Xen" },
	{ LESSON_HYPERVISORS, "Hyper-V" },
	{ LESSON_HYPERVISORS, "type 2" },
	{ LESSON_HYPERVISORS, "hosted" },
	{ LESSON_HYPERVISORS, "VirtualBox" },
	{ LESSON_HYPERVISORS, "VMware Workstation" },
	{ LESSON_HYPERVISORS, "Parallels Desktop" },
	{ LESSON_HYPERVISORS, "QEMU without KVM" },
	{ LESSON_HYPERVISORS, "KVM" },
	{ LESSON_HYPERVISORS, "hybrid" },
	{ LESSON_HYPERVISORS, "type 1.5" },
	{ LESSON_HYPERVISORS, "QEMU" },
	{ LESSON_HYPERVISORS, "hardware emulator" },
	{ LESSON_HYPERVISORS, "KVM and QEMU" },
	{ LESSON_EXTENSIONS, "Intel VT-x" },
	{ LESSON_EXTENSIONS, "AMD-V" },
	{ LESSON_EXTENSIONS, "VMX" },
	{ LESSON_EXTENSIONS, "SVM" },
	{ LESSON_EXTENSIONS, "VMX root mode" },
	{ LESSON_EXTENSIONS, "non-root mode" },
	{ LESSON_EXTENSIONS, "VMXON" },
	{ LESSON_EXTENSIONS, "VMCS" },
	{ LESSON_EXTENSIONS, "VMCB" },
	{ LESSON_EXTENSIONS, "VM entry" },
	{ LESSON_EXTENSIONS, "VMLAUNCH" },
	{ LESSON_EXTENSIONS, "VMRESUME" },
	{ LESSON_EXTENSIONS, "VMRUN" },
	{ LESSON_EXTENSIONS, "VM exit" },
	{ LESSON_EXTENSIONS, "#VMEXIT" },
	{ LESSON_EXTENSIONS, "two-level translation" },
	{ LESSON_EXTENSIONS, "EPT" },
	{ LESSON_EXTENSIONS, "NPT" },
	{ LESSON_EXTENSIONS, "VPID" },
	{ LESSON_EXTENSIONS, "ASID" },
	{ LESSON_EXTENSIONS, "unrestricted guest" },
	{ LESSON_EXTENSIONS, "nested virtualization" },
	{ LESSON_EXTENSIONS, "posted interrupts" },
	{ LESSON_EXTENSIONS, "AVIC" },
	{ LESSON_EXTENSIONS, "SEV" },
	{ LESSON_EXTENSIONS, "TDX" },
	{ LESSON_EXTENSIONS, "IOMMU" },
	{ LESSON_VMCS, "guest-state area" },
	{ LESSON_VMCS, "host-state area" },
	{ LESSON_VMCS, "VM-execution control fields" },
	{ LESSON_VMCS, "pin-based" },
	{ LESSON_VMCS, "processor-based" },
	{ LESSON_VMCS, "exception bitmap" },
	{ LESSON_VMCS, "I/O bitmaps" },
	{ LESSON_VMCS, "MSR bitmaps" },
	{ LESSON_VMCS, "VM-exit control fields" },
	{ LESSON_VMCS, "VM-entry control fields" },
	{ LESSON_VMCS, "VM-exit information" },
	{ LESSON_VMCS, "VMCS fields" },
	{ LESSON_VMCS, "VMCB layout" },
	{ LESSON_EXITS, "VM exits" },
	{ LESSON_EXITS, "external interrupt" },
	{ LESSON_EXITS, "triple fault" },
	{ LESSON_EXITS, "CPUID" },
	{ LESSON_EXITS, "HLT" },
	{ LESSON_EXITS, "I/O instruction" },
	{ LESSON_EXITS, "RDMSR" },
	{ LESSON_EXITS, "WRMSR" },
	{ LESSON_EXITS, "CR access" },
	{ LESSON_EXITS, "exception" },
	{ LESSON_EXITS, "EPT violation" },
	{ LESSON_EXITS, "VMCALL" },
	{ LESSON_EXITS, "exit reasons" },
	{ LESSON_CHECK, "vendor and extension" },
	{ LESSON_CHECK, "open /dev/kvm" },
	{ LESSON_CHECK, "five capabilities" },
	{ LESSON_CHECK, "verdict" },
	{ LESSON_CHECK, "system check" },
};

static void every_topic_is_found(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		enum lesson_section section = LESSON_SECTIONS;
		const struct topic *topic =
			lesson_find(wanted[i].name, &section);

		if (!topic)
			fail_msg("no topic is called %s", wanted[i].name);
		if (section != wanted[i].section)
			fail_msg("%s is in the section %s", wanted[i].name,
				 lesson_of(section)->title);
	}
}

/* What the guest-state area's members are called as fields. */
static void members_of_the_guest_state_are_explained(void **state)
{
	static const char *const names[] = {
		"guest CR0",	     "guest CR3",     "guest CR4",
		"guest CS selector", "guest SS base", "guest RSP",
		"guest RIP",	     "guest RFLAGS",  "guest GDTR base",
		"guest IDTR base",
	};
	struct explained *list = NULL;
	size_t i, count = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(explain_resolve(&list, &count, names[i]), 1);
		assert_int_equal(list[count - 1].kind, EXPLAINED_VMCS_FIELD);
		assert_int_equal(list[count - 1].vmcs_field->group, VMCS_GUEST);
	}
	free(list);
}

static size_t words(const char *text)
{
	size_t count = 0;

	while (*(text += strspn(text, " \n"))) {
		text += strcspn(text, " \n");
		count++;
	}
	return count;
}

static void check_topic(const struct topic *topic)
{
	char name[LESSON_NAME_SIZE];
	const char *keys, *cursor;
	size_t i, index, length;

	if (words(topic->text) < 60 || words(topic->text) > 230)
		fail_msg("%s has %zu words", topic->id, words(topic->text));
	if (!topic->see || !*topic->see)
		fail_msg("%s has no place to read on", topic->id);
	for (i = 0; topic->text[i]; i++)
		if ((unsigned char)topic->text[i] >= 0x7f ||
		    (topic->text[i] == ' ' && topic->text[i + 1] == ' '))
			fail_msg("%s: character %zu", topic->id, i);
	if (topic->id[strspn(topic->id,
			     "abcdefghijklmnopqrstuvwxyz0123456789-")])
		fail_msg("%s is not in kebab-case", topic->id);
	for (i = 0; !lesson_name(topic, i, name, sizeof(name)); i++)
		if (lesson_find(name, NULL) != topic)
			fail_msg("%s: the name %s is another's", topic->id,
				 name);
	for (keys = topic->evidence ? topic->evidence : ""; *keys;
	     keys += length + strspn(keys + length, " ")) {
		length = strcspn(keys, " ");
		if (!evidence_find(keys, length, &index))
			fail_msg("%s: no evidence %.*s", topic->id, (int)length,
				 keys);
	}
	cursor = topic->exits ? topic->exits : "";
	while (exit_reference(&cursor))
		;
	if (*cursor)
		fail_msg("%s: no exit reason %s", topic->id, cursor);
}

static void topics_are_sound(void **state)
{
	struct diagram_values values = { 0 };
	enum lesson_section section;
	size_t i;

	(void)state;
	diagram_values_of(&values, NULL);
	for (section = 0; section < LESSON_SECTIONS; section++) {
		const struct lesson *lesson = lesson_of(section);

		for (i = 0; i < lesson->count; i++) {
			const struct topic *topic = &lesson->topics[i];
			char *picture;

			check_topic(topic);
			if (!topic->diagram)
				continue;
			picture = diagram_text(topic->diagram, &values, true);
			assert_non_null(picture);
			free(picture);
		}
	}
}

static bool topics_name(const char *key)
{
	enum lesson_section section;
	size_t i, length = strlen(key);

	for (section = 0; section < LESSON_SECTIONS; section++) {
		const struct lesson *lesson = lesson_of(section);

		for (i = 0; i < lesson->count; i++) {
			const char *keys = lesson->topics[i].evidence;

			for (; keys && *keys; keys += strspn(keys, " ")) {
				if (strcspn(keys, " ") == length &&
				    !memcmp(keys, key, length))
					return true;
				keys += strcspn(keys, " ");
			}
		}
	}
	return false;
}

static void every_evidence_is_used(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < evidence_count(); i++)
		if (!topics_name(evidence_key(i)))
			fail_msg("no topic names the evidence %s",
				 evidence_key(i));
}

static void reasons_are_explained(void **state)
{
	enum reason reason;

	(void)state;
	for (reason = 0; reason < NR_REASONS; reason++) {
		const struct reason_lesson *lesson = reason_lesson(reason);
		const char *name = reason_info(reason)->name;
		const char *remedy = reason_info(reason)->remedy;
		char text[REASON_REMEDY_SIZE];
		const char *topics;

		if (!lesson->text || !lesson->topics ||
		    (!lesson->how && !*remedy))
			fail_msg("%s is not explained", name);
		/* What every case needs is said once, in model/reasons.def. */
		if (lesson->how && *remedy && strstr(lesson->how, remedy))
			fail_msg("%s: the remedy is said twice", name);
		reason_remedy(text, reason);
		assert_ptr_equal(strstr(text, remedy), text);
		assert_true(*text && strlen(text) < sizeof(text) - 1);
		assert_int_equal(reason_lesson_find(name), reason);
		for (topics = lesson->topics; *topics;
		     topics += strspn(topics, " ")) {
			char *topic = strndup(topics, strcspn(topics, " "));

			if (!lesson_find(topic, NULL))
				fail_msg("%s: no topic %s", name, topic);
			topics += strlen(topic);
			free(topic);
		}
	}
}

static void names_compare_as_people_write_them(void **state)
{
	(void)state;
	assert_true(lesson_same_name("VM entry", "vm-entry"));
	assert_true(lesson_same_name("enable_ept", "Enable EPT"));
	assert_false(lesson_same_name("vmx", "vmxon"));
	assert_false(lesson_same_name("", "x"));
}

static void distances(void **state)
{
	(void)state;
	assert_int_equal(suggest_distance("vmcs", "vmcs"), 0);
	assert_int_equal(suggest_distance("VMCS", "vmcs"), 0);
	assert_int_equal(suggest_distance("vmlanch", "vmlaunch"), 1);
	assert_int_equal(suggest_distance("vmsc", "vmcs"), 1);
	assert_int_equal(suggest_distance("", "ept"), 3);
	assert_int_equal(suggest_distance("kitten", "sitting"), 3);
}

static void expect_suggestion(const char *name, const char *expected)
{
	char *found = explain_suggestion(name);

	if (!found != !expected || (found && strcmp(found, expected)))
		fail_msg("for %s: %s", name, found ? found : "nothing");
	free(found);
}

static void unknown_names_suggest_the_nearest(void **state)
{
	(void)state;
	expect_suggestion("vmlanch", "vmlaunch");
	/* The beginning of a name means that name, however much is missing. */
	expect_suggestion("ept-viol", "ept violation");
	expect_suggestion("guest-op", "guest-operating-system");
	expect_suggestion("unrestr", "unrestricted-guest");
	expect_suggestion("hyperviser", "hypervisor");
	expect_suggestion("firmware-disbled", "firmware-disabled");
	expect_suggestion("enable_etp", "enable_ept");
	expect_suggestion("paravirtualisaton", "paravirtualisation");
	expect_suggestion("qqqqqqqqqqqq", NULL);
}

static size_t columns(const char *line)
{
	size_t count = 0;

	for (; *line && *line != '\n'; line++)
		count += ((unsigned char)*line & 0xc0) != 0x80;
	return count;
}

/* Both spellings have the same lines, of the same width. */
static void check_diagram(const char *id, const struct diagram_values *values)
{
	char *utf8 = diagram_text(id, values, true),
	     *ascii = diagram_text(id, values, false);
	const char *a = utf8, *b = ascii;

	assert_non_null(utf8);
	assert_non_null(ascii);
	while (*a && *b) {
		if (columns(a) > DIAGRAM_COLUMNS)
			fail_msg("%s is too wide: %s", id, a);
		assert_int_equal(columns(a), columns(b));
		assert_int_equal(columns(b), strcspn(b, "\n"));
		a += strcspn(a, "\n") + 1;
		b += strcspn(b, "\n") + 1;
	}
	assert_true(!*a && !*b);
	for (b = ascii; *b; b++)
		if (*b != '\n' && (*b < ' ' || *b > '~'))
			fail_msg("%s is not ASCII", id);
	free(utf8);
	free(ascii);
}

static void diagrams_hold(void **state)
{
	struct diagram_values longest, general = { 0 };
	size_t i;

	(void)state;
	diagram_values_of(&general, NULL);
	/* As long as any value may become. */
	memset(&longest, 'x', sizeof(longest));
	longest.linear[31] = longest.guest_physical[31] =
		longest.host_physical[31] = 0;
	longest.second_level[28] = 0;
	for (i = 0; diagram_id(i); i++) {
		check_diagram(diagram_id(i), &general);
		check_diagram(diagram_id(i), &longest);
	}
	assert_true(i >= 4);
	assert_null(diagram_text("no such picture", &general, true));
}

static void vmcs_names_and_encodings_are_found(void **state)
{
	(void)state;
	assert_string_equal(vmcs_field_find("0x201a")->name, "ept_pointer");
	assert_string_equal(vmcs_field_find("0x201b")->name, "ept_pointer");
	assert_string_equal(vmcs_field_find("Guest RIP")->name, "guest_rip");
	assert_null(vmcs_field_find("0x4401"));
	assert_null(vmcs_field_find("0x"));
	assert_int_equal(vmcs_field_find("guest_cr3")->encoding, 0x6802);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_topic_is_found),
		cmocka_unit_test(members_of_the_guest_state_are_explained),
		cmocka_unit_test(topics_are_sound),
		cmocka_unit_test(every_evidence_is_used),
		cmocka_unit_test(reasons_are_explained),
		cmocka_unit_test(names_compare_as_people_write_them),
		cmocka_unit_test(distances),
		cmocka_unit_test(unknown_names_suggest_the_nearest),
		cmocka_unit_test(diagrams_hold),
		cmocka_unit_test(vmcs_names_and_encodings_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
