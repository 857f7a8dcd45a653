// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/proof.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "kvm/vm.h"

#define MEMORY_SIZE 0x4000u
#define CODE	    0x1000u
#define INPUT	    0x2000u
#define STACK	    0x3ff0u
#define PORT	    0x510

#define MULTIPLIER 0x0019660du
#define INCREMENT  0x3c6ef35fu

/* What the guest finds at INPUT. */
struct input {
	uint32_t seed;
	uint32_t rounds;
};

/* Real mode, 16 bits. The same sum as expected() below. */
/* clang-format off */
static const uint8_t standard_code[] = {
	0x66, 0xa1, 0x00, 0x20,		/* mov   eax, [INPUT] */
	0x66, 0x8b, 0x0e, 0x04, 0x20,	/* mov   ecx, [INPUT + 4] */
					/* next: */
	0x66, 0x69, 0xc0,		/* imul  eax, eax, MULTIPLIER */
	0x0d, 0x66, 0x19, 0x00,
	0x66, 0x05,			/* add   eax, INCREMENT */
	0x5f, 0xf3, 0x6e, 0x3c,
	0x66, 0x49,			/* dec   ecx */
	0x75, 0xef,			/* jnz   next */
	0xba, 0x10, 0x05,		/* mov   dx, PORT */
	0x66, 0xef,			/* out   dx, eax */
	0xf4,				/* hlt */
};
/* clang-format on */

static uint32_t expected(const struct input *input)
{
	uint32_t value = input->seed;

	for (uint32_t round = 0; round < input->rounds; round++)
		value = value * MULTIPLIER + INCREMENT;
	return value;
}

/* Different each time, so that no constant and no earlier answer is right. */
static struct input new_input(void)
{
	struct input input;

	if (getrandom(&input, sizeof(input), GRND_NONBLOCK) != sizeof(input)) {
		uint64_t now = kvm_clock_ns();

		memcpy(&input, &now, sizeof(input));
	}
	input.rounds = 16 + input.rounds % 64;
	return input;
}

static void failed(struct kvm_proof *proof, enum kvm_step step, int error)
{
	proof->step = step;
	proof->error = error;
}

static void unexpected_exit(struct kvm_proof *proof, const struct kvm_run *run)
{
	failed(proof, KVM_STEP_UNEXPECTED_EXIT, 0);
	proof->exit_reason = run->exit_reason;
	switch (run->exit_reason) {
	case KVM_EXIT_UNKNOWN:
		proof->hardware_reason = run->hw.hardware_exit_reason;
		break;
	case KVM_EXIT_FAIL_ENTRY:
		proof->hardware_reason =
			run->fail_entry.hardware_entry_failure_reason;
		break;
	case KVM_EXIT_INTERNAL_ERROR:
		proof->hardware_reason = run->internal.suberror;
		break;
	}
}

/* The value of a 32-bit write to PORT; false for any other exit. */
static bool written_value(const struct kvm_run *run, uint32_t *value)
{
	if (run->exit_reason != KVM_EXIT_IO ||
	    run->io.direction != KVM_EXIT_IO_OUT || run->io.port != PORT ||
	    run->io.size != sizeof(*value) || run->io.count != 1)
		return false;
	memcpy(value, (const uint8_t *)run + run->io.data_offset,
	       sizeof(*value));
	return true;
}

static int run_to_exit(struct kvm_vm *vm, const struct kvm_watchdog *dog,
		       struct kvm_proof *proof)
{
	int error = kvm_vm_run(vm, dog);

	if (error == -ETIMEDOUT)
		failed(proof, KVM_STEP_TIMED_OUT, 0);
	else if (error)
		failed(proof, KVM_STEP_RUN, -error);
	return error;
}

static void run_guest(struct kvm_vm *vm, const struct kvm_watchdog *dog,
		      struct kvm_proof *proof, const struct input *input)
{
	uint32_t value;

	if (run_to_exit(vm, dog, proof))
		return;
	if (!written_value(vm->run, &value))
		unexpected_exit(proof, vm->run);
	else if (value != expected(input))
		failed(proof, KVM_STEP_WRONG_VALUE, 0);
	else if (run_to_exit(vm, dog, proof))
		return;
	else if (vm->run->exit_reason != KVM_EXIT_HLT)
		unexpected_exit(proof, vm->run);
	else
		proof->ran = true;
}

static void load(struct kvm_vm *vm, const struct kvm_proof_options *options,
		 const struct input *input)
{
	if (options->code)
		memcpy(vm->memory + CODE, options->code,
		       options->code_size < INPUT - CODE ? options->code_size :
							   INPUT - CODE);
	else
		memcpy(vm->memory + CODE, standard_code, sizeof(standard_code));
	memcpy(vm->memory + INPUT, input, sizeof(*input));
}

static void prepare_and_run(struct kvm_vm *vm, const struct kvm_watchdog *dog,
			    const struct kvm_proof_options *options,
			    struct kvm_proof *proof)
{
	const struct input input = new_input();
	int error;

	load(vm, options, &input);
	error = kvm_watchdog_attach(dog, vm->vcpu);
	if (error) {
		failed(proof, KVM_STEP_WATCHDOG, -error);
		return;
	}
	error = kvm_vm_set_real_mode(vm);
	if (!error)
		error = kvm_vm_set_start(vm, CODE, STACK);
	if (error) {
		failed(proof, KVM_STEP_REGISTERS, -error);
		return;
	}
	run_guest(vm, dog, proof, &input);
}

void kvm_proof_run(const struct kvm_proof_options *options,
		   struct kvm_proof *proof)
{
	static const struct kvm_proof_options usual = { 0 };
	const uint64_t start = kvm_clock_ns();
	struct kvm_failure failure;
	struct kvm_watchdog dog;
	struct kvm_vm vm;
	int error;

	if (!options)
		options = &usual;
	*proof = (struct kvm_proof){ .attempted = true };

	error = kvm_watchdog_start(&dog, options->timeout_ms ?
						 options->timeout_ms :
						 KVM_PROOF_TIMEOUT_MS);
	if (error) {
		failed(proof, KVM_STEP_WATCHDOG, -error);
		return;
	}
	if (kvm_vm_create(&vm, options->device, MEMORY_SIZE, &failure)) {
		failed(proof, failure.step, failure.error);
	} else {
		prepare_and_run(&vm, &dog, options, proof);
		kvm_vm_destroy(&vm);
	}
	kvm_watchdog_stop(&dog);
	proof->time_us = (kvm_clock_ns() - start) / 1000;
}
