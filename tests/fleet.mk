# SPDX-License-Identifier: GPL-2.0-only
#
# make check-fleet    fleets that are made up, against what is known of them

CHECKS += "tests/fleet/generated" "tests/fleet/drift" "tests/fleet/baseline" \
	"tests/fleet/screen" "tests/fleet/changing"

.PHONY: check-fleet

check-fleet: program
	@tests/run-tests "tests/fleet/generated" "tests/fleet/drift" \
		"tests/fleet/baseline" "tests/fleet/screen" "tests/fleet/changing"
