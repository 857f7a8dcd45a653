# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# An Intel model without VMX, under a hypervisor.
. /lab/lib.sh

load
equal extension none "$(value extension)"
equal hypervisor TCGTCGTCGTCG "$(value hypervisor)"
case $(msr 0x00000480 || echo absent) in
'not attempted' | absent) ok vmx-registers-left-alone ;;
*) fail vmx-registers-left-alone "IA32_VMX_BASIC reads '$(msr 0x00000480)'" ;;
esac
