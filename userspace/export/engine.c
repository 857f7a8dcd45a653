// SPDX-License-Identifier: GPL-2.0-only
#include "export/engine.h"

#include <string.h>

#include "types.h"

static const struct engine engines[] = {
#define ENGINE(id, called, text, end, permissions, most, where)                \
	{ .name = #called,                                                     \
	  .title = (text),                                                     \
	  .suffix = (end),                                                     \
	  .mode = (permissions),                                               \
	  .limit = (most),                                                     \
	  .place = (where),                                                    \
	  .write = export_##called },
#include "tables/engines.def"
};

const struct engine *engine_at(size_t index)
{
	return index < ARRAY_SIZE(engines) ? &engines[index] : NULL;
}

const struct engine *engine_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(engines); i++)
		if (!strcmp(engines[i].name, name))
			return &engines[i];
	return NULL;
}

bool engine_reads(const struct engine *engine, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t length = strlen(name), end = strlen(engine->suffix);

	return *name && *name != '.' && length > end &&
	       !strcmp(name + length - end, engine->suffix);
}
