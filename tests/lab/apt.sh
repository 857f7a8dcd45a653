# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# A private apt for each Debian release: its packages within reach, while the
# machine's own sources, lists and packages stay as they are. Source lib.sh
# first.
#
# The mirror is VIRTINFO_MIRROR (and VIRTINFO_SECURITY_MIRROR) when set, else
# the one that this machine's own apt uses for Debian, else mmdebstrap's
# default.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# The address of the archive labelled $1 (Debian, Debian-Security) in the
# machine's own apt configuration; nothing when it has none.
# shellcheck disable=SC2016 # apt expands the format
own_mirror() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' "Label: $1" | sort -u | sed -n 1p
}

# The address of Debian's archive that mmdebstrap takes by itself. The hook
# ends it before it downloads anything.
# shellcheck disable=SC2016 # mmdebstrap expands the hook
default_mirror() {
	local dir
	dir=$(mktemp -d)
	as_root mmdebstrap --quiet --variant=extract --skip=check/empty \
		--setup-hook='cat "$1"/etc/apt/sources.list >&2; exit 1' \
		"$1" "$dir" 2>&1 |
		awk '$1 == "deb" { for (i = 2; i <= NF; i++)
			if ($i ~ /:\/\//) { print $i; exit } }' || true
	as_root rm -rf "$dir"
}

# Prints the two addresses, Debian's archive and its security archive.
mirrors() {
	local main=${VIRTINFO_MIRROR:-} security=${VIRTINFO_SECURITY_MIRROR:-}
	if [ -z "$main" ]; then
		main=$(own_mirror Debian)
		[ -n "$security" ] || security=$(own_mirror Debian-Security)
	fi
	[ -n "$main" ] || main=$(default_mirror "$1")
	[ -n "$main" ] || die 'no Debian mirror known: set VIRTINFO_MIRROR'
	main=${main%/}
	[ -n "$security" ] || security=$main-security
	printf '%s %s\n' "$main" "${security%/}"
}

# Writes the sources of RELEASE (and its backports where kernels.conf asks for
# them) to standard output.
sources() {
	local release=$1 main security signed='' suite
	[ ! -e "$KEYRING" ] || signed="[signed-by=$KEYRING] "
	read -r main security < <(mirrors "$release")
	printf 'deb %s%s %s main\n' "$signed" "$main" "$release"
	printf 'deb %s%s %s-security main\n' "$signed" "$security" "$release"
	awk -v release="$release" '$2 == release && $3 ~ /-backports$/ { print $3 }' \
		"$LAB/kernels.conf" | sort -u | while read -r suite; do
		printf 'deb %s%s %s main\n' "$signed" "$main" "$suite"
	done
}

# apt_in RELEASE apt-get|apt-cache ARGUMENT...
apt_in() {
	local release=$1 tool=$2 dir=$CACHE/apt/$1
	shift 2
	"$tool" -o Dir::Etc::sourcelist="$dir/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
		-o Dir::Etc::preferences=/dev/null -o Dir::State="$dir/state" \
		-o Dir::State::status="$dir/status" -o Dir::Cache="$dir/cache" \
		-o APT::Architecture=amd64 -o APT::Architectures::=amd64 \
		-o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none \
		-o Acquire::Retries=3 -o APT::Update::Post-Invoke-Success::= \
		"$@"
}

# Makes the private apt of RELEASE, its lists at most a day old.
prepare_apt() {
	local release=$1 dir=$CACHE/apt/$1
	mkdir -p "$dir"/state/lists/partial "$dir"/cache/archives/partial
	: >"$dir/status"
	if [ -n "$(find "$dir/updated" -mmin -1440 2>/dev/null)" ]; then
		return 0
	fi
	say "package lists of Debian $release"
	sources "$release" >"$dir/sources.list"
	apt_in "$release" apt-get update -qq >&2
	: >"$dir/updated"
}

# Downloads PACKAGEs of RELEASE into the directory TO, without what they
# depend on. apt checks them against the signed lists.
download() {
	local release=$1 to=$2
	shift 2
	(cd "$to" && apt_in "$release" apt-get download -qq "$@" >&2)
}
