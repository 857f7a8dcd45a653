// SPDX-License-Identifier: GPL-2.0-only
/*
 * The CPU that every one of some hosts can run: laws over made-up machines, and
 * what is printed of it. Whether the engines take it is asked by
 * tests/baseline/engines.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/release.h"
#include "group.h"
#include "kvm_offer.h"
#include "migrate/baseline_plan.h"
#include "migrate/compare.h"

#define HOSTS 3
#define RUNS  500

struct made {
	struct host *hosts[HOSTS];
	struct side sides[HOSTS];
	const struct side *list[HOSTS];
};

static u32 random_bits(unsigned int *seed)
{
	return (u32)rand_r(seed) ^ (u32)rand_r(seed) << 16;
}

static void offer_leaf(struct kvm_caps *caps, u32 leaf, u32 subleaf,
		       const u32 reg[4])
{
	add_leaf(caps, KVM_CPUID_SUPPORTED, leaf, subleaf, reg[VI_EAX],
		 reg[VI_EBX], reg[VI_ECX], reg[VI_EDX]);
}

/* Most bits are on, some are off, each host's own ones. */
static struct host *random_host(unsigned int *seed, const char *name)
{
	static const u32 vendor[4] = { 0x24, 0x756e6547, 0x6c65746e,
				       0x49656e69 };
	static const u32 kvm[4] = { 0x40000001, 0x4b4d564b, 0x564b4d56, 0x4d };
	u32 features[4] = { 0 };
	struct host *host = host_new(HOST_CAPTURE, name);
	struct kvm_caps *caps;
	size_t i, reg;

	assert_non_null(host);
	/* Hosts of which all is alike are taken for one. */
	assert_int_equal(facts_format(host->facts, "name", "%s", name), 0);
	caps = &host->system.kvm;
	caps->known = true;
	caps->msr_error = 0;
	offer_leaf(caps, 0, 0, vendor);
	offer_leaf(caps, 0x40000000, 0, kvm);
	features[VI_EAX] = random_bits(seed);
	offer_leaf(caps, 0x40000001, 0, features);
	for (i = 0; i < VI_NR_LEAVES; i++) {
		u32 value[4];

		for (reg = 0; reg < 4; reg++)
			value[reg] = random_bits(seed) | random_bits(seed) |
				     random_bits(seed);
		if (vi_leaves[i].leaf == 0x80000000)
			value[VI_EAX] = 0x80000025;
		if (vi_leaves[i].leaf)
			offer_leaf(caps, vi_leaves[i].leaf,
				   vi_leaves[i].subleaf, value);
	}
	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER))
			add_msr(caps, vi_msrs[i].address,
				(u64)(random_bits(seed) | random_bits(seed))
						<< 32 |
					(random_bits(seed) &
					 random_bits(seed)));
	return host;
}

static void make(struct made *made, unsigned int seed)
{
	static const char *const names[HOSTS] = { "a", "b", "c" };
	size_t i;

	for (i = 0; i < HOSTS; i++) {
		made->hosts[i] = random_host(&seed, names[i]);
		assert_int_equal(side_of(&made->sides[i], made->hosts[i]), 0);
		made->list[i] = &made->sides[i];
	}
}

static void drop(struct made *made)
{
	size_t i;

	for (i = 0; i < HOSTS; i++) {
		side_free(&made->sides[i]);
		host_free(made->hosts[i]);
	}
}

static void assert_safe(const struct side *baseline, const struct side *member,
			unsigned int seed)
{
	struct migration migration = { .list = NULL };
	size_t i;

	assert_int_equal(migration_judge(&migration, baseline, member), 0);
	for (i = 0; i < migration.count; i++)
		if (migration.list[i].answer != MIGRATION_SAFE &&
		    migration.list[i].reg != NR_REGISTERS)
			fail_msg("seed %u: %s: %s, %s", seed,
				 register_info(migration.list[i].reg)->name,
				 migration.list[i].from, migration.list[i].to);
	migration_free(&migration);
}

static void is_safe_to_each_member(void **state)
{
	unsigned int seed;

	(void)state;
	for (seed = 1; seed <= RUNS; seed++) {
		struct side baseline;
		struct made made;
		size_t i;

		make(&made, seed);
		assert_int_equal(baseline_of(&baseline, made.list, HOSTS), 0);
		for (i = 0; i < HOSTS; i++)
			assert_safe(&baseline, made.list[i], seed);
		side_free(&baseline);
		drop(&made);
	}
}

