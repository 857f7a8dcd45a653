// SPDX-License-Identifier: GPL-2.0-only
/* The facts of made-up systems: modules, and what keeps them from loading. */
#include "root.h"

static const struct system_options profiles = { .scope = SYSTEM_PROFILES };
static const struct system_options own_module = { .own_module = true };

static void test_module_states(void **state)
{
	(void)state;
	/* Nothing to look in: not loaded, and no more is known. */
	assert_one("module kvm_amd", "unknown");
	write_file(MODULES "modules.dep", "");
	assert_one("module kvm_amd", "absent");
	write_file(MODULES "modules.dep",
		   KVM_FOLDER "kvm.ko:\n" KVM_FOLDER
			      "kvm-amd.ko.xz: " KVM_FOLDER "kvm.ko\n");
	assert_one("module kvm_amd", "loadable");
	assert_with(&everything, "module kvm_intel", "absent");
	write_file(MODULES "modules.builtin", KVM_FOLDER "kvm-intel.ko\n");
	assert_with(&everything, "module kvm_intel", "builtin");
	write_file("/sys/module/kvm_pvm/parameters/force", "0\n");
	assert_one("module kvm_pvm", "builtin");
	write_file("/sys/module/kvm_amd/initstate", "live\n");
	write_file("/sys/module/kvm_amd/refcnt", "3\n");
	write_file("/sys/module/kvm_amd/parameters/nested", "1\n");
	assert_one("module kvm_amd", "loaded");
	assert_one("module kvm_amd users", "3");
	assert_one("parameter kvm_amd.nested", "1");
	write_file("/sys/module/kvm_amd/parameters/avic", "Y\n");
	assert_one("parameter kvm_amd.avic", NULL);
	assert_with(&everything, "parameter kvm_amd.avic", "Y");
	assert_one("parameter kvm_amd.sev", NULL);
}

/* What is not loaded is looked for where somebody asks. */
static void test_modules_on_disk(void **state)
{
	(void)state;
	write_file(MODULES "modules.dep",
		   KVM_FOLDER "kvm.ko:\n" KVM_FOLDER "kvm-intel.ko:\n"
			      "misc/vboxdrv.ko:\n");
	assert_one("module kvm", "loadable");
	assert_one("module kvm_amd", "absent");
	assert_one("module kvm_intel", NULL);
	assert_one("module vboxdrv", NULL);
	assert_with(&no_vendor, "module kvm", "loadable");
	assert_with(&no_vendor, "module kvm_amd", NULL);
	assert_with(&profiles, "module vboxdrv", "loadable");
	assert_with(&profiles, "module vhost_net", "absent");
	assert_with(&everything, "module kvm_intel", "loadable");
	write_file("/sys/module/vboxdrv/initstate", "live\n");
	assert_one("module vboxdrv", "loaded");
	assert_with(&no_vendor, "module vboxdrv", "loaded");
}

static void test_no_module_support(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/proc/modules", root);
	assert_int_equal(unlink(path), 0);
	assert_one("kernel modules", "not supported");
	assert_one("module kvm_amd", "absent");
}

static void loadable(void)
{
	write_file(MODULES "modules.dep", KVM_FOLDER "kvm-amd.ko:\n");
	write_file(MODULES KVM_FOLDER "kvm-amd.ko",
		   "ELF without any signature at its end");
}

static void test_blacklists(void **state)
{
	(void)state;
	loadable();
	assert_one("module kvm_amd blocked", NULL);
	write_file("/etc/modprobe.d/a.conf",
		   "# blacklist kvm_amd\nblacklist kvm_amdx\n"
		   "options kvm_amd nested=1\n");
	assert_one("module kvm_amd blocked", NULL);
	write_file("/etc/modprobe.d/b.conf~", "blacklist kvm_amd\n");
	assert_one("module kvm_amd blocked", NULL);
	write_file("/usr/lib/modprobe.d/c.conf", "\n\n  blacklist\tkvm-amd\n");
	assert_one("module kvm_amd blocked",
		   "blacklist\\x09kvm-amd (/usr/lib/modprobe.d/c.conf:3)");
	/* Its own way of loading is no refusal; pretending to load is. */
	write_file("/etc/modprobe.d/a.conf",
		   "install kvm_amd /sbin/modprobe --ignore-install kvm_amd\n");
	assert_one("module kvm_amd blocked",
		   "blacklist\\x09kvm-amd (/usr/lib/modprobe.d/c.conf:3)");
	write_file("/etc/modprobe.d/a.conf", "install kvm_amd /bin/false\n");
	assert_one("module kvm_amd blocked",
		   "install kvm_amd /bin/false (/etc/modprobe.d/a.conf:1)");
	write_file("/proc/cmdline",
		   "quiet module_blacklist=nouveau,kvm-amd ro\n");
	assert_one("module kvm_amd blocked",
		   "module_blacklist= on the kernel's command line");
}

