// SPDX-License-Identifier: GPL-2.0-only
/* Facts of the kernel's command line, the IOMMU and Xen. */
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "input/fact_keys.h"
#include "types.h"

/* Kernel Documentation/admin-guide/kernel-parameters.txt. */
static const struct {
	const char *word;
	enum iommu_state state;
} command_line[] = {
	{ "iommu=off", IOMMU_OFF },
	{ "amd_iommu=off", IOMMU_OFF },
	{ "iommu=pt", IOMMU_PASSTHROUGH },
	{ "iommu.passthrough=1", IOMMU_PASSTHROUGH },
	{ "iommu=nopt", IOMMU_TRANSLATES },
	{ "iommu.passthrough=0", IOMMU_TRANSLATES },
};

/* Parameters of KVM that are turned on there. */
static const struct {
	const char *word;
	enum asked_parameter parameter;
} asked_parameters[] = {
	{ "kvm_intel.tdx=1", ASKED_TDX },
	{ "kvm_intel.tdx=y", ASKED_TDX },
	{ "kvm_intel.tdx=on", ASKED_TDX },
	{ "kvm_amd.sev=1", ASKED_SEV },
	{ "kvm_amd.sev=y", ASKED_SEV },
	{ "kvm_amd.sev_es=1", ASKED_SEV_ES },
	{ "kvm_amd.sev_es=y", ASKED_SEV_ES },
	{ "kvm_amd.sev_snp=1", ASKED_SEV_SNP },
	{ "kvm_amd.sev_snp=y", ASKED_SEV_SNP },
};

#define CLEARCPUID "clearcpuid="

static bool is_word(const char *at, size_t length, const char *word)
{
	return strlen(word) == length && !memcmp(at, word, length);
}

/* clearcpuid=: names and numbers of flags, X86_FEATURE_VMX and _SVM. */
static void note_cleared(struct system *system, const char *list, size_t length)
{
	const char *end = list + length;

	while (list < end) {
		const char *comma = memchr(list, ',', (size_t)(end - list));
		size_t one = (size_t)((comma ? comma : end) - list);

		if (is_word(list, one, "vmx") || is_word(list, one, "133"))
			system->vmx_cleared = true;
		if (is_word(list, one, "svm") || is_word(list, one, "194"))
			system->svm_cleared = true;
		list += one + 1;
	}
}

/* The last word counts, but nothing turns an IOMMU on that one turned off. */
enum parsed parse_command_line(const struct parsing *at)
{
	enum iommu_state *asked = &at->system->iommu_use.asked;
	const char *word = at->value;
	size_t length;

	for (; *word; word += length + strspn(word + length, " ")) {
		length = strcspn(word, " ");
		ARRAY_EACH(row, command_line, ARRAY_SIZE(command_line))
			if (is_word(word, length, row->word) &&
			    *asked != IOMMU_OFF)
				*asked = row->state;
		if (length > strlen(CLEARCPUID) &&
		    !memcmp(word, CLEARCPUID, strlen(CLEARCPUID)))
			note_cleared(at->system, word + strlen(CLEARCPUID),
				     length - strlen(CLEARCPUID));
		ARRAY_EACH(row, asked_parameters, ARRAY_SIZE(asked_parameters))
			if (is_word(word, length, row->word))
				at->system->asked[row->parameter] = true;
	}
	return PARSED;
}

/* "DMA-FQ identity": those that there are. */
enum parsed parse_iommu_group_types(const struct parsing *at)
{
	if (strstr(at->value, "DMA"))
		at->system->iommu_use.groups = IOMMU_TRANSLATES;
	else if (!strcmp(at->value, "identity"))
		at->system->iommu_use.groups = IOMMU_PASSTHROUGH;
	return PARSED;
}

/* "pv, initial", "pvh", "hvm" */
enum parsed parse_xen_domain(const struct parsing *at)
{
	const char *text = at->value;

	if (take_text(&text, "pv"))
		at->system->xen_pv |= !take_text(&text, "h");
	else
		take_text(&text, "hvm");
	at->system->xen_initial = take_text(&text, ", initial");
	return PARSED;
}

enum parsed parse_xen_guest_type(const struct parsing *at)
{
	at->system->xen_pv |= !strcmp(at->value, "PV");
	return PARSED;
}

enum parsed parse_xen_capabilities(const struct parsing *at)
{
	at->system->xen_control = strstr(at->value, "control_d") != NULL;
	return PARSED;
}

/* "xen-3.0-x86_64 hvm-3.0-x86_32": PV guests need no VMX or SVM, HVM do. */
enum parsed parse_xen_guest_kinds(const struct parsing *at)
{
	at->system->xen_guests_known = *at->value != '\0';
	at->system->xen_makes_hvm = strstr(at->value, "hvm-") != NULL;
	return PARSED;
}
