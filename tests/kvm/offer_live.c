// SPDX-License-Identifier: GPL-2.0-only
/*
 * What this system's KVM can give to a virtual CPU, whichever CPU is asked.
 * Without a device every test says that it was skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sched.h>
#include <unistd.h>

#include "base/facts.h"
#include "kvm/caps.h"
#include "kvm/device.h"
#include "model/kvm_facts.h"

static void need_device(void)
{
	int device = kvm_device_open(NULL);

	if (device < 0) {
		print_message("SKIPPED: %s: %s\n", KVM_DEVICE,
			      strerror(-device));
		skip();
	}
	close(device);
}

static struct facts *read_offer(void)
{
	struct facts *facts = facts_new();
	struct kvm_caps caps;

	assert_non_null(facts);
	assert_int_equal(kvm_caps_read(&caps, NULL, true), 0);
	assert_true(caps.cpuid[KVM_CPUID_SUPPORTED].known);
	assert_int_equal(caps.cpuid[KVM_CPUID_SUPPORTED].error, 0);
	assert_non_null(kvm_caps_cpuid(&caps, KVM_CPUID_SUPPORTED, 0, 0));
	assert_non_null(kvm_caps_cpuid(&caps, KVM_CPUID_SUPPORTED, 1, 0));
	assert_int_equal(kvm_facts_write_offer(facts, &caps), 0);
	kvm_caps_free(&caps);
	return facts;
}

static void the_same_on_every_cpu(void **state)
{
	cpu_set_t allowed, one;
	struct facts *first = NULL;
	int asked = 0;

	(void)state;
	need_device();
	assert_int_equal(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
	for (int cpu = 0; cpu < CPU_SETSIZE && asked < 16; cpu++) {
		struct facts *facts;

		if (!CPU_ISSET(cpu, &allowed))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
		facts = read_offer();
		asked++;
		if (!first) {
			first = facts;
			continue;
		}
		assert_int_equal(facts_count(facts), facts_count(first));
		for (size_t i = 0; i < facts_count(facts); i++) {
			assert_string_equal(facts_at(facts, i).key,
					    facts_at(first, i).key);
			assert_string_equal(facts_at(facts, i).value,
					    facts_at(first, i).value);
		}
		facts_free(facts);
	}
	assert_int_equal(sched_setaffinity(0, sizeof(allowed), &allowed), 0);
	facts_free(first);
}

/* No more is asked where nobody needs it. */
static void only_where_asked_for(void **state)
{
	struct kvm_caps caps;

	(void)state;
	need_device();
	assert_int_equal(kvm_caps_read(&caps, NULL, false), 0);
	for (int list = 0; list < NR_KVM_CPUID_LISTS; list++)
		assert_false(caps.cpuid[list].known);
	assert_int_equal(caps.tsc_khz, 0);
	assert_false(caps.xcomp_known);
	kvm_caps_free(&caps);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_on_every_cpu),
		cmocka_unit_test(only_where_asked_for),
	};

	return cmocka_run_group_tests_name("offer_live", tests, NULL, NULL);
}
