// SPDX-License-Identifier: GPL-2.0-only
/* Facts parsed into struct system: exact values, unknown words, bad ones. */
#include <errno.h>

#include "input.h"
#include "input/fact_keys.h"
#include "input/system_parse.h"
#include "tree.h"

#define CPU                                                                    \
	"virtinfo\t: 1\nkernel\t: 6.12.3\n\ncpus\t: 0\n"                       \
	"cpuid 0x0.0x0 : 0xd 0x756e6547 0x6c65746e 0x49656e69\n"               \
	"cpuid 0x1.0x0 : 0x306c3 0x100800 0x20 0xbfebfbff\n\n"
#define LINE "8"

static void assert_name(struct fact_name name, const char *expected)
{
	assert_true(fact_name_is(name, expected));
}

static void test_modules(void **state)
{
	struct host *host = parse_string(
		CPU "module kvm : loaded\nmodule kvm users : 3\n"
		    "module kvm_intel users : -1\nmodule kvm_intel : builtin\n"
		    "module kvm_amd : loadable\n"
		    "module kvm_amd blocked : modprobe.blacklist= of it\n"
		    "module kvm_amd signature : none\n"
		    "module kvm_amd load : EKEYREJECTED\n"
		    "module kvm_pvm : absent\nmodule vmmon : unknown\n"
		    "module vboxdrv : on holiday\n"
		    "config CONFIG_KVM : m\nconfig CONFIG_KVM_AMD : n\n");
	const struct system *system = &host->system;
	const struct module *amd = system_module(system, "kvm_amd");

	(void)state;
	assert_int_equal(system->release, KERNEL_RELEASE(6, 12));
	assert_true(system->kernel_known);
	assert_name(amd->name, "kvm_amd");
	assert_int_equal(system_module(system, "kvm")->users, 3);
	assert_false(system_module(system, "kvm_intel")->users_known);
	assert_true(module_present(system_module(system, "kvm_intel")));
	assert_int_equal(amd->state, MODULE_STATE_LOADABLE);
	assert_int_equal(amd->block, BLOCK_BY_MODPROBE);
	assert_true(amd->not_signed && amd->load_failed);
	assert_int_equal(amd->load_error, EKEYREJECTED);
	assert_int_equal(system_module(system, "kvm_pvm")->state,
			 MODULE_STATE_ABSENT);
	assert_int_equal(system_module(system, "vmmon")->state,
			 MODULE_STATE_NOT_LOADED);
	assert_int_equal(system_module(system, "vboxdrv")->state,
			 MODULE_STATE_UNKNOWN);
	assert_null(system_module(system, "kv")->state_text);
	assert_int_equal(system->config[CONFIG_KVM], CONFIG_MODULE);
	assert_int_equal(system->config[CONFIG_KVM_AMD], CONFIG_NO);
	assert_int_equal(system->config[CONFIG_KVM_INTEL], CONFIG_UNKNOWN);
	host_free(host);
}

static void test_nothing_is_known_of_nothing(void **state)
{
	struct host *host = parse_string(CPU "capture : by hand\n");
	const struct system *system = &host->system;

	(void)state;
	assert_false(system->kernel_known);
	assert_false(system->kvm.known);
	assert_int_equal(system->kvm.api, -1);
	assert_int_equal(system->kvm.msr_error, KVM_MSRS_UNKNOWN);
	assert_null(system_device(system, "kvm")->state_text);
	assert_null(system_process(system, "xl"));
	assert_false(system->proof.attempted);
	assert_null(system->container);
	host_free(host);
}

