# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The program reads what the module publishes, live and from a copy.
. /lab/lib.sh
. /lab/settings

load
report() {
	name=$1
	shift
	"$@" >"/tmp/$name" 2>/tmp/error
	status=$?
	echo "$name: status $status"
	if [ -s "/tmp/$name" ] && [ $status -ne 1 ] && [ $status -ne 2 ] && [ $status -ne 3 ]; then
		ok "virtinfo-$name"
	else
		fail "virtinfo-$name" "status $status: $(tail -n 1 /tmp/error)"
	fi
	sendfile "$name" "/tmp/$name"
}
report status.txt virtinfo
report show.json virtinfo show --json
cp "$TEXT" /tmp/copy.virtinfo
check reads-a-copy virtinfo --input /tmp/copy.virtinfo
