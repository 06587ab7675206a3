#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Which recording of a folder --from answers of: the last one, or the last that -t leaves.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures
cd "$work" || exit

# keep FOLDER DATE KERNEL: the root of that kernel as recorded then.
keep() {
	local name

	name=$(date -u -d "$2" '+%F/%H%M%S')
	mkdir -p "$1/${name%/*}"
	tar -C "$fixtures/$3" -cf "$1/$name.tar" .
}
keep history '2026-11-20 23:59:58' 5.10
keep history '2026-11-21 00:00:10' 6.1
keep history '2026-11-21 00:01:10' 6.12
keep history '2026-11-22 12:00:00' 7.2
: >history/2026-11-22/115900.txt
mkdir history/2026-11-23 history/notes

# kernel NAME ARGUMENT...: whose figures it answers with.
kernel() {
	run zones --json --from history "${@:2}"
	[ "$status" -eq 0 ] && grep -q "\"kernel\": \"${1//./\\.}\.[0-9]" out
	result $? "${*:2}: ${1}"
}
kernel 7.2
kernel 5.10 -t '2026-11-20 23:59:58'
kernel 5.10 -t '2026-11-21T00:00:09Z'
kernel 5.10 -t 2026-11-21
kernel 6.1 -t '2026-11-21 00:00:10 UTC'
kernel 6.1 -t '2026-11-21 00:01'
kernel 6.12 -t '2026-11-21T00:01:10'
kernel 6.12 --time '2026-11-22 11:59:59'
kernel 7.2 --time='2026-11-22 12:00'
kernel 6.1 -t "@$(date -u -d '2026-11-21 00:01:09' +%s)"
kernel 7.2 -t '1s ago'
run -t '2026-11-21 00:01' --from history zones
expect "before the command; of when it is" 0 '^pfnscope: zones: history is of 2026-11-21 00:00:10 UTC$' 'DMA32'
"$PFNSCOPE" zones --raw --root "$fixtures/6.1" >there
run zones --raw --from history -t '2026-11-21 00:01'
cmp -s out there && [ ! -s err ]
result $? "programs are not told, and get what was there"

# --- which there are not ---
run zones --from history -t '2026-11-20 23:59:57'
expect "before the first" 64 '^pfnscope: history: nothing is recorded of 2026-11-20 23:59:57 UTC or before: 4 of 2026-11-20 23:59:58 to 2026-11-22 12:00:00 UTC$' ''
for wrong in soon '3m' 'ago' ' ago' '3y ago' '2026-13-01' '2026-11-21 00:00:00 CET' '25:00' '@' '@x' '1969-01-01' ''; do
	run zones --from history -t "$wrong"
	expect "no time: \"$wrong\"" 64 '^pfnscope: -t: not a time such as' ''
done
run zones -t '3m ago'
expect "of no folder" 64 '^pfnscope: -t: of which folder' ''
for other in "$fixtures/6.1" history/2026-11-20/235958.tar; do
	run zones --from "$other" -t '1s ago'
	expect "of ${other##*/}, which is one moment" 64 'chooses from a folder that record fills' ''
done
run zones --from nowhere -t '1s ago'
expect "of what is not there" 64 '^pfnscope: nowhere: No such file' ''
mkdir empty
run zones --from empty -t '1s ago'
expect "of an empty folder" 64 'chooses from a folder that record fills' ''
run oom -t '1s ago'
expect "of a log" 64 '^pfnscope: -t: of which folder' ''

# --- by age ---
keep aged '10 hours ago' 6.1
keep aged '2 hours ago' 6.12
for age in '5h:6.1' '18000:6.1' '300m:6.1' '1h:6.12' '3s:6.12'; do
	run zones --json --from aged -t "${age%:*} ago"
	grep -q "\"kernel\": \"${age#*:}\." out
	result $? "${age%:*} ago: ${age#*:}"
done
run zones --from aged -t '1d ago'
expect "nothing as old as that" 64 'nothing is recorded of .* or before: 2 of' ''
run zones --json --from aged -t "$(date -u +%H:%M:%S)"
grep -q '"kernel": "6\.12\.' out || [ "$(date -u +%H)" -lt 2 ]
result $? "a time of today"

# --- what changed ---
run diff -t '2026-11-21 00:01' history history --raw -n
cp out there
run diff "$fixtures/6.1" "$fixtures/7.2" --raw -n
[ -s there ] && [ "$(sort out | sed 's/ [^ ]*$//' | cksum)" = "$(sort there | sed 's/ [^ ]*$//' | cksum)" ]
result $? "diff: from that moment to the last one"
run diff -t '2026-11-21 00:01' history --from history --raw -n
result "$(cmp -s out there; echo $?)" "diff: the second one by --from is the last one as well"
run diff -t '2026-11-21 00:01' history history
expect "diff says of when they are" 0 'history is of 2026-11-21 00:00:10 UTC' '[KMG]'

# --- damage ---
printf 'not an archive' >history/2026-11-22/130000.tar
run zones --from history
expect "a recording that is none is told by its name" 65 'history/2026-11-22/130000\.tar: ' ''
run zones --from history -t '2026-11-22 12:59'
expect "and the one before it answers" 0 'is of 2026-11-22 12:00:00 UTC' 'DMA32'
finish
