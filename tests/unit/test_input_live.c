// SPDX-License-Identifier: GPL-2.0-only
/* The live sources, from files in place of the system's. */
#include "folder.h"
#include "input.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input/live.h"
#include "input/live_facts.h"

static const struct live_paths paths = {
	.proc = "proc",
	.devices = "cpu",
	.online = "online",
};

/* One CPU that this program may run on, and others behind it. */
static unsigned int write_online(const char *others)
{
	unsigned int cpu = (unsigned int)sched_getcpu();
	char text[64];

	snprintf(text, sizeof(text), "%u%s\n", cpu, others);
	write_file("online", text);
	return cpu;
}

static struct host *read_live(void)
{
	struct input_error error = { 0 };
	struct host *host = input_live_from(&paths, &error);

	if (!host)
		fail_msg("%s", error.text);
	return host;
}

static void test_module(void **state)
{
	struct host *host;

	(void)state;
	write_file("proc", "virtinfo\t: 1\nkernel\t: 6.1\n\ncpus\t: 0-3\n"
			   "cpuid 0x0.0x0\t: 0x1 0x2 0x3 0x4\n"
			   "cpuid 0x1.0x0\t: 0x1 0x2 0x3 0x4\n");
	host = read_live();
	assert_int_equal(host->source, HOST_MODULE);
	assert_true(host_is_live(host));
	assert_cpus(&host->groups[0]->cpus, "0-3");
	assert_fact(host, "kernel", "6.1");
	assert_null(facts_get(host->facts, "source note"));
	host_free(host);
	unlink("proc");
}

#define NO_MSR_COSTS                                                           \
	": CPUID only, so firmware locks and VMX capabilities are unknown"

static void test_cpuid_only(void **state)
{
	unsigned int cpu = write_online("");
	cpu_set_t before, after;
	struct utsname names;
	struct host *host;
	char text[256];

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	host = read_live();
	assert_int_equal(sched_getaffinity(0, sizeof(after), &after), 0);
	assert_true(CPU_EQUAL(&before, &after));
	assert_int_equal(host->source, HOST_CPUID);
	assert_string_equal(host->name, "CPUID");
	assert_int_equal(host->nr_groups, 1);
	snprintf(text, sizeof(text), "%u", cpu);
	assert_cpus(&host->groups[0]->cpus, text);
	assert_int_equal(host->groups[0]->sample.leaf_status[VI_L1], VI_READ);
	assert_int_equal(host->groups[0]->sample.msr_status[VI_IA32_EFER],
			 VI_ABSENT);
	uname(&names);
	assert_fact(host, "kernel", names.release);
	snprintf(
		text, sizeof(text),
		"module virtinfo not loaded; no cpu/%u/msr (module msr not loaded)" NO_MSR_COSTS,
		cpu);
	assert_fact(host, "source note", text);
	host_free(host);
	unlink("online");
}

/* The CPUs that there are do not have to be ones that we may use. */
static void test_cpus_not_allowed(void **state)
{
	struct host *host;
	char text[256];
	unsigned int cpu;

	(void)state;
	cpu = write_online(",60000-60001");
	host = read_live();
	snprintf(
		text, sizeof(text),
		"module virtinfo not loaded; no cpu/%u/msr (module msr not loaded)" NO_MSR_COSTS
		"; skipped (not in the allowed CPU set): CPUs 60000-60001",
		cpu);
	assert_fact(host, "source note", text);
	host_free(host);

	/* None at all: the one that we happen to run on. */
	write_file("online", "60000-60001\n");
	host = read_live();
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(cpulist_weight(&host->groups[0]->cpus), 1);
	host_free(host);
	unlink("online");
}

static void test_online_unknown(void **state)
{
	struct host *host;

	(void)state;
	host = read_live();
	assert_true(host->nr_groups >= 1);
	assert_true(host->groups[0]->cpus.count >= 1);
	host_free(host);
	write_file("online", "what\n");
	host = read_live();
	assert_true(host->groups[0]->cpus.count >= 1);
	host_free(host);
	unlink("online");
}

static void test_module_not_understood(void **state)
{
	unsigned int cpu = write_online("");
	struct host *host;
	char text[256];

	(void)state;
	write_file("proc", "virtinfo\t: 7\n");
	host = read_live();
	assert_int_equal(host->source, HOST_CPUID);
	snprintf(
		text, sizeof(text),
		"proc:1: format \"7\" is not known to this program, only format 1 is; no cpu/%u/msr (module msr not loaded)" NO_MSR_COSTS,
		cpu);
	assert_fact(host, "source note", text);
	host_free(host);
	unlink("proc");
	assert_int_equal(mkdir("proc", 0700), 0);
	host = read_live();
	snprintf(
		text, sizeof(text),
		"proc cannot be read (Is a directory); no cpu/%u/msr (module msr not loaded)" NO_MSR_COSTS,
		cpu);
	assert_fact(host, "source note", text);
	host_free(host);
	rmdir("proc");
	unlink("online");
}

static void make_device(unsigned int cpu, const char *target)
{
	char path[64];

	mkdir("cpu", 0755);
	snprintf(path, sizeof(path), "cpu/%u", cpu);
	assert_int_equal(mkdir(path, 0755), 0);
	snprintf(path, sizeof(path), "cpu/%u/msr", cpu);
	assert_int_equal(symlink(target, path), 0);
}

static void remove_device(unsigned int cpu)
{
	char path[64];

	snprintf(path, sizeof(path), "cpu/%u/msr", cpu);
	unlink(path);
	snprintf(path, sizeof(path), "cpu/%u", cpu);
	rmdir(path);
	rmdir("cpu");
}

