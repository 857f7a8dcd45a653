// SPDX-License-Identifier: GPL-2.0-only
#include "explain/diagrams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/answer.h"

/* clang-format off */
/* {linear} and the like, at the end of a line, stand for the machine's values. */
static const struct {
	const char *id;
	const char *text;
} diagrams[] = {
	{ "rings",
"               host, VMX root mode                guest, VMX non-root mode\n"
"          ┌───────────────────────────┐        ┌───────────────────────────┐\n"
"   ring 3 │ programs, the VMM process │        │ the guest's programs      │\n"
"          ├───────────────────────────┤        ├───────────────────────────┤\n"
"   ring 0 │ kernel and hypervisor     │        │ the guest's kernel        │\n"
"          └──────┬─────────────▲──────┘        └──────▲─────────────┬──────┘\n"
"                 │             │                      │             │\n"
"                 └─────────────┼────── VM entry ──────┘             │\n"
"                               └─────── VM exit ────────────────────┘\n" },
	{ "entry-exit",
"      hypervisor                                   guest\n"
"\n"
"   fills in the VMCS or VMCB\n"
"           │\n"
"           ▼\n"
"   VMLAUNCH, VMRESUME, VMRUN ───── VM entry ────▶ its registers are loaded,\n"
"                              checks come first   an event may be injected\n"
"                                                     │\n"
"                                                     ▼\n"
"                                                  runs directly on the CPU\n"
"                                                     │\n"
"                                                     ▼\n"
"   host state is loaded ◀───────── VM exit ────── CPUID, HLT, port, MSR, page\n"
"           │                                      not mapped, interrupt, ...\n"
"           ▼\n"
"   reads the reason: exit reason or EXITCODE\n"
"           │\n"
"           ├──▶ deals with it in the kernel ───────────┐\n"
"           │                                           ├──▶ the next VM entry\n"
"           └──▶ returns to the VMM in user space ──────┘\n" },
	{ "translation",
"   guest virtual address     {linear}\n"
"        │\n"
"        │  the guest's page tables, from the guest's CR3\n"
"        ▼\n"
"   guest physical address    {guest_physical}\n"
"        │\n"
"        │  the hypervisor's tables: {second_level}\n"
"        ▼\n"
"   host physical address     {host_physical}\n"
"\n"
"   Every entry that the guest's walk reads lies at a guest physical address\n"
"   and is found by a walk of the second level:\n"
"\n"
"   guest level   4        3        2        1      data\n"
"                 │        │        │        │        │\n"
"                 ▼        ▼        ▼        ▼        ▼\n"
"   second level 4321 ──▶ 4321 ──▶ 4321 ──▶ 4321 ──▶ 4321\n"
"\n"
"   4 reads of guest entries and 5 times 4 of the second level: 24 in all.\n" },
	{ "types",
"   type 1                    type 2                    KVM\n"
"\n"
"   ┌────────┐ ┌────────┐     ┌────────┐ ┌────────┐     ┌────────┐ ┌────────┐\n"
"   │privil- │ │ guest  │     │ guest  │ │  a     │     │ guest  │ │  a     │\n"
"   │eged    │ │        │     ├────────┤ │ pro-   │     ├────────┤ │ pro-   │\n"
"   │guest   │ │        │     │  VMM   │ │ gram   │     │  QEMU  │ │ gram   │\n"
"   ├────────┴─┴────────┤     ├────────┴─┴────────┤     ├────────┴─┴────────┤\n"
"   │    hypervisor     │     │ host OS + module  │     │ Linux with KVM    │\n"
"   │                   │     │                   │     │ is the hypervisor │\n"
"   ├───────────────────┤     ├───────────────────┤     ├───────────────────┤\n"
"   │     hardware      │     │     hardware      │     │     hardware      │\n"
"   └───────────────────┘     └───────────────────┘     └───────────────────┘\n"
"   ESXi, Xen, Hyper-V        VirtualBox, VMware        QEMU, Firecracker,\n"
"                             Workstation, Parallels    Cloud Hypervisor\n" },
	{ "kvm-qemu",
"   ┌──────────────────────────────┐      ┌──────────────────────────────┐\n"
"   │ QEMU: devices, firmware,     │      │ guest                        │\n"
"   │ memory of the guest          │      │ its processors and memory    │\n"
"   └──────┬────────────────▲──────┘      └──────▲────────────────┬──────┘\n"
"   user   │ KVM_RUN        │ KVM_EXIT_IO,       │                │\n"
"   ───────┼────────────────┼─KVM_EXIT_MMIO ─────┼────────────────┼───────\n"
"   kernel ▼                │                    │ VM entry       ▼ VM exit\n"
"   ┌───────────────────────┴────────────────────┴───────────────────────┐\n"
"   │ KVM: most exits end here and go straight back into the guest       │\n"
"   └────────────────────────────────────────────────────────────────────┘\n" },
};
/* clang-format on */

static const struct {
	const char *utf8;
	char ascii;
} transliteration[] = {
	{ "─", '-' }, { "│", '|' }, { "┌", '+' }, { "┐", '+' }, { "└", '+' },
	{ "┘", '+' }, { "├", '+' }, { "┤", '+' }, { "┬", '+' }, { "┴", '+' },
	{ "┼", '+' }, { "▶", '>' }, { "◀", '<' }, { "▼", 'v' }, { "▲", '^' },
};

const char *diagram_id(size_t index)
{
	return index < ARRAY_SIZE(diagrams) ? diagrams[index].id : NULL;
}

