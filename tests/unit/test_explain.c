// SPDX-License-Identifier: GPL-2.0-only
/* What explain says of a machine is what its registers say. */
#include "input.h"

#include "kvm/exit_reasons.h"
#include "explain/diagrams.h"
#include "explain/evidence.h"
#include "explain/vmcs_table.h"
#include "report/explain.h"
#include "evidence_keys.h"

/* A VMX machine of one CPU: EPT and unrestricted guest, no VPID. */
static const char vmx_machine[] =
	"virtinfo : 1\n"
	"\n"
	"cpus : 0\n"
	"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n"
	"cpuid 0x00000001.0x0 : 0x000506e3 0x00000800 0x00000020 0x00000000\n"
	"cpuid 0x80000000.0x0 : 0x80000008 0x00000000 0x00000000 0x00000000\n"
	"cpuid 0x80000001.0x0 : 0x00000000 0x00000000 0x00000000 0x00000000\n"
	"cpuid 0x80000008.0x0 : 0x00003027 0x00000000 0x00000000 0x00000000\n"
	"msr 0x0000003a IA32_FEATURE_CONTROL : 0x0000000000000005\n"
	"msr 0x00000481 IA32_VMX_PINBASED_CTLS : 0x0000007f00000016\n"
	"msr 0x00000482 IA32_VMX_PROCBASED_CTLS : 0xfff9fffe0401e172\n"
	"msr 0x00000485 IA32_VMX_MISC : 0x0000000000040000\n"
	"msr 0x0000048a IA32_VMX_VMCS_ENUM : 0x000000000000002e\n"
	"msr 0x0000048b IA32_VMX_PROCBASED_CTLS2 : 0x0000008200000000\n"
	"msr 0x0000048c IA32_VMX_EPT_VPID_CAP : 0x0000000000114040\n";

static struct evidence evidence_of(const struct host *host, const char *key)
{
	struct explain_machine machine = { .host = host };
	struct verdict *verdict = verdict_of(host, NULL);
	struct evidence evidence;

	assert_non_null(verdict);
	machine.verdict = verdict;
	machine.hypervisor = &verdict->hypervisor;
	assert_true(evidence_get(&evidence, key, &machine));
	verdict_free(verdict);
	return evidence;
}

static void expect_answer(const struct host *host, const char *key,
			  enum answer answer, const char *text)
{
	struct evidence evidence = evidence_of(host, key);

	if (evidence.answer != answer)
		fail_msg("%s: answer %d, \"%s\"", key, evidence.answer,
			 evidence.text);
	if (text && strcmp(evidence.text, text))
		fail_msg("%s: \"%s\"", key, evidence.text);
}

static void evidence_is_what_the_registers_say(void **state)
{
	struct host *host = parse_string(vmx_machine);
	struct diagram_values values = { 0 };

	(void)state;
	expect_answer(host, "cpuid-vmx", ANSWER_YES, "yes");
	expect_answer(
		host, "firmware-check", ANSWER_YES,
		"pass: IA32_FEATURE_CONTROL is 0x5 on CPU 0: lock bit and VMX outside SMX are set: on");
	expect_answer(host, "slat", ANSWER_YES, "EPT");
	expect_answer(host, "tagged-tlb", ANSWER_NO, "no");
	expect_answer(host, "secondary", ANSWER_YES, "2 of 32 may be 1");
	expect_answer(host, "ept", ANSWER_YES, "yes");
	expect_answer(host, "vpid", ANSWER_NO, "no");
	expect_answer(host, "unrestricted-guest", ANSWER_YES, "yes");
	expect_answer(host, "ept-walk", ANSWER_YES, "4");
	expect_answer(host, "ept-pages", ANSWER_YES, "4 KiB, 2 MiB");
	expect_answer(host, "phys-bits", ANSWER_YES, "39");
	expect_answer(host, "guest-phys-bits", ANSWER_YES, "39 bits");
	expect_answer(host, "cr3-targets", ANSWER_YES, "4");
	expect_answer(host, "npt", ANSWER_NO, "no");
	/* No register of the file tells: unknown, never no. */
	expect_answer(host, "exit-load-efer", ANSWER_UNKNOWN, NULL);
	expect_answer(host, "vmcs-size", ANSWER_UNKNOWN, NULL);
	expect_answer(host, "kvm-api", ANSWER_UNKNOWN, NULL);
	expect_answer(host, "iommu", ANSWER_UNKNOWN, NULL);
	/* No tertiary controls: their word does not exist. */
	expect_answer(host, "tertiary", ANSWER_YES, "none");
	expect_answer(host, "ipi-virt", ANSWER_NO, "no");
	diagram_values_of(&values, host);
	assert_string_equal(values.linear, "48 bits");
	assert_string_equal(values.host_physical, "39 bits");
	assert_string_equal(values.second_level, "EPT, 4 levels");
	host_free(host);
}