static void test_device(void **state)
{
	struct host *host = parse_string(
		CPU
		"device kvm : present\n"
		"device kvm node : character 10:232, owner 0, group 106 (a, b), mode 0640\n"
		"device kvm acl : user:7:-- other::r group:5:rw mask:rw\n"
		"device kvm access : none\ndevice kvm mount : nodev\n"
		"device net/tun : missing\ndevice net/tun access : sideways\n"
		"user : uid 1000, gid 4, groups 106 1000 and 5 more\n");
	const struct device *kvm = system_device(&host->system, "kvm");
	const struct device *tun = system_device(&host->system, "net/tun");
	struct user user = { .uid_known = true, .uid = 7 };

	(void)state;
	assert_int_equal(kvm->state, DEVICE_PRESENT);
	assert_true(kvm->group_known && kvm->mode_known && kvm->nodev);
	assert_int_equal(kvm->group, 106);
	assert_int_equal(kvm->mode, 0640);
	assert_int_equal(kvm->access, ACCESS_NONE);
	assert_int_equal(kvm->nr_acl_entries, 3);
	assert_int_equal(kvm->acl_entries[1].kind, ACL_OF_GROUP);
	assert_int_equal(kvm->acl_entries[1].id, 5);
	assert_int_equal(tun->state, DEVICE_MISSING);
	assert_int_equal(tun->access, ACCESS_UNKNOWN);
	assert_int_equal(host->system.user.uid, 1000);
	assert_int_equal(host->system.user.nr_groups, 3);
	assert_true(device_group_has(kvm, &host->system.user));
	assert_false(device_group_has(tun, &host->system.user));
	assert_false(device_acl_denies(kvm, &host->system.user));
	assert_true(device_acl_denies(kvm, &user));
	host_free(host);
}

static void test_groups_that_are_not_numbers(void **state)
{
	struct host *host = parse_string(
		CPU "user : uid 0, gid 0, groups none\n"
		    "device kvm node : a socket of a newer kind\n");

	(void)state;
	assert_int_equal(host->system.user.nr_groups, 1);
	assert_false(system_device(&host->system, "kvm")->mode_known);
	host_free(host);
}

/* As programs up to 0.1.0 did it: the entry that was cut is not there. */
static void test_acl_that_was_cut(void **state)
{
	char text[1024] = CPU "device kvm acl : ", acl[256] = "";
	struct host *host;

	(void)state;
	while (strlen(acl) < 199)
		strcat(acl, "user:12345:-- ");
	acl[199] = '\0';
	assert_int_equal(acl[198], 'e');
	strcat(strcat(text, acl), "\n");
	host = parse_string(text);
	assert_int_equal(system_device(&host->system, "kvm")->nr_acl_entries,
			 14);
	host_free(host);
}

static void test_flags_and_limits(void **state)
{
	struct host *host = parse_string(
		CPU "cpuinfo vmx : all\ncpuinfo svm : 0-1,7\n"
		    "cpuinfo lm : on some\nkernel lockdown : integrity\n"
		    "kernel sig_enforce : Y\nkernel modules_disabled : 1\n"
		    "container : none\nxen features : 00000000000027af\n"
		    "process xl : 2\nmemory swap : in use\n");
	const struct system *system = &host->system;

	(void)state;
	assert_int_equal(system->flag_vmx, FLAG_ON_ALL);
	assert_int_equal(system->flag_svm, FLAG_ON_SOME);
	assert_string_equal(system->lockdown, "integrity");
	assert_true(system->sig_enforce && system->modules_disabled);
	assert_null(system->container);
	assert_true(system->xen_features == 0x27af);
	assert_int_equal(system_process(system, "xl")->count, 2);
	host_free(host);
}

static void test_programs_and_microcode(void **state)
{
	struct host *host = parse_string(
		CPU "program qemu-kvm : absent\n"
		    "program qemu-system-x86_64 : /usr/bin/qemu-system-x86_64\n"
		    "program qemu-system-x86_64 version : 7.2.17\n"
		    "program libvirtd version : newest\n"
		    "cpuinfo microcode : 0xb4 on 0-3,8; 0xb6 on 4-7\n"
		    "vulnerability mds : Not affected\n");
	const struct system *system = &host->system;
	const struct program *qemu =
		system_program(system, "qemu-system-x86_64");

	(void)state;
	assert_true(system_program(system, "qemu-kvm")->absent);
	assert_string_equal(qemu->path, "/usr/bin/qemu-system-x86_64");
	assert_int_equal(qemu->version, PROGRAM_VERSION(7, 2, 17));
	assert_int_equal(system_program(system, "libvirtd")->version, 0);
	assert_string_equal(system_program(system, "libvirtd")->version_text,
			    "newest");
	assert_null(system_program(system, "virtqemud"));
	assert_true(system->microcode.known && system->microcode.differs);
	assert_int_equal(system->microcode.revision, 0xb4);
	host_free(host);

	host = parse_string(CPU "cpuinfo microcode : 0xffffffff\n");
	assert_true(host->system.microcode.known);
	assert_false(host->system.microcode.differs);
	assert_true(host->system.microcode.revision == 0xffffffff);
	host_free(host);
	host = parse_string(CPU "cpuinfo microcode : as shipped\n");
	assert_false(host->system.microcode.known);
	host_free(host);
}

