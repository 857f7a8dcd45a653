/* SPDX-License-Identifier: GPL-2.0-only */
/* The values of fields as virtinfo show writes them for people. */
#ifndef VIRTINFO_REPORT_SHOW_VALUE_H
#define VIRTINFO_REPORT_SHOW_VALUE_H

#include "model/decode.h"
#include "output/out.h"

/* A column of values is at most so wide. */
#define SHOWN_WIDEST 18

struct shown_value {
	char text[96];
	enum out_style style;
};

/*
 * A known field's value: "yes", "forced", "28 (0x1c)", "6 = WB", "\"Genu\"".
 * Returns value.
 */
struct shown_value *show_value(struct shown_value *value,
			       const struct host_group *group,
			       enum field_id id);

/* ": pae pge ..." where the field holds bits of another register. */
void show_bit_names(struct out *out, const struct host_group *group,
		    enum field_id id);

/*
 * Every register once: those that virtualization begins with, then the others
 * as the table has them.
 */
const enum register_id *show_order(void);

#endif