static void vmcs_fields_follow_their_controls(void **state)
{
	struct host *host = parse_string(vmx_machine);

	(void)state;
	assert_int_equal(vmcs_field_answer(host, vmcs_field_find("guest_rip")),
			 ANSWER_YES);
	assert_int_equal(
		vmcs_field_answer(host, vmcs_field_find("ept_pointer")),
		ANSWER_YES);
	assert_int_equal(vmcs_field_answer(host, vmcs_field_find("0x0000")),
			 ANSWER_NO);
	assert_int_equal(
		vmcs_field_answer(host, vmcs_field_find("cr3_target_value_3")),
		ANSWER_YES);
	assert_int_equal(
		vmcs_field_answer(host,
				  vmcs_field_find("pid_pointer_table_address")),
		ANSWER_NO);
	assert_int_equal(
		vmcs_field_answer(host, vmcs_field_find("host_ia32_efer")),
		ANSWER_UNKNOWN);
	host_free(host);
}

/*
 * A machine that shows VMX and an unnamed hypervisor and tells nothing else,
 * not even whose it is: nothing may be denied.
 */
static void silence_is_unknown(void **state)
{
	struct host *host = parse_string(
		"virtinfo : 1\n\ncpus : 0\n"
		"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n"
		"cpuid 0x00000001.0x0 : 0x000506e3 0x00000800 0x80000020 0xbfebfbff\n");
	size_t i;

	(void)state;
	host->groups[0]->sample.leaf_status[VI_L0] = VI_ABSENT;
	for (i = 0; i < ARRAY_SIZE(evidence_keys); i++) {
		struct evidence evidence = evidence_of(host, evidence_keys[i]);

		if (evidence.answer == ANSWER_NO)
			fail_msg("%s says no: %s", evidence.key, evidence.text);
		assert_true(*evidence.text);
	}
	host_free(host);
}

static void groups_that_differ_are_told_apart(void **state)
{
	struct host *host = parse_string(
		"virtinfo : 1\n\ncpus : 0-1\n"
		"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n"
		"cpuid 0x00000001.0x0 : 0x000506e3 0x00000800 0x00000020 0x00000000\n"
		"\ncpus : 2\n"
		"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n"
		"cpuid 0x00000001.0x0 : 0x000506e3 0x00000800 0x00000000 0x00000000\n");

	(void)state;
	expect_answer(host, "cpuid-vmx", ANSWER_NO, "CPUs 0-1: yes; CPU 2: no");
	host_free(host);
}

typedef int explainer(struct out *out, const struct explain_machine *machine,
		      const struct explained *list, size_t count);

static char *list_text(const struct host *host, explainer *write,
		       const struct explained *list, size_t count)
{
	struct explain_machine machine = { .host = host };
	struct verdict *verdict = verdict_of(host, NULL);
	struct out out = { .width = 80, .terminal = true };
	char *text = NULL;
	size_t size;

	assert_non_null(verdict);
	machine.verdict = verdict;
	machine.hypervisor = &verdict->hypervisor;
	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	assert_int_equal(write(&out, &machine, list, count), 0);
	fclose(out.file);
	verdict_free(verdict);
	return text;
}

static char *explained_text(const struct host *host, explainer *write)
{
	struct explained *list = NULL;
	size_t count = 0;
	char *text;

	assert_int_equal(explain_resolve_all(&list, &count), 0);
	text = list_text(host, write, list, count);
	free(list);
	return text;
}

/* Every topic, of a machine, as text in ASCII and as JSON. */
static void every_topic_is_written(void **state)
{
	struct host *host = parse_string(vmx_machine);
	const char *p;
	char *text;

	(void)state;
	text = explained_text(host, explain_text);
	assert_non_null(strstr(text, "Popek and Goldberg"));
	assert_non_null(strstr(text, "hardware-ready"));
	assert_non_null(strstr(text, "On the machine of f"));
	assert_non_null(strstr(text, "0x6802"));
	for (p = text; *p; p++)
		if ((unsigned char)*p >= 0x7f)
			fail_msg("not ASCII: %.40s", p);
	free(text);
	text = explained_text(host, explain_json);
	assert_non_null(strstr(text, "\"virtinfo.explain/1\""));
	free(text);
	host_free(host);
}

static void add(struct explained **list, size_t *count, const char *name)
{
	if (explain_resolve(list, count, name) < 1)
		fail_msg("%s is not found", name);
}

static void assert_narrow(char *text)
{
	char *line;

	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (strlen(line) > 80)
			fail_msg("%zu columns: %s", strlen(line), line);
}

static int list_of_topics(struct out *out,
			  const struct explain_machine *machine,
			  const struct explained *list, size_t count)
{
	(void)machine;
	(void)list;
	(void)count;
	return explain_text_list(out);
}

