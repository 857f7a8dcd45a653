// SPDX-License-Identifier: GPL-2.0-only
#include "model/hypervisor_detection.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "summary.h"

const char *layer_certainty_name(enum layer_certainty certainty)
{
	static const char *const names[] = {
		[LAYER_CERTAIN] = "certain",
		[LAYER_LIKELY] = "likely",
		[LAYER_CANNOT_TELL] = "cannot tell",
		[LAYER_INTERFACE] = "interface",
	};

	return names[certainty];
}

struct hypervisor_layer *hypervisor_add_layer(struct hypervisor *hypervisor,
					      enum hypervisor_product product)
{
	struct hypervisor_layer *layer;

	if (hypervisor->count == HYPERVISOR_LAYERS)
		return NULL;
	layer = &hypervisor->layers[hypervisor->count++];
	layer->product = product;
	return layer;
}

/* A layer before all others, which become outer ones. The last may fall off. */
static struct hypervisor_layer *add_inner(struct hypervisor *hypervisor,
					  enum hypervisor_product product)
{
	struct hypervisor_layer *layers = hypervisor->layers;

	ARRAY_EACH(layer, layers, hypervisor->count)
		layer->outer = true;
	if (hypervisor->count < HYPERVISOR_LAYERS)
		hypervisor->count++;
	memmove(&layers[1], &layers[0],
		(hypervisor->count - 1) * sizeof(layers[0]));
	memset(&layers[0], 0, sizeof(layers[0]));
	layers[0].product = product;
	return &layers[0];
}

struct hypervisor_layer *hypervisor_layer_of(struct hypervisor *hypervisor,
					     enum hypervisor_product product)
{
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		if (layer->product == product && !layer->outer)
			return layer;
	return NULL;
}

struct hypervisor_layer *
hypervisor_signed_layer(struct hypervisor *hypervisor,
			enum hypervisor_product product)
{
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		if (layer->product == product && layer->leaf)
			return layer;
	return NULL;
}

/* The twelve bytes of three registers, in the order of the string. */
static void sign(char signature[SIGNATURE_SIZE], u32 first, u32 second,
		 u32 third)
{
	const u32 reg[3] = { first, second, third };
	char text[13] = "";

	memcpy(text, reg, sizeof(reg));
	safe_bytes(signature, SIGNATURE_SIZE, text, strlen(text));
}