/* A value that is bad, and what the message says is expected. */
static void refuse_value(const char *key, const char *value,
			 const char *expected)
{
	char text[1024], message[512];

	snprintf(text, sizeof(text), CPU "%s : %s\n", key, value);
	snprintf(message, sizeof(message),
		 "f:" LINE ": bad value of \"%s\": \"%s\"; %s is expected", key,
		 value, expected);
	refuse(text, message);
}

static void test_bad_values(void **state)
{
	static const char *const numbers[] = {
		"kvm api",	     "proof time us", "module kvm users",
		"process qemu-kvm",  "iommu groups",  "kernel modules_disabled",
		"kernel tainted",    "memory ksm",    "memory swap",
		"jailhouse enabled", "kvm tsc khz"
	};
	static const char outputs[] = "four numbers of 32 bits in hexadecimal";
	static const char microcode[] =
		"a number of 64 bits in hexadecimal, or several with their CPUs";
	static const char answer[] =
		"a number, two with \"vm\" between, or an errno";
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		refuse_value(numbers[i], "12x", "a number");
		refuse_value(numbers[i], "-12", "a number");
		refuse_value(numbers[i], "+12", "a number");
		refuse_value(numbers[i], "99999999999999999999", "a number");
		refuse_value(numbers[i], "1.5", "a number");
	}
	refuse_value("kvm cap 9 KVM_CAP_NR_VCPUS", "4294967312", answer);
	refuse_value("kvm cap 9 KVM_CAP_NR_VCPUS", "2147483648", answer);
	refuse_value("kvm cap 9 KVM_CAP_NR_VCPUS", "8 vm 4294967312", answer);
	refuse_value("kvm cap 9 KVM_CAP_NR_VCPUS", "8 vm", answer);
	refuse_value("kvm cap 9 (unnamed)", "-1", answer);
	refuse_value("kvm cap 999 KVM_CAP_NEWER", "errno 5x", answer);
	refuse_value("kvm device open", "errno 4294967301", "ok or an errno");
	refuse_value("module kvm_amd load", "errno -5", "ok or an errno");
	refuse_value("kvm msrs", "0x480 0x100000481",
		     "a list of addresses, or an errno");
	refuse_value("kvm msr 0x480", "0x1ffffffffffffffff",
		     "a number of 64 bits in hexadecimal");
	refuse_value("kvm vm types", "0x100000000",
		     "a number of 32 bits in hexadecimal");
	refuse_value("kvm cpuid 0x1 0x0", "0x1 0x2 0x3", outputs);
	refuse_value("kvm cpuid 0x1 0x0", "0x1 0x2 0x3 0x4 0x5", outputs);
	refuse_value("kvm emulated cpuid 0x1 0x0", "0x1 0x2 0x3 0x100000000",
		     outputs);
	refuse_value("kvm hyper-v cpuid 0x1 0x0", "1 2 3 4", outputs);
	refuse_value("kvm cpuid", "12", "none or an errno");
	refuse_value("kvm cpuid", "errno 5x", "none or an errno");
	refuse_value("kvm tsc khz", "4294967296", "a number");
	refuse_value("kvm xcomp guest", "0x1ffffffffffffffff",
		     "a number of 64 bits in hexadecimal");
	refuse_value("cpuinfo microcode", "180", microcode);
	refuse_value("cpuinfo microcode", "0xb4 on", microcode);
	refuse_value("cpuinfo microcode", "0xb4 on 0-3; 0xb6", microcode);
	refuse_value("cpuinfo microcode", "0xb4 on 3-0", microcode);
	refuse_value("kvm vm types", "0x1x",
		     "a number of 32 bits in hexadecimal");
	refuse_value("xen features", "00x1",
		     "a number of 64 bits in hexadecimal");
	refuse_value("cpuinfo vmx", "0-3x", "a list of CPUs");
	refuse_value(
		"proof", "failed create-vm errno 5x",
		"\"failed STEP\" with an errno or with numbers of the exit");
	refuse_value(
		"proof", "failed unexpected-exit X -2 0x0",
		"\"failed STEP\" with an errno or with numbers of the exit");
}

