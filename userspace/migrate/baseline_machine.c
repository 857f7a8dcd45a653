// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine type: QEMU names one after each of its releases (hw/i386/pc_q35.c),
 * and an older QEMU does not know those of newer ones.
 */
#include "migrate/baseline_plan.h"

#include "base/release.h"

/* KERNEL_RELEASE() of the side's QEMU; 0: not known. */
static int qemu_of(const struct side *side)
{
	const struct program *qemu;

	if (!side->host)
		return 0;
	qemu = system_program(&side->host->system, "qemu-system-x86_64");
	return qemu ? PROGRAM_RELEASE(qemu->version) : 0;
}

int baseline_note_machine(struct baseline_plan *plan,
			  const struct side *const *sides, size_t count,
			  int release)
{
	const char *where = NULL;
	char others[64] = "";
	size_t i, unknown = 0;

	for (i = 0; i < count; i++) {
		int has = qemu_of(sides[i]);

		unknown += !has;
		if (!has || (release && release <= has))
			continue;
		release = has;
		where = sides[i]->host->name;
	}
	if (!release)
		return 0;
	if (unknown)
		snprintf(others, sizeof(others),
			 "; the QEMU of %zu is not known", unknown);
	return baseline_plan_note(
		plan, "machine type: pc-q35-%d.%d or an older one%s%s%s",
		release / 1000, release % 1000,
		where ? ", for the QEMU of " : "", where ? where : "", others);
}
