// SPDX-License-Identifier: GPL-2.0-only
#include "model/features.h"

static const struct feature features[] = {
#define FEATURE(of, register_name, field_name, text)                           \
	{ .extension = VI_##of,                                                \
	  .field = FIELD_##register_name##_##field_name,                       \
	  .name = #field_name,                                                 \
	  .title = (text) },
#include "tables/features.def"
};

const struct feature *feature_next(const struct host *host,
				   const struct feature *after)
{
	const struct feature *feature = after ? after + 1 : features;
	enum vi_extension extension;

	if (!host->nr_groups)
		return NULL;
	extension = vi_extension(&host->groups[0]->sample);
	for (; feature < features + ARRAY_SIZE(features); feature++)
		if (feature->extension == extension)
			return feature;
	return NULL;
}
