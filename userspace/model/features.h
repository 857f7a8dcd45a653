/* SPDX-License-Identifier: GPL-2.0-only */
/* The features that matter to one who runs or writes a hypervisor. */
#ifndef VIRTINFO_MODEL_FEATURES_H
#define VIRTINFO_MODEL_FEATURES_H

#include "model/decode.h"
#include "summary.h"

struct feature {
	enum vi_extension extension; /* of which it is one */
	enum field_id field;
	const char *name; /* of the field */
	const char *title;
};

/*
 * The next feature of the extension that the host's CPUs have, in the table's
 * order: the first where after is NULL. NULL past the last, and where there is
 * no CPU or it has no extension.
 */
const struct feature *feature_next(const struct host *host,
				   const struct feature *after);

#endif
