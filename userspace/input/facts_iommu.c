// SPDX-License-Identifier: GPL-2.0-only
/* Facts of the IOMMU: its units' registers, as sysfs has them. */
#include <string.h>

#include "base/number.h"
#include "input/fact_keys.h"

/* Names with blanks between, or "none". */
enum parsed parse_iommu_units(const struct parsing *at)
{
	const char *text = at->value;

	if (!strcmp(text, "none")) {
		at->system->iommu_use.units = IOMMU_OFF;
		return PARSED;
	}
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		struct fact_name name = { text, strcspn(text, " ") };

		if (!named_make(&at->system->iommu_units,
				sizeof(struct iommu_unit), name))
			return PARSED_NO_MEMORY;
		text += name.length;
	}
	return PARSED;
}

static enum parsed parse_register(const struct parsing *at, bool *known,
				  uint64_t *value)
{
	const char *text = at->value;

	*known = take_number(&text, 16, UINT64_MAX, value) && !*text;
	return *known ? PARSED : PARSED_BAD;
}

enum parsed parse_iommu_cap(const struct parsing *at)
{
	struct iommu_unit *unit = at->item;

	return parse_register(at, &unit->cap_known, &unit->cap);
}

enum parsed parse_iommu_ecap(const struct parsing *at)
{
	struct iommu_unit *unit = at->item;

	return parse_register(at, &unit->ecap_known, &unit->ecap);
}

/*
 * Linux has shown EFR alone, then EFR2:EFR, and shows EFR:EFR2 since 6.7, which
 * some vendors have in older kernels. EFR2 has few bits, all of them low: the
 * larger number is EFR.
 */
enum parsed parse_iommu_features(const struct parsing *at)
{
	struct iommu_unit *unit = at->item;
	const char *text = at->value;
	uint64_t one, other = 0;

	if (!take_number(&text, 16, UINT64_MAX, &one) ||
	    (take_text(&text, ":") &&
	     !take_number(&text, 16, UINT64_MAX, &other)) ||
	    *text)
		return PARSED_BAD;
	unit->efr_known = true;
	unit->efr = one > other ? one : other;
	return PARSED;
}

enum parsed parse_acpi_table(const struct parsing *at)
{
	bool absent = !strcmp(at->value, "absent");

	if (fact_name_is(at->name, "DMAR"))
		at->system->no_dmar = absent;
	else if (fact_name_is(at->name, "IVRS"))
		at->system->no_ivrs = absent;
	return PARSED;
}