static void test_bad_devices(void **state)
{
	static const char node[] =
		"\"character MAJOR:MINOR, owner UID, group GID (NAME), mode OCTAL\"";
	static const char acl[] =
		"a list of user:UID:rw, group:GID:rw and mask:rw";
	static const char user[] = "\"uid UID, gid GID, groups GID...\"";

	(void)state;
	refuse_value("device kvm node", "character 10", node);
	refuse_value("device kvm node", "character 10:2x", node);
	refuse_value("device kvm node", "block 1:2, mode 0680", node);
	refuse_value("device kvm node", "block 1:2, group -1", node);
	refuse_value("device kvm acl", "user:12x:rw mask:rw", acl);
	refuse_value("device kvm acl", "mask:rw user:4294967296:", acl);
	refuse_value("user", "uid 4294967296", user);
	refuse_value("user", "uid 1, gid 1, groups 4 5x", user);
	refuse_value("user", "uid 1, gid -1", user);
}

/* It holds where it is the same both times. Newer keys may be lists. */
static void test_twice(void **state)
{
	struct host *host = parse_string(
		CPU
		"module kvm : loaded\n\nmodule kvm : loaded\n"
		"newer : 1\nnewer : 2\nmodule kvm mood : a\nmodule kvm mood : b\n");

	(void)state;
	assert_true(module_present(system_module(&host->system, "kvm")));
	host_free(host);
	refuse(CPU "module kvm : loaded\n\nmodule kvm : absent\n",
	       "f:10: a second time with another value than in line 8: \"module kvm\"");
	refuse(CPU "kernel : 6.1.0\n",
	       "f:8: a second time with another value than in line 2: \"kernel\"");
}

/* Two keys for one thing, of which only one may be there. */
static void test_one_number_under_two_keys(void **state)
{
	(void)state;
	refuse(CPU
	       "kvm cap 3 KVM_CAP_USER_MEMORY : 1\nkvm cap 3 (unnamed) : 0\n",
	       "f:9: bad value of \"kvm cap 3 (unnamed)\": \"0\"; a number, two with \"vm\" between, or an errno is expected");
	refuse(CPU "kvm cpuid 0x1 0x0 : 0x1 0x2 0x3 0x4\n"
		   "kvm cpuid 0x1 0x00 : 0x1 0x2 0x3 0x5\n",
	       "f:9: bad value of \"kvm cpuid 0x1 0x00\": \"0x1 0x2 0x3 0x5\"; four numbers of 32 bits in hexadecimal is expected");
	refuse(CPU "kvm msr 0x480 : 0x1\nkvm msr 0x0480 : 0x2\n",
	       "f:9: bad value of \"kvm msr 0x0480\": \"0x2\"; a number of 64 bits in hexadecimal is expected");
}

/* What is gathered here is no input to refuse: it is not known then. */
static void test_without_refusing(void **state)
{
	struct host *host = host_new(HOST_CPUID, "CPUID");

	(void)state;
	assert_non_null(host);
	assert_int_equal(facts_add(host->facts, "kvm api", "12x"), 0);
	assert_int_equal(facts_add(host->facts, "proof", "failed run errno x"),
			 0);
	assert_int_equal(facts_add(host->facts, "module kvm users", "2x"), 0);
	assert_int_equal(facts_add(host->facts, "module kvm", "loaded"), 0);
	assert_int_equal(system_parse(&host->system, host->facts, NULL), 0);
	assert_int_equal(host->system.kvm.api, -1);
	assert_false(host->system.proof.attempted);
	assert_false(system_module(&host->system, "kvm")->users_known);
	assert_true(module_present(system_module(&host->system, "kvm")));
	/* Again, with more: nothing of before is left. */
	assert_int_equal(facts_add(host->facts, "module vmmon", "loaded"), 0);
	assert_int_equal(system_parse(&host->system, host->facts, NULL), 0);
	assert_int_equal(host->system.modules.count, 2);
	host_free(host);
}

