// SPDX-License-Identifier: GPL-2.0-only
/*
 * The proof guest, many times and under bad conditions: nothing may leak,
 * hang or be confused by signals. Needs a KVM device; without one every test
 * says that it was skipped.
 *
 * PROOF_SOAK_RUNS sets how often (1000).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kvm/caps.h"
#include "kvm/device.h"
#include "kvm/proof.h"

/* What a process could leave behind. */
struct footprint {
	int descriptors;
	int threads;
	int mappings;
	long pages; /* of address space */
	long resident;
	char signals[512]; /* of /proc/self/status, but SigQ is the user's */
	sigset_t blocked;
};

static int count_entries(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static int count_lines(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024];
	int count = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		count++;
	fclose(file);
	return count;
}

static void read_signals(char *text, size_t size)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];

	assert_non_null(file);
	text[0] = '\0';
	while (fgets(line, sizeof(line), file))
		if ((!strncmp(line, "Sig", 3) && strncmp(line, "SigQ", 4)) ||
		    !strncmp(line, "ShdPnd", 6))
			snprintf(text + strlen(text), size - strlen(text), "%s",
				 line);
	fclose(file);
}

static struct footprint footprint(void)
{
	struct footprint now = { 0 };
	FILE *file = fopen("/proc/self/statm", "r");

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld %ld", &now.pages, &now.resident), 2);
	fclose(file);
	now.descriptors = count_entries("/proc/self/fd");
	now.threads = count_entries("/proc/self/task");
	now.mappings = count_lines("/proc/self/maps");
	read_signals(now.signals, sizeof(now.signals));
	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &now.blocked), 0);
	return now;
}

static void assert_unchanged(const struct footprint *before)
{
	const struct footprint now = footprint();

	assert_int_equal(now.descriptors, before->descriptors);
	assert_int_equal(now.threads, before->threads);
	assert_int_equal(now.mappings, before->mappings);
	assert_int_equal(now.pages, before->pages);
	/* Pages of the program itself may come in late. */
	assert_true(now.resident <= before->resident + 64);
	assert_string_equal(now.signals, before->signals);
	assert_memory_equal(&now.blocked, &before->blocked,
			    sizeof(now.blocked));
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	/* Empty, or not there in a kernel without checkpoint and restore. */
	if (!access("/proc/self/timers", R_OK))
		assert_int_equal(count_lines("/proc/self/timers"), 0);
}

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

static int runs(void)
{
	const char *text = getenv("PROOF_SOAK_RUNS");
	int count = text ? atoi(text) : 0;

	return count > 0 ? count : 1000;
}

static void assert_ran(const struct kvm_proof *proof)
{
	if (!proof->ran)
		print_message("step %s, errno %d, exit reason %u\n",
			      kvm_step_name(proof->step), proof->error,
			      proof->exit_reason);
	assert_true(proof->ran);
	assert_int_equal(proof->step, KVM_STEP_NONE);
}

static void thousand_proofs_leave_nothing(void **state)
{
	struct footprint before;
	struct kvm_proof proof;

	(void)state;
	need_device();
	for (int i = 0; i < 10; i++)
		kvm_proof_run(NULL, &proof);
	before = footprint();
	for (int i = 0; i < runs(); i++) {
		kvm_proof_run(NULL, &proof);
		assert_ran(&proof);
	}
	assert_unchanged(&before);
}

/* jmp $, which never leaves by itself. */
static const struct kvm_proof_options hanging = { .code = "\xeb\xfe",
						  .code_size = 2,
						  .timeout_ms = 100 };
/* out 0x80, al; jmp back: leaves all the time and never ends. Ended by its first. */
static const struct kvm_proof_options chattering = { .code = "\xe6\x80\xeb\xfc",
						     .code_size = 4,
						     .timeout_ms = 5000 };

static void assert_times_out(const struct kvm_proof_options *options)
{
	struct kvm_proof proof;

	kvm_proof_run(options, &proof);
	assert_true(proof.attempted);
	assert_false(proof.ran);
	/* A guest that writes to a port is refused at its first write. */
	if (options == &chattering) {
		assert_int_equal(proof.step, KVM_STEP_UNEXPECTED_EXIT);
		return;
	}
	assert_int_equal(proof.step, KVM_STEP_TIMED_OUT);
	assert_true(proof.time_us >= 100 * 1000);
	assert_true(proof.time_us < 30 * 1000 * 1000);
}

