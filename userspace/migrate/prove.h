/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The word of the receiving host's KVM on what a guest brings, beside that of
 * the rules. KVM itself is asked (kvm/restore.h); no guest runs.
 */
#ifndef VIRTINFO_MIGRATE_PROVE_H
#define VIRTINFO_MIGRATE_PROVE_H

#include "kvm/restore.h"
#include "migrate/migration.h"

struct proof_result {
	enum migration_rule rule;
	enum register_id reg; /* NR_REGISTERS: of none of the table's */
	const char *asked;    /* "KVM_SET_MSRS"; NULL: KVM cannot be asked */
	u64 given;	      /* the guest's value; 0 of a list */
	struct kvm_answer kvm;
	enum migration_answer ours; /* by the rule, of that register */
	/* By KVM: MIGRATION_UNKNOWN where its word decides nothing. */
	enum migration_answer theirs;
	/* Why it was not asked, or decides nothing; NULL: it decides. */
	const char *why;
};

/* Begins as { .list = NULL }. */
struct migration_proof {
	/* Where asking failed altogether; .step is KVM_STEP_NONE if it did not. */
	struct kvm_failure failure;
	struct proof_result *list; /* in the order of tables/proof.def */
	size_t count;
	size_t capacity;
	uint64_t time_us;
};

/*
 * Ask the KVM of this system (the device at @path, NULL: KVM_DEVICE), which
 * @to is, about each rule that applies to guests from @from, as *migration
 * judged them. Where KVM decides otherwise its word counts: *migration is
 * changed. Returns 0, or -1 when there is no memory; migration_proof_free() it
 * either way.
 */
int migration_prove(struct migration_proof *proof, const struct side *from,
		    const struct side *to, struct migration *migration,
		    const char *path);
void migration_proof_free(struct migration_proof *proof);

/* Do the rule and KVM differ? */
bool proof_differs(const struct proof_result *result);

/*
 * Let KVM's word count in *migration: what it refuses is unsafe, what it takes
 * is a note. Returns 0, or -1 when there is no memory.
 */
int migration_count_proof(struct migration *migration,
			  const struct migration_proof *proof);

#endif
