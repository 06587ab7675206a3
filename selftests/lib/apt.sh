# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Debian packages: installed on this machine, or fetched from any suite and unpacked aside.
#
# The mirrors are those of this machine's own apt sources, in either format, as apt itself understands them; sources
# that are not Debian's are passed over. Nothing under /etc/apt or /var/lib/apt is changed by what fetches from another
# suite, and it needs no root.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# install_packages PACKAGE...: on this machine, those that are missing, and says so.
install_packages() {
	local missing=() package installed

	# shellcheck disable=SC2016 # the fields are dpkg's
	installed=$(dpkg-query -W -f '<${Package} ${db:Status-Status}>')
	for package; do
		[[ $installed == *"<$package installed>"* ]] || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	say "installs by apt: ${missing[*]}"
	locked apt install_now "${missing[@]}"
}

install_now() {
	local apt=(apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o APT::Get::Assume-Yes=true)

	export DEBIAN_FRONTEND=noninteractive
	refresh_host_lists
	quiet as_root "${apt[@]}" install --no-install-recommends "$@"
}

refresh_host_lists() {
	[ -z "${lists_are_fresh:-}" ] || return 0
	quiet as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
	lists_are_fresh=yes
}

# The archive roots of the machine's own Debian sources, as "RELEASE URI".
host_archives() {
	# shellcheck disable=SC2016 # the fields are apt's
	apt-get indextargets --format '$(RELEASE) $(CODENAME) $(COMPONENT) $(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
		awk '$3 == "main" && $4 == "Debian" && $5 !~ /^cdrom:/ { print $2, $5 }'
}

# mirror_of SUITE: where this machine would find that suite.
mirror_of() {
	local codename wanted

	# shellcheck disable=SC1091
	codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
	wanted=$codename
	case $1 in *-security) wanted=$codename-security ;; esac
	host_archives | awk -v wanted="$wanted" '$1 == wanted && !found { print $2; found = 1 } END { exit !found }'
}

need_mirror() {
	mirror_of "${1%+*}" >/dev/null && return
	refresh_host_lists
	mirror_of "${1%+*}" >/dev/null || die "this machine's apt sources name no Debian archive for $1"
}

# What this machine's apt was told about fetching, such as a proxy, as a file of its configuration.
acquire_options() {
	apt-config dump | sed -n '/^Acquire::[a-z]*::/p; /^Acquire::Check/p'
}

# sources_for SUITE: sources.list lines; a backports suite needs its base too, and so does experimental.
sources_for() {
	local suite=${1%+*} base

	base=${suite%-backports}
	[ "$suite" != experimental ] || base=unstable
	for suite in "$base" "$suite"; do
		echo "deb [signed-by=$keyring] $(mirror_of "$suite") $suite main"
	done | sort -u
}

# suite_apt SUITE PROGRAM ARGUMENT...: apt-get or apt-cache that knows that suite only. SUITE+ARCH has the packages of another
# architecture as well, PACKAGE:ARCH.
suite_apt() {
	local dir=$cache/apt/$1 program=$2 foreign=()

	[ "$1" = "${1%+*}" ] || foreign=(-o APT::Architectures::="$(dpkg --print-architecture)" -o APT::Architectures::="${1#*+}")
	shift 2
	"$program" -q -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts="$dir/none" \
		-o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts="$dir/none" -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" \
		-o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 -o Acquire::Languages=none \
		-o APT::Update::Post-Invoke::= -o Acquire::Retries=3 ${foreign[@]+"${foreign[@]}"} "$@"
}

# Makes the private lists of SUITE, unless they are younger than an hour.
suite_refresh() {
	need_mirror "$1"
	locked "apt-$1" suite_refresh_now "$1"
}

suite_refresh_now() {
	local dir=$cache/apt/$1

	[ ! -e "$dir/fresh" ] || [ -z "$(find "$dir/fresh" -mmin -60)" ] || return 0
	mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/none"
	sources_for "$1" >"$dir/sources.list"
	say "reads the package lists of $1"
	quiet suite_apt "$1" apt-get update || die "cannot read the package lists of $1"
	touch "$dir/fresh"
}

# unpack_packages SUITE DIR PACKAGE...: fetched, checked by apt's signatures, unpacked into DIR (made anew).
unpack_packages() {
	local suite=$1 dir=$2 deb
	shift 2
	say "fetches from $suite: $*"
	rm -rf "$dir.new"
	mkdir -p "$dir.new/debs"
	(cd "$dir.new/debs" && quiet suite_apt "$suite" apt-get download "$@")
	for deb in "$dir.new"/debs/*.deb; do
		dpkg-deb -x "$deb" "$dir.new"
	done
	rm -rf "$dir.new/debs" "$dir"
	mv "$dir.new" "$dir"
}

# newest_in SUITE PATTERN: the highest package name of exactly that suite which matches the extended regex.
newest_in() {
	suite_apt "$1" apt-cache pkgnames | grep -Ex "$2" | sort -V | tail -n 1 | grep .
}