static void hanging_guests_are_ended(void **state)
{
	struct footprint before;
	struct kvm_proof proof;

	(void)state;
	need_device();
	kvm_proof_run(&hanging, &proof);
	before = footprint();
	for (int i = 0; i < 10; i++) {
		assert_times_out(&hanging);
		assert_times_out(&chattering);
	}
	assert_unchanged(&before);
	kvm_proof_run(NULL, &proof);
	assert_ran(&proof);
}

static void wrong_answers_are_not_believed(void **state)
{
	/* mov dx, 0x510; out dx, eax; hlt: the right port, a constant. */
	const struct kvm_proof_options constant = {
		.code = "\xba\x10\x05\x66\xef\xf4", .code_size = 6
	};
	/* hlt at once */
	const struct kvm_proof_options silent = { .code = "\xf4",
						  .code_size = 1 };
	/* mov eax, [0x2000]; mov dx, 0x510; out dx, eax; hlt: the input itself */
	const struct kvm_proof_options parrot = {
		.code = "\x66\xa1\x00\x20\xba\x10\x05\x66\xef\xf4",
		.code_size = 10
	};
	/* lidt of nothing, then int 0: a triple fault */
	const struct kvm_proof_options fault = {
		.code = "\x0f\x01\x1e\x00\x30\xcd\x00", .code_size = 7
	};
	struct kvm_proof proof;

	(void)state;
	need_device();
	kvm_proof_run(&constant, &proof);
	assert_int_equal(proof.step, KVM_STEP_WRONG_VALUE);
	kvm_proof_run(&silent, &proof);
	assert_int_equal(proof.step, KVM_STEP_UNEXPECTED_EXIT);
	assert_int_equal(proof.exit_reason, 5); /* HLT */
	kvm_proof_run(&parrot, &proof);
	assert_int_equal(proof.step, KVM_STEP_WRONG_VALUE);
	kvm_proof_run(&fault, &proof);
	assert_false(proof.ran);
	kvm_proof_run(NULL, &proof);
	assert_ran(&proof);
}

static atomic_int caught;

static void count_signal(int signal)
{
	(void)signal;
	atomic_fetch_add(&caught, 1);
}

static void catch_signal(int signal, struct sigaction *old)
{
	struct sigaction action = { .sa_handler = count_signal };

	sigemptyset(&action.sa_mask);
	assert_int_equal(sigaction(signal, &action, old), 0);
}

/*
 * Another process that sends signals until it is killed. Without its pause a
 * sender that has a processor of its own gives the receiver no time to run.
 */
static pid_t start_storm(void)
{
	pid_t target = getpid();
	pid_t child = fork();

	assert_true(child >= 0);
	if (child)
		return child;
	for (;;) {
		/* So that a test that dies does not leave it behind. */
		if (getppid() != target)
			_exit(0);
		kill(target, SIGUSR1);
		kill(target, SIGWINCH);
		kill(target, SIGALRM);
		kill(target, SIGRTMIN + 3);
		usleep(200);
	}
}

static void signal_storm_does_not_confuse(void **state)
{
	static const int signals[] = { SIGUSR1, SIGWINCH, SIGALRM };
	const struct itimerval often = { .it_interval = { 0, 200 },
					 .it_value = { 0, 200 } };
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };
	struct sigaction old[4];
	struct kvm_proof proof;
	int before, count = runs() / 20;
	pid_t child;

	(void)state;
	need_device();
	for (int i = 0; i < 3; i++)
		catch_signal(signals[i], &old[i]);
	catch_signal(SIGRTMIN + 3, &old[3]);
	before = count_entries("/proc/self/fd");
	child = start_storm();
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);

	atomic_store(&caught, 0);
	for (int i = 0; i < count; i++) {
		kvm_proof_run(NULL, &proof);
		if (!proof.ran)
			break;
	}
	for (int i = 0; i < 5 && proof.ran; i++)
		assert_times_out(&hanging);

	assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
	kill(child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	for (int i = 0; i < 3; i++)
		sigaction(signals[i], &old[i], NULL);
	sigaction(SIGRTMIN + 3, &old[3], NULL);
	assert_ran(&proof);
	assert_true(atomic_load(&caught) > 100);
	assert_int_equal(count_entries("/proc/self/fd"), before);
}