/* One character of the source; how many bytes it has there. */
static size_t put_char(FILE *file, const char *text, bool utf8)
{
	size_t i, length;

	for (i = 0; !utf8 && i < ARRAY_SIZE(transliteration); i++) {
		length = strlen(transliteration[i].utf8);
		if (strncmp(text, transliteration[i].utf8, length))
			continue;
		putc(transliteration[i].ascii, file);
		return length;
	}
	putc(*text, file);
	return 1;
}

/* A value that stands at text in braces; its length there, or 0. */
static size_t put_value(FILE *file, const char *text,
			const struct diagram_values *values)
{
	const struct {
		const char *name;
		const char *value;
	} names[] = {
		{ "{linear}", values->linear },
		{ "{guest_physical}", values->guest_physical },
		{ "{host_physical}", values->host_physical },
		{ "{second_level}", values->second_level },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (strncmp(text, names[i].name, strlen(names[i].name)))
			continue;
		fputs(names[i].value, file);
		return strlen(names[i].name);
	}
	return 0;
}

static void put_text(FILE *file, const char *text,
		     const struct diagram_values *values, bool utf8)
{
	while (*text) {
		size_t length =
			*text == '{' ? put_value(file, text, values) : 0;

		text += length ? length : put_char(file, text, utf8);
	}
}

char *diagram_text(const char *id, const struct diagram_values *values,
		   bool utf8)
{
	char *text = NULL;
	size_t i, size;
	FILE *file;

	for (i = 0; i < ARRAY_SIZE(diagrams); i++)
		if (!strcmp(diagrams[i].id, id))
			break;
	if (i == ARRAY_SIZE(diagrams))
		return NULL;
	file = open_memstream(&text, &size);
	if (!file)
		return NULL;
	put_text(file, diagrams[i].text, values, utf8);
	if (fclose(file)) {
		free(text);
		return NULL;
	}
	return text;
}

/* The least of all groups: a virtual machine may run on any CPU. */
static u64 least_value(const struct host *host, enum field_id id)
{
	u64 least = 0;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		struct field_value value = field_value(host->groups[i], id);

		if (!value.known)
			return 0;
		if (!i || value.number < least)
			least = value.number;
	}
	return least;
}

static void put_bits(char *out, size_t size, u64 bits)
{
	if (bits)
		snprintf(out, size, "%llu bits", bits);
	else
		snprintf(out, size, "width unknown");
}

static void put_ept(struct diagram_values *values, const struct host *host,
		    u64 physical)
{
	enum answer ept =
		answer_of(host, FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept);
	enum answer five =
		answer_of(host, FIELD_IA32_VMX_EPT_VPID_CAP_ept_page_walk_5);
	u64 reach = five == ANSWER_YES ? 57 : 48;

	if (ept == ANSWER_NO) {
		snprintf(values->second_level, sizeof(values->second_level),
			 "none here");
		return;
	}
	if (ept == ANSWER_UNKNOWN || five == ANSWER_UNKNOWN) {
		snprintf(values->second_level, sizeof(values->second_level),
			 "EPT, unknown here");
		return;
	}
	snprintf(values->second_level, sizeof(values->second_level),
		 "EPT, %s levels", five == ANSWER_YES ? "4 or 5" : "4");
	if (physical)
		put_bits(values->guest_physical, sizeof(values->guest_physical),
			 physical < reach ? physical : reach);
}

static void put_npt(struct diagram_values *values, const struct host *host,
		    u64 physical)
{
	enum answer npt = answer_of(host, FIELD_CPUID_L8000000A_EDX_np);
	u64 guest = least_value(host,
				FIELD_CPUID_L80000008_EAX_guest_phys_addr_size);

	if (npt != ANSWER_YES) {
		snprintf(values->second_level, sizeof(values->second_level),
			 "%s",
			 npt == ANSWER_NO ? "none here" : "NPT, unknown here");
		return;
	}
	snprintf(values->second_level, sizeof(values->second_level),
		 "NPT, as the host's paging");
	/* 0 means the same as the host's. */
	put_bits(values->guest_physical, sizeof(values->guest_physical),
		 guest ? guest : physical);
}

void diagram_values_of(struct diagram_values *values, const struct host *host)
{
	u64 physical;

	if (!host) {
		snprintf(values->linear, sizeof(values->linear),
			 "48 or 57 bits");
		snprintf(values->guest_physical, sizeof(values->guest_physical),
			 "up to 48 or 52 bits");
		snprintf(values->host_physical, sizeof(values->host_physical),
			 "up to 52 bits");
		snprintf(values->second_level, sizeof(values->second_level),
			 "EPT or NPT");
		return;
	}
	physical = least_value(host, FIELD_CPUID_L80000008_EAX_phys_addr_size);
	put_bits(values->linear, sizeof(values->linear),
		 least_value(host, FIELD_CPUID_L80000008_EAX_lin_addr_size));
	put_bits(values->host_physical, sizeof(values->host_physical),
		 physical);
	put_bits(values->guest_physical, sizeof(values->guest_physical), 0);
	if (answer_of(host, FIELD_CPUID_L1_ECX_vmx) == ANSWER_YES)
		put_ept(values, host, physical);
	else if (answer_of(host, FIELD_CPUID_L80000001_ECX_svm) == ANSWER_YES)
		put_npt(values, host, physical);
	else
		snprintf(values->second_level, sizeof(values->second_level),
			 "no extension is visible here");
}
