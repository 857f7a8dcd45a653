/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of the JSON document of a page, for report/page_*.c alone. */
#ifndef VIRTINFO_REPORT_PAGE_PARTS_H
#define VIRTINFO_REPORT_PAGE_PARTS_H

#include "base/text_set.h"
#include "fleet/fleet.h"
#include "model/decode.h"
#include "output/json.h"

struct page {
	const struct fleet *fleet;
	struct json *json;
	/*
	 * What many kinds of hosts have is written once: texts; and what was
	 * read of a register, its lines being the register's number, its
	 * address, its value or what came of reading it, then those of fields.
	 */
	struct text_set *texts;
	struct text_set *values;
	bool shown[NR_REGISTERS]; /* those of the values */
};

/* The number of a text, or null. */
void page_text(struct page *page, const char *key, const char *text);

/* Each adds a member to the document. Returns 0, or -1 without memory. */
int page_kinds(struct page *page);
int page_domains(struct page *page);
int page_baselines(struct page *page);
/* "cpus" of a kind: its groups of CPUs. */
int page_cpus(struct page *page, const struct host *host);
/* What those refer to: behind them. */
void page_registers(struct page *page);

#endif
