#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Logs of any size, compressed or not, and how `oom` ends. Size and speed are those of the command as users build it,
# without the sanitizers.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures/oom
dump=$fixtures/6.1-anon.log
megabytes=200
# Of address space: libraries and all.
memory_kb=$((64 * 1024))

reports() {
	python3 -c 'import json, sys; print(len(json.load(sys.stdin)["reports"]))' <"$work/out"
}

# --- how it ends ---
run oom "$dump"
expect "a report" 0 '' '^Report 1, line'
printf 'usb 1-1: new device\n' >"$work/none"
run oom "$work/none"
expect "a text without a report" 1 'no OOM or allocation-failure report' ''
run oom --json "$work/none"
expect "a text without a report, as JSON" 1 '' '"reports": \[\] }$'
run oom "$dump" "$work"
expect "a folder behind a log" 65 'Is a directory' ''
run oom --json "$dump" "$work/nothing"
expect "a file that is not there behind a log" 65 'No such file' ''
run oom "$dump" "$dump"
expect "two logs" 0 '' '^Report 2, line'

# --- a prefix that is none ---
# Of one kind of line alone, in words of which no two are alike: nothing can be learned from it.
sed -n 's/^.*\(Mem-Info:\)/one \1/p; s/^.*\(Node 0 DMA32 free:\)/a whole sentence before \1/p
	s/^.*\(\[ *[0-9]*\]  *[0-9]\)/and another; \1/p' "$dump" >"$work/unknown"
run oom "$work/unknown"
expect "lines behind a prefix that was not understood" 3 'lines within reports could not be read' \
	'behind a prefix that was not understood'
run oom --json "$work/unknown"
expect "the same, as JSON" 3 'could not be read' '"unread_lines": true'
run oom --json "$dump"
expect "all lines understood" 0 '' '"unread_lines": false'

# --- compressed ---
expected=$("$PFNSCOPE" oom --json "$dump" | cksum)

# packed NAME LIBRARY PROGRAM...: the dump, as the program packs it, is read as it is.
packed() {
	local name=$1 library=$2 bad=0
	shift 2
	if ! command -v "$1" >/dev/null || ! pkg-config --exists "$library"; then
		skip "$name" "needs $1 and $library"
		return
	fi
	"$@" <"$dump" >"$work/packed"
	[ "$("$PFNSCOPE" oom --json "$work/packed" | cksum)" = "$expected" ] || bad=1
	[ "$("$PFNSCOPE" oom --json <"$work/packed" | cksum)" = "$expected" ] || bad=1
	result "$bad" "$name"
	cat "$work/packed" "$work/packed" >"$work/twice"
	run oom --json "$work/twice"
	expect "$name, two files in one" 0 '' '^\] }$'
	head -c $(($(stat -c %s "$work/packed") * 3 / 4)) "$work/packed" >"$work/half"
	run oom --json "$work/half"
	expect "$name, cut off" 3 'ends early' '\] }$'
	head -c 300 "$work/packed" >"$work/bad"
	head -c 2000 /dev/zero | tr '\0' '\377' >>"$work/bad"
	run oom --json "$work/bad"
	expect "$name, damaged" 3 "$work/bad: " '\] }$'
}

packed gzip zlib gzip -c
packed xz liblzma xz -c
packed zstd libzstd zstd -c
printf 'BZh91AY&SY' >"$work/packed"
run oom "$work/packed"
expect "compressed by what is not read" 65 'compressed by bzip2; bzip2 -dc FILE \| pfnscope oom$' ''

# --- large ---
# A megabyte of other messages, then a report.
for ((i = 0; i < 10500; i++)); do
	printf 'May 19 18:%02d:%02d node-a systemd[1]: Started session %d of user someone, and nothing else to be seen here.\n' \
		$((i / 60 % 60)) $((i % 60)) "$i"
done >"$work/piece"
sed 's/^/May 19 18:14:43 node-a kernel: /' "$dump" >>"$work/piece"
copies=$((megabytes * 1024 * 1024 / $(stat -c %s "$work/piece")))

pieces() {
	for ((i = 0; i < copies; i++)); do
		cat "$work/piece"
	done
}

make -s -C "$repo/userland" CFLAGS='-O2 -g' >"$work/make" 2>&1 || cat "$work/make"
plain=$repo/userland/pfnscope

# limited ARGUMENT...: the command without sanitizers, in little memory; $status, $work/out and $seconds of the CPU.
limited() {
	local TIMEFORMAT='%U %S'
	status=0
	{ time (ulimit -v "$memory_kb"; "$plain" oom "$@" >"$work/out" 2>"$work/err"); } 2>"$work/time" || status=$?
	seconds=$(awk '{ print $1 + $2 }' "$work/time")
}

limited --json - < <(pieces)
expect "$megabytes MB in 64 MB of memory" 0 '' '^\] }$'
found=$(reports)
result $((found != copies)) "each of its $copies reports"

# The time is that of this machine as it is now: a million rounds of the shell took a second where 20 MB had to.
TIMEFORMAT=%U
second=$( { time for ((i = 0; i < 1000000; i++)); do :; done; } 2>&1)
echo "# $megabytes MB in $seconds s of the CPU; a million rounds of the shell in $second s"
result "$(awk "BEGIN { print ($seconds > $second * $megabytes / 20) }")" "20 MB in the time of a million rounds of the shell"

tr '\n' ' ' <"$dump" >"$work/line"
limited --json - < <(for ((i = 0; i < 5000; i++)); do cat "$work/line"; done)
expect "a log in one line, in 64 MB of memory" 0 '' '^\] }$'
limited - < <(head -c 50000000 /dev/zero | tr '\0' x)
expect "50 MB of one word" 1 'no OOM' ''
python3 - "$dump" >"$work/record" <<'END'
import json, sys
for line in open(sys.argv[1]):
    print(end=json.dumps({'time': 1, 'msg': line.rstrip('\n')}) + ',')
END
{ printf '{"dmesg":['; for ((i = 0; i < 1000; i++)); do cat "$work/record"; done; printf '{}]}\n'; } >"$work/wide"
limited --json "$work/wide"
expect "a thousand reports in one line of JSON" 0 '' '^\] }$'
found=$(reports)
result $((found != 1000)) "each of the thousand"
finish
