# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Reading guests.conf. Source lib.sh first.

GUESTS=${VIRTINFO_GUESTS:-$LAB/guests.conf}
declare -A G=()

# The keys, as the head of guests.conf lists them, and "like".
KEYS=" like $(sed -nE 's/^# ([a-z-]+) {2,}.*/\1/p' "$LAB/guests.conf" | tr '\n' ' ')"

# The lines "key = value" of one stanza, as "key<TAB>=|+=<TAB>value".
stanza_lines() {
	awk -v want="[$1]" '
		/^[ \t]*(#|$)/ { next }
		/^\[/ { inside = $0 == want; next }
		inside && match($0, /[ \t]*\+?=[ \t]*/) {
			op = substr($0, RSTART, RLENGTH); gsub(/[ \t]/, "", op)
			printf "%s\t%s\t%s\n", substr($0, 1, RSTART - 1), op,
				substr($0, RSTART + RLENGTH)
		}' "$GUESTS"
}

# Lays the stanza NAME over what is in G, what it is like first.
overlay_stanza() {
	local name=$1 key op value like
	grep -qxF "[$name]" "$GUESTS" || die "no guest '$name' in $GUESTS"
	like=$(stanza_lines "$name" | awk -F '\t' '$1 == "like" { print $3 }')
	[ -z "$like" ] || overlay_stanza "$like"
	while IFS=$'\t' read -r key op value; do
		[[ $KEYS == *" $key "* ]] || die "guest '$name': no key '$key'"
		if [ "$op" = '+=' ]; then
			G[$key]="${G[$key]:-} $value"
		else
			G[$key]=$value
		fi
	done < <(stanza_lines "$name")
}

# Reads the stanza NAME into G.
read_stanza() {
	G=()
	overlay_stanza default
	overlay_stanza "$1"
	G[append]="${G[append]:-} ${G[patience]:-}"
}
