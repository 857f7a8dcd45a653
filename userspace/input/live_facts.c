// SPDX-License-Identifier: GPL-2.0-only
#include "input/live_facts.h"

#include <string.h>
#include <unistd.h>

#include "input/system.h"
#include "kvm/device.h"
#include "model/kvm_facts.h"

static int add_caps(struct facts *facts, bool offer)
{
	struct kvm_caps caps;
	int error = kvm_caps_read(&caps, NULL, offer);

	if (!error)
		error = kvm_facts_write_caps(facts, &caps);
	kvm_caps_free(&caps);
	return error;
}

/* Only whether it opens and is KVM. */
static int add_device(struct facts *facts)
{
	int device = kvm_device_open(NULL), api;

	if (device < 0)
		return kvm_facts_write_device(facts, -device, -1);
	api = kvm_device_api(device);
	close(device);
	return kvm_facts_write_device(facts, 0, api);
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

static int add_kvm(struct facts *facts, unsigned int what)
{
	struct kvm_proof proof = { 0 };

	if (opening_loads(facts))
		return 0;
	if (what & LIVE_CAPS ? add_caps(facts, what & LIVE_MIGRATION) :
			       add_device(facts))
		return -1;
	if (!opened(facts) || !(what & (LIVE_SYSTEM | LIVE_PROOF)))
		return 0;
	if (what & LIVE_PROOF)
		kvm_proof_run(NULL, &proof);
	return kvm_facts_write_proof(facts, &proof);
}

static enum system_scope scope_of(unsigned int what)
{
	if (what & LIVE_BESIDE)
		return SYSTEM_EVERYTHING;
	/* Only profiles ask check for capabilities. */
	return what & LIVE_CAPS ? SYSTEM_PROFILES : SYSTEM_VERDICT;
}

int live_facts(struct host *host, unsigned int what)
{
	const struct system_options options = {
		.root = "",
		.scope = scope_of(what),
		.vendor_module = host_vendor_module(host),
		.try_load = what & LIVE_TRY_LOAD,
		.migration = what & LIVE_MIGRATION,
		.own_module = what & LIVE_MODULE && host->source != HOST_MODULE,
	};

	if (what & LIVE_SYSTEM && system_gather(host->facts, &options))
		return -1;
	if (what & (LIVE_SYSTEM | LIVE_CAPS | LIVE_PROOF) &&
	    add_kvm(host->facts, what))
		return -1;
	return system_parse(&host->system, host->facts, NULL);
}
