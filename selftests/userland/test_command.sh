#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The command line, bad files, and the ends of pipes: right status, words on stderr, nothing on stdout when it fails.

. "$(dirname "$0")/tap.sh"

root=$work/root
files=$root/sys/kernel/debug/pfnscope
mkdir -p "$files"
columns='node zone present_pages managed_pages free_pages lowmem_reserve_pages flags'

# Small tables for the cases below; what recorded ones give is test_golden's matter.
good() {
	rm -rf "$files"
	mkdir -p "$files"
	printf 'pfnscope about 1.0\nkey value\npage_size_bytes 65536\n' >"$files/about"
	printf 'pfnscope zones 1.0\n%s\n0 DMA 10 10 1 0,5 none\n' "$columns" >"$files/zones"
}

zones() {
	run zones --root "$root" "$@"
}

# --- the command line ---
good
run --root "$root"
expect "no command is the first screen" 3 '^pfnscope: status: ' '^worst zone '
run --root "$root" --raw
expect "and has its options" 64 '^pfnscope: status has no --raw' ''
run nonsense
expect "an unknown command" 64 '^pfnscope: unknown command "nonsense" \(pfnscope --help' ''
run zonez
expect "an unknown command that is near to one" 64 'did you mean "zones"\?$' ''
run --nonsense zones
expect "an unknown option before the command" 64 '^pfnscope: unknown option --nonsense' ''
run zones --jsn
expect "an unknown option that is near to one" 64 'did you mean --json\?$' ''
run zones -x
expect "an unknown letter" 64 '^pfnscope: unknown option -x' ''
run zones -Jx
expect "an unknown letter behind a known one" 64 '^pfnscope: unknown option -x' ''
run zones -o
expect "an option without its argument" 64 '^pfnscope: option -o needs an argument' ''
run zones --root
expect "a long option without its argument" 64 '^pfnscope: option --root needs an argument' ''
run zones --json=1
expect "an argument to an option that takes none" 64 '^pfnscope: ' ''
run zones --json --raw
expect "two formats" 64 'exclude each other$' ''
zones extra
expect "an argument to a command that takes none" 64 'takes no argument: "extra"$' ''
zones -o nonsense
expect "an unknown column" 64 'zones has no column "nonsense"' ''
zones -o free_page
expect "an unknown column that is near to one" 64 'did you mean "free_pages"\?$' ''
zones -o ''
expect "no column" 64 'has no column ""' ''
run zones --root "$work/missing"
expect "a root that is not there" 64 'missing: No such file' ''
run zones --root "$files/zones"
expect "a root that is a file" 64 'Not a directory' ''
run --version
expect "the version" 0 '' '^pfnscope [0-9]+\.[0-9]+\.[0-9]+$'
run --help
expect "help" 0 '' '^  zones +size'
run zones --help
expect "help of a command" 0 '' '^  \* free_pages +in the buddy'
run --help zones
expect "help before the command" 0 '' '^Usage: pfnscope zones '
run --root "$root" -J zones
expect "options before the command" 0 '' '"free_pages": 1'

# --- formats ---
zones
expect "a table, in units of the recorded page size" 0 '' '^ +0 DMA +640K +640K +64K'
zones -b
expect "a table in bytes" 0 '' '^ +0 DMA +655360 +655360 65536'
zones -n -o free
expect "no headings" 0 '' '^ *64K$'
result "$(wc -l <"$work/out" | grep -cxv 1)" "no headings: one line"
zones --raw -o zone,lowmem_reserve,flags,boost
expect "raw cells" 0 '' '^DMA 0,5 none -$'
zones --raw -b -o free,lowmem_reserve
expect "raw cells in bytes, headed as bytes" 0 '' '^free_bytes lowmem_reserve_bytes$'
zones --json
expect "JSON: lists are arrays, what is not known is null" 0 '' \
	'"boost_pages": null, "lowmem_reserve_pages": \[ 0, 5 \], .*"flags": \[ \]'
