// SPDX-License-Identifier: GPL-2.0-only
#include "input/live_facts.h"

#include <string.h>
#include <unistd.h>

#include "input/module_refusal.h"
#include "input/system.h"
#include "kvm/device.h"
#include "base/errname.h"
#include "model/kvm_facts.h"
#include "summary.h"

/* The first failure is kept: facts come through callbacks that return nothing. */
struct sink {
	struct facts *facts;
	int error;
};

static void add_fact(void *context, const char *key, const char *value)
{
	struct sink *sink = context;

	if (facts_add(sink->facts, key, value))
		sink->error = -1;
}

/* Of the first CPUs that have one: some may have none. */
static const char *vendor_module(const struct host *host)
{
	size_t i;

	for (i = 0; i < host->nr_groups; i++)
		switch (vi_extension(&host->groups[i]->sample)) {
		case VI_VMX:
			return "kvm_intel";
		case VI_SVM:
			return "kvm_amd";
		default:
			break;
		}
	return NULL;
}

static int add_caps(struct sink *sink)
{
	struct kvm_caps caps;
	int error = kvm_caps_read(&caps, NULL);

	if (!error)
		kvm_facts_emit_caps(&caps, add_fact, sink);
	kvm_caps_free(&caps);
	return error;
}

/* Only whether it opens and is KVM. */
static int add_open(struct sink *sink)
{
	int device = kvm_device_open(NULL), api;
	char error[ERRNAME_SIZE];

	if (device < 0)
		return facts_add(sink->facts, "kvm device open",
				 errname_format(error, -device));
	api = kvm_device_api(device);
	close(device);
	if (facts_add(sink->facts, "kvm device open", "ok"))
		return -1;
	return api < 0 ? facts_add(sink->facts, "kvm api", "no answer") :
			 facts_format(sink->facts, "kvm api", "%d", api);
}

/*
 * A node that is made in advance loads kvm when it is opened: who only asks
 * what is there must not.
 */
static bool opening_loads(const struct facts *facts)
{
	const char *state = facts_module(facts, "kvm");

	return state && !strcmp(state, "loadable");
}

static bool opened(const struct facts *facts)
{
	const char *open = facts_get(facts, "kvm device open");

	return open && !strcmp(open, "ok");
}

/* Which of the kernel's checks keeps, or would keep, virtinfo.ko out. */
static int add_refusal(struct host *host)
{
	enum module_refusal refusal;
	struct module_facts facts;
	char text[512];

	if (host->source == HOST_MODULE)
		return 0;
	module_facts_read(&facts, "", NULL);
	refusal = module_refusal(&facts, 0);
	return facts_add(
		host->facts, "source module",
		module_refusal_text(refusal, &facts, 0, text, sizeof(text)));
}

int live_facts(struct host *host, unsigned int what)
{
	const struct system_options options = {
		.vendor_module = vendor_module(host),
		.try_load = what & LIVE_TRY_LOAD,
		.everything = what & LIVE_BESIDE,
		/* Only profiles ask check for capabilities. */
		.profiles = what & LIVE_CAPS,
	};
	struct sink sink = { .facts = host->facts };
	struct kvm_proof proof = { 0 };

	if (what & LIVE_MODULE && add_refusal(host))
		return -1;
	if (what & (LIVE_SYSTEM | LIVE_BESIDE) &&
	    system_gather(host->facts, &options))
		return -1;
	if (!(what & (LIVE_SYSTEM | LIVE_CAPS | LIVE_PROOF)) ||
	    opening_loads(host->facts))
		return 0;
	if (what & LIVE_CAPS ? add_caps(&sink) : add_open(&sink))
		return -1;
	if (opened(host->facts) && what & (LIVE_SYSTEM | LIVE_PROOF)) {
		if (what & LIVE_PROOF)
			kvm_proof_run(NULL, &proof);
		kvm_facts_emit_proof(&proof, add_fact, &sink);
	}
	return sink.error;
}