#define MSR_DEVICE_NOTE                                                        \
	"module virtinfo not loaded: registers come from /dev/cpu/N/msr and "  \
	"CPUID, so CR0 and CR4 are unknown, and whether VMX is on now"

/*
 * A file of one byte over and over is a device whose MSRs all have the same
 * value. IA32_EFER is there on every 64-bit processor.
 */
static void test_msr_device(void **state)
{
	unsigned int cpu = write_online("");
	const struct vi_sample *sample;
	struct host *host;

	(void)state;
	make_device(cpu, "/dev/zero");
	host = read_live();
	sample = &host->groups[0]->sample;
	assert_int_equal(host->source, HOST_MSR_DEVICE);
	assert_int_equal(sample->msr_status[VI_IA32_EFER], VI_READ);
	assert_int_equal(sample->msr[VI_IA32_EFER], 0);
	assert_int_equal(sample->msr_status[VI_CR4], VI_ABSENT);
	assert_fact(host, "source note", MSR_DEVICE_NOTE);
	host_free(host);
	remove_device(cpu);
	unlink("online");
}

/*
 * Reading where a process has no memory gives EIO, as the driver gives for
 * #GP. Not of this process: a sanitizer may have its own there.
 */
static void test_fault_is_no_value(void **state)
{
	unsigned int cpu = write_online("");
	const struct vi_sample *sample;
	struct host *host;
	unsigned int i;
	char path[64];
	pid_t child;
	int ends[2];
	char byte;

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	if (!child) {
		execlp("sleep", "sleep", "60", NULL);
		_exit(1);
	}
	close(ends[1]);
	/* Its end closes when the other program is there. */
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	snprintf(path, sizeof(path), "/proc/%d/mem", child);
	make_device(cpu, path);
	host = read_live();
	sample = &host->groups[0]->sample;
	assert_int_equal(sample->msr_status[VI_IA32_EFER], VI_GP);
	for (i = 0; i < VI_NR_MSRS; i++) {
		assert_int_not_equal(sample->msr_status[i], VI_READ);
		assert_int_equal(sample->msr[i], 0);
	}
	host_free(host);
	remove_device(cpu);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);

	/* Nothing to be had is neither a fault nor a value. */
	make_device(cpu, "/dev/null");
	host = read_live();
	assert_int_equal(host->groups[0]->sample.msr_status[VI_IA32_EFER],
			 VI_ABSENT);
	host_free(host);
	remove_device(cpu);
	unlink("online");
}

static void test_no_access(void **state)
{
	unsigned int cpu = write_online("");
	struct host *host;
	char text[256];

	(void)state;
	/* A link to itself: another error than a missing file. */
	make_device(cpu, "msr");
	host = read_live();
	assert_int_equal(host->source, HOST_CPUID);
	snprintf(
		text, sizeof(text),
		"module virtinfo not loaded; no access to cpu/%u/msr (Too many levels of symbolic links)" NO_MSR_COSTS,
		cpu);
	assert_fact(host, "source note", text);
	host_free(host);
	remove_device(cpu);
	unlink("online");
}

struct guest {
	unsigned int asked; /* for places where leaves may begin */
	u32 last;	    /* of them */
};

/* A guest with an interface at the first place, and one at every far place. */
static void guest_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	struct guest *guest = context;

	(void)subleaf;
	memset(reg, 0, 4 * sizeof(reg[0]));
	if (leaf == 1)
		reg[VI_ECX] = 1U << 31;
	if (leaf < VI_HV_FIRST || leaf % VI_HV_STEP)
		return;
	guest->asked++;
	guest->last = leaf;
	if (leaf > VI_HV_FIRST && leaf < LIVE_HV_NEAR_END)
		return;
	reg[VI_EAX] = leaf;
	memcpy(&reg[VI_EBX], VI_HV_KVM, 12);
}

/* For a verdict the far places of a hypervisor's leaves are not asked for. */
static void test_far_places(void **state)
{
	struct guest guest = { 0 };
	struct vi_reader all = { .cpuid = guest_cpuid, .context = &guest };
	const struct vi_reader near = { .cpuid = live_cpuid_near,
					.context = &all };
	struct vi_hv hv;

	(void)state;
	vi_hv_read(&hv, &near);
	assert_int_equal(guest.asked, 16);
	assert_int_equal(guest.last, 0x40000f00);
	assert_int_equal(hv.count, 1);

	guest.asked = 0;
	vi_hv_read(&hv, &all);
	assert_int_equal(guest.asked, 256);
	assert_int_equal(guest.last, 0x4000ff00);
	assert_true(hv.truncated);
}

/* This very system, whatever it offers. */
static void test_this_system(void **state)
{
	struct input_error error;
	struct host *host = input_live(false, &error);
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int cpus = 0;
	size_t i;

	(void)state;
	assert_non_null(host);
	assert_true(host_is_live(host));
	for (i = 0; i < host->nr_groups; i++)
		cpus += cpulist_weight(&host->groups[i]->cpus);
	assert_in_range(cpus, 1, online);
	assert_non_null(facts_get(host->facts, "kernel"));
	assert_int_equal(live_facts(host, LIVE_SYSTEM | LIVE_BESIDE |
						  LIVE_CAPS | LIVE_PROOF |
						  LIVE_MODULE),
			 0);
	assert_non_null(facts_get(host->facts, "user"));
	assert_keys_once(host->facts);
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_module),
		cmocka_unit_test(test_cpuid_only),
		cmocka_unit_test(test_cpus_not_allowed),
		cmocka_unit_test(test_online_unknown),
		cmocka_unit_test(test_module_not_understood),
		cmocka_unit_test(test_msr_device),
		cmocka_unit_test(test_fault_is_no_value),
		cmocka_unit_test(test_no_access),
		cmocka_unit_test(test_far_places),
		cmocka_unit_test(test_this_system),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