zones --output-all
expect "all columns" 0 '' '^NODE ZONE SPANNED .*START_PFN'
zones -o +spanned
expect "one more column" 0 '' '^NODE .*FLAGS SPANNED'
NO_COLOR=1 run zones --root "$root"
expect "NO_COLOR" 0 '' '^NODE ZONE'

# --- the module and what it cannot give ---
printf 'pfnscope zones 1.0\n%s\n# unavailable: no such counter\n' "$columns" >"$files/zones"
zones
expect "unavailable" 3 '^pfnscope: zones: unavailable: no such counter$' ''
zones --json
expect "unavailable, as JSON" 3 'no such counter$' '"unavailable": \{ "zones": "no such counter" \}, "zones": null \}'
rm -r "$files"
run gfp --root "$root"
expect "the module is absent" 4 'not loaded.*pfnscope doctor' ''
run gfp --root "$root" --json
expect "the module is absent, as JSON" 4 'not loaded' ''
run doctor --root "$root"
expect "the doctor says so" 4 '' '^module +missing'

# --- bad files ---
bad_file() {
	good
	cat >"$files/zones"
	zones
	expect "$1" 65 "$2" ''
	zones --json
	expect "$1, as JSON" 65 "$2" ''
}

at="^pfnscope: $files/zones:"
bad_file "an empty file" "${at}0:1: the file is empty" </dev/null
bad_file "garbage" "${at}1:1: does not begin" < <(seq 100000)
bad_file "a program" "${at}1:[0-9]+: " < <(head -c 100000 "$PFNSCOPE")
bad_file "a newer version" "${at}1:16: version 2.0 .* is newer than this command" \
	< <(printf 'pfnscope zones 2.0\n%s\n' "$columns")
bad_file "a file that is cut off" "${at}3:8: the file is cut off" \
	< <(printf 'pfnscope zones 1.0\n%s\n0 DMA 1' "$columns")
bad_file "a row that is too short" "${at}3:8: the row ends after 3 of 7" \
	< <(printf 'pfnscope zones 1.0\n%s\n0 DMA 1\n' "$columns")
bad_file "a NUL byte" "${at}3:3: a NUL byte" \
	< <(printf 'pfnscope zones 1.0\n%s\n0 \0MA 10 10 1 0,5 none\n' "$columns")
bad_file "an enormous number" "${at}3:7: too large a number: \"99999999999999999999\"" \
	< <(printf 'pfnscope zones 1.0\n%s\n0 DMA 99999999999999999999 10 1 0,5 none\n' "$columns")
bad_file "a very long line" "zones: a line is longer than" \
	< <(printf 'pfnscope zones 1.0\n%s\n' "$columns"; head -c 5000000 /dev/zero | tr '\0' 1)
bad_file "a late error" "${at}50002:1: not a number" \
	< <(printf 'pfnscope zones 1.0\n%s\n' "$columns"
		yes '0 DMA 10 10 1 0,5 none' | head -n 49999; echo 'x DMA 10 10 1 0,5 none')

good
printf 'pfnscope zones 1.7\n%s later_pages\n0 DMA 10 10 1 0,5 none what\\ever\n' "$columns" >"$files/zones"
zones
expect "an unknown column is passed over" 0 '' '^ +0 DMA'
printf 'pfnscope zones 1.0\nzone\nDMA\n' >"$files/zones"
zones --raw -o node,zone
expect "a missing column is -" 0 '' '^- DMA$'
mkfifo "$work/fifo"
rm "$files/zones"
mv "$work/fifo" "$files/zones"
zones
expect "a pipe in place of a file does not hang" 4 'zones: ' ''
rm "$files/zones"
mkdir "$files/zones"
zones
expect "a folder in place of a file" 4 'zones: ' ''
rmdir "$files/zones"
echo secret >"$work/outside"
ln -s "$work/outside" "$files/zones"
zones
expect "a link does not lead out of a recorded root" 4 'zones: ' ''
rm "$files/zones"

