# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Shared by the scripts under selftests/: messages, places, the kernel table.

export LC_ALL=C
# Whoever has no root's PATH still calls what needs none, such as depmod.
export PATH=$PATH:/usr/sbin:/sbin
# No reader of a pipe ends before its writer, as "head -n 1" does: SIGPIPE is a failure to pipefail, and would be told.
set -Eeuo pipefail
trap 'say "line $LINENO failed: $BASH_COMMAND"' ERR

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${PFNSCOPE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pfnscope}
table=$repo/selftests/vm/kernels.txt
# shellcheck disable=SC2034 # for the scripts that source this file
out=$repo/selftests/build/out

say() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
	say "$*"
	exit 1
}

usage_error() {
	say "$* (see ${0##*/} --help)"
	exit 64
}

# The block of comment lines at the head of the running script is its help.
show_help() {
	sed -n '3,/^[^#]/{/^#/!q;s/^# \{0,1\}//p}' "$0"
}

# quiet COMMAND...: what it says, on stdout too, is shown only if it fails.
quiet() {
	local words status=0

	words=$("$@" 2>&1) || status=$?
	[ "$status" -eq 0 ] || printf '%s\n' "$words" >&2
	return "$status"
}

# silent_grep COMMAND...: its output, without the status that says whether there was any.
silent_grep() {
	"$@" || [ $? -eq 1 ]
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "needs root: run as root or install sudo ($*)"
	fi
}

# The kernels that "make check" boots, oldest first.
kernel_names() {
	kernel_for boot
}

# All kernels that Debian built, oldest first.
every_kernel() {
	awk '!/^#/ && NF && $5 != "source" { print $1 }' "$table"
}

# The debug kernels, which are built here.
debug_names() {
	awk '!/^#/ && $5 == "source" { print $1 }' "$table"
}

# The kernels of configs.txt as rows of the kernel table. Behind those columns stand the base and the options that are off.
config_rows() {
	awk '/^#/ || !NF { next }
		FNR == NR { suite[$1] = $2; next }
		{
			count = split($2, version, ",")
			for (i = 1; i <= count; i++) {
				printf "%s-%s %s - linux-source-%s config - - -", version[i], $1, suite[version[i]], version[i]
				for (j = 3; j <= NF; j++)
					printf " %s", $j
				print ""
			}
		}' "$table" "$repo/selftests/vm/configs.txt"
}

# The newest kernel of unstable and experimental, in which nobody may rely on anything yet: for selftests/build/probe-next.
next_row() {
	echo 'next experimental [0-9].*-cloud-amd64 linux-headers sid - - -'
}

config_names() {
	config_rows | awk '{ print $1 }'
}

# kernel_field NAME COLUMN: one cell of the kernel table; columns are numbered from 1.
kernel_field() {
	{ cat "$table"; config_rows; next_row; } |
		awk -v name="$1" -v column="$2" '$1 == name { print $column; found = 1 } END { exit !found }' ||
		usage_error "unknown kernel '$1': known are $({ every_kernel; debug_names; config_names; } | paste -sd' ')"
}

# kernel_for ROLE: the kernels that the table gives this role, oldest first.
kernel_for() {
	awk -v role="$1" '!/^#/ && index("," $8 ",", "," role ",") { print $1; found = 1 } END { exit !found }' "$table"
}

# What the project calls a kernel begins with its version.
kernel_version() {
	echo "${1%%-*}"
}

# The machine a kernel is for, as Debian calls it.
kernel_arch() {
	case $(kernel_field "$1" 3) in *-arm64*) echo arm64 ;; *) echo amd64 ;; esac
}

# What ends the name of a folder, and begins that of a compiler, that is for the machine of a kernel, where it is not this one.
foreign_ending() {
	[ "$(kernel_arch "$1")" = amd64 ] || echo "-$(kernel_arch "$1")"
}

cross_prefix() {
	[ "$(kernel_arch "$1")" = amd64 ] || echo aarch64-linux-gnu-
}

# The folder whose usr/src has the headers of a kernel, or that a debug kernel was built in. Kernels share a chroot.
kernel_root() {
	local root

	root=$(kernel_field "$1" 5)
	case $root in host | source | config) echo "$cache/$1/root" ;; *) echo "$cache/$root-$(kernel_arch "$1")/root" ;; esac
}

is_debug() {
	[ "$(kernel_field "$1" 5)" = source ]
}

is_config() {
	[ "$(kernel_field "$1" 5)" = config ]
}

# How many times longer than others a kernel may take for the same work.
kernel_pace() {
	if is_debug "$1"; then echo 8; else echo 1; fi
}

# By what a time limit is multiplied. Limits are there to end a hang, not to judge: each is three times what is usual, and as
# many times longer as processes wait for each CPU; but even a hang on a very busy machine ends some day.
patience() {
	awk -v cpus="$(nproc)" '{ busy = int($1 / cpus + 0.999); print 3 * (busy < 1 ? 1 : busy > 7 ? 7 : busy) }' /proc/loadavg
}

# The release of an already fetched kernel, such as 6.1.0-50-cloud-amd64.
kernel_release() {
	cat "$cache/$1/release"
}

# build_hog FILE: selftests/vm/hog.c, for guests, which have no libraries.
build_hog() {
	mkdir -p "${1%/*}"
	"${CC:-gcc}" -std=gnu17 -O2 -Wall -Wextra -Werror -static -o "$1" "$repo/selftests/vm/hog.c"
}

# The command for a machine; for another one it is static, so that the guest needs no libraries of that machine.
command_of() {
	case $1 in amd64) echo "$repo/userland/pfnscope" ;; *) echo "$out/command-$1/pfnscope" ;; esac
}

# build_command ARCH WORD...: with more words for make.
build_command() {
	local dir=$out/command-$1 libraries=$cache/libraries-$1/usr/lib/aarch64-linux-gnu arch=$1
	shift
	if [ "$arch" = amd64 ]; then
		make -C "$repo/userland" "$@"
		return
	fi
	PKG_CONFIG_LIBDIR=$libraries/pkgconfig PKG_CONFIG_SYSROOT_DIR=$cache/libraries-$arch \
		make -C "$repo/userland" -j2 STATIC=1 CC=aarch64-linux-gnu-gcc AR=aarch64-linux-gnu-ar build="$dir" \
		program="$dir/pfnscope" LDFLAGS="-L$libraries" "$@" "$dir/pfnscope"
}

# locked NAME COMMAND...: one process at a time, also across checkouts that share the cache.
locked() {
	local name=$1
	shift
	mkdir -p "$cache/locks"
	(
		flock 9
		"$@"
	) 9>"$cache/locks/$name"
}

# stamped FILE COMMAND...: run COMMAND unless an earlier run of it came to its end.
stamped() {
	local stamp=$cache/$1
	shift
	[ -e "$stamp" ] && return
	"$@"
	mkdir -p "${stamp%/*}"
	touch "$stamp"
}

# Where the tests find lib.mk and kselftest_harness.h, and the checkers their scripts.
kselftest_dir() {
	echo "$cache/$(kernel_for sources)/source/tools/testing/selftests"
}
