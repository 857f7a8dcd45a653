// SPDX-License-Identifier: GPL-2.0-only
/* The topics are complete, found by their names, and link to each other. */
#include "input.h"

#include <unistd.h>

#include "base/list.h"
#include "explain/diagrams.h"
#include "explain/evidence.h"
#include "explain/suggest.h"
#include "explain/topics.h"
#include "explain/vmcs_table.h"
#include "report/explain.h"
#include "evidence_keys.h"

/* Every name that a newcomer looks for, with the section it belongs to. */
static const struct {
	const char *section;
	const char *name;
} wanted[] = {
	{ "Concepts", "virtualization" },
	{ "Concepts", "virtual machine" },
	{ "Concepts", "guest operating system" },
	{ "Concepts", "host operating system" },
	{ "Concepts", "hypervisor" },
	{ "Concepts", "full virtualization" },
	{ "Concepts", "binary translation" },
	{ "Concepts", "paravirtualization" },
	{ "Concepts", "virtio" },
	{ "Concepts", "hypercall" },
	{ "Concepts", "hardware-assisted virtualization" },
	{ "Concepts", "container" },
	{ "Concepts", "trap and emulate" },
	{ "Concepts", "physical machine" },
	{ "Concepts", "host machine" },
	{ "Hypervisors", "type 1" },
	{ "Hypervisors", "bare metal" },
	{ "Hypervisors", "VMware ESXi" },
	{ "Hypervisors", "Xen" },
	{ "Hypervisors", "Hyper-V" },
	{ "Hypervisors", "type 2" },
	{ "Hypervisors", "hosted" },
	{ "Hypervisors", "VirtualBox" },
	{ "Hypervisors", "VMware Workstation" },
	{ "Hypervisors", "Parallels Desktop" },
	{ "Hypervisors", "QEMU without KVM" },
	{ "Hypervisors", "KVM" },
	{ "Hypervisors", "hybrid" },
	{ "Hypervisors", "type 1.5" },
	{ "Hypervisors", "QEMU" },
	{ "Hypervisors", "hardware emulator" },
	{ "Hypervisors", "KVM and QEMU" },
	{ "Hypervisors", "type1" },
	{ "Hypervisors", "type2" },
	{ "Hypervisors", "1.5" },
	{ "Hypervisors", "kvm_intel" },
	{ "Hypervisors", "kvm_amd" },
	{ "Extensions", "Intel VT-x" },
	{ "Extensions", "AMD-V" },
	{ "Extensions", "VMX" },
	{ "Extensions", "SVM" },
	{ "Extensions", "VMX root mode" },
	{ "Extensions", "non-root mode" },
	{ "Extensions", "VMXON" },
	{ "Extensions", "VMCS" },
	{ "Extensions", "VMCB" },
	{ "Extensions", "VM entry" },
	{ "Extensions", "VMLAUNCH" },
	{ "Extensions", "VMRESUME" },
	{ "Extensions", "VMRUN" },
	{ "Extensions", "VM exit" },
	{ "Extensions", "#VMEXIT" },
	{ "Extensions", "two-level translation" },
	{ "Extensions", "EPT" },
	{ "Extensions", "NPT" },
	{ "Extensions", "VPID" },
	{ "Extensions", "ASID" },
	{ "Extensions", "unrestricted guest" },
	{ "Extensions", "nested virtualization" },
	{ "Extensions", "posted interrupts" },
	{ "Extensions", "AVIC" },
	{ "Extensions", "SEV" },
	{ "Extensions", "TDX" },
	{ "Extensions", "IOMMU" },
	{ "Extensions", "ring -1" },
	{ "Extensions", "VMSA" },
	{ "Extensions", "guest-physical address" },
	{ "Extensions", "guest physical address" },
	{ "The VMCS", "guest-state area" },
	{ "The VMCS", "host-state area" },
	{ "The VMCS", "VM-execution control fields" },
	{ "The VMCS", "pin-based" },
	{ "The VMCS", "processor-based" },
	{ "The VMCS", "exception bitmap" },
	{ "The VMCS", "I/O bitmaps" },
	{ "The VMCS", "MSR bitmaps" },
	{ "The VMCS", "VM-exit control fields" },
	{ "The VMCS", "VM-entry control fields" },
	{ "The VMCS", "VM-exit information" },
	{ "The VMCS", "VMCS fields" },
	{ "The VMCS", "VMCB layout" },
	{ "VM exits", "VM exits" },
	{ "VM exits", "external interrupt" },
	{ "VM exits", "triple fault" },
	{ "VM exits", "CPUID" },
	{ "VM exits", "HLT" },
	{ "VM exits", "I/O instruction" },
	{ "VM exits", "RDMSR" },
	{ "VM exits", "WRMSR" },
	{ "VM exits", "CR access" },
	{ "VM exits", "exception" },
	{ "VM exits", "EPT violation" },
	{ "VM exits", "VMCALL" },
	{ "VM exits", "exit reasons" },
	{ "System check", "vendor and extension" },
	{ "System check", "open /dev/kvm" },
	{ "System check", "five capabilities" },
	{ "System check", "verdict" },
	{ "System check", "system check" },
};