/* Whatever can be explained, on a terminal of 80 columns. */
static void nothing_is_wider_than_the_terminal(void **state)
{
	struct host *host = parse_string(vmx_machine);
	struct explained *list = NULL;
	char name[64], code[EXIT_CODE_SIZE];
	enum register_id reg;
	enum field_id field;
	enum reason reason;
	size_t i, count = 0;
	char *text;

	(void)state;
	assert_int_equal(explain_resolve_all(&list, &count), 0);
	for (reason = 0; reason < NR_REASONS; reason++)
		add(&list, &count, reason_info(reason)->name);
	for (i = 0; i < exit_reason_count; i++) {
		snprintf(name, sizeof(name), "%s:%s",
			 exit_reasons[i].vendor == EXIT_INTEL ? "intel" : "amd",
			 exit_code_text(code, &exit_reasons[i]));
		add(&list, &count, name);
	}
	for (i = 0; i < vmcs_field_count; i++) {
		snprintf(name, sizeof(name), "0x%04x", vmcs_fields[i].encoding);
		add(&list, &count, name);
	}
	for (reg = 0; reg < NR_REGISTERS; reg++)
		add(&list, &count, register_info(reg)->name);
	for (field = 0; field < NR_FIELDS; field++)
		add(&list, &count, field_info(field)->name);
	text = list_text(host, explain_text, list, count);
	assert_narrow(text);
	free(text);
	text = list_text(host, list_of_topics, NULL, 0);
	assert_narrow(text);
	free(text);
	free(list);
	host_free(host);
}

static void every_table_row_resolves(void **state)
{
	struct explained *list = NULL;
	char name[64], code[EXIT_CODE_SIZE];
	size_t i, count = 0;

	(void)state;
	for (i = 0; i < exit_reason_count; i++) {
		snprintf(name, sizeof(name), "%s:%s",
			 exit_reasons[i].vendor == EXIT_INTEL ? "intel" : "amd",
			 exit_code_text(code, &exit_reasons[i]));
		if (explain_resolve(&list, &count, name) != 1 ||
		    list[count - 1].exit != &exit_reasons[i])
			fail_msg("%s is not found", name);
	}
	for (i = 0; i < vmcs_field_count; i++) {
		snprintf(name, sizeof(name), "0x%04x", vmcs_fields[i].encoding);
		assert_ptr_equal(vmcs_field_find(name), &vmcs_fields[i]);
	}
	assert_int_equal(explain_resolve(&list, &count, "IA32_VMX_BASIC"), 1);
	assert_int_equal(explain_resolve(&list, &count, "enable_ept"), 1);
	assert_true(explain_resolve(&list, &count, "load_ia32_pat") > 1);
	assert_int_equal(explain_resolve(&list, &count, "no such thing"), 0);
	/* As reports write a field, and a leaf as people do. */
	assert_int_equal(
		explain_resolve(&list, &count, "IA32_VMX_BASIC.vmcs_size"), 1);
	assert_int_equal(list[count - 1].field, FIELD_IA32_VMX_BASIC_vmcs_size);
	assert_int_equal(explain_resolve(&list, &count, "0x8000000A"), 4);
	assert_int_equal(list[count - 1].reg, REG_CPUID_L8000000A_EDX);
	assert_int_equal(explain_resolve(&list, &count, "0x00000012:n:eax"), 8);
	free(list);
}

/* The numbers of exits, as each vendor's manual writes them. */
static void bare_numbers_are_exits(void **state)
{
	static const struct {
		const char *name;
		const char *exit;
	} cases[] = {
		{ "48", "ept_violation" },
		{ "0", "exception_or_nmi" },
		{ "0x400", "vmexit_npf" },
		{ "0x7b", "vmexit_ioio" },
	};
	struct explained *list = NULL;
	size_t i, count = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(explain_resolve(&list, &count, cases[i].name),
				 1);
		assert_int_equal(list[count - 1].kind, EXPLAINED_EXIT);
		assert_string_equal(list[count - 1].exit->name, cases[i].exit);
	}
	/* A register's address first. */
	assert_int_equal(explain_resolve(&list, &count, "0x48b"), 1);
	assert_int_equal(list[count - 1].kind, EXPLAINED_REGISTER);
	assert_int_equal(explain_resolve(&list, &count, "4x"), 0);
	assert_int_equal(explain_resolve(&list, &count, "48 "), 0);
	assert_int_equal(explain_resolve(&list, &count, "9999"), 0);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_is_what_the_registers_say),
		cmocka_unit_test(vmcs_fields_follow_their_controls),
		cmocka_unit_test(silence_is_unknown),
		cmocka_unit_test(groups_that_differ_are_told_apart),
		cmocka_unit_test(every_topic_is_written),
		cmocka_unit_test(nothing_is_wider_than_the_terminal),
		cmocka_unit_test(every_table_row_resolves),
		cmocka_unit_test(bare_numbers_are_exits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
