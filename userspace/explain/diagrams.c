// SPDX-License-Identifier: GPL-2.0-only
#include "explain/diagrams.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/memory_text.h"
#include "explain/topics.h"
#include "model/decode.h"

static const struct {
	const char *utf8;
	char ascii;
} transliteration[] = {
	{ "─", '-' }, { "│", '|' }, { "┌", '+' }, { "┐", '+' }, { "└", '+' },
	{ "┘", '+' }, { "├", '+' }, { "┤", '+' }, { "┬", '+' }, { "┴", '+' },
	{ "┼", '+' }, { "▶", '>' }, { "◀", '<' }, { "▼", 'v' }, { "▲", '^' },
};

/* One character of the source; how many bytes it has there. */
static size_t put_char(FILE *file, const char *text, bool utf8)
{
	size_t length;

	for (size_t i = 0; !utf8 && i < ARRAY_SIZE(transliteration); i++) {
		length = strlen(transliteration[i].utf8);
		if (strncmp(text, transliteration[i].utf8, length))
			continue;
		putc(transliteration[i].ascii, file);
		return length;
	}
	putc(*text, file);
	return 1;
}

/* The machine's value for what stands at text: {NAME|GENERAL}; or NULL. */
static const char *value_of(const struct diagram_values *values,
			    const char *text)
{
	const struct {
		const char *name;
		const char *value;
	} names[] = {
		{ "{linear|", values->linear },
		{ "{guest_physical|", values->guest_physical },
		{ "{host_physical|", values->host_physical },
		{ "{second_level|", values->second_level },
	};

	ARRAY_EACH(row, names, ARRAY_SIZE(names))
		if (!strncmp(text, row->name, strlen(row->name)))
			return row->value;
	return NULL;
}

static void put_text(FILE *file, const char *text,
		     const struct diagram_values *values, bool utf8)
{
	while (*text) {
		const char *value = value_of(values, text);

		if (*text != '{') {
			text += put_char(file, text, utf8);
			continue;
		}
		fputs(value && *value ? value : "width unknown", file);
		text += strcspn(text, "}") + 1;
	}
}

static const char *source_of(const char *id)
{
	ARRAY_EACH(diagram, diagrams, diagram_count)
		if (!strcmp(diagram->id, id))
			return diagram->text;
	return NULL;
}

char *diagram_text(const char *id, const struct diagram_values *values,
		   bool utf8)
{
	const char *source = source_of(id);
	char *text = NULL;
	size_t size;
	FILE *file = source ? open_memstream(&text, &size) : NULL;

	if (!file)
		return NULL;
	put_text(file, source, values, utf8);
	return memory_text(file, &text);
}

/* The least of all groups: a virtual machine may run on any CPU. */
static u64 least_value(const struct host *host, enum field_id id)
{
	u64 least = 0;

	for (size_t i = 0; i < host->nr_groups; i++) {
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
}

static void put_ept(struct diagram_values *values, const struct host *host,
		    u64 physical)
{
	enum answer ept =
		host_answer(host, FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept);
	enum answer five =
		host_answer(host, FIELD_IA32_VMX_EPT_VPID_CAP_ept_page_walk_5);
	u64 reach = five == ANSWER_YES ? 57 : 48;

	if (ept != ANSWER_YES || five == ANSWER_UNKNOWN) {
		values->second_level =
			ept == ANSWER_NO ? "none here" : "EPT, unknown here";
		return;
	}
	values->second_level =
		five == ANSWER_YES ? "EPT, 4 or 5 levels" : "EPT, 4 levels";
	if (physical)
		put_bits(values->guest_physical, sizeof(values->guest_physical),
			 physical < reach ? physical : reach);
}

static void put_npt(struct diagram_values *values, const struct host *host,
		    u64 physical)
{
	enum answer npt = host_answer(host, FIELD_CPUID_L8000000A_EDX_np);
	u64 guest = least_value(host,
				FIELD_CPUID_L80000008_EAX_guest_phys_addr_size);

	if (npt != ANSWER_YES) {
		values->second_level =
			npt == ANSWER_NO ? "none here" : "NPT, unknown here";
		return;
	}
	values->second_level = "NPT, levels as the host's";
	/* 0 means the same as the host's. */
	put_bits(values->guest_physical, sizeof(values->guest_physical),
		 guest ? guest : physical);
}

void diagram_values_of(struct diagram_values *values, const struct host *host)
{
	u64 physical;

	memset(values, 0, sizeof(*values));
	physical = least_value(host, FIELD_CPUID_L80000008_EAX_phys_addr_size);
	put_bits(values->linear, sizeof(values->linear),
		 least_value(host, FIELD_CPUID_L80000008_EAX_lin_addr_size));
	put_bits(values->host_physical, sizeof(values->host_physical),
		 physical);
	if (host_answer(host, FIELD_CPUID_L1_ECX_vmx) == ANSWER_YES)
		put_ept(values, host, physical);
	else if (host_answer(host, FIELD_CPUID_L80000001_ECX_svm) == ANSWER_YES)
		put_npt(values, host, physical);
	else
		values->second_level = "neither VMX nor SVM here";
}