static void every_topic_is_found(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		size_t section = topic_section_count;

		if (!topic_find(wanted[i].name, &section))
			fail_msg("no topic is called %s", wanted[i].name);
		if (strcmp(topic_sections[section].title, wanted[i].section))
			fail_msg("%s is in the section %s", wanted[i].name,
				 topic_sections[section].title);
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

/* What the build does not check: topics.awk has the rest. */
static void check_topic(const struct topic *topic)
{
	struct diagram_values values = { 0 };
	char name[TOPIC_NAME_SIZE], *picture;
	const char *links = topic->links;
	size_t i;

	if (words(topic->text) < 60 || words(topic->text) > 240)
		fail_msg("%s has %zu words", topic->id, words(topic->text));
	if (topic->id[strspn(topic->id,
			     "abcdefghijklmnopqrstuvwxyz0123456789-")])
		fail_msg("%s is not in kebab-case", topic->id);
	for (i = 0; !topic_name(topic, i, name, sizeof(name)); i++)
		if (topic_find(name, NULL) != topic)
			fail_msg("%s: the name %s is another's", topic->id,
				 name);
	if (!*links)
		fail_msg("%s has no links", topic->id);
	while (list_next(&links, ' ', name, sizeof(name)))
		assert_string_equal(topic_find(name, NULL)->id, name);
	picture = diagram_text(topic->diagram, &values, true);
	assert_true(!picture == !*topic->diagram);
	free(picture);
}

static void topics_are_sound(void **state)
{
	size_t i, j;

	(void)state;
	assert_int_equal(topic_section_count, 7);
	for (i = 0; i < topic_section_count; i++)
		for (j = 0; j < topic_sections[i].count; j++)
			check_topic(&topic_sections[i].topics[j]);
}

/* What topics.awk says about the text as one more topic, "wrong". */
static void build_says(const char *text, char *said, size_t size)
{
	char folder[] = "/tmp/virtinfo-topics-XXXXXX", path[64], command[512];
	size_t length;
	FILE *file;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/wrong", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	snprintf(
		command, sizeof(command),
		"cd \"${VIRTINFO_TOP:-.}/userspace\" && awk -f "
		"explain/topics.awk explain/evidence.def "
		"tables/exit_reasons.def verdict/reasons.def "
		"explain/diagrams/* explain/reasons/* explain/topics/* %s 2>&1",
		path);
	file = popen(command, "r");
	assert_non_null(file);
	length = fread(said, 1, size - 1, file);
	said[length] = '\0';
	assert_int_not_equal(pclose(file), 0);
	unlink(path);
	rmdir(folder);
}