static void test_blacklist_without_processor(void **state)
{
	(void)state;
	write_file(MODULES "modules.dep", KVM_FOLDER "kvm.ko:\n");
	write_file("/etc/modprobe.d/a.conf", "blacklist kvm\n");
	assert_with(&no_vendor, "module kvm", "loadable");
	assert_with(&no_vendor, "module kvm blocked", NULL);
	assert_with(&profiles, "module kvm blocked",
		    "blacklist kvm (/etc/modprobe.d/a.conf:1)");
	assert_one("module kvm blocked",
		   "blacklist kvm (/etc/modprobe.d/a.conf:1)");
}

static void test_signatures(void **state)
{
	(void)state;
	loadable();
	/* The kernel of the test enforces nothing. */
	assert_one("module kvm_amd signature", NULL);
	assert_with(&everything, "module kvm_amd signature", "none");
	write_file("/sys/kernel/security/lockdown", "none [integrity]\n");
	assert_one("module kvm_amd signature", "none");
	write_file("/sys/kernel/security/lockdown", "[none] integrity\n");
	assert_one("module kvm_amd signature", NULL);
	write_file("/sys/module/module/parameters/sig_enforce", "Y\n");
	assert_one("module kvm_amd signature", "none");
	write_file(MODULES KVM_FOLDER "kvm-amd.ko",
		   "ELF and ~Module signature appended~\n");
	assert_one("module kvm_amd signature", "present");
}

/* The running kernel is 6.1.0-test. */
static void test_other_kernels(void **state)
{
	(void)state;
	assert_one("other kernels", NULL);
	make_folders("/lib/modules/");
	assert_one("other kernels", "none");
	write_file("/lib/modules/6.1.1-test/modules.dep", "");
	write_file("/lib/modules/6.1.2-test/modules.dep", "");
	assert_one("other kernels", "6.1.1-test 6.1.2-test");
	write_file("/lib/modules/6.1.0-test/modules.dep", "");
	assert_one("other kernels", NULL);
}

static void test_module_version(void **state)
{
	(void)state;
	write_file("/sys/module/vboxdrv/initstate", "live\n");
	write_file("/sys/module/vboxdrv/version",
		   "7.1.4 r165100 (0x00340001)\n");
	write_file("/sys/module/vhost/initstate", "live\n");
	write_file("/sys/module/vhost/version", "0.0.1\n");
	assert_one("module vboxdrv version", "7.1.4 r165100 (0x00340001)");
	/* Of the kernel's own modules it says nothing. */
	assert_one("module vhost version", NULL);
}

static void assert_refusal(const char *part)
{
	struct facts *facts = gather_with(&own_module);

	assert_has(facts_get(facts, "source module"), part);
	facts_free(facts);
}

/* Why is test_module_refusal's; here is what it is judged from. */
static void test_own_module(void **state)
{
	struct facts *facts;
	char path[128];

	(void)state;
	assert_one("source module", NULL);
	assert_refusal("not installed");
	write_file("/lib/modules/6.0.0/updates/dkms/virtinfo.ko.xz", "x");
	assert_refusal("for other kernels");
	write_file(MODULES "modules.dep", "updates/dkms/virtinfo.ko:\n");
	write_file(MODULES "updates/dkms/virtinfo.ko",
		   "ELF without any signature at its end");
	/* Found; who runs this may load it or may not. */
	facts = gather_with(&own_module);
	assert_true(
		strstr(facts_get(facts, "source module"),
		       "modprobe virtinfo") ||
		strstr(facts_get(facts, "source module"), "CAP_SYS_MODULE"));
	facts_free(facts);
	write_file("/sys/module/virtinfo/initstate", "live\n");
	assert_refusal("is loaded");
	snprintf(path, sizeof(path), "%s/sys/module/virtinfo/initstate", root);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof(path), "%s/sys/module/virtinfo", root);
	assert_int_equal(rmdir(path), 0);
	snprintf(path, sizeof(path), "%s/proc/modules", root);
	assert_int_equal(unlink(path), 0);
	assert_refusal("without support for modules");
}

static void test_vendor_module(void **state)
{
	struct host *host = parse_string(KERNEL("6.1") INTEL("0", "0x0")
						 AMD("1", "0x0", "0x4"));

	(void)state;
	/* The first CPU has neither VMX nor SVM. */
	assert_string_equal(host_vendor_module(host), "kvm_amd");
	host_free(host);
	host = parse_string(KERNEL("6.1") INTEL("0", VMX));
	assert_string_equal(host_vendor_module(host), "kvm_intel");
	host_free(host);
	host = parse_string(KERNEL("6.1") INTEL("0", "0x0"));
	assert_null(host_vendor_module(host));
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_ROOT(test_module_states),
		IN_A_ROOT(test_modules_on_disk),
		IN_A_ROOT(test_no_module_support),
		IN_A_ROOT(test_blacklists),
		IN_A_ROOT(test_blacklist_without_processor),
		IN_A_ROOT(test_signatures),
		IN_A_ROOT(test_other_kernels),
		IN_A_ROOT(test_module_version),
		IN_A_ROOT(test_own_module),
		cmocka_unit_test(test_vendor_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
