// SPDX-License-Identifier: GPL-2.0-only
#include "model/hosting.h"

#include <string.h>

#include "base/append.h"
#include "base/array.h"

static const struct {
	const char *name;
	const char *type;
	const char *what;
} rows[NR_HOSTINGS] = {
#define HOSTING(id, title, kind, text)                                         \
	[HOSTING_##id] = { .name = (title), .type = (kind), .what = (text) },
#include "tables/hosting.def"
};

const struct hosting_trace hosting_traces[NR_HOSTING_TRACES] = {
#define HOSTING_TRACE(what, how, title) { HOSTING_##what, TRACE_##how, title },
#include "tables/hosting.def"
};

#define add_evidence(hosting, ...)                                             \
	append_text((hosting)->evidence, sizeof((hosting)->evidence), "; ",    \
		    __VA_ARGS__)

/* One sign is enough for yes; no needs that every sign was looked for. */
static void add_answer(enum answer *answer, enum answer sign)
{
	if (*answer == ANSWER_YES || sign == ANSWER_YES)
		*answer = ANSWER_YES;
	else if (sign == ANSWER_UNKNOWN)
		*answer = ANSWER_UNKNOWN;
}

static void see_module(struct hosting *hosting, const struct host *host,
		       const char *name)
{
	const struct module *module = system_module(&host->system, name);

	hosting->has_kernel_part = true;
	if (module->state == MODULE_STATE_UNKNOWN) {
		add_answer(&hosting->present, ANSWER_UNKNOWN);
		add_answer(&hosting->loaded, ANSWER_UNKNOWN);
		return;
	}
	add_answer(&hosting->loaded,
		   module_present(module) ? ANSWER_YES : ANSWER_NO);
	if (module->state == MODULE_STATE_NOT_LOADED)
		return;
	if (module->state == MODULE_STATE_ABSENT) {
		add_answer(&hosting->present, ANSWER_NO);
		return;
	}
	add_answer(&hosting->present, ANSWER_YES);
	if (module->users_known)
		add_evidence(hosting, "module %s %s, %u users", name,
			     module->state_text, module->users);
	else
		add_evidence(hosting, "module %s %s", name, module->state_text);
	/* kvm is used by its vendor module, which no guest needs to be for. */
	if (module->users && strcmp(name, "kvm"))
		add_answer(&hosting->active, ANSWER_YES);
}

static void see_node(struct hosting *hosting, const struct host *host,
		     const char *name)
{
	const char *state = facts_getf(host->facts, "node %s", name);
	bool present = state && !strcmp(state, "present");

	hosting->has_kernel_part = true;
	if (!present) {
		add_answer(&hosting->loaded,
			   state ? ANSWER_NO : ANSWER_UNKNOWN);
		return;
	}
	hosting->present = ANSWER_YES;
	add_answer(&hosting->loaded, ANSWER_YES);
	add_evidence(hosting, "%s", name);
}

static void see_program(struct hosting *hosting, const struct host *host,
			const char *name)
{
	const char *path = facts_getf(host->facts, "program %s", name);

	if (!path)
		add_answer(&hosting->present, ANSWER_UNKNOWN);
	else if (!strcmp(path, "absent"))
		add_answer(&hosting->present, ANSWER_NO);
	else {
		hosting->present = ANSWER_YES;
		add_evidence(hosting, "%s", path);
	}
}

static void see_process(struct hosting *hosting, const struct host *host,
			const char *name)
{
	const struct process *process = system_process(&host->system, name);

	if (!process || !process->count) {
		add_answer(&hosting->active,
			   process ? ANSWER_NO : ANSWER_UNKNOWN);
		return;
	}
	hosting->present = ANSWER_YES;
	hosting->active = ANSWER_YES;
	add_evidence(hosting, "process %s: %u", name, process->count);
}

static void judge_traces(struct hosting *hosting, const struct host *host,
			 enum hosting_id id)
{
	static void (*const see[])(struct hosting * hosting,
				   const struct host *host,
				   const char *name) = {
		[TRACE_MODULE] = see_module,
		[TRACE_NODE] = see_node,
		[TRACE_PROGRAM] = see_program,
		[TRACE_PROCESS] = see_process,
	};

	ARRAY_EACH(trace, hosting_traces, NR_HOSTING_TRACES)
		if (trace->id == id)
			see[trace->kind](hosting, host, trace->name);
}

/* Every virtual machine holds the vendor's module; a built-in one does not count. */
static bool vendor_module_idle(const struct host *host)
{
	const struct module *intel = system_module(&host->system, "kvm_intel");
	const struct module *amd = system_module(&host->system, "kvm_amd");

	return (intel->users_known || amd->users_known) && !intel->users &&
	       !amd->users;
}

/* A KVM that answers is there, whatever modules are called. */
static void judge_kvm(struct hosting *hosting, const struct host *host)
{
	int api = host->system.kvm.api;

	if (api > 0 || host->system.proof.ran)
		hosting->loaded = ANSWER_YES;
	if (api > 0)
		add_evidence(hosting, "API version %d", api);
	if (host->system.proof.ran)
		add_evidence(hosting, "a guest ran");
	if (hosting->active != ANSWER_YES)
		hosting->active = hosting->loaded == ANSWER_NO ||
						  vendor_module_idle(host) ?
					  ANSWER_NO :
					  ANSWER_UNKNOWN;
}

/* This system as the root partition, dom0 or service VM of a hypervisor. */
static void judge_privileged(struct hosting *hosting,
			     const struct hypervisor *hypervisor,
			     enum hypervisor_product product)
{
	bool known = hypervisor->privileged != ANSWER_UNKNOWN ||
		     (hypervisor->guest == ANSWER_YES &&
		      hypervisor->product != product);

	hosting->has_kernel_part = true;
	if (hypervisor->privileged == ANSWER_YES &&
	    hypervisor->product == product) {
		hosting->loaded = ANSWER_YES;
		hosting->active = ANSWER_YES;
		add_evidence(hosting, "%s", hypervisor->privileged_why);
		return;
	}
	/* Its tools may be installed all the same. */
	hosting->loaded = known ? ANSWER_NO : ANSWER_UNKNOWN;
	hosting->active = hosting->loaded;
	if (hosting->present == ANSWER_UNKNOWN && known &&
	    product == HYPERVISOR_HYPERV)
		hosting->present = ANSWER_NO;
}

static void judge_jailhouse(struct hosting *hosting, const struct host *host)
{
	const char *enabled = facts_get(host->facts, "jailhouse enabled");

	if (enabled && strcmp(enabled, "0")) {
		hosting->loaded = ANSWER_YES;
		hosting->active = ANSWER_YES;
		add_evidence(hosting, "/sys/devices/jailhouse/enabled is %s",
			     enabled);
	} else if (enabled || hosting->loaded == ANSWER_NO) {
		hosting->active = ANSWER_NO;
	} else if (hosting->active != ANSWER_YES) {
		hosting->active = ANSWER_UNKNOWN;
	}
}

struct hosting hosting_of(const struct host *host,
			  const struct hypervisor *hypervisor,
			  enum hosting_id id)
{
	/* Those that this system may be the root partition, dom0 or so of. */
	static const enum hypervisor_product products[NR_HOSTINGS] = {
		[HOSTING_XEN] = HYPERVISOR_XEN,
		[HOSTING_HYPERV] = HYPERVISOR_HYPERV,
		[HOSTING_ACRN] = HYPERVISOR_ACRN,
	};
	struct hosting hosting = {
		.name = rows[id].name,
		.type = rows[id].type,
		.what = rows[id].what,
		.present = ANSWER_NO,
		.loaded = ANSWER_NO,
		.active = ANSWER_NO,
	};

	judge_traces(&hosting, host, id);
	if (id == HOSTING_KVM)
		judge_kvm(&hosting, host);
	else if (id == HOSTING_JAILHOUSE)
		judge_jailhouse(&hosting, host);
	else if (products[id] != HYPERVISOR_NONE)
		judge_privileged(&hosting, hypervisor, products[id]);
	/* What is loaded is present, what is not present is neither. */
	if (hosting.loaded == ANSWER_YES)
		hosting.present = ANSWER_YES;
	if (hosting.present == ANSWER_NO && hosting.active == ANSWER_UNKNOWN)
		hosting.active = ANSWER_NO;
	return hosting;
}
