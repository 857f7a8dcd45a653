# SPDX-License-Identifier: GPL-2.0-only
#
# make check-fleet    fleets that are made up, against what is known of them

FLEET_CHECKS := $(foreach name,generated drift baseline screen changing names, \
	"tests/fleet/$(name)")
CHECKS += $(FLEET_CHECKS)

.PHONY: check-fleet

check-fleet: program
	@tests/run-tests $(FLEET_CHECKS)