static void wrong_topics_fail_the_build(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "title: X\nsee: y\nlinks: ept-violations\n\nText.\n",
		  "/wrong:3: no links: ept-violations\n" },
		{ "title: X\nevidence: no-such-key\n\nText.\n",
		  "/wrong:2: no evidence: no-such-key\n" },
		{ "title: X\nexits: intel:9999\n\nText.\n",
		  "/wrong:2: no exits: intel:9999\n" },
		{ "title: X\ndiagram: x\n\nText.\n",
		  "/wrong:2: no diagram: x\n" },
		{ "title: X\nlist: x\n\nText.\n", "/wrong:2: no list: x\n" },
		{ "titel: X\n\nText.\n",
		  "/wrong:1: no key of a topic: titel:\n" },
		{ "title: X\nnames: VM exits\n\nText.\n",
		  "the name vm-exits is that of " },
		{ "title: X\n\n"
		  "1234567890 234567890 234567890 234567890 234567890 234567890 "
		  "234567890 234567890 2\n",
		  "/wrong:3: over 80 columns" },
		{ "title: X\n", "/wrong:1: no text\n" },
		{ "title: X\n\nText.\n",
		  "/wrong:1: neither in contents nor a reason\n" },
	};
	char said[4096];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		build_says(cases[i].text, said, sizeof(said));
		if (!strstr(said, cases[i].expected))
			fail_msg("not told: %s%s", cases[i].expected, said);
	}
}

/* Does any topic link to this one? */
static bool is_linked(const struct topic *topic)
{
	char name[TOPIC_NAME_SIZE];
	size_t i, j;

	for (i = 0; i < topic_section_count; i++)
		for (j = 0; j < topic_sections[i].count; j++) {
			const char *links = topic_sections[i].topics[j].links;

			while (list_next(&links, ' ', name, sizeof(name)))
				if (!strcmp(name, topic->id))
					return true;
		}
	return false;
}

static void every_topic_is_linked(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < topic_section_count; i++)
		for (j = 0; j < topic_sections[i].count; j++)
			if (!is_linked(&topic_sections[i].topics[j]))
				fail_msg("nothing links to %s",
					 topic_sections[i].topics[j].id);
}

static bool topics_name(const char *key)
{
	char word[TOPIC_NAME_SIZE];
	size_t i, j;

	for (i = 0; i < topic_section_count; i++)
		for (j = 0; j < topic_sections[i].count; j++) {
			const char *keys = topic_sections[i].topics[j].evidence;

			while (list_next(&keys, ' ', word, sizeof(word)))
				if (!strcmp(word, key))
					return true;
		}
	return false;
}

static void every_evidence_is_used(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(evidence_keys); i++)
		if (!topics_name(evidence_keys[i]))
			fail_msg("no topic names the evidence %s",
				 evidence_keys[i]);
}

/* The first words of a sentence, as it is said once only. */
static bool says_again(const char *text, const char *remedy)
{
	char start[32];

	snprintf(start, sizeof(start), "%s", remedy);
	return *remedy && strstr(text, start);
}

static void reasons_are_explained(void **state)
{
	struct explained *list = NULL;
	enum reason reason;
	size_t count = 0;

	(void)state;
	for (reason = 0; reason < NR_REASONS; reason++) {
		const struct topic *topic = &reason_topics[reason];
		const struct reason_info *info = reason_info(reason);

		assert_string_equal(topic->id, info->name);
		if (words(topic->text) < 10 || !*topic->links)
			fail_msg("%s is not explained", info->name);
		if (says_again(topic->text, info->remedy))
			fail_msg("%s: the remedy is said twice", info->name);
		assert_int_equal(explain_resolve(&list, &count, info->name), 1);
		assert_int_equal(list[count - 1].kind, EXPLAINED_REASON);
		assert_int_equal(list[count - 1].reason, reason);
	}
	free(list);
}

static void names_compare_as_people_write_them(void **state)
{
	(void)state;
	assert_true(same_name("VM entry", "vm-entry"));
	assert_true(same_name("enable_ept", "Enable EPT"));
	assert_false(same_name("vmx", "vmxon"));
	assert_false(same_name("", "x"));
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
	struct diagram_values longest, unknown = { 0 };
	size_t i;

	(void)state;
	/* As long as any value may become. */
	memset(&longest, 'x', sizeof(longest));
	longest.linear[31] = longest.guest_physical[31] =
		longest.host_physical[31] = 0;
	longest.second_level = "xxxxxxxxxxxxxxxxxxxxxxxxxxxx";
	for (i = 0; i < diagram_count; i++) {
		check_diagram(diagrams[i].id, &unknown);
		check_diagram(diagrams[i].id, &longest);
	}
	assert_true(i >= 4);
	assert_null(diagram_text("no such picture", &unknown, true));
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
		cmocka_unit_test(wrong_topics_fail_the_build),
		cmocka_unit_test(every_topic_is_linked),
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
