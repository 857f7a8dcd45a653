// SPDX-License-Identifier: GPL-2.0-only
#include "model/hypervisor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define HV_STEP 0x100

/*
 * VirtualBox's KVM interface offers the two clock sources and PV unhalt, and
 * says that the clock is stable where the host's is.
 */
#define VIRTUALBOX_FEATURES 0x00000089
#define KVM_CLOCK_STABLE    0x01000000

/*
 * Services that need KVM's own handling of memory and interrupts: asynchronous
 * page faults (bits 4 and 14) and inter-processor interrupts by hypercall (11).
 */
#define KVM_OWN_FEATURES 0x00004810

/*
 * Privileges of Hyper-V that those who imitate it do not grant: registers of
 * other virtual processors (bit 17) and starting them (21), 0x40000003 EBX.
 */
#define HYPERV_OWN_PRIVILEGES 0x00220000

static const struct {
	const char *name;
	enum hypervisor_kind kind;
} products[NR_HYPERVISORS] = {
	[HYPERVISOR_NONE] = { "none", KIND_OTHER },
#define HYPERVISOR_PRODUCT(id, title, type)                                    \
	[HYPERVISOR_##id] = { title, KIND_##type },
#include "tables/hypervisors.def"
};

enum signature_place { PLACE_RANGE, PLACE_VENDOR, PLACE_TDX };

static const struct {
	enum signature_place place;
	enum hypervisor_product product;
	u32 reg[3];
	const char *note;
} signatures[] = {
#define HYPERVISOR_SIGNATURE(where, id, text, ebx, ecx, edx, remark)           \
	{ PLACE_##where, HYPERVISOR_##id, { ebx, ecx, edx }, remark },
#include "tables/hypervisors.def"
};

static const struct {
	enum hypervisor_product product;
	const char *vendor;
	const char *name;
} dmi_names[] = {
#define HYPERVISOR_DMI(id, maker, model) { HYPERVISOR_##id, maker, model },
#include "tables/hypervisors.def"
};

const char *hypervisor_name(enum hypervisor_product product)
{
	return products[product].name;
}

enum hypervisor_kind hypervisor_kind(enum hypervisor_product product)
{
	return products[product].kind;
}

const char *hypervisor_kind_name(enum hypervisor_kind kind)
{
	static const char *const names[] = {
		[KIND_TYPE_1] = "1",	  [KIND_TYPE_2] = "2",
		[KIND_HYBRID] = "hybrid", [KIND_EITHER] = "1 or 2",
		[KIND_OTHER] = "-",
	};

	return names[kind];
}

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

static size_t find_signature(enum signature_place place, const u32 reg[4])
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signatures); i++)
		if (signatures[i].place == place &&
		    !memcmp(signatures[i].reg, &reg[VI_EBX],
			    sizeof(signatures[i].reg)))
			break;
	return i;
}

/* What the machine's own names say; HYPERVISOR_NONE where they say nothing. */
static enum hypervisor_product dmi_product(const struct facts *facts)
{
	const char *vendor = facts_get(facts, "dmi sys_vendor");
	const char *name = facts_get(facts, "dmi product_name");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dmi_names); i++) {
		const char *maker = dmi_names[i].vendor,
			   *model = dmi_names[i].name;

		if (maker && (!vendor || strncmp(vendor, maker, strlen(maker))))
			continue;
		if (model && (!name || strncmp(name, model, strlen(model))))
			continue;
		return dmi_names[i].product;
	}
	return HYPERVISOR_NONE;
}

static bool dmi_known(const struct facts *facts)
{
	return facts_get(facts, "dmi sys_vendor") ||
	       facts_get(facts, "dmi product_name");
}

static struct hypervisor_layer *add_layer(struct hypervisors_above *above,
					  enum hypervisor_product product)
{
	struct hypervisor_layer *layer;

	if (above->count == MAX_LAYERS)
		return NULL;
	layer = &above->layers[above->count++];
	layer->product = product;
	return layer;
}

/* The twelve bytes of three registers, in the order of the string. */
static void sign(struct hypervisor_layer *layer, u32 first, u32 second,
		 u32 third)
{
	const u32 reg[3] = { first, second, third };
	char text[13] = "";

	memcpy(text, reg, sizeof(reg));
	safe_bytes(layer->signature, sizeof(layer->signature), text,
		   strlen(text));
}