/* A process that has every signal blocked, and one of the best pending. */
static void blocked_and_pending_signals_stay(void **state)
{
	struct footprint before;
	sigset_t all, old;
	struct kvm_proof proof;

	(void)state;
	need_device();
	sigfillset(&all);
	/* The watchdog needs one that is free. */
	sigdelset(&all, SIGRTMIN + 1);
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &all, &old), 0);
	raise(SIGUSR2);
	raise(SIGRTMAX);
	before = footprint();
	for (int i = 0; i < 20; i++) {
		kvm_proof_run(NULL, &proof);
		if (!proof.ran)
			break;
	}
	assert_ran(&proof);
	assert_times_out(&hanging);
	assert_unchanged(&before);

	/* None free: a clear failure, not a hang. */
	sigaddset(&all, SIGRTMIN + 1);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	kvm_proof_run(NULL, &proof);
	assert_int_equal(proof.step, KVM_STEP_WATCHDOG);
	assert_int_equal(proof.error, EAGAIN);

	while (sigtimedwait(&all, NULL, &(struct timespec){ 0 }) > 0)
		;
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &old, NULL), 0);
}

static void *prove(void *result)
{
	bool *all_ran = result;

	*all_ran = true;
	for (int i = 0; i < 20 && *all_ran; i++) {
		struct kvm_proof proof;

		kvm_proof_run(NULL, &proof);
		*all_ran = proof.ran;
		if (i % 10 == 0) {
			kvm_proof_run(&hanging, &proof);
			*all_ran = *all_ran && proof.step == KVM_STEP_TIMED_OUT;
		}
	}
	return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
	pthread_t threads[4];
	bool ran[4];

	(void)state;
	need_device();
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			pthread_create(&threads[i], NULL, prove, &ran[i]), 0);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_true(ran[i]);
	}
}

static void errors_name_their_step(void **state)
{
	struct kvm_proof proof;
	struct footprint before = footprint();
	struct rlimit old, none;

	(void)state;
	kvm_proof_run(&(struct kvm_proof_options){ .device = "/nonexistent" },
		      &proof);
	assert_int_equal(proof.step, KVM_STEP_OPEN);
	assert_int_equal(proof.error, ENOENT);
	kvm_proof_run(&(struct kvm_proof_options){ .device = "/dev/null" },
		      &proof);
	assert_int_equal(proof.step, KVM_STEP_API);
	assert_int_equal(proof.error, ENOTTY);
	kvm_proof_run(&(struct kvm_proof_options){ .device = "/" }, &proof);
	assert_int_equal(proof.step, KVM_STEP_OPEN);
	assert_int_equal(proof.error, EISDIR);
	assert_unchanged(&before);
	need_device();

	/* Room for one, two descriptors more: every step that opens one fails. */
	before = footprint();
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	for (int room = 0; room < 3; room++) {
		static const enum kvm_step steps[] = { KVM_STEP_OPEN,
						       KVM_STEP_CREATE_VM,
						       KVM_STEP_VCPU };
		int next = dup(0);

		close(next);
		none = (struct rlimit){ .rlim_cur = next + room,
					.rlim_max = old.rlim_max };
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
		kvm_proof_run(NULL, &proof);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
		assert_int_equal(proof.step, steps[room]);
		assert_int_equal(proof.error, EMFILE);
	}
	assert_unchanged(&before);
}

static void reading_capabilities_leaves_nothing(void **state)
{
	struct footprint before;
	struct kvm_caps caps;

	(void)state;
	need_device();
	for (int i = 0; i < 100; i++) {
		/* The first rounds fill the allocator. */
		if (i == 10)
			before = footprint();
		assert_int_equal(kvm_caps_read(&caps, NULL, true), 0);
		assert_int_equal(caps.api, KVM_DEVICE_API);
		assert_true(caps.cap_count >= kvm_cap_row_count);
		kvm_caps_free(&caps);
	}
	assert_unchanged(&before);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(thousand_proofs_leave_nothing),
		cmocka_unit_test(hanging_guests_are_ended),
		cmocka_unit_test(wrong_answers_are_not_believed),
		cmocka_unit_test(signal_storm_does_not_confuse),
		cmocka_unit_test(blocked_and_pending_signals_stay),
		cmocka_unit_test(errors_name_their_step),
		cmocka_unit_test(reading_capabilities_leaves_nothing),
		/* Last: a thread may be seen for a moment after its join. */
		cmocka_unit_test(threads_do_not_disturb_each_other),
	};

	return cmocka_run_group_tests_name("proof_soak", tests, NULL, NULL);
}
