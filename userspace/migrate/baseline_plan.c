// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/baseline_plan.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

int baseline_plan_note(struct baseline_plan *plan, const char *format, ...)
{
	va_list arguments;
	char *note;
	int length;

	if (ARRAY_GROW(plan->notes, plan->nr_notes, plan->notes_capacity))
		return -1;
	va_start(arguments, format);
	length = vasprintf(&note, format, arguments);
	va_end(arguments);
	if (length < 0)
		return -1;
	plan->notes[plan->nr_notes++] = note;
	return 0;
}

int baseline_plan_comments(struct out *out, const struct baseline_plan *plan,
			   enum comment_syntax syntax)
{
	size_t i;

	for (i = 0; i < plan->nr_notes; i++)
		if (out_comment(out, syntax, plan->notes[i]))
			return -1;
	return 0;
}

static const char *name_of(const struct side *side)
{
	return side->host ? side->host->name : "a host";
}

static bool has_nested(const struct cpu_set *set)
{
	return cpu_set_has(set, WORD_CPUID_L1_ECX, FIELD_CPUID_L1_ECX_vmx) ||
	       cpu_set_has(set, WORD_CPUID_L80000001_ECX,
			   FIELD_CPUID_L80000001_ECX_svm);
}

static bool offers_nested(const struct side *side)
{
	struct cpu_set set, unknown;

	cpu_set_of(&set, &unknown, side);
	return has_nested(&set);
}

/* Only KVM's own words say which of the processor's VMX and SVM it offers. */
static bool nested_known(const struct side *side, const struct cpu_set *set)
{
	if (cpu_set_has(set, WORD_CPUID_L1_ECX, FIELD_CPUID_L1_ECX_vmx))
		return side->msrs_from_kvm;
	return side->cpuid_from_kvm;
}

static int note_nested(struct baseline_plan *plan,
		       const struct side *const *sides, size_t count)
{
	size_t i;

	if (has_nested(&plan->set))
		return 0;
	for (i = 0; i < count; i++)
		if (!offers_nested(sides[i]))
			return 0;
	return baseline_plan_note(
		plan,
		"vmx and svm are off: every host has nested virtualization, but it cannot be made alike or is not known well enough");
}

static int note_sources(struct baseline_plan *plan,
			const struct side *const *sides, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!sides[i]->cpuid_from_kvm &&
		    baseline_plan_note(
			    plan,
			    "%s: what KVM offers there is not known; of its processor is taken what Linux's KVM passes on",
			    name_of(sides[i])))
			return -1;
	return 0;
}

/* Registers of which a host that lacks them and one that hides them look alike. */
static int note_unknown(struct baseline_plan *plan,
			const struct cpu_set *unknown)
{
	char list[512] = "";
	size_t length = 0;
	enum cpu_word word;

	for (word = 0; word < NR_CPU_WORDS; word++) {
		const char *name = register_info(cpu_word_register(word))->name;

		if (!unknown->word[word] ||
		    length + strlen(name) + sizeof(", ") > sizeof(list))
			continue;
		length += (size_t)snprintf(list + length, sizeof(list) - length,
					   "%s%s", length ? ", " : "", name);
	}
	if (!length)
		return 0;
	return baseline_plan_note(plan, "not known of every host, and off: %s",
				  list);
}

/* What every side offers; of an RSBA bit too, which the baseline has if one does. */
static void offered_by_all(struct baseline_plan *plan, struct cpu_set *unknown,
			   const struct side *const *sides, size_t count)
{
	size_t i;

	cpu_set_of(&plan->set, unknown, plan->baseline);
	for (i = 0; i < count; i++) {
		struct cpu_set one, one_unknown;
		enum cpu_word word;

		cpu_set_of(&one, &one_unknown, sides[i]);
		for (word = 0; word < NR_CPU_WORDS; word++)
			plan->set.word[word] &= one.word[word];
	}
}

/* Where the makers differ, no maker's model is any better than another. */
static enum cpu_vendor vendor_of_all(const struct side *const *sides,
				     size_t count)
{
	enum cpu_vendor vendor = cpu_vendor_of(sides[0]->offer);
	size_t i;

	for (i = 1; i < count; i++)
		if (cpu_vendor_of(sides[i]->offer) != vendor)
			return CPU_VENDOR_ANY;
	return vendor;
}

static bool has(const struct cpu_set *set, const struct cpu_feature *feature)
{
	return set->word[feature->word] & cpu_feature_bit(feature);
}

static bool is_said(const struct cpu_feature *feature, bool on, bool of_model,
		    enum cpu_names names)
{
	switch (feature->use) {
	case FEATURE_LEFT:
	case FEATURE_SHARED:
		return false;
	case FEATURE_SAY:
		return true;
	case FEATURE_SAY_LIBVIRT:
		return names == NAMES_LIBVIRT || on != of_model;
	case FEATURE_VARIES:
		return (names == NAMES_LIBVIRT && on) || on != of_model;
	default:
		return on != of_model;
	}
}

