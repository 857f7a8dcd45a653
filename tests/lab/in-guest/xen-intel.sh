# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Xen answers IA32_FEATURE_CONTROL with 1 and hides VMX.
. /lab/lib.sh

load
equal feature-control 0x0000000000000001 "$(msr 0x0000003a)"
equal extension none "$(value extension)"
for index in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do
	case $(msr "0x0000048$index" || echo absent) in
	'#GP' | 'not attempted' | absent) ;;
	*) fail "vmx-msr-0x48$index" "reads '$(msr "0x0000048$index")'" ;;
	esac
done
