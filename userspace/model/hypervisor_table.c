// SPDX-License-Identifier: GPL-2.0-only
#include "model/hypervisor_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/array.h"

#define KIND_TYPE_1 "1"
#define KIND_TYPE_2 "2"
#define KIND_HYBRID "hybrid"
#define KIND_EITHER "1 or 2"
#define KIND_OTHER  "-"

static const struct {
	const char *name;
	const char *type;
	enum hypervisor_nesting nesting;
} products[NR_HYPERVISORS] = {
	[HYPERVISOR_NONE] = { .name = "none", .type = KIND_OTHER },
#define HYPERVISOR_PRODUCT(id, title, kind, how)                               \
	[HYPERVISOR_##id] = { .name = (title),                                 \
			      .type = KIND_##kind,                             \
			      .nesting = NESTING_##how },
#include "tables/hypervisors.def"
};

static const char *const privileged_names[NR_HYPERVISORS] = {
#define HYPERVISOR_PRIVILEGED(id, title) [HYPERVISOR_##id] = (title),
#include "tables/hypervisors.def"
};

static const struct {
	enum signature_place place;
	enum hypervisor_product product;
	u32 reg[3];
	const char *note;
} signatures[] = {
#define HYPERVISOR_SIGNATURE(where, id, text, ebx, ecx, edx, remark)           \
	{ .place = PLACE_##where,                                              \
	  .product = HYPERVISOR_##id,                                          \
	  .reg = { ebx, ecx, edx },                                            \
	  .note = (remark) },
#include "tables/hypervisors.def"
};

static const struct {
	enum hypervisor_product product;
	const char *vendor;
	const char *name;
} dmi_names[] = {
#define HYPERVISOR_DMI(id, maker, model)                                       \
	{ .product = HYPERVISOR_##id, .vendor = (maker), .name = (model) },
#include "tables/hypervisors.def"
};

/* How a fact begins or ends. */
struct word_row {
	const char *fact;
	const char *begins;
	bool at_end;
	bool no_registers; /* it counts only where none tells */
	int id;
	const char *evidence;
};

static const struct word_row kernel_words[] = {
#define KERNEL_ROW(product, key, text, before)                                 \
	.fact = (key), .begins = (text), .id = HYPERVISOR_##product,           \
	.evidence = (before)
#define HYPERVISOR_KERNEL(product, key, text, before)                          \
	{ KERNEL_ROW(product, key, text, before) },
#define HYPERVISOR_TOOL(product, key, text, before)                            \
	{ KERNEL_ROW(product, key, text, before), .no_registers = true },
#include "tables/hypervisors.def"
};

static const struct word_row lscpu_words[] = {
#define HYPERVISOR_LSCPU(product, text)                                        \
	{ .fact = "lscpu hypervisor",                                          \
	  .begins = (text),                                                    \
	  .id = HYPERVISOR_##product },
#include "tables/hypervisors.def"
};

static const struct word_row service_words[] = {
#define BEGINS false
#define ENDS   true
#define HYPERVISOR_SERVICE_WORD(service, key, where, text)                     \
	{ .fact = (key),                                                       \
	  .begins = (text),                                                    \
	  .at_end = (where),                                                   \
	  .id = SERVICE_##service },
#include "tables/hypervisors.def"
#undef BEGINS
#undef ENDS
};

const char *hypervisor_name(enum hypervisor_product product)
{
	return products[product].name;
}

const char *hypervisor_type(enum hypervisor_product product)
{
	return products[product].type;
}

enum hypervisor_nesting hypervisor_nesting(enum hypervisor_product product)
{
	return products[product].nesting;
}

const char *hypervisor_privileged_name(enum hypervisor_product product)
{
	const char *name = privileged_names[product];

	return name ? name : "privileged system";
}

enum hypervisor_product hypervisor_by_signature(enum signature_place place,
						const u32 reg[4],
						const char **note)
{
	ARRAY_EACH(signature, signatures, ARRAY_SIZE(signatures))
		if (signature->place == place &&
		    !memcmp(signature->reg, &reg[VI_EBX],
			    sizeof(signature->reg))) {
			*note = signature->note;
			return signature->product;
		}
	*note = NULL;
	return HYPERVISOR_NONE;
}

/* NULL begins every text, a known one or not. */
static bool begins(const char *text, const char *with)
{
	return !with || (text && !strncmp(text, with, strlen(with)));
}

enum hypervisor_product hypervisor_by_dmi(const struct host *host)
{
	const char *vendor = facts_get(host->facts, "dmi sys_vendor");
	const char *name = facts_get(host->facts, "dmi product_name");

	ARRAY_EACH(dmi_name, dmi_names, ARRAY_SIZE(dmi_names))
		if (begins(vendor, dmi_name->vendor) &&
		    begins(name, dmi_name->name))
			return dmi_name->product;
	return HYPERVISOR_NONE;
}

/* What a fact says, NULL where it says nothing; of a release what follows "-". */
static const char *word_of(const struct host *host, const char *fact)
{
	const char *value = facts_get(host->facts, fact);

	if (value && !strcmp(fact, "kernel")) {
		value = strchr(value, '-');
		return value ? value + 1 : NULL;
	}
	return value;
}

static bool ends(const char *text, const char *with)
{
	size_t length = text ? strlen(text) : 0;

	return length >= strlen(with) &&
	       !strcmp(text + length - strlen(with), with);
}

static bool fits(const struct word_row *row, const char *word)
{
	return row->at_end ? ends(word, row->begins) :
			     begins(word, row->begins);
}

static const struct word_row *find_word(const struct word_row *rows,
					size_t count, const struct host *host)
{
	ARRAY_EACH(row, rows, count)
		if (fits(row, word_of(host, row->fact)) &&
		    !(row->no_registers && host->nr_groups))
			return row;
	return NULL;
}

enum hypervisor_product hypervisor_by_kernel(const struct host *host,
					     const char **word,
					     const char **evidence)
{
	const struct word_row *row =
		find_word(kernel_words, ARRAY_SIZE(kernel_words), host);

	if (!row)
		return HYPERVISOR_NONE;
	*word = word_of(host, row->fact);
	*evidence = row->evidence;
	return (enum hypervisor_product)row->id;
}

enum hypervisor_product hypervisor_by_lscpu(const struct host *host)
{
	const char *type = facts_get(host->facts, "lscpu virtualization");
	const struct word_row *row =
		find_word(lscpu_words, ARRAY_SIZE(lscpu_words), host);

	/* Of a container and of dom0 lscpu names a vendor too. */
	if (!type || (strcmp(type, "full") && strcmp(type, "para")))
		return HYPERVISOR_NONE;
	return row ? (enum hypervisor_product)row->id : HYPERVISOR_NONE;
}

enum hypervisor_service hypervisor_by_service(const struct host *host)
{
	const struct word_row *row =
		find_word(service_words, ARRAY_SIZE(service_words), host);

	return row ? (enum hypervisor_service)row->id : SERVICE_NONE;
}
