// SPDX-License-Identifier: GPL-2.0-only
/* What a system runs under, and what on it can host guests. */
#include "input.h"

#include <unistd.h>

#include "model/hosting.h"
#include "model/hypervisor.h"

/* Dumps of real guests, where they are; they are no part of the tree. */
#define CORPUS_VARIABLE "CORPUS"
#define CORPUS_FOLDER	"../shared/corpus"

#define CPUS "\ncpus : 0\n"
#define INTEL                                                                  \
	"cpuid 0x00000000.0x0 : 0x0000000d 0x756e6547 0x6c65746e 0x49656e69\n"
#define GUEST "cpuid 0x00000001.0x0 : 0x000306c3 0x00100800 0x80000001 0x0\n"
#define BARE  "cpuid 0x00000001.0x0 : 0x000306c3 0x00100800 0x00000001 0x0\n"
#define KVM                                                                    \
	"cpuid 0x40000000.0x0 : 0x40000001 0x4b4d564b 0x564b4d56 0x0000004d\n"
#define HYPERV                                                                 \
	"cpuid 0x40000000.0x0 : 0x40000005 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"

static void expect_under(struct host *host, enum answer guest,
			 enum hypervisor_product product,
			 enum layer_certainty certainty)
{
	struct hypervisor seen;

	hypervisor_detect(&seen, host);
	assert_int_equal(seen.guest, guest);
	assert_string_equal(hypervisor_name(seen.product),
			    hypervisor_name(product));
	if (product == HYPERVISOR_NONE) {
		assert_null(hypervisor_nearest(&seen));
	} else {
		assert_non_null(hypervisor_nearest(&seen));
		assert_string_equal(layer_certainty_name(seen.certainty),
				    layer_certainty_name(certainty));
		assert_true(*hypervisor_nearest(&seen)->why);
	}
	host_free(host);
}

static void bare_metal_has_none(void **state)
{
	(void)state;
	expect_under(parse_string("virtinfo : 1\n" CPUS INTEL BARE), ANSWER_NO,
		     HYPERVISOR_NONE, LAYER_CERTAIN);
	/* The leaves mean nothing while the bit is clear. */
	expect_under(parse_string("virtinfo : 1\n" CPUS INTEL BARE KVM),
		     ANSWER_NO, HYPERVISOR_NONE, LAYER_CERTAIN);
}

static void kvm_virtualbox_and_parallels_are_told_apart(void **state)
{
	(void)state;
	expect_under(
		parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				     GUEST KVM),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_CERTAIN);
	expect_under(
		parse_string(
			"virtinfo : 1\n"
			"dmi sys_vendor : innotek GmbH\n"
			"dmi product_name : VirtualBox\n" CPUS INTEL GUEST KVM),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_under(
		parse_string(
			"virtinfo : 1\n"
			"dmi sys_vendor : Parallels Software International Inc.\n"
			"dmi product_name : Parallels Virtual Platform\n" CPUS
				INTEL GUEST KVM),
		ANSWER_YES, HYPERVISOR_PARALLELS, LAYER_CERTAIN);
	/* Without names: VirtualBox by what it offers, with a stable clock or not. */
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x00000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x00000009 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_CANNOT_TELL);
	/* A machine of QEMU whose owner left only those features on. */
	expect_under(
		parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				     GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
}

static void imitations_of_hyperv_are_seen_through(void **state)
{
	struct hypervisor seen;
	struct host *host;

	(void)state;
	host = parse_string(
		"virtinfo : 1\n" CPUS INTEL GUEST HYPERV
		"cpuid 0x40000100.0x0 : 0x40000101 0x4b4d564b 0x564b4d56 0x0000004d\n"
		"cpuid 0x40000101.0x0 : 0x01007efb 0x0 0x0 0x0\n");
	hypervisor_detect(&seen, host);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.layers[0].product, HYPERVISOR_HYPERV);
	assert_int_equal(seen.layers[0].certainty, LAYER_INTERFACE);
	assert_int_equal(seen.layers[1].leaf, 0x40000100);
	expect_under(host, ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);

	host = parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				    GUEST HYPERV);
	expect_under(host, ANSWER_YES, HYPERVISOR_QEMU, LAYER_CERTAIN);
	host = parse_string(
		"virtinfo : 1\n"
		"dmi sys_vendor : Microsoft Corporation\n"
		"dmi product_name : Virtual Machine\n" CPUS INTEL GUEST HYPERV);
	expect_under(host, ANSWER_YES, HYPERVISOR_HYPERV, LAYER_CERTAIN);
	host = parse_string("virtinfo : 1\n" CPUS INTEL GUEST HYPERV);
	expect_under(host, ANSWER_YES, HYPERVISOR_HYPERV, LAYER_CANNOT_TELL);
}