static void say(struct hypervisor_layer *layer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The sentence may quote what the layer holds, itself included. */
static void say(struct hypervisor_layer *layer, const char *format, ...)
{
	char text[sizeof(layer->why)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	memcpy(layer->why, text, sizeof(text));
}

static void add_range(struct hypervisors_above *above,
		      const struct vi_hv_leaf *leaf)
{
	size_t row = find_signature(PLACE_RANGE, leaf->reg);
	bool known = row < ARRAY_SIZE(signatures);
	struct hypervisor_layer *layer;

	layer = add_layer(above,
			  known ? signatures[row].product : HYPERVISOR_UNNAMED);
	if (!layer)
		return;
	layer->certainty = known ? LAYER_CERTAIN : LAYER_CANNOT_TELL;
	layer->leaf = leaf->leaf;
	sign(layer, leaf->reg[VI_EBX], leaf->reg[VI_ECX], leaf->reg[VI_EDX]);
	say(layer, "CPUID 0x%08x says \"%s\"%s%s", leaf->leaf, layer->signature,
	    known && signatures[row].note ? "; " : "",
	    known && signatures[row].note ? signatures[row].note : "");
}

/*
 * Names in the basic leaves: the TDX module answers leaf 0x21 of its guests,
 * emulators have a vendor string of their own.
 */
static void add_basic(struct hypervisors_above *above,
		      const struct host_group *group,
		      enum signature_place place, enum vi_leaf leaf, u32 number)
{
	const u32 *in = group->sample.leaf[leaf];
	struct hypervisor_layer *layer;
	size_t row;

	if (group->sample.leaf_status[leaf] != VI_READ)
		return;
	row = find_signature(place, in);
	if (row == ARRAY_SIZE(signatures))
		return;
	layer = add_layer(above, signatures[row].product);
	if (!layer)
		return;
	layer->leaf = number;
	/* The strings of these leaves run EBX, EDX, ECX. */
	sign(layer, in[VI_EBX], in[VI_EDX], in[VI_ECX]);
	say(layer, "CPUID 0x%08x says \"%s\"", number, layer->signature);
}

static struct hypervisor_layer *layer_of(struct hypervisors_above *above,
					 enum hypervisor_product product)
{
	size_t i;

	for (i = 0; i < above->count; i++)
		if (above->layers[i].product == product)
			return &above->layers[i];
	return NULL;
}

/*
 * A range of Hyper-V before one of another's own: that other imitates
 * Hyper-V for Windows guests.
 */
static void resolve_imitation(struct hypervisors_above *above)
{
	struct hypervisor_layer *hyperv = layer_of(above, HYPERVISOR_HYPERV);
	size_t i;

	for (i = 0; hyperv && i < above->count; i++) {
		struct hypervisor_layer *other = &above->layers[i];

		if (other->product != HYPERVISOR_KVM &&
		    other->product != HYPERVISOR_XEN)
			continue;
		hyperv->certainty = LAYER_INTERFACE;
		say(hyperv,
		    "CPUID 0x%08x says \"%s\", and 0x%08x \"%s\": %s imitates Hyper-V",
		    hyperv->leaf, hyperv->signature, other->leaf,
		    other->signature, hypervisor_name(other->product));
	}
}

/* KVM's signature is also VirtualBox's and Parallels'. */
static void resolve_kvm(struct hypervisors_above *above,
			const struct host *host)
{
	struct hypervisor_layer *kvm = layer_of(above, HYPERVISOR_KVM);
	struct register_value features;
	enum hypervisor_product named;

	if (!kvm || !strcmp(kvm->signature, "Linux KVM Hv"))
		return;
	features = register_value(host->groups[0], REG_HV_KVM_1_0_EAX);
	named = dmi_product(host->facts);
	if (named == HYPERVISOR_VIRTUALBOX || named == HYPERVISOR_PARALLELS) {
		kvm->product = named;
		say(kvm,
		    "CPUID 0x%08x says \"%s\", but the machine calls itself %s (DMI)",
		    kvm->leaf, kvm->signature, hypervisor_name(named));
	} else if (features.status == VI_READ &&
		   (features.value & ~(u64)KVM_CLOCK_STABLE) ==
			   VIRTUALBOX_FEATURES &&
		   named != HYPERVISOR_NONE) {
		kvm->certainty = LAYER_LIKELY;
		say(kvm,
		    "CPUID 0x%08x says \"%s\", with just the features that VirtualBox offers (0x%08x), but the machine calls itself %s (DMI)",
		    kvm->leaf, kvm->signature, (unsigned int)features.value,
		    hypervisor_name(named));
	} else if (features.status == VI_READ &&
		   (features.value & ~(u64)KVM_CLOCK_STABLE) ==
			   VIRTUALBOX_FEATURES) {
		kvm->product = HYPERVISOR_VIRTUALBOX;
		say(kvm,
		    "CPUID 0x%08x says \"%s\", but with the features that VirtualBox offers (0x%08x)",
		    kvm->leaf, kvm->signature, (unsigned int)features.value);
	} else if (dmi_known(host->facts)) {
		return;
	} else if (features.status == VI_READ &&
		   features.value & KVM_OWN_FEATURES) {
		kvm->certainty = LAYER_LIKELY;
		say(kvm,
		    "CPUID 0x%08x says \"%s\", with asynchronous page faults or hypercalls for interrupts (0x%08x); no DMI strings rule Parallels out",
		    kvm->leaf, kvm->signature, (unsigned int)features.value);
	} else {
		kvm->certainty = LAYER_CANNOT_TELL;
		say(kvm,
		    "CPUID 0x%08x says \"%s\"; Parallels has been seen to say the same, and there are no DMI strings to tell",
		    kvm->leaf, kvm->signature);
	}
}

/* Hyper-V's own signature and nothing else: the real one or an imitation? */
static void resolve_hyperv(struct hypervisors_above *above,
			   const struct host *host)
{
	struct hypervisor_layer *hyperv = layer_of(above, HYPERVISOR_HYPERV);
	enum hypervisor_product named = dmi_product(host->facts);
	struct register_value privileges;

	if (!hyperv || hyperv->certainty == LAYER_INTERFACE ||
	    above->privileged == ANSWER_YES || named == HYPERVISOR_HYPERV)
		return;
	if (named != HYPERVISOR_NONE) {
		say(hyperv,
		    "CPUID 0x%08x says \"%s\", but the machine calls itself %s (DMI), which can imitate it",
		    hyperv->leaf, hyperv->signature, hypervisor_name(named));
		hyperv->product = named;
		return;
	}
	privileges = register_value(host->groups[0], REG_HV_HYPERV_3_0_EBX);
	if (privileges.status == VI_READ &&
	    (privileges.value & HYPERV_OWN_PRIVILEGES) ==
		    HYPERV_OWN_PRIVILEGES) {
		hyperv->certainty = LAYER_LIKELY;
		say(hyperv,
		    "CPUID 0x%08x says \"%s\", with privileges that those who imitate it do not grant (0x40000003 EBX 0x%08x)",
		    hyperv->leaf, hyperv->signature,
		    (unsigned int)privileges.value);
		return;
	}
	hyperv->certainty = LAYER_CANNOT_TELL;
	say(hyperv,
	    "CPUID 0x%08x says \"%s\"; KVM, VirtualBox and others can say the same, and %s",
	    hyperv->leaf, hyperv->signature,
	    dmi_known(host->facts) ? "the DMI strings name none of them" :
				     "there are no DMI strings to tell");
}

/* Xen's own word, which is all that a PV guest has. */
static void add_xen(struct hypervisors_above *above, const struct facts *facts)
{
	const char *type = facts_get(facts, "hypervisor type");
	const char *guest = facts_get(facts, "xen guest type");
	struct hypervisor_layer *layer;

	if (layer_of(above, HYPERVISOR_XEN) ||
	    (!guest && (!type || strcmp(type, "xen"))))
		return;
	layer = add_layer(above, HYPERVISOR_XEN);
	if (layer)
		say(layer,
		    "the kernel says that it runs on Xen%s%.40s (/sys/hypervisor)",
		    guest ? " as " : "", guest ? guest : "");
	above->above = ANSWER_YES;
}

/* A hypervisor that shows nothing in CPUID but names its machine. */
static void add_dmi(struct hypervisors_above *above, const struct facts *facts)
{
	enum hypervisor_product named = dmi_product(facts);
	struct hypervisor_layer *layer;

	if (named == HYPERVISOR_NONE ||
	    (above->count && !layer_of(above, HYPERVISOR_UNNAMED)))
		return;
	layer = layer_of(above, HYPERVISOR_UNNAMED);
	if (!layer)
		layer = add_layer(above, named);
	if (!layer)
		return;
	layer->product = named;
	layer->certainty = LAYER_CERTAIN;
	say(layer, "%sthe machine calls itself \"%.40s\", \"%.40s\" (DMI)",
	    above->above == ANSWER_YES ? "CPUID names none; " :
					 "CPUID shows no hypervisor; ",
	    facts_get(facts, "dmi sys_vendor") ?
		    facts_get(facts, "dmi sys_vendor") :
		    "",
	    facts_get(facts, "dmi product_name") ?
		    facts_get(facts, "dmi product_name") :
		    "");
	above->above = ANSWER_YES;
}

static void put_versions(struct hypervisors_above *above,
			 const struct host_group *group)
{
	size_t i;

	for (i = 0; i < above->count; i++) {
		struct hypervisor_layer *layer = &above->layers[i];
		struct field_value major, minor, build;

		if (layer->product == HYPERVISOR_XEN) {
			major = field_value(group,
					    FIELD_HV_XEN_1_0_EAX_xen_major);
			minor = field_value(group,
					    FIELD_HV_XEN_1_0_EAX_xen_minor);
			if (major.known && minor.known)
				snprintf(layer->version, sizeof(layer->version),
					 "%llu.%llu", major.number,
					 minor.number);
		} else if (layer->product == HYPERVISOR_HYPERV &&
			   layer->certainty != LAYER_INTERFACE) {
			major = field_value(
				group, FIELD_HV_HYPERV_2_0_EBX_major_version);
			minor = field_value(
				group, FIELD_HV_HYPERV_2_0_EBX_minor_version);
			build = field_value(
				group, FIELD_HV_HYPERV_2_0_EAX_build_number);
			if (major.known && minor.known && build.known)
				snprintf(layer->version, sizeof(layer->version),
					 "%llu.%llu, build %llu", major.number,
					 minor.number, build.number);
		}
	}
}

static void from_cpuid(struct hypervisors_above *above, const struct host *host)
{
	const struct host_group *group = host->groups[0];
	struct hypervisor_layer *layer;
	unsigned int i;

	add_basic(above, group, PLACE_TDX, VI_L21, 0x21);
	add_basic(above, group, PLACE_VENDOR, VI_L0, 0);
	/* While the bit is clear the ranges are another leaf's data. */
	above->above = field_answer(group, FIELD_CPUID_L1_ECX_hypervisor);
	if (above->above == ANSWER_YES)
		for (i = 0; i < group->hv.count; i++)
			if (!(group->hv.leaves[i].leaf % HV_STEP))
				add_range(above, &group->hv.leaves[i]);
	if (above->count) {
		above->above = ANSWER_YES;
		return;
	}
	if (above->above != ANSWER_YES)
		return;
	layer = add_layer(above, HYPERVISOR_UNNAMED);
	layer->certainty = LAYER_CANNOT_TELL;
	say(layer,
	    "CPUID leaf 1 has the hypervisor bit set, and no leaf from 0x40000000 on names one");
}

/* The layer that runs this system, rather than an interface or a module. */
static const struct hypervisor_layer *
nearest(const struct hypervisors_above *above)
{
	size_t i;

	for (i = 0; i < above->count; i++)
		if (above->layers[i].certainty != LAYER_INTERFACE &&
		    above->layers[i].product != HYPERVISOR_TDX)
			return &above->layers[i];
	return NULL;
}

void hypervisors_above(struct hypervisors_above *above, const struct host *host)
{
	struct above ruling = above_of(host);

	memset(above, 0, sizeof(*above));
	above->above = ANSWER_UNKNOWN;
	if (host->nr_groups)
		from_cpuid(above, host);
	add_xen(above, host->facts);
	if (ruling.privileged)
		above->privileged = ANSWER_YES;
	else if (above->above == ANSWER_UNKNOWN ||
		 layer_of(above, HYPERVISOR_UNNAMED))
		above->privileged = ANSWER_UNKNOWN;
	else
		above->privileged = ANSWER_NO;
	snprintf(above->ruling, sizeof(above->ruling), "%s", ruling.ruling);
	if (host->nr_groups) {
		resolve_imitation(above);
		resolve_kvm(above, host);
		resolve_hyperv(above, host);
		put_versions(above, host->groups[0]);
	}
	add_dmi(above, host->facts);
	above->nearest = nearest(above);
}
