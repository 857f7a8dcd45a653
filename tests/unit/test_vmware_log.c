// SPDX-License-Identifier: GPL-2.0-only
/* vmware.log: CPUID of the host behind prefixes of several kinds. */
#include "verdict.h"

#define OLD "Aug 20 20:09:04.215: vmx| "
#define NEW "2022-11-30T10:00:00.1Z In(05) vmx "
#define LEAF_0(prefix)                                                         \
	prefix "hostCPUID level 00000000, 0: 0x0000000a 0x756e6547 0x6c65746e 0x49656e69\n"
#define LEAF_1(prefix, ecx)                                                    \
	prefix "hostCPUID level 00000001, 0: 0x00010676 0x00020800 " ecx       \
	       " 0xbfebfbff\n"
#define LEAVES(prefix, ecx) LEAF_0(prefix) LEAF_1(prefix, ecx)
#define EXTENDED(prefix)                                                                           \
	prefix "hostCPUID level 80000000, 0: 0x80000008 0x00000000 0x00000000 0x00000000\n" prefix \
	       "hostCPUID level 80000001, 0: 0x00000000 0x00000000 0x00000001 0x20100800\n"

static void prefixes(void **state)
{
	static const char *const texts[] = { LEAVES(OLD, "0x0008e3bd"),
					     LEAVES(NEW, "0x0008e3bd"),
					     LEAVES("", "0x0008e3bd") };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct host *host = parse_string(texts[i]);

		assert_int_equal(host->source, HOST_VMWARE_LOG);
		assert_int_equal(host->ignored, 0);
		assert_cpus(&host->groups[0]->cpus, "0");
		assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EAX],
				 0x10676);
		host_free(host);
	}
}

static void only_the_host(void **state)
{
	struct host *host = parse_string(
		OLD "hostCPUID vendor: GenuineIntel\n" LEAVES(OLD, "0x0008e3bd")
			OLD "guestCPUID level 00000001, 0: 0x1 0x2 0x3 0x4\n"
			    "a word\n");

	(void)state;
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EAX], 0x10676);
	assert_int_equal(host->ignored, 1);
	host_free(host);
}

static void verdicts(void **state)
{
	(void)state;
	assert_reason(LEAVES(OLD, "0x0008e39d") EXTENDED(OLD), "no-extension");
	assert_reason(LEAVES(OLD, "0x0008e3bd") EXTENDED(OLD), "unknown");
	assert_reason(LEAVES(OLD, "0x8008e39d") EXTENDED(OLD),
		      "hidden-by-hypervisor");
}

static void damaged(void **state)
{
	(void)state;
	refuse(LEAF_0(OLD),
	       "f:1: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse(LEAF_0(OLD) OLD "hostCPUID level 00000001, 0: 0x1 0x2 0x3\n",
	       "f:2: not \"LEAF, SUB: \" and 4 words of CPUID");
	refuse(LEAF_0(OLD) OLD "hostCPUID level 00000001 0: 0x1 0x2 0x3 0x4\n",
	       "f:2: not \"LEAF, SUB: \" and 4 words of CPUID");
	refuse(LEAVES(OLD, "0x0008e3bd") LEAF_1(OLD, "0x0008e3be"),
	       "f:3: a second value of CPUID 0x00000001.0x0, which is also in line 2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes),
		cmocka_unit_test(only_the_host),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