# --- /proc/zoneinfo in the module's place ---
rm -r "$files"
mkdir -p "$root/proc"
zoneinfo() {
	cat >"$root/proc/zoneinfo"
	run "$1" --root "$root" --raw
}
zoneinfo zones <<-'END'
	Node 1, zone   Normal
	  per-node stats
	      nr_dirty 9
	  pages free     100
	        boost    5
	        min      15
	        low      25
	        high     35
	        promo    45
	        protection: (0, 7)
	      nr_free_pages 100
	  pagesets
	    cpu: 3
	              count: 4
	              high: 50
	  start_pfn:           1048576
END
expect "zones from zoneinfo: the boost is taken off" 3 '/proc/zoneinfo' \
	'^1 Normal - - - 100 10 20 30 40 5 0,7 - - - 1048576$'
run pcp --root "$root" --raw
expect "pcp from zoneinfo" 3 '/proc/zoneinfo' '^1 Normal 3 4 50 - - - -$'
run zones --root "$root" --json
expect "second-hand JSON says so" 3 '/proc/zoneinfo' '"partial": \{ "zones": "read from /proc/zoneinfo'
zoneinfo zones < <(printf 'Node 1, zone Normal\n  pages free 100\n  min 7\n')
expect "a kernel that does not print the boost" 3 'include a boost that this kernel does not print' '^1 Normal'
zoneinfo zones < <(printf 'Node 1, zone Normal\n  pages free 10x\n')
expect "a bad number in zoneinfo" 65 'zoneinfo:2:14: not a number: "10x"' ''
zoneinfo zones < <(printf 'Node 1, zone Normal\n  boost 9\n  min 7\n')
expect "a watermark below its boost, which went away while it was read" 3 'a boost went away between the lines' '^1 Normal - - - - 7 - - - 9 '
zoneinfo zones </dev/null
expect "an empty zoneinfo" 65 'zoneinfo:0:1: the file is empty' ''
zoneinfo pcp < <(head -c 100000 "$PFNSCOPE")
expect "garbage in place of zoneinfo" 65 'zoneinfo:1:' ''

# --- where the output goes ---
good
status=0
"$PFNSCOPE" zones --root "$root" >/dev/full 2>"$work/err" || status=$?
: >"$work/out"
expect "a full disk" 74 '^pfnscope: standard output: No space left' ''
status=0
"$PFNSCOPE" --help >/dev/full 2>"$work/err" || status=$?
expect "a full disk, help" 74 '^pfnscope: standard output: No space left' ''
status=0
"$PFNSCOPE" zones --root "$root" --json >&- 2>"$work/err" || status=$?
expect "a closed standard output" 74 '^pfnscope: standard output: ' ''
printf 'pfnscope zones 1.0\n%s\n' "$columns" >"$files/zones"
{
	yes '0 DMA 10 10 1 0,5 none' | head -n 19999
	echo '0 Normal 12345678901 10 1 0,5 none'
} >>"$files/zones"
for format in --raw --json; do
	"$PFNSCOPE" zones --root "$root" $format 2>"$work/err" | head -n 1 >/dev/null
	status=${PIPESTATUS[0]}
	expect "a reader that leaves early ($format)" 141 '' ''
done

run zones --root "$root" -o node,zone,present,free
expect "a long table" 0 '' '^NODE ZONE'
result "$(awk 'NR > 1 && length != width { bad = 1 } { width = length } END { print bad || NR != 20001 }' "$work/out")" \
	"a long table is aligned from end to end"

# --- a terminal ---
good
if command -v script >/dev/null; then
	for command in $("$PFNSCOPE" --complete ''); do
		[ -e "$files/$command" ] || continue
		script -qec "stty cols 80; '$PFNSCOPE' $command --root '$root'" /dev/null >"$work/out" </dev/null
		result "$(awk '{ sub(/\r$/, "") } length > 80 { bad = 1 } END { print bad + 0 }' "$work/out")" \
			"$command fits a terminal of 80 columns"
	done
else
	skip "a terminal of 80 columns" "script(1) is not installed"
fi
for command in '' $("$PFNSCOPE" --complete ''); do
	run $command --help
	result "$(awk 'length > 80 { bad = 1 } END { print bad + 0 }' "$work/out")" "help of ${command:-all} fits 80 columns"
done
finish