void layer_say(struct hypervisor_layer *layer, const char *format, ...)
{
	char text[sizeof(layer->why)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	memcpy(layer->why, text, sizeof(text));
}

/* A range of leaves by its signature, which is safe to print. */
static void add_range(struct hypervisor *hypervisor,
		      enum hypervisor_product product, u32 leaf,
		      const char *signature, const char *note)
{
	bool named = product != HYPERVISOR_NONE;
	struct hypervisor_layer *layer = hypervisor_add_layer(
		hypervisor, named ? product : HYPERVISOR_UNNAMED);

	if (!layer)
		return;
	layer->certainty = named ? LAYER_CERTAIN : LAYER_CANNOT_TELL;
	layer->leaf = leaf;
	snprintf(layer->signature, sizeof(layer->signature), "%s", signature);
	layer_say_signature(layer, "%s%s", note ? "; " : "", note ? note : "");
}

static void add_leaf(struct hypervisor *hypervisor,
		     const struct vi_hv_leaf *leaf)
{
	char signature[SIGNATURE_SIZE];
	const char *note;
	enum hypervisor_product product =
		hypervisor_by_signature(PLACE_RANGE, leaf->reg, &note);

	sign(signature, leaf->reg[VI_EBX], leaf->reg[VI_ECX],
	     leaf->reg[VI_EDX]);
	add_range(hypervisor, product, leaf->leaf, signature, note);
}

/* The twelve bytes of leaf 0x40000000 as a tool has them. */
#define HYPERVISOR_ID "cpuid hypervisor_id"

/* It is not known how they end, in NULs or in blanks. */
static void add_words(struct detection *d)
{
	enum hypervisor_product product = HYPERVISOR_NONE;
	static const char fill[] = { '\0', ' ' };
	const char *text = facts_get(d->host->facts, HYPERVISOR_ID);
	const char *note = NULL;
	u32 reg[4] = { 0 };
	char bytes[12], signature[sizeof(bytes) + 1];

	for (size_t i = 0; i < sizeof(fill) && product == HYPERVISOR_NONE;
	     i++) {
		memset(bytes, fill[i], sizeof(bytes));
		memcpy(bytes, text, strnlen(text, sizeof(bytes)));
		memcpy(&reg[VI_EBX], bytes, sizeof(bytes));
		product = hypervisor_by_signature(PLACE_RANGE, reg, &note);
	}
	snprintf(signature, sizeof(signature), "%s", text);
	add_range(d->hypervisor, product, VI_HV_FIRST, signature, note);
}

/*
 * Names in the basic leaves: the TDX module answers leaf 0x21 of its guests,
 * emulators have a vendor string of their own.
 */
static void add_basic(struct detection *d, enum signature_place place,
		      enum vi_leaf leaf, u32 number)
{
	const u32 *in = d->group->sample.leaf[leaf];
	struct hypervisor_layer *layer;
	enum hypervisor_product product;
	const char *note;

	if (d->group->sample.leaf_status[leaf] != VI_READ)
		return;
	product = hypervisor_by_signature(place, in, &note);
	if (product == HYPERVISOR_NONE)
		return;
	layer = hypervisor_add_layer(d->hypervisor, product);
	if (!layer)
		return;
	layer->leaf = number;
	/* The strings of these leaves run EBX, EDX, ECX. */
	sign(layer->signature, in[VI_EBX], in[VI_EDX], in[VI_ECX]);
	layer_say_signature(layer, "");
}

/* Of all groups: the leaves belong to the virtual machine, not to a CPU. */
static enum answer hypervisor_bit(struct detection *d)
{
	enum answer any = d->host->nr_groups ? ANSWER_NO : ANSWER_UNKNOWN;

	GROUP_EACH(d->host, group) {
		enum answer answer =
			field_answer(group, FIELD_CPUID_L1_ECX_hypervisor);

		if (answer == ANSWER_YES) {
			d->group = group;
			return ANSWER_YES;
		}
		if (answer == ANSWER_UNKNOWN)
			any = ANSWER_UNKNOWN;
	}
	return any;
}

static void from_cpuid(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	struct hypervisor_layer *layer;
	const struct vi_hv *hv;

	if (!d->host->nr_groups)
		return;
	d->group = d->host->groups[0];
	hypervisor->guest = hypervisor_bit(d);
	hv = &d->group->hv;
	add_basic(d, PLACE_TDX, VI_L21, 0x21);
	add_basic(d, PLACE_VENDOR, VI_L0, 0);
	/* While the bit is clear the ranges are another leaf's data. */
	if (hypervisor->guest == ANSWER_YES)
		ARRAY_EACH(leaf, hv->leaves, hv->count)
			if (!(leaf->leaf % VI_HV_STEP))
				add_leaf(hypervisor, leaf);
	if (hypervisor->guest == ANSWER_YES && !hv->count &&
	    facts_get(d->host->facts, HYPERVISOR_ID))
		add_words(d);
	if (hypervisor->count) {
		hypervisor->guest = ANSWER_YES;
		return;
	}
	if (hypervisor->guest != ANSWER_YES)
		return;
	layer = hypervisor_add_layer(hypervisor, HYPERVISOR_UNNAMED);
	layer->certainty = LAYER_CANNOT_TELL;
	layer_say(
		layer,
		"CPUID leaf 1 has the hypervisor bit set, and no leaf from 0x40000000 on names one");
}

/*
 * The model name of CPUID's leaves as Linux trims it and facts have it; "" if
 * they were not read.
 */
static void brand_string(const struct host_group *group,
			 char name[SAFE_SIZE(48)])
{
	size_t length;
	char bytes[48], *from = bytes;

	*name = '\0';
	if (group->sample.leaf_status[VI_L80000002] != VI_READ ||
	    group->sample.leaf_status[VI_L80000003] != VI_READ ||
	    group->sample.leaf_status[VI_L80000004] != VI_READ)
		return;
	vi_model_name(&group->sample, bytes);
	length = strnlen(bytes, sizeof(bytes));
	while (length && isspace((unsigned char)bytes[length - 1]))
		length--;
	while (length && isspace((unsigned char)*from)) {
		from++;
		length--;
	}
	safe_bytes(name, SAFE_SIZE(48), from, length);
}

#define MODEL_NAME "cpuinfo model name"

/*
 * Has /proc/cpuinfo a model name that no CPU's brand string has? The kernel
 * then has other leaves than a program.
 */
static bool model_differs(const struct detection *d)
{
	const char *model = facts_get(d->host->facts, MODEL_NAME);
	bool differs = false;
	char name[SAFE_SIZE(48)];

	if (!model)
		return false;
	GROUP_EACH(d->host, group) {
		brand_string(group, name);
		if (!*name || !strcmp(name, model))
			return false;
		differs = true;
	}
	return differs;
}

/* Do the leaves that programs see say something else than the kernel? */
static bool contradicts_cpuid(const struct detection *d,
			      enum hypervisor_product product)
{
	const struct hypervisor *hypervisor = d->hypervisor;

	if (product != HYPERVISOR_KVM && product != HYPERVISOR_UNNAMED)
		return false;
	return hypervisor->guest == ANSWER_NO ||
	       (hypervisor->count && hypervisor->layers[0].leaf);
}

/*
 * The kernel's word against CPUID's. It read the leaves that its hypervisor
 * means for it; those that a program reads are the same, but for a kernel that
 * runs in user mode.
 */
static void from_kernel(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	struct hypervisor_layer *layer;
	const char *word, *evidence;
	enum hypervisor_product product;
	bool differs, in_cpuid;

	product = hypervisor_by_kernel(d->host, &word, &evidence);
	if (product == HYPERVISOR_NONE)
		return;
	in_cpuid = hypervisor_signed_layer(hypervisor, product) ||
		   (product == HYPERVISOR_UNNAMED && hypervisor->count);
	differs = product == HYPERVISOR_KVM && model_differs(d);
	if (in_cpuid && !differs)
		return;
	hypervisor->user_mode = differs || contradicts_cpuid(d, product);
	layer = hypervisor->count && !hypervisor->layers[0].leaf ?
			&hypervisor->layers[0] :
			add_inner(hypervisor, product);
	layer->product = product;
	/* After a migration the model name is that of the machine before. */
	layer->certainty = in_cpuid ? LAYER_LIKELY : LAYER_CERTAIN;
	layer_say(layer, "%s%.40s%s%.48s%s", evidence, word,
		  differs ? "; /proc/cpuinfo has the model name \"" : "",
		  differs ? facts_get(d->host->facts, MODEL_NAME) : "",
		  differs		? "\", which is not CPUID's" :
		  hypervisor->user_mode ? ", which CPUID does not say" :
					  "");
	hypervisor->guest = ANSWER_YES;
}

/* Programs that found out whether Windows runs on its own hypervisor. */
struct windows_witness {
	const char *says; /* NULL: none did */
	const char *why;  /* it is the root partition */
};

/*
 * Windows lends its hypervisor to VirtualBox where it runs as that hypervisor's
 * root partition. HAXM's checktool reads the bit of CPUID that says so
 * (CheckTool/os_windows.cpp, CheckHyperVDisabled).
 */
static struct windows_witness windows_witness(const struct host *host)
{
	const struct said *off =
		system_said(&host->system, "haxm Hyper-V disabled");

	if (host->system.vbox.windows_hypervisor)
		return (struct windows_witness){
			"VirtualBox says that WHvCapabilityCodeHypervisorPresent is TRUE",
			"Windows offers its hypervisor to VirtualBox: it is the root partition",
		};
	if (off && !off->number && !host->nr_groups)
		return (struct windows_witness){
			"HAXM's checktool says \"Hyper-V disabled: No\"",
			"HAXM's checktool found that this partition can create others: it is the root",
		};
	return (struct windows_witness){ 0 };
}

/* CPUID of a log does not always have the leaves. */
static void from_windows(struct detection *d)
{
	const struct windows_witness witness = windows_witness(d->host);
	struct hypervisor *hypervisor = d->hypervisor;
	struct hypervisor_layer *layer;

	if (!witness.says || hypervisor->privileged == ANSWER_YES)
		return;
	layer = hypervisor_layer_of(hypervisor, HYPERVISOR_HYPERV);
	if (!layer)
		layer = hypervisor_layer_of(hypervisor, HYPERVISOR_UNNAMED);
	if (!layer)
		layer = add_inner(hypervisor, HYPERVISOR_HYPERV);
	layer->product = HYPERVISOR_HYPERV;
	layer->certainty = LAYER_CERTAIN;
	layer_say(layer, "%s", witness.says);
	hypervisor->guest = ANSWER_YES;
	hypervisor->privileged = ANSWER_YES;
	snprintf(hypervisor->privileged_why, sizeof(hypervisor->privileged_why),
		 "%s", witness.why);
}

static void say_dmi(struct detection *d, struct hypervisor_layer *layer,
		    const char *before)
{
	const char *vendor = facts_get(d->host->facts, "dmi sys_vendor");
	const char *name = facts_get(d->host->facts, "dmi product_name");

	layer_say(layer,
		  "%sthe machine calls itself \"%.40s\", \"%.40s\" (DMI)",
		  before, vendor ? vendor : "", name ? name : "");
}

/*
 * A hypervisor that shows nothing in CPUID but names its machine. A privileged
 * system has the names of the machine that its hypervisor runs on.
 */
static void from_dmi(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	struct hypervisor_layer *layer =
		hypervisor_layer_of(hypervisor, HYPERVISOR_UNNAMED);
	bool outer = hypervisor->privileged == ANSWER_YES;

	if (d->named == HYPERVISOR_NONE ||
	    hypervisor_layer_of(hypervisor, d->named) ||
	    (hypervisor->count && !layer && !outer))
		return;
	if (!layer)
		layer = hypervisor_add_layer(hypervisor, d->named);
	if (!layer)
		return;
	layer->product = d->named;
	layer->certainty = LAYER_CERTAIN;
	layer->outer = outer;
	say_dmi(d, layer,
		outer || hypervisor->guest == ANSWER_UNKNOWN ?
			"" :
		hypervisor->guest == ANSWER_YES ?
			"CPUID names none; " :
			"CPUID shows no hypervisor; ");
	hypervisor->guest = ANSWER_YES;
	if (!outer)
		hypervisor->privileged = ANSWER_NO;
}

/*
 * lscpu reads the first range of leaves only, which may be an interface of
 * another's. It is asked where nothing else names the hypervisor.
 */
static void from_lscpu(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	enum hypervisor_product product = hypervisor_by_lscpu(d->host);
	struct hypervisor_layer *layer =
		hypervisor_layer_of(hypervisor, HYPERVISOR_UNNAMED);

	if (product == HYPERVISOR_NONE || hypervisor->guest == ANSWER_NO ||
	    (hypervisor->count && !layer))
		return;
	if (!layer)
		layer = hypervisor_add_layer(hypervisor, product);
	layer->product = product;
	layer->certainty = LAYER_LIKELY;
	layer_say(layer, "lscpu names the hypervisor vendor \"%.40s\"",
		  facts_get(d->host->facts, "lscpu hypervisor"));
	hypervisor->guest = ANSWER_YES;
}

static void put_xen_version(struct hypervisor_layer *layer,
			    const struct host_group *group)
{
	struct field_value major =
		field_value(group, FIELD_HV_XEN_1_0_EAX_xen_major);
	struct field_value minor =
		field_value(group, FIELD_HV_XEN_1_0_EAX_xen_minor);

	if (major.known && minor.known)
		snprintf(layer->version, sizeof(layer->version), "%llu.%llu",
			 major.number, minor.number);
}

static void put_hyperv_version(struct hypervisor_layer *layer,
			       const struct host_group *group)
{
	struct field_value major =
		field_value(group, FIELD_HV_HYPERV_2_0_EBX_major_version);
	struct field_value minor =
		field_value(group, FIELD_HV_HYPERV_2_0_EBX_minor_version);
	struct field_value build =
		field_value(group, FIELD_HV_HYPERV_2_0_EAX_build_number);

	if (major.known && minor.known && build.known)
		snprintf(layer->version, sizeof(layer->version),
			 "%llu.%llu, build %llu", major.number, minor.number,
			 build.number);
}

static void put_versions(struct detection *d)
{
	ARRAY_EACH(layer, d->hypervisor->layers, d->hypervisor->count) {
		if (layer->product == HYPERVISOR_XEN)
			put_xen_version(layer, d->group);
		else if (layer->product == HYPERVISOR_HYPERV &&
			 layer->certainty != LAYER_INTERFACE)
			put_hyperv_version(layer, d->group);
	}
}

static const struct hypervisor_layer *
first_layer(const struct hypervisor *hypervisor, bool outer)
{
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		if ((layer->outer || !outer) &&
		    layer->certainty != LAYER_INTERFACE &&
		    layer->product != HYPERVISOR_TDX)
			return layer;
	return NULL;
}

const struct hypervisor_layer *
hypervisor_nearest(const struct hypervisor *hypervisor)
{
	return first_layer(hypervisor, false);
}

const struct hypervisor_layer *
hypervisor_outer(const struct hypervisor *hypervisor)
{
	return first_layer(hypervisor, true);
}

static void conclude(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	const struct hypervisor_layer *nearest = hypervisor_nearest(hypervisor);
	enum hypervisor_service service = hypervisor_by_service(d->host);

	/* WSL 1 translates calls to Windows, under a hypervisor or not. */
	if (hypervisor->guest == ANSWER_YES || service == SERVICE_WSL1)
		hypervisor->service = service;
	if (hypervisor->guest != ANSWER_YES)
		return;
	hypervisor->product = nearest ? nearest->product : HYPERVISOR_UNNAMED;
	hypervisor->certainty =
		nearest ? nearest->certainty : LAYER_CANNOT_TELL;
	hypervisor->tdx = hypervisor_layer_of(hypervisor, HYPERVISOR_TDX);
}

void hypervisor_detect(struct hypervisor *hypervisor, const struct host *host)
{
	struct detection d = { .hypervisor = hypervisor, .host = host };

	memset(hypervisor, 0, sizeof(*hypervisor));
	hypervisor->guest = ANSWER_UNKNOWN;
	d.named = hypervisor_by_dmi(host);
	from_cpuid(&d);
	from_kernel(&d);
	hypervisor_resolve_imitation(&d);
	hypervisor_judge_privileged(&d);
	from_windows(&d);
	hypervisor_resolve_kvm(&d);
	hypervisor_resolve_hyperv(&d);
	from_dmi(&d);
	from_lscpu(&d);
	if (d.group)
		put_versions(&d);
	conclude(&d);
}