static void test_keys(void **state)
{
	struct fact_name name;

	(void)state;
	assert_string_equal(fact_key_find("module kvm", &name)->key,
			    "module <NAME>");
	assert_name(name, "kvm");
	assert_string_equal(fact_key_find("module kvm users", &name)->key,
			    "module <NAME> users");
	assert_name(name, "kvm");
	assert_string_equal(
		fact_key_find("device net/tun cgroup rule", &name)->key,
		"device <NAME> cgroup rule");
	assert_name(name, "net/tun");
	assert_string_equal(fact_key_find("kvm cap 3 KVM_CAP_X", &name)->key,
			    "kvm cap <NUMBER NAME>");
	assert_name(name, "3 KVM_CAP_X");
	assert_string_equal(fact_key_find("kvm cpuid", &name)->key,
			    "kvm cpuid");
	assert_string_equal(fact_key_find("kvm cpuid 0x7 0x1", &name)->key,
			    "kvm cpuid <LEAF SUBLEAF>");
	assert_name(name, "0x7 0x1");
	assert_string_equal(
		fact_key_find("program qemu-kvm version", &name)->key,
		"program <NAME> version");
	assert_null(fact_key_find("module kvm mood", &name));
	assert_null(fact_key_find("module ", &name));
	assert_null(fact_key_find("module  users", &name));
	assert_null(fact_key_find("kernel lockdown mode", &name));
	assert_null(fact_key_find("kerne", &name));
	assert_null(fact_key_find("", &name));
}

/* "module <NAME> users" as the document has it, at the beginning of a line. */
static void document_key(char *out, size_t size, const char *key)
{
	size_t used = 2;

	assert_true(size > strlen(key) + 4);
	strcpy(out, "\t\t");
	for (; *key; key++)
		if (*key != '<' && *key != '>')
			out[used++] = *key;
	strcpy(out + used, "\t");
}

static void test_document_has_every_key(void **state)
{
	char *document = tree_text("docs/ABI/capture"), line[128];
	const struct fact_key *row;
	size_t i;

	(void)state;
	for (i = 0; (row = fact_key_at(i)); i++) {
		document_key(line, sizeof(line), row->key);
		if (!strstr(document, line))
			fail_msg("docs/ABI/capture lacks \"%s\"", row->key);
	}
	assert_true(i > 50);
	free(document);
}

/* And no other: a line of two tabs, a key and a tab. */
static void test_document_has_no_other_key(void **state)
{
	char *document = tree_text("docs/ABI/capture"), *line, *rest = document;
	const struct fact_key *row;
	unsigned int keys = 0;
	char wanted[128];
	size_t i, length;

	(void)state;
	while ((line = strsep(&rest, "\n"))) {
		if (strncmp(line, "\t\t", 2) || line[2] == '\t')
			continue;
		length = 2 + strcspn(line + 2, "\t");
		if (!line[length])
			continue;
		for (i = 0; (row = fact_key_at(i)); i++) {
			document_key(wanted, sizeof(wanted), row->key);
			if (!strncmp(line, wanted, strlen(wanted)))
				break;
		}
		if (!row)
			fail_msg("no program knows \"%.*s\"", (int)length,
				 line);
		keys++;
	}
	for (i = 0; fact_key_at(i); i++)
		;
	assert_int_equal(keys, i);
	free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_nothing_is_known_of_nothing),
		cmocka_unit_test(test_device),
		cmocka_unit_test(test_groups_that_are_not_numbers),
		cmocka_unit_test(test_acl_that_was_cut),
		cmocka_unit_test(test_flags_and_limits),
		cmocka_unit_test(test_programs_and_microcode),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_bad_devices),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_one_number_under_two_keys),
		cmocka_unit_test(test_without_refusing),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_document_has_every_key),
		cmocka_unit_test(test_document_has_no_other_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