/* Of one host it is what the host offers, VMX and all. */
static void of_one_host_is_that_host(void **state)
{
	struct cpu_set offers, has, unknown;
	struct side baseline;
	struct made made;

	(void)state;
	make(&made, 7);
	assert_int_equal(baseline_of(&baseline, made.list, 1), 0);
	cpu_set_of(&offers, &unknown, made.list[0]);
	cpu_set_of(&has, &unknown, &baseline);
	assert_memory_equal(&offers, &has, sizeof(has));
	side_free(&baseline);
	drop(&made);
}

static const struct cpu_feature *feature_named(const char *name)
{
	size_t i;

	for (i = 0; i < NR_CPU_FEATURES; i++)
		if (cpu_features[i].use != FEATURE_SHARED &&
		    !strcmp(cpu_features[i].called[NAMES_QEMU].name, name))
			return &cpu_features[i];
	fail_msg("no feature '%s'", name);
	return NULL;
}

static bool has(const struct cpu_set *set, const struct cpu_feature *feature)
{
	return set->word[feature->word] & cpu_feature_bit(feature);
}

static const struct cpu_model *model_named(const char *name)
{
	const struct cpu_model *model;
	size_t i;

	for (i = 0; (model = cpu_model_at(i)); i++)
		if (!strcmp(model->called[MODELS_QEMU].name, name))
			return model;
	fail_msg("no model '%s'", name);
	return NULL;
}

/* The model with the switches is the plan's set, no more and no less. */
static void the_switches_make_the_set(void **state)
{
	const struct baseline_naming naming = { NAMES_QEMU, MODELS_QEMU,
						"QEMU" };
	unsigned int seed;

	(void)state;
	for (seed = 1; seed <= RUNS / 10; seed++) {
		struct baseline_plan plan;
		struct cpu_set made_set;
		struct side baseline;
		struct made made;
		size_t i;

		make(&made, seed);
		assert_int_equal(baseline_of(&baseline, made.list, HOSTS), 0);
		assert_int_equal(baseline_plan_make(&plan, &baseline, made.list,
						    HOSTS, &naming, 0),
				 0);
		made_set = model_named(plan.model)->set;
		cpu_set_visible(&made_set, &plan.set);
		for (i = 0; i < plan.nr_switches; i++) {
			const struct cpu_feature *feature =
				feature_named(plan.switches[i].name);
			u64 *word = &made_set.word[feature->word];

			*word &= ~cpu_feature_bit(feature);
			if (plan.switches[i].on)
				*word |= cpu_feature_bit(feature);
		}
		for (i = 0; i < NR_CPU_FEATURES; i++)
			if (cpu_features[i].use != FEATURE_LEFT &&
			    cpu_features[i].use != FEATURE_SHARED &&
			    has(&made_set, &cpu_features[i]) !=
				    has(&plan.set, &cpu_features[i]))
				fail_msg("seed %u: %s", seed,
					 cpu_features[i]
						 .called[NAMES_QEMU]
						 .name);
		baseline_plan_free(&plan);
		side_free(&baseline);
		drop(&made);
	}
}

/* QEMU: "phys-bits is not user-configurable in 32 bit". */
static void only_long_mode_has_a_width(void **state)
{
	const struct baseline_naming naming = { NAMES_QEMU, MODELS_QEMU,
						"QEMU" };
	unsigned int seed, long_mode = 0, legacy = 0;

	(void)state;
	for (seed = 1; seed <= RUNS / 10; seed++) {
		struct baseline_plan plan;
		struct side baseline;
		struct made made;

		make(&made, seed);
		assert_int_equal(baseline_of(&baseline, made.list, HOSTS), 0);
		assert_int_equal(baseline_plan_make(&plan, &baseline, made.list,
						    HOSTS, &naming, 0),
				 0);
		if (has(&plan.set, feature_named("lm"))) {
			assert_int_not_equal(plan.phys_bits, 0);
			long_mode++;
		} else {
			assert_int_equal(plan.phys_bits, 0);
			legacy++;
		}
		baseline_plan_free(&plan);
		side_free(&baseline);
		drop(&made);
	}
	assert_true(long_mode && legacy);
}

static char *machine_note(struct made *made, int release)
{
	struct baseline_plan plan = { .notes = NULL };
	char *note;

	assert_int_equal(
		baseline_note_machine(&plan, made->list, HOSTS, release), 0);
	assert_true(plan.nr_notes <= 1);
	note = plan.nr_notes ? strdup(plan.notes[0]) : NULL;
	baseline_plan_free(&plan);
	return note;
}

