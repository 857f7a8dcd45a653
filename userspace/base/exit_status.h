/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the program ends with. From 10 on an exit status is an answer:
 *	10-69	the reason of a verdict (verdict/reasons.def)
 *	70-79	diff: which way a guest may not migrate
 *	80-89	fleet: not every host is ready, or what differs since
 * All of them are ABI and keep their meaning.
 */
#ifndef VIRTINFO_BASE_EXIT_STATUS_H
#define VIRTINFO_BASE_EXIT_STATUS_H

enum exit_status {
	STATUS_OK = 0,
	STATUS_FAILED = 1, /* an operation failed */
	STATUS_USAGE = 2,
	STATUS_BAD_INPUT = 3,

	/* diff A B: a guest may move */
	STATUS_ONLY_TO_B = 70,
	STATUS_ONLY_TO_A = 71,
	STATUS_NEITHER_WAY = 72,
	STATUS_MIGRATION_UNKNOWN = 73, /* not known of one way at least */
	STATUS_NOT_ALL_READY = 80, /* fleet: of one it is not known, or more */

	/* fleet --since: 0 where no host differs */
	STATUS_DRIFTED = 81,
	STATUS_LOST_A_HOST = 82, /* one that was ready is not, or is gone */
};

#endif
