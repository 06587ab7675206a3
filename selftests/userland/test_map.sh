#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The map as letters, as SVG and as PNG, from a recorded root; the page is tried by test_map_html.sh.

. "$(dirname "$0")/tap.sh"

root=$repo/selftests/fixtures/6.1-numa
file=$root/sys/kernel/debug/pfnscope/pageblocks
blocks=$(($(wc -l <"$file") - 2))
names=('free' 'anonymous memory' 'page cache' 'shmem, tmpfs' 'hugetlb' 'zsmalloc, movable' 'slab' 'page tables' 'kernel stacks'
	'other kernel memory' 'reserved' 'per-CPU lists, tails' 'large kmalloc' 'network page pool' 'balloon, offline' 'guard' 'unaccepted'
	'hardware poison' 'anything else')

# in_terminal WORD...: what the command prints to one of 80 columns.
in_terminal() {
	script -qec "stty cols 80; $*" /dev/null </dev/null | sed 's/\r$//'
}

# legend FILE: fails where a class is not named.
legend() {
	local name missing=0

	for name in "${names[@]}"; do
		grep -qF "$name" "$1" || { echo "# no \"$name\""; missing=1; }
	done
	return "$missing"
}

run --root "$root" map
expect "a map of letters" 0 '' '^ +[0-9]+  [A-Za-z.]+$'
[ "$(sed -nE 's/^ +[0-9]+  ([A-Za-z.]+)$/\1/p' "$work/out" | tr -d '\n' | wc -c)" -eq "$blocks" ]
result $? "with a letter for each of $blocks blocks"
legend "$work/out"
result $? "and a legend that names every class"
! grep -q $'\033' "$work/out" && ! LC_ALL=C grep -q '[^ -~]' "$work/out"
result $? "plain ASCII, no colours, where it is no terminal"
awk 'length > 80 { exit 1 }' "$work/out"
result $? "and not wider than 80 columns"

if command -v script >/dev/null; then
	in_terminal "TERM=xterm '$PFNSCOPE' --root '$root' map" >"$work/out"
	grep -q $'\033' "$work/out"
	result $? "colours in a terminal"
	sed 's/\x1b[^m]*m//g' "$work/out" | awk 'length > 80 { exit 1 }'
	result $? "of 80 columns"
	for words in "NO_COLOR=1 TERM=xterm '$PFNSCOPE' --root '$root' map" "TERM=xterm '$PFNSCOPE' --root '$root' map --ascii" \
		"TERM=dumb '$PFNSCOPE' --root '$root' map"; do
		in_terminal "$words" >"$work/out"
		[ -s "$work/out" ] && ! grep -q $'\033' "$work/out"
		result $? "no colours in a terminal: ${words//\'$PFNSCOPE\' --root \'$root\'/pfnscope}"
	done
else
	skip "colours in a terminal" "script(1) is not installed (bsdutils)"
fi

run --root "$root" map --svg
expect "a map in SVG" 0 '' '^<svg xmlns='
[ "$(grep -c '^<rect x=' "$work/out")" -eq $((blocks + ${#names[@]})) ]
result $? "with a square for each block and class"
legend "$work/out"
result $? "and a legend that names every class in it"

# The fonts' own library keeps what it has read to the end.
echo 'leak:libfontconfig.so' >"$work/leaks"
export LSAN_OPTIONS=suppressions=$work/leaks:print_suppressions=0
run --root "$root" map --png
if grep -q 'needs libcairo' "$work/err"; then
	skip "a map in PNG" "libcairo2 is not installed"
else
	[ "$status" -eq 0 ] && [ ! -s "$work/err" ] && [ "$(head -c 8 "$work/out" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] &&
		[ "$(tail -c 8 "$work/out" | od -An -tx1 | tr -d ' ')" = 49454e44ae426082 ]
	result $? "a map in PNG, from its signature to its end"
	width=$((0x$(od -An -tx1 -j 16 -N 4 "$work/out" | tr -d ' ')))
	[ "$width" -eq 1024 ]
	result $? "128 squares of 8 pixels wide"
fi

unset LSAN_OPTIONS
run --root "$root" map --node 1
! grep -q 'node [02-9]' "$work/out" && grep -q 'node 1 zone' "$work/out"
result $? "only the node that was asked for"
run --root "$root" map --svg --png
expect "two pictures at once are refused" 64 'one of --svg, --png and --html' ''
run --root "$work" map
expect "without the module" 4 'pageblocks: the module is not loaded' ''
finish
