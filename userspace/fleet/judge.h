/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of fleet_judge(), in their order. Each returns 0, or -1 without memory. */
#ifndef VIRTINFO_FLEET_JUDGE_H
#define VIRTINFO_FLEET_JUDGE_H

#include "fleet/fleet.h"

/* Hosts that are alike in what matters, and the odd ones. */
int judge_groups(struct fleet *fleet);
/* Take hosts that were left out since off the groups; some have none then. */
void judge_groups_again(struct fleet *fleet);

int judge_reasons(struct fleet *fleet);
int judge_baselines(struct fleet *fleet);
/* Which hosts to set apart, count at most, for the most features. */
int judge_suggestion(const struct fleet *fleet, struct fleet_baseline *baseline,
		     unsigned int count);
int judge_domains(struct fleet *fleet, enum guest_class guest);

/* Free what they filled. */
void free_groups(struct fleet *fleet);
void free_reasons(struct fleet *fleet);
void free_baselines(struct fleet *fleet);
void free_domains(struct fleet *fleet);

/* Is the host one that guests may move to or from, and not left out? */
bool host_takes_guests(const struct fleet *fleet, size_t host);

#endif