static void add_qemu(struct made *made, size_t at, int version)
{
	static const char name[] = "qemu-system-x86_64";
	struct program *qemu =
		named_make(&made->hosts[at]->system.programs, sizeof(*qemu),
			   (struct fact_name){ name, strlen(name) });

	assert_non_null(qemu);
	qemu->version = version;
}

/* The oldest QEMU decides, of the hosts and of what was asked for. */
static void the_machine_type_is_of_the_oldest(void **state)
{
	struct made made;
	char *note;

	(void)state;
	make(&made, 3);
	assert_null(machine_note(&made, 0));
	note = machine_note(&made, KERNEL_RELEASE(10, 0));
	assert_string_equal(
		note,
		"machine type: pc-q35-10.0 or an older one; the QEMU of 3 is not known");
	free(note);
	add_qemu(&made, 0, PROGRAM_VERSION(9, 2, 1));
	add_qemu(&made, 1, PROGRAM_VERSION(7, 2, 17));
	add_qemu(&made, 2, PROGRAM_VERSION(11, 1, 0));
	note = machine_note(&made, 0);
	assert_non_null(
		strstr(note, "pc-q35-7.2 or an older one, for the QEMU"));
	assert_non_null(strstr(note, made.hosts[1]->name));
	free(note);
	note = machine_note(&made, KERNEL_RELEASE(6, 1));
	assert_string_equal(note, "machine type: pc-q35-6.1 or an older one");
	free(note);
	drop(&made);
}

static void names_came_with_versions(void **state)
{
	const struct cpu_feature *ept = feature_named("vmx-ept");

	(void)state;
	assert_null(cpu_feature_name(ept, NAMES_LIBVIRT, KERNEL_RELEASE(9, 0)));
	assert_string_equal(
		cpu_feature_name(ept, NAMES_LIBVIRT, KERNEL_RELEASE(9, 10)),
		"vmx-ept");
	assert_string_equal(
		cpu_feature_name(feature_named("pclmulqdq"), NAMES_LIBVIRT, 0),
		"pclmuldq");
	assert_null(cpu_model_name(model_named("SapphireRapids-v1"),
				   MODELS_QEMU, KERNEL_RELEASE(7, 2)));
}

static void words_name_engines(void **state)
{
	struct baseline_target target;

	(void)state;
	assert_true(baseline_target_parse(&target, "qemu"));
	assert_int_equal(target.engine, BASELINE_QEMU);
	assert_int_equal(target.version, 0);
	assert_true(baseline_target_parse(&target, "libvirt:9.0"));
	assert_int_equal(target.engine, BASELINE_LIBVIRT);
	assert_int_equal(target.version, KERNEL_RELEASE(9, 0));
	assert_false(baseline_target_parse(&target, "libvirt:"));
	assert_false(baseline_target_parse(&target, "libvirt:new"));
	assert_false(baseline_target_parse(&target, "libvirt:9"));
	assert_false(baseline_target_parse(&target, "libvirt:9.0x"));
	assert_false(baseline_target_parse(&target, "libvirt:6.9"));
	assert_false(baseline_target_parse(&target, "lib"));
	assert_false(baseline_target_parse(&target, ""));
}

static char *printed_comment(enum comment_syntax syntax, const char *text)
{
	char *memory = NULL;
	size_t size;
	struct out out = { .file = open_memstream(&memory, &size) };

	assert_non_null(out.file);
	assert_int_equal(out_comment(&out, syntax, text), 0);
	fclose(out.file);
	return memory;
}

static void no_text_ends_a_comment(void **state)
{
	char *text;

	(void)state;
	text = printed_comment(COMMENT_XML, "x --> <evil/> -");
	assert_string_equal(text, "<!-- x ~-> <evil/> ~ -->\n");
	free(text);
	text = printed_comment(COMMENT_HASH, "x\nevil: 1");
	assert_string_equal(text, "# x\\x0aevil: 1\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_safe_to_each_member),
		cmocka_unit_test(of_one_host_is_that_host),
		cmocka_unit_test(the_switches_make_the_set),
		cmocka_unit_test(only_long_mode_has_a_width),
		cmocka_unit_test(the_machine_type_is_of_the_oldest),
		cmocka_unit_test(names_came_with_versions),
		cmocka_unit_test(words_name_engines),
		cmocka_unit_test(no_text_ends_a_comment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