static void a_paravirtual_xen_guest_asks_the_kernel(void **state)
{
	struct hypervisor seen;
	struct host *host;

	(void)state;
	host = parse_string("virtinfo : 1\nhypervisor type : xen\n"
			    "xen guest type : PV\n"
			    "xen capabilities : control_d\n" CPUS INTEL BARE);
	hypervisor_detect(&seen, host);
	assert_int_equal(seen.privileged, ANSWER_YES);
	assert_int_equal(hosting_of(host, &seen, HOSTING_XEN).active,
			 ANSWER_YES);
	assert_int_equal(hosting_of(host, &seen, HOSTING_HYPERV).active,
			 ANSWER_NO);
	expect_under(host, ANSWER_YES, HYPERVISOR_XEN, LAYER_CERTAIN);
}

static void a_name_alone_is_enough(void **state)
{
	(void)state;
	expect_under(
		parse_string("virtinfo : 1\n"
			     "dmi sys_vendor : innotek GmbH\n"
			     "dmi product_name : VirtualBox\n" CPUS INTEL BARE),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_under(parse_string("virtinfo : 1\n" CPUS INTEL GUEST),
		     ANSWER_YES, HYPERVISOR_UNNAMED, LAYER_CANNOT_TELL);
}

#define VMWARE_DMI                                                             \
	"dmi sys_vendor : VMware, Inc.\n"                                      \
	"dmi product_name : VMware Virtual Platform\n"

/* Two detectors once disagreed on these. */
static void names_and_signatures_are_weighed_once(void **state)
{
	(void)state;
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x00000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_under(
		parse_string(
			"virtinfo : 1\n" VMWARE_DMI CPUS INTEL GUEST HYPERV),
		ANSWER_YES, HYPERVISOR_VMWARE, LAYER_CERTAIN);
	expect_under(
		parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				     GUEST),
		ANSWER_YES, HYPERVISOR_QEMU, LAYER_CERTAIN);
}

