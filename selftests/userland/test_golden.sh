#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the command prints of roots that were recorded in guests, byte by byte: golden.cases on selftests/fixtures/*.
#
# ACCEPT=1 writes selftests/expected anew from what is printed now.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures
expected=$repo/selftests/expected

# print_case ROOT ARGUMENT...: stdout, then stderr and status, each behind a mark.
print_case() {
	local root=$1
	shift
	run "$@" --root "$root"
	cat "$work/out"
	echo "--- stderr"
	cat "$work/err"
	echo "--- status $status"
}

# compare ROOT NAME: what $work/got has against what is expected.
compare() {
	local file=$expected/$1/$2

	if [ -n "${ACCEPT:-}" ]; then
		mkdir -p "${file%/*}"
		cp "$work/got" "$file"
	fi
	if diff -u "$file" "$work/got" >"$work/diff" 2>&1; then
		result 0 "$1: ${2//_/ }"
		return
	fi
	sed 's/^/# /' "$work/diff"
	echo "# if this change is meant: make -C selftests/userland accept, and commit selftests/expected"
	result 1 "$1: ${2//_/ }"
}

# Each root twice, as it is and without the module's files, under names that do not depend on where the tree lies.
cd "$work" || exit
for root in "$fixtures"/*/; do
	name=$(basename "$root")
	[ -d "$root/sys/kernel/debug/pfnscope" ] || continue
	[[ $name != *.new ]] || continue # being recorded
	ln -s "$root" "$name"
	mkdir "$name-no-module"
	cp -r "$root/proc" "$name-no-module/"
	while read -r line; do
		read -ra arguments <<<"$line"
		target=$name
		[ "${arguments[0]}" != no-module ] || { target=$name-no-module; unset 'arguments[0]'; }
		print_case "$target" "${arguments[@]}" >got
		compare "$name" "${line// /_}"
	done < <(grep -v '^#' "$here/golden.cases")
done
[ "$count" -gt 0 ] || skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
finish
