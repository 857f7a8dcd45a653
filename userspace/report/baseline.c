// SPDX-License-Identifier: GPL-2.0-only
/* The largest CPU for guests that all hosts can run, as an engine wants it. */
#include "report/baseline.h"

static int print_text(struct out *out, const struct side *baseline,
		      const struct side *const *sides, size_t count,
		      const struct baseline_target *target)
{
	struct out apart = { .file = stderr, .width = 80 };

	return baseline_print_apart(&apart, baseline, sides, count, target) ||
			       baseline_print(out, baseline, sides, count,
					      target) ?
		       -1 :
		       0;
}

static int print_json(struct out *out, const struct side *baseline,
		      const struct side *const *sides, size_t count,
		      size_t hosts, const struct baseline_target *target)
{
	struct json *json = json_new("virtinfo.baseline/1");
	int error;

	json_uint(json, "hosts", hosts);
	error = baseline_json(json, baseline, sides, count, target);
	return json_finish(json, out->file) || error ? -1 : 0;
}

int report_baseline(struct out *out, const struct side *const *sides,
		    size_t count, size_t hosts, const struct options *options)
{
	struct baseline_target target;
	struct side baseline;
	int error;

	/* The command line has been checked. */
	baseline_target_parse(&target, options->value[OPT_BASELINE]);
	error = baseline_of(&baseline, sides, count);
	if (!error)
		error = options_has(options, OPT_JSON) ?
				print_json(out, &baseline, sides, count, hosts,
					   &target) :
				print_text(out, &baseline, sides, count,
					   &target);
	side_free(&baseline);
	return error ? -1 : 0;
}