/* Of the CPUs that tell, one in a guest is enough. */
static void any_group_tells(void **state)
{
	(void)state;
	expect_under(
		parse_string("virtinfo : 1\n" CPUS INTEL BARE
			     "\ncpus : 1\n" INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
}

/* The kernel of a kvm_pvm guest has other leaves than its programs. */
static void a_kernel_in_user_mode_is_believed(void **state)
{
	static const char *const words[] = {
		"hypervisor detected : KVM\n",
		"clocksource : kvm-clock\n",
	};
	static const char *const leaves[] = { BARE, GUEST HYPERV };
	struct hypervisor seen;
	char text[1024];
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		for (j = 0; j < ARRAY_SIZE(leaves); j++) {
			struct host *host;

			snprintf(text, sizeof(text), "virtinfo : 1\n%s%s%s",
				 words[i], CPUS INTEL, leaves[j]);
			host = parse_string(text);
			hypervisor_detect(&seen, host);
			assert_true(seen.user_mode);
			assert_int_equal(seen.privileged, ANSWER_NO);
			assert_int_equal(!hypervisor_outer(&seen), j == 0);
			if (j)
				assert_int_equal(
					hypervisor_outer(&seen)->product,
					HYPERVISOR_HYPERV);
			expect_under(host, ANSWER_YES, HYPERVISOR_KVM,
				     LAYER_CERTAIN);
		}
}

/* "Two Cores", as CPUID pads it. */
#define BRAND                                                                  \
	"cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n"                      \
	"cpuid 0x80000002.0x0 : 0x77542020 0x6f43206f 0x20736572 0x0\n"        \
	"cpuid 0x80000003.0x0 : 0x0 0x0 0x0 0x0\n"                             \
	"cpuid 0x80000004.0x0 : 0x0 0x0 0x0 0x0\n"
#define KVM_GUEST(model)                                                       \
	"virtinfo : 1\nhypervisor detected : KVM\n"                            \
	"cpuinfo model name : " model "\n" CPUS INTEL GUEST KVM                \
	"cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n" BRAND

/* KVM in KVM: only the processor's name tells the two apart. */
static void another_model_name_is_another_machine(void **state)
{
	struct hypervisor seen;
	struct host *host;

	(void)state;
	host = parse_string(KVM_GUEST("Two Cores"));
	hypervisor_detect(&seen, host);
	assert_false(seen.user_mode);
	assert_int_equal(seen.count, 1);
	expect_under(host, ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
	host = parse_string(KVM_GUEST("One Core"));
	hypervisor_detect(&seen, host);
	assert_true(seen.user_mode);
	assert_int_equal(seen.count, 2);
	assert_int_equal(hypervisor_outer(&seen)->leaf, 0x40000000);
	assert_non_null(strstr(seen.layers[0].why, "\"One Core\""));
	expect_under(host, ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
}

/* It agrees with CPUID in every other guest. */
static void the_word_of_an_ordinary_guest_adds_nothing(void **state)
{
	struct hypervisor seen;
	struct host *host;

	(void)state;
	host = parse_string(
		"virtinfo : 1\nhypervisor detected : Microsoft Hyper-V\n"
		"cpuinfo hypervisor : all\n" VMWARE_DMI CPUS INTEL GUEST
			HYPERV);
	hypervisor_detect(&seen, host);
	assert_int_equal(seen.count, 1);
	assert_false(seen.user_mode);
	expect_under(host, ANSWER_YES, HYPERVISOR_VMWARE, LAYER_CERTAIN);
	/* No range of leaves in the input: the kernel names it. */
	host = parse_string(
		"virtinfo : 1\nhypervisor detected : ACRN\n" CPUS INTEL GUEST);
	hypervisor_detect(&seen, host);
	assert_int_equal(seen.count, 1);
	assert_false(seen.user_mode);
	expect_under(host, ANSWER_YES, HYPERVISOR_ACRN, LAYER_CERTAIN);
}

/* A Xen PV domain may see the leaves of what Xen runs in. */
static void a_paravirtual_xen_guest_sees_the_outer_one(void **state)
{
	struct hypervisor seen;
	struct host *host;

	(void)state;
	host = parse_string(
		"virtinfo : 1\nxen domain : pv\n" CPUS INTEL GUEST KVM
		"cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n");
	hypervisor_detect(&seen, host);
	assert_true(seen.paravirtual);
	assert_true(seen.user_mode);
	assert_int_equal(hypervisor_outer(&seen)->product, HYPERVISOR_KVM);
	expect_under(host, ANSWER_YES, HYPERVISOR_XEN, LAYER_CERTAIN);
	/* With CPUID faulting Xen shows its own. */
	host = parse_string(
		"virtinfo : 1\nhypervisor detected : Xen PV\n" CPUS INTEL GUEST
		"cpuid 0x40000000.0x0 : 0x40000005 0x566e6558 0x65584d4d 0x4d4d566e\n");
	hypervisor_detect(&seen, host);
	assert_true(seen.paravirtual);
	assert_null(hypervisor_outer(&seen));
	expect_under(host, ANSWER_YES, HYPERVISOR_XEN, LAYER_CERTAIN);
}

#define HYPERV_RIGHTS(rights)                                                  \
	"cpuid 0x40000003.0x0 : 0x3fff " rights " 0x0 0x0\n"

static void leaf_3_tells_the_root_of_hyperv(void **state)
{
	static const struct {
		const char *text;
		enum answer privileged;
	} cases[] = {
		{ "virtinfo : 1\n" CPUS INTEL GUEST HYPERV, ANSWER_UNKNOWN },
		{ "virtinfo : 1\n" CPUS INTEL GUEST HYPERV HYPERV_RIGHTS(
			  "0x388030"),
		  ANSWER_NO },
		{ "virtinfo : 1\n" CPUS INTEL GUEST HYPERV HYPERV_RIGHTS(
			  "0x2bb9ff"),
		  ANSWER_YES },
		/* Its virtual machines have names, its root the machine's. */
		{ "virtinfo : 1\ndmi sys_vendor : Microsoft Corporation\n"
		  "dmi product_name : Virtual Machine\n" CPUS INTEL GUEST
			  HYPERV,
		  ANSWER_NO },
	};
	struct hypervisor seen;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct host *host = parse_string(cases[i].text);

		hypervisor_detect(&seen, host);
		assert_int_equal(seen.product, HYPERVISOR_HYPERV);
		assert_int_equal(seen.privileged, cases[i].privileged);
		assert_int_equal(hosting_of(host, &seen, HOSTING_HYPERV).active,
				 cases[i].privileged);
		host_free(host);
	}
	/* The root partition of a Hyper-V in a machine of VMware. */
	expect_under(parse_string("virtinfo : 1\n" VMWARE_DMI CPUS INTEL GUEST
					  HYPERV HYPERV_RIGHTS("0x2bb9ff")),
		     ANSWER_YES, HYPERVISOR_HYPERV, LAYER_CERTAIN);
}

static void hosting_is_judged_by_its_traces(void **state)
{
	struct hypervisor hypervisor;
	struct hosting hosting;
	struct host *host;

	(void)state;
	host = parse_string(
		"virtinfo : 1\nmodule vboxdrv : loaded\n"
		"module vboxdrv users : 3\n"
		"node /dev/vboxdrv : present\n"
		"program VBoxManage : /usr/bin/VBoxManage\n"
		"process VirtualBoxVM : 1\nprocess VBoxHeadless : 0\n"
		"program firecracker : absent\n"
		"process firecracker : 0\n"
		"module kvm : loaded\nmodule kvm_intel : loaded\n"
		"module kvm_intel users : 0\nkvm api : 12\n" CPUS INTEL BARE);
	hypervisor_detect(&hypervisor, host);
	hosting = hosting_of(host, &hypervisor, HOSTING_VIRTUALBOX);
	assert_int_equal(hosting.present, ANSWER_YES);
	assert_int_equal(hosting.loaded, ANSWER_YES);
	assert_int_equal(hosting.active, ANSWER_YES);
	assert_non_null(strstr(hosting.evidence, "/usr/bin/VBoxManage"));
	hosting = hosting_of(host, &hypervisor, HOSTING_FIRECRACKER);
	assert_int_equal(hosting.present, ANSWER_NO);
	assert_int_equal(hosting.active, ANSWER_NO);
	hosting = hosting_of(host, &hypervisor, HOSTING_KVM);
	assert_int_equal(hosting.present, ANSWER_YES);
	assert_int_equal(hosting.loaded, ANSWER_YES);
	assert_int_equal(hosting.active, ANSWER_NO);
	/* Nobody looked for it. */
	hosting = hosting_of(host, &hypervisor, HOSTING_WORKSTATION);
	assert_int_equal(hosting.present, ANSWER_UNKNOWN);
	assert_int_equal(hosting.active, ANSWER_UNKNOWN);
	host_free(host);
}

/* Dumps of the corpus, and what they were taken in. */
static const struct {
	const char *file;
	enum hypervisor_product product;
	bool root;
} dumps[] = {
	{ "azure-f72s-nested", HYPERVISOR_HYPERV, false },
	{ "firecracker-genoa", HYPERVISOR_KVM, false },
	{ "firecracker-icelake", HYPERVISOR_KVM, false },
	{ "hyperv-root", HYPERVISOR_HYPERV, true },
	{ "hyperv-root-i7-2630qm", HYPERVISOR_HYPERV, true },
	{ "qemu-kvm-nested", HYPERVISOR_KVM, false },
	{ "qemu-old", HYPERVISOR_UNNAMED, false },
	{ "qnx-on-kvm", HYPERVISOR_KVM, false },
	{ "tdx-guest", HYPERVISOR_HYPERV, false },
	{ "virtualbox-guest-1", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-2", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-3", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-4", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-5", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-6", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-7", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-8", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-9", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-10", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-11", HYPERVISOR_VIRTUALBOX, false },
	{ "virtualbox-guest-12", HYPERVISOR_VIRTUALBOX, false },
	{ "vmware-i7-6700k", HYPERVISOR_VMWARE, false },
	{ "xen-hvm-ec2", HYPERVISOR_XEN, false },
};

static void dumps_of_guests_are_recognised(void **state)
{
	const char *corpus = getenv(CORPUS_VARIABLE);
	struct input_error error;
	size_t i, seen = 0;
	char path[512];

	(void)state;
	for (i = 0; i < ARRAY_SIZE(dumps); i++) {
		struct hypervisor hypervisor;
		struct host *host;

		snprintf(path, sizeof(path), "%s/cpuid-r/%s.txt",
			 corpus ? corpus : CORPUS_FOLDER, dumps[i].file);
		if (access(path, R_OK)) {
			print_message("skipped: no %s\n", path);
			continue;
		}
		host = input_file(path, &error);
		if (!host)
			fail_msg("%s", error.text);
		hypervisor_detect(&hypervisor, host);
		if (hypervisor.product != dumps[i].product)
			fail_msg("%s: %s", dumps[i].file,
				 hypervisor_name(hypervisor.product));
		assert_int_equal(hypervisor.privileged == ANSWER_YES,
				 dumps[i].root);
		assert_int_equal(
			hosting_of(host, &hypervisor, HOSTING_HYPERV).active,
			dumps[i].root ? ANSWER_YES : ANSWER_NO);
		host_free(host);
		seen++;
	}
	if (!seen)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bare_metal_has_none),
		cmocka_unit_test(kvm_virtualbox_and_parallels_are_told_apart),
		cmocka_unit_test(imitations_of_hyperv_are_seen_through),
		cmocka_unit_test(a_paravirtual_xen_guest_asks_the_kernel),
		cmocka_unit_test(a_name_alone_is_enough),
		cmocka_unit_test(names_and_signatures_are_weighed_once),
		cmocka_unit_test(any_group_tells),
		cmocka_unit_test(a_kernel_in_user_mode_is_believed),
		cmocka_unit_test(another_model_name_is_another_machine),
		cmocka_unit_test(the_word_of_an_ordinary_guest_adds_nothing),
		cmocka_unit_test(a_paravirtual_xen_guest_sees_the_outer_one),
		cmocka_unit_test(leaf_3_tells_the_root_of_hyperv),
		cmocka_unit_test(hosting_is_judged_by_its_traces),
		cmocka_unit_test(dumps_of_guests_are_recognised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
