// SPDX-License-Identifier: GPL-2.0-only
/* What is above a system, and what on it can host guests. */
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

static void expect_above(struct host *host, enum answer above,
			 enum hypervisor_product product,
			 enum layer_certainty certainty)
{
	struct hypervisors_above seen;

	hypervisors_above(&seen, host);
	assert_int_equal(seen.above, above);
	if (product == HYPERVISOR_NONE) {
		assert_null(seen.nearest);
	} else {
		assert_non_null(seen.nearest);
		assert_string_equal(hypervisor_name(seen.nearest->product),
				    hypervisor_name(product));
		assert_string_equal(
			layer_certainty_name(seen.nearest->certainty),
			layer_certainty_name(certainty));
		assert_true(*seen.nearest->why);
	}
	host_free(host);
}

static void bare_metal_has_none(void **state)
{
	(void)state;
	expect_above(parse_string("virtinfo : 1\n" CPUS INTEL BARE), ANSWER_NO,
		     HYPERVISOR_NONE, LAYER_CERTAIN);
	/* The leaves mean nothing while the bit is clear. */
	expect_above(parse_string("virtinfo : 1\n" CPUS INTEL BARE KVM),
		     ANSWER_NO, HYPERVISOR_NONE, LAYER_CERTAIN);
}

static void kvm_virtualbox_and_parallels_are_told_apart(void **state)
{
	(void)state;
	expect_above(
		parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				     GUEST KVM),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_CERTAIN);
	expect_above(
		parse_string(
			"virtinfo : 1\n"
			"dmi sys_vendor : innotek GmbH\n"
			"dmi product_name : VirtualBox\n" CPUS INTEL GUEST KVM),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_above(
		parse_string(
			"virtinfo : 1\n"
			"dmi sys_vendor : Parallels Software International Inc.\n"
			"dmi product_name : Parallels Virtual Platform\n" CPUS
				INTEL GUEST KVM),
		ANSWER_YES, HYPERVISOR_PARALLELS, LAYER_CERTAIN);
	/* Without names: VirtualBox by what it offers, with a stable clock or not. */
	expect_above(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_above(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x00000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_above(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01007efb 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
	expect_above(
		parse_string("virtinfo : 1\n" CPUS INTEL GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x00000009 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_CANNOT_TELL);
	/* A machine of QEMU whose owner left only those features on. */
	expect_above(
		parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				     GUEST KVM
			     "cpuid 0x40000001.0x0 : 0x01000089 0x0 0x0 0x0\n"),
		ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);
}

static void imitations_of_hyperv_are_seen_through(void **state)
{
	struct hypervisors_above seen;
	struct host *host;

	(void)state;
	host = parse_string(
		"virtinfo : 1\n" CPUS INTEL GUEST HYPERV
		"cpuid 0x40000100.0x0 : 0x40000101 0x4b4d564b 0x564b4d56 0x0000004d\n"
		"cpuid 0x40000101.0x0 : 0x01007efb 0x0 0x0 0x0\n");
	hypervisors_above(&seen, host);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.layers[0].product, HYPERVISOR_HYPERV);
	assert_int_equal(seen.layers[0].certainty, LAYER_INTERFACE);
	assert_int_equal(seen.layers[1].leaf, 0x40000100);
	expect_above(host, ANSWER_YES, HYPERVISOR_KVM, LAYER_LIKELY);

	host = parse_string("virtinfo : 1\ndmi sys_vendor : QEMU\n" CPUS INTEL
				    GUEST HYPERV);
	expect_above(host, ANSWER_YES, HYPERVISOR_QEMU, LAYER_CERTAIN);
	host = parse_string(
		"virtinfo : 1\n"
		"dmi sys_vendor : Microsoft Corporation\n"
		"dmi product_name : Virtual Machine\n" CPUS INTEL GUEST HYPERV);
	expect_above(host, ANSWER_YES, HYPERVISOR_HYPERV, LAYER_CERTAIN);
	host = parse_string("virtinfo : 1\n" CPUS INTEL GUEST HYPERV);
	expect_above(host, ANSWER_YES, HYPERVISOR_HYPERV, LAYER_CANNOT_TELL);
}

static void a_paravirtual_xen_guest_asks_the_kernel(void **state)
{
	struct hypervisors_above seen;
	struct host *host;

	(void)state;
	host = parse_string("virtinfo : 1\nhypervisor type : xen\n"
			    "xen guest type : PV\n"
			    "xen capabilities : control_d\n" CPUS INTEL BARE);
	hypervisors_above(&seen, host);
	assert_int_equal(seen.privileged, ANSWER_YES);
	assert_int_equal(hosting_of(host, HOSTING_XEN).active, ANSWER_YES);
	assert_int_equal(hosting_of(host, HOSTING_HYPERV).active, ANSWER_NO);
	expect_above(host, ANSWER_YES, HYPERVISOR_XEN, LAYER_CERTAIN);
}

static void a_name_alone_is_enough(void **state)
{
	(void)state;
	expect_above(
		parse_string("virtinfo : 1\n"
			     "dmi sys_vendor : innotek GmbH\n"
			     "dmi product_name : VirtualBox\n" CPUS INTEL BARE),
		ANSWER_YES, HYPERVISOR_VIRTUALBOX, LAYER_CERTAIN);
	expect_above(parse_string("virtinfo : 1\n" CPUS INTEL GUEST),
		     ANSWER_YES, HYPERVISOR_UNNAMED, LAYER_CANNOT_TELL);
}

static void hosting_is_judged_by_its_traces(void **state)
{
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
	hosting = hosting_of(host, HOSTING_VIRTUALBOX);
	assert_int_equal(hosting.present, ANSWER_YES);
	assert_int_equal(hosting.loaded, ANSWER_YES);
	assert_int_equal(hosting.active, ANSWER_YES);
	assert_non_null(strstr(hosting.evidence, "/usr/bin/VBoxManage"));
	hosting = hosting_of(host, HOSTING_FIRECRACKER);
	assert_int_equal(hosting.present, ANSWER_NO);
	assert_int_equal(hosting.active, ANSWER_NO);
	hosting = hosting_of(host, HOSTING_KVM);
	assert_int_equal(hosting.present, ANSWER_YES);
	assert_int_equal(hosting.loaded, ANSWER_YES);
	assert_int_equal(hosting.active, ANSWER_NO);
	/* Nobody looked for it. */
	hosting = hosting_of(host, HOSTING_WORKSTATION);
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
		struct hypervisors_above above;
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
		hypervisors_above(&above, host);
		if (!above.nearest ||
		    above.nearest->product != dumps[i].product)
			fail_msg("%s: %s", dumps[i].file,
				 above.nearest ?
					 hypervisor_name(
						 above.nearest->product) :
					 "none");
		assert_int_equal(above.privileged == ANSWER_YES, dumps[i].root);
		assert_int_equal(hosting_of(host, HOSTING_HYPERV).active,
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
		cmocka_unit_test(hosting_is_judged_by_its_traces),
		cmocka_unit_test(dumps_of_guests_are_recognised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
