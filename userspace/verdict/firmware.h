/* SPDX-License-Identifier: GPL-2.0-only */
/* What the firmware's stage shares. For verdict/firmware*.c only. */
#ifndef VIRTINFO_VERDICT_FIRMWARE_H
#define VIRTINFO_VERDICT_FIRMWARE_H

#include "verdict/stage.h"

/* Is VMX the extension, and not SVM? */
bool is_vmx(const struct verdict_context *v);
/* Does this kernel clear its flag where the extension is locked off? */
bool kernel_clears_flag(const struct verdict_context *v);
/* Is the flag shown on every CPU that /proc/cpuinfo lists? */
bool flag_present(const struct verdict_context *v);

/* It is locked off, by firmware or the hypervisor: reason and remedy. */
void fail_locked(struct stage *stage);

/* What the log or a failed load tell of the lock; false where nothing. */
bool judge_failure(struct stage *stage);

#endif
