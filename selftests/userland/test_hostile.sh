#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Names that tasks and cgroups chose to steer the terminal of whoever looks: they stay words on every way out.

. "$(dirname "$0")/tap.sh"
files=$work/root/sys/kernel/debug/pfnscope
mkdir -p "$work/root"
cp -r "$repo/selftests/fixtures/7.2/." "$work/root"
mkdir -p "$files/incidents"
cp -r "$repo/selftests/fixtures/oom/6.1-dma.incident" "$files/incidents/1"
# ESC ] 0 ; title BEL, a newline with a faked line behind it, a carriage return, and CSI as one character of UTF-8.
evil='\\033]0;title\\007\\012incident\\0402:\\040faked\\015\\302\\233m'
sed -i "3s/ sh / $evil /" "$files/incidents/1/header"
cp "$files/incidents/1/header" "$files/incidents/list"
sed -i "s/ class kernel / class $evil /" "$files/owners"
sed -i "3,\$s/ DMA / $evil /" "$files/pageblocks"

# harmless NAME: what the last run printed holds no control character but the newline, and no line that was faked.
harmless() {
	[ -s "$work/out" ] && ! LC_ALL=C grep -qP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$work/out" "$work/err" &&
		! grep -q '^incident 2: faked' "$work/out"
	result $? "$1"
}

for locale in C C.UTF-8; do
	export LC_ALL=$locale
	for how in '' --raw --json; do
		for command in 'incidents' 'incidents 1' 'owners --kind class' 'owners' 'forecast' 'pageblocks' 'explain --gfp GFP_KERNEL'; do
			[ "$command/$how" != 'explain --gfp GFP_KERNEL/--raw' ] || continue
			# shellcheck disable=SC2086 # lists of words
			run --root "$work/root" $command $how
			harmless "$locale: $command $how"
		done
	done
	for how in '' --svg --html; do
		# shellcheck disable=SC2086 # may be no word
		run --root "$work/root" map $how
		harmless "$locale: map $how"
	done
done
unset LC_ALL

run --root "$work/root" incidents 1
expect "the name is there, as the grammar of the files writes it" 0 '' '\\033\]0;title\\007\\012incident 2: faked\\015\\302\\233m \(pid 113\)'
run --root "$work/root" incidents --raw -n -o comm
expect "raw cells keep the grammar" 0 '' '^\\033\]0;title\\007\\012incident\\0402:\\040faked\\015\\302\\233m$'
run --root "$work/root" incidents --json
grep -q '"comm": "\\u001b\]0;title\\u0007\\nincident 2: faked\\r' "$work/out"
result $? "JSON keeps every byte of the name"

finish