static int add_switch(struct baseline_plan *plan, const char *name, bool on)
{
	if (ARRAY_GROW(plan->switches, plan->nr_switches,
		       plan->switches_capacity))
		return -1;
	plan->switches[plan->nr_switches++] =
		(struct baseline_switch){ name, on };
	return 0;
}

/* What has no name in this version cannot be switched on. */
static void drop_unnamed(struct cpu_set *set, const struct cpu_set *of_model,
			 enum cpu_names names, int version,
			 struct cpu_set *dropped)
{
	size_t i;

	*dropped = (struct cpu_set){ { 0 } };
	for (i = 0; i < NR_CPU_FEATURES; i++) {
		const struct cpu_feature *feature = &cpu_features[i];
		bool can = feature->use != FEATURE_MODEL &&
			   cpu_feature_name(feature, names, version);

		if (feature->use == FEATURE_LEFT || can ||
		    has(of_model, feature) || !has(set, feature))
			continue;
		set->word[feature->word] &= ~cpu_feature_bit(feature);
		dropped->word[feature->word] |= cpu_feature_bit(feature);
	}
}

static int note_dropped(struct baseline_plan *plan,
			const struct cpu_set *dropped, const char *program)
{
	char list[1024] = "";
	size_t length = 0, i;

	for (i = 0; i < NR_CPU_FEATURES; i++) {
		const char *name = cpu_features[i].called[NAMES_QEMU].name;

		if (!has(dropped, &cpu_features[i]) ||
		    cpu_features[i].use == FEATURE_SHARED ||
		    cpu_features[i].use == FEATURE_MODEL ||
		    length + strlen(name) + sizeof(", ") > sizeof(list))
			continue;
		length += (size_t)snprintf(list + length, sizeof(list) - length,
					   "%s%s", length ? ", " : "", name);
	}
	if (!length)
		return 0;
	if (plan->version)
		return baseline_plan_note(
			plan,
			"offered by all, without a name in %s %d.%d, and off: %s",
			program, plan->version / 1000, plan->version % 1000,
			list);
	return baseline_plan_note(
		plan, "offered by all, without a name in %s, and off: %s",
		program, list);
}

static int choose(struct baseline_plan *plan, enum cpu_vendor vendor,
		  const struct baseline_naming *naming)
{
	struct cpu_set excess, of_model, dropped;
	const struct cpu_model *model =
		cpu_model_nearest(&plan->set, vendor, naming->models,
				  naming->names, plan->version);
	size_t i;

	if (!model)
		return 0;
	plan->model = cpu_model_name(model, naming->models, plan->version);
	if (has_nested(&plan->set) &&
	    !cpu_model_excess(model, &plan->set, naming->names, plan->version,
			      &excess)) {
		cpu_set_strip_nested(&plan->set);
		if (baseline_plan_note(
			    plan,
			    "vmx and svm are off: %s has no names for features of %s that not every host has",
			    naming->program, plan->model))
			return -1;
	}
	drop_unnamed(&plan->set, &model->set, naming->names, plan->version,
		     &dropped);
	cpu_set_close(&plan->set);
	if (note_dropped(plan, &dropped, naming->program))
		return -1;
	of_model = model->set;
	cpu_set_visible(&of_model, &plan->set);
	for (i = 0; i < NR_CPU_FEATURES; i++) {
		const struct cpu_feature *feature = &cpu_features[i];
		const char *name =
			cpu_feature_name(feature, naming->names, plan->version);
		bool on = has(&plan->set, feature);

		if (name &&
		    is_said(feature, on, has(&of_model, feature),
			    naming->names) &&
		    add_switch(plan, name, on))
			return -1;
	}
	return 0;
}

int baseline_plan_make(struct baseline_plan *plan, const struct side *baseline,
		       const struct side *const *sides, size_t count,
		       const struct baseline_naming *naming, int version)
{
	struct field_value bits = field_value(
		baseline->offer, FIELD_CPUID_L80000008_EAX_phys_addr_size);
	struct cpu_set unknown;

	*plan = (struct baseline_plan){ .baseline = baseline,
					.version = version };
	offered_by_all(plan, &unknown, sides, count);
	if (has_nested(&plan->set) && !nested_known(baseline, &plan->set))
		cpu_set_strip_nested(&plan->set);
	cpu_set_close(&plan->set);
	if (baseline_note_obstacles(plan, sides, count) ||
	    note_nested(plan, sides, count) ||
	    note_sources(plan, sides, count) || note_unknown(plan, &unknown) ||
	    choose(plan, vendor_of_all(sides, count), naming))
		return -1;
	/* Of a guest without long mode QEMU chooses it. */
	if (bits.known && cpu_set_has(&plan->set, WORD_CPUID_L80000001_EDX,
				      FIELD_CPUID_L80000001_EDX_lm))
		plan->phys_bits = (unsigned int)bits.number;
	return 0;
}

void baseline_plan_free(struct baseline_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_notes; i++)
		free(plan->notes[i]);
	free(plan->notes);
	free(plan->switches);
	*plan = (struct baseline_plan){ .notes = NULL };
}
