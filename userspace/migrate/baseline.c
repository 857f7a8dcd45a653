// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/release.h"
#include "migrate/baseline_plan.h"
#include "migrate/compare.h"

/* The oldest versions that tables/cpu_features.def was made from. */
static const struct {
	const char *program;
	int oldest;
} versions[] = {
	[OF_QEMU] = { "QEMU", KERNEL_RELEASE(5, 2) },
	[OF_LIBVIRT] = { "libvirt", KERNEL_RELEASE(7, 0) },
	/* docs/cpu_templates came with 1.4. */
	[OF_FIRECRACKER] = { "Firecracker", KERNEL_RELEASE(1, 4) },
};

static const struct {
	const char *name;
	const char *title;
	enum engine_versions versions;
} engines[] = {
#define ENGINE(id, word, what, of) [BASELINE_##id] = { word, what, of },
#include "tables/baseline_engines.def"
};

static const struct {
	struct baseline_naming naming;
	int (*print)(struct out *out, const struct baseline_plan *plan);
	bool no_comments;
	bool of_host; /* it runs the QEMU of the host */
} writers[] = {
	[BASELINE_QEMU] = { .naming = { NAMES_QEMU, MODELS_QEMU, "QEMU" },
			    .print = baseline_qemu,
			    .of_host = true },
	[BASELINE_LIBVIRT] = { .naming = { NAMES_LIBVIRT, MODELS_LIBVIRT,
					   "libvirt" },
			       .print = baseline_libvirt,
			       .of_host = true },
	[BASELINE_PROXMOX] = { .naming = { NAMES_QEMU, MODELS_PROXMOX, "QEMU" },
			       .print = baseline_proxmox,
			       .of_host = true },
	[BASELINE_KUBEVIRT] = { .naming = { NAMES_LIBVIRT, MODELS_LIBVIRT,
					    "libvirt" },
				.print = baseline_kubevirt },
	[BASELINE_NOVA] = { .naming = { NAMES_LIBVIRT, MODELS_LIBVIRT,
					"libvirt" },
			    .print = baseline_nova,
			    .of_host = true },
	[BASELINE_FIRECRACKER] = { .print = baseline_firecracker,
				   .no_comments = true },
};

static_assert(ARRAY_SIZE(writers) == NR_BASELINE_ENGINES,
	      "each engine has a writer");

const struct engine_info *baseline_engine_info(enum baseline_engine engine)
{
	static struct engine_info infos[NR_BASELINE_ENGINES];
	enum engine_versions of = engines[engine].versions;

	infos[engine] = (struct engine_info){ engines[engine].name,
					      engines[engine].title,
					      versions[of].program,
					      versions[of].oldest };
	return &infos[engine];
}

bool baseline_target_parse(struct baseline_target *target, const char *word)
{
	size_t length = strcspn(word, ":");
	const char *version = word + length;
	enum baseline_engine engine;

	for (engine = 0; engine < NR_BASELINE_ENGINES; engine++)
		if (strlen(engines[engine].name) == length &&
		    !memcmp(engines[engine].name, word, length))
			break;
	if (engine == NR_BASELINE_ENGINES)
		return false;
	*target = (struct baseline_target){ .engine = engine };
	if (!*version)
		return true;
	version++;
	if (strspn(version, "0123456789.") != strlen(version))
		return false;
	target->version = kernel_release_parse(version);
	return target->version >= versions[engines[engine].versions].oldest;
}

static void take_out_nested(struct side *side)
{
	struct vi_sample *sample = &side->offer->sample;
	u64 vmx = field_mask(field_info(FIELD_CPUID_L1_ECX_vmx));
	u64 svm = field_mask(field_info(FIELD_CPUID_L80000001_ECX_svm));
	size_t i;

	sample->leaf[VI_L1][VI_ECX] &= ~(u32)vmx;
	sample->leaf[VI_L80000001][VI_ECX] &= ~(u32)svm;
	if (sample->leaf_status[VI_L8000000A] == VI_READ) {
		memset(sample->leaf[VI_L8000000A], 0,
		       sizeof(sample->leaf[VI_L8000000A]));
		sample->leaf_status[VI_L8000000A] = VI_NOT_ATTEMPTED;
	}
	for (i = VI_IA32_VMX_BASIC; i <= VI_IA32_VMX_EXIT_CTLS2; i++) {
		sample->msr[i] = 0;
		sample->msr_status[i] = VI_NOT_ATTEMPTED;
	}
	compare_values(side, side->values);
}

