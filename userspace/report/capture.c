// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo capture: the host as the text of /proc/virtinfo, and its facts as
 * more stanzas. Physical addresses are never written, whoever runs this.
 */
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "base/array.h"
#include "base/timestamp.h"
#include "model/host.h"
#include "output/json.h"
#include "report/report.h"
#include "report/show.h"
#include "text.h"

/* The lines of the header of /proc/virtinfo, in its order. */
static const char *const header_keys[] = { "version", "kernel", "cpus covered",
					   "sampled", "xen domain" };

static bool in_header(const char *key)
{
	ARRAY_EACH(header, header_keys, ARRAY_SIZE(header_keys))
		if (!strcmp(*header, key))
			return true;
	return false;
}

static void write_key(struct out *out, const char *key)
{
	out_printf(out, "%s%s: ", key, strlen(key) < 8 ? "\t\t" : "\t");
}

static void write_line(struct out *out, const char *key, const char *value)
{
	write_key(out, key);
	out_printf(out, "%s\n", value);
}

static void write_cpus(struct out *out, const char *key,
		       const struct cpulist *cpus)
{
	write_key(out, key);
	cpulist_print(out->file, cpus);
	out_printf(out, "\n");
}

static int write_header(struct out *out, const struct host *host)
{
	struct cpulist covered = { 0 };
	char sampled[TIMESTAMP_SIZE];
	int error = host_cpus(host, &covered);

	timestamp_format(sampled, time(NULL));
	out_printf(out, "virtinfo\t: %d\n", VI_FORMAT);
	ARRAY_EACH(header, header_keys, ARRAY_SIZE(header_keys)) {
		const char *key = *header;
		const char *value = facts_get(host->facts, key);

		if (value)
			write_line(out, key, value);
		else if (!strcmp(key, "version") && host_is_live(host))
			write_line(out, key, VIRTINFO_VERSION);
		else if (!strcmp(key, "cpus covered") && host->nr_groups)
			write_cpus(out, key, &covered);
		else if (!strcmp(key, "sampled") && host_is_live(host))
			write_line(out, key, sampled);
	}
	cpulist_free(&covered);
	return error;
}

static void write_stanza(struct out *out, const struct host_group *group,
			 const struct cpulist *cpus,
			 const struct vi_sample *sample)
{
	out_printf(out, "\n");
	write_cpus(out, "cpus", cpus);
	vi_text_summary(out->file, sample, &group->hv);
	if (group->on_known && vi_extension(sample) == VI_VMX)
		write_cpus(out, "vmx on", &group->vmx_on);
	if (group->on_known && vi_extension(sample) == VI_SVM)
		write_cpus(out, "svm on", &group->svm_on);
	if (group->older.count) {
		write_cpus(out, "older", &group->older);
		out_printf(out, "older by\t: %u\n", group->older_by);
	}
	vi_text_registers(out->file, sample, &group->hv, false);
	known_bits_print(out->file, sample, &group->known);
	hv_bits_print(out->file, &group->hv_bits);
	ARRAY_EACH(raw, group->others.list, group->others.count) {
		vi_text_leaf(out->file, raw->leaf, raw->subleaf, raw->reg);
	}
}

/* A stanza says of each of its CPUs what it says: those get their own. */
static int write_partly_told(struct out *out, const struct host_group *group)
{
	struct vi_sample sample = group->sample;
	struct host_group rest = *group;
	struct cpulist cpus = { 0 };
	int error;

	memset(sample.msr, 0, sizeof(sample.msr));
	memset(sample.msr_status, VI_ABSENT, sizeof(sample.msr_status));
	rest.on_known = false;
	error = host_group_msrs_unknown(group, &cpus);
	write_stanza(out, group, &group->msrs_known, &group->sample);
	write_stanza(out, &rest, &cpus, &sample);
	cpulist_free(&cpus);
	return error;
}

static int write_group(struct out *out, const struct host_group *group)
{
	if (host_group_partial(group))
		return write_partly_told(out, group);
	write_stanza(out, group, &group->cpus, &group->sample);
	return 0;
}

static size_t first_word(const char *key)
{
	return strcspn(key, " ");
}

/*
 * The first fact: that this is a capture, whose stanzas of CPUs may have fewer
 * registers than the module's.
 */
static void write_origin(struct out *out, const struct host *host)
{
	if (!facts_get(host->facts, "capture"))
		out_printf(out, "\ncapture\t\t: from %s\n",
			   host_source_name(host));
}

/* Captures are posted in public: only who asks for it gets it. */
static bool is_name(const char *key)
{
	return !strcmp(key, "host");
}

/* A new stanza where the first word changes, for the eye. */
static void write_facts(struct out *out, const struct host *host, bool named)
{
	const char *last = "";

	for (size_t i = 0; i < facts_count(host->facts); i++) {
		struct fact fact = facts_at(host->facts, i);
		size_t length = first_word(fact.key);

		if (in_header(fact.key) || (!named && is_name(fact.key)))
			continue;
		if (length != first_word(last) ||
		    strncmp(last, fact.key, length))
			out_printf(out, "\n");
		last = fact.key;
		write_line(out, fact.key, fact.value);
	}
}

static void json_facts(struct json *json, const struct host *host, bool named)
{
	json_begin_array(json, "facts");
	for (size_t i = 0; i < facts_count(host->facts); i++) {
		struct fact fact = facts_at(host->facts, i);

		if (!named && is_name(fact.key))
			continue;
		json_begin_object(json, NULL);
		json_string(json, "key", fact.key);
		json_string(json, "value", fact.value);
		json_end(json);
	}
	json_end(json);
}

/* The registers as virtinfo show has them; capture adds the facts. */
static int print_json(struct out *out, const struct host *host, bool named)
{
	struct json *json = json_new("virtinfo.capture/1");
	int error = show_groups_json(json, host);

	json_facts(json, host, named);
	return json_finish(json, out->file) || error ? STATUS_FAILED : 0;
}

static int print_text(struct out *out, const struct host *host, bool named)
{
	if (write_header(out, host))
		return report_out_of_memory();
	GROUP_EACH(host, group)
		if (write_group(out, group))
			return report_out_of_memory();
	write_origin(out, host);
	write_facts(out, host, named);
	return 0;
}

/* Returns 0, or -1 without memory. */
static int add_name(const struct host *host)
{
	struct utsname system;

	return uname(&system) ? 0 :
				facts_add(host->facts, "host", system.nodename);
}

int report_capture(struct out *out, struct host *const *hosts,
		   const struct options *options)
{
	const struct host *host = hosts[0];
	bool named = options_has(options, OPT_NAME);

	if (named && host_is_live(host) && add_name(host))
		return report_out_of_memory();
	return options_has(options, OPT_JSON) ? print_json(out, host, named) :
						print_text(out, host, named);
}