int baseline_of(struct side *baseline, const struct side *const *sides,
		size_t count)
{
	enum migration_answer nested;

	if (baseline_whole(baseline, sides, count) ||
	    baseline_nested(&nested, baseline, sides, count))
		return -1;
	if (nested != MIGRATION_SAFE)
		take_out_nested(baseline);
	return 0;
}

static int plan_for(struct baseline_plan *plan, const struct side *baseline,
		    const struct side *const *sides, size_t count,
		    const struct baseline_target *target)
{
	bool of_qemu = engines[target->engine].versions == OF_QEMU;

	if (baseline_plan_make(plan, baseline, sides, count,
			       &writers[target->engine].naming,
			       target->version))
		return -1;
	if (!writers[target->engine].of_host)
		return 0;
	return baseline_note_machine(plan, sides, count,
				     of_qemu ? target->version : 0);
}

int baseline_print(struct out *out, const struct side *baseline,
		   const struct side *const *sides, size_t count,
		   const struct baseline_target *target)
{
	struct baseline_plan plan;
	int error = plan_for(&plan, baseline, sides, count, target);

	if (!error)
		error = writers[target->engine].print(out, &plan);
	baseline_plan_free(&plan);
	return error;
}

int baseline_print_apart(struct out *out, const struct side *baseline,
			 const struct side *const *sides, size_t count,
			 const struct baseline_target *target)
{
	struct baseline_plan plan;
	int error;

	if (!writers[target->engine].no_comments)
		return 0;
	error = plan_for(&plan, baseline, sides, count, target);
	if (!error)
		error = baseline_plan_comments(out, &plan, COMMENT_HASH);
	baseline_plan_free(&plan);
	return error;
}

static void json_plan(struct json *json, const struct baseline_plan *plan)
{
	size_t i;

	json_string(json, "model", plan->model);
	json_begin_array(json, "switches");
	for (i = 0; i < plan->nr_switches; i++) {
		json_begin_object(json, NULL);
		json_string(json, "name", plan->switches[i].name);
		json_boolean(json, "on", plan->switches[i].on);
		json_end(json);
	}
	json_end(json);
	json_known_uint(json, "phys_bits", plan->phys_bits != 0,
			plan->phys_bits);
	json_begin_array(json, "notes");
	for (i = 0; i < plan->nr_notes; i++)
		json_string(json, NULL, plan->notes[i]);
	json_end(json);
}

static void json_lines(struct json *json, char *text)
{
	char *line, *rest = text;

	json_begin_array(json, "lines");
	while ((line = strsep(&rest, "\n")))
		/* Behind the last one there is nothing. */
		if (rest || *line)
			json_string(json, NULL, line);
	json_end(json);
}

static int json_text(struct json *json, const struct baseline_plan *plan,
		     enum baseline_engine engine)
{
	struct out memory = { .width = 80 };
	char *text = NULL;
	size_t size;
	int error;

	memory.file = open_memstream(&text, &size);
	if (!memory.file)
		return -1;
	error = writers[engine].print(&memory, plan);
	if (fclose(memory.file))
		error = -1;
	if (!error)
		json_lines(json, text);
	free(text);
	return error;
}

int baseline_json(struct json *json, const struct side *baseline,
		  const struct side *const *sides, size_t count,
		  const struct baseline_target *target)
{
	struct baseline_plan plan;
	int error = plan_for(&plan, baseline, sides, count, target);

	if (!error) {
		json_string(json, "engine", engines[target->engine].name);
		if (target->version)
			json_format(json, "version", "%d.%d",
				    target->version / 1000,
				    target->version % 1000);
		else
			json_null(json, "version");
		json_plan(json, &plan);
		error = json_text(json, &plan, target->engine);
	}
	baseline_plan_free(&plan);
	return error;
}
