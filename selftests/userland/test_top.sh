#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The live view: in batch it is what the commands of the page print; as JSON their documents; on a terminal, top-screen.py.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
numa=$fixtures/7.2-numa

# --- batch ---
pages=0
while read -r root page command; do
	root=$fixtures/$root
	run top -b --page "$page" --root "$root"
	# The next heading ends it.
	sed -n "/^${command%% *}: /,/^[a-z]*: [a-z]/p" "$work/out" | sed '1d;/^$/d' | grep -v '^[a-z]*: ' >"$work/part"
	# shellcheck disable=SC2086 # a list of words
	"$PFNSCOPE" $command --root "$root" 2>/dev/null | grep -v '^$' >"$work/alone"
	[ "$status" -eq 0 ] && [ -s "$work/part" ] && cmp "$work/part" "$work/alone"
	result $? "$page shows what $command prints"
	pages=$((pages + 1))
done <<'END'
7.2-numa overview sample
7.2-numa overview triage
7.2-numa zones zones
7.2-numa freelists freelists
7.2-numa reclaim reclaim
7.2-numa lru lru
7.2-numa slabs slabs
7.2-numa hugepages hugepages
7.2-numa hugepages forecast
7.2-numa hugepages thp
7.2-numa swap swap
7.2-numa swap zswap
events/6.1 events latency
events/6.1 events stalls
7.2-numa map map
END
[ "$pages" -eq 15 ]
result $? "all pages were looked at"
run top -b --page events --root "$fixtures/events/6.1"
"$PFNSCOPE" events --root "$fixtures/events/6.1" --raw -o boot_ns | grep '^[0-9]*$' | sort -rn | sed -n 1p >"$work/newest"
ns=$(cat "$work/newest")
grep -A 2 '^events: ' "$work/out" | sed -n 3p | grep -qE "^ *$((ns / 1000000000))(\.[0-9])?s "
result $? "of events the newest come first"
[ "$(sed -n '/^events: /,$p' "$work/out" | grep -cE '^ *[0-9.]+m?s ')" -eq 100 ]
result $? "a hundred of them"
mkdir -p "$work/off/sys/kernel/debug/pfnscope"
printf 'pfnscope events 1.0\nboot_ns event\n# switched off: control/events\n' \
	>"$work/off/sys/kernel/debug/pfnscope/events"
run top -b --page events --root "$work/off"
expect "where none are noted it says how to switch that on" 0 '' '^events: switched off: .*pfnscope events --on all'
run top -b --page 2 --root "$numa"
cp "$work/out" "$work/by-number"
run top --batch --page zones --root "$numa" -n 7
cmp -s "$work/out" "$work/by-number" && [ "$(grep -c '^top: ' "$work/out")" -eq 1 ]
result $? "a recorded root is read once, whatever -n says; a page has a number and a name"
run top -b --page slabs --filter kmalloc-cg --sort name --root "$numa"
awk 'seen { print $1 } $1 == "NAME" { seen = 1 }' "$work/out" | sed '/^$/,$d' >"$work/names"
[ "$(wc -l <"$work/names")" -gt 3 ] && ! grep -qv kmalloc-cg "$work/names" && LC_ALL=C sort -c "$work/names"
result $? "rows are chosen and sorted"
run top -b --page zones --root "$fixtures/nowhere"
expect "a root that is not there" 64 'nowhere' ''
mkdir -p "$work/bare"
cp -r "$fixtures/6.1/proc" "$work/bare/"
run top -b --page zones --root "$work/bare"
expect "without the module there is what /proc has" 0 '' '^ +0 DMA32 '
run top -b --page slabs --root "$work/bare"
expect "and what it has not says so" 0 '' '^slabs: .*pfnscope doctor'
run top --root "$numa"
expect "without a terminal it says what to do" 64 'no terminal .*pfnscope top -b' ''
run top -b --page nowhere --root "$numa"
expect "a page that there is none of" 64 'there are overview, zones, .*, swap, events, map$' ''
for delay in 0 0.01 -1 x 1x . 1e3 99999; do
	run top -b -d "$delay" --root "$numa"
	expect "a delay of $delay" 64 "not a number of seconds .*\"$delay\"" ''
done
run top -b -n x --root "$numa"
expect "a number of readings that is none" 64 'not a number from 0' ''
run top -n
expect "-n without its argument" 64 'option -n needs an argument' ''
run zones -n --root "$numa"
expect "which is another option elsewhere" 0 '' '^ +0 DMA32'

# --- a running system ---
run top -b -n 3 -d 0.2 --page zones
expect "a running system, three times" 0 '' '^top: zones, reading 3, cost [0-9.]+[mun]*s/s'
[ "$(grep -c '^top: ' "$work/out")" -eq 3 ]
result $? "and no fourth time"
(sleep 0.2; echo) | "$PFNSCOPE" top -b -d 0.1 2>"$work/err" | sed -n 1q
status=${PIPESTATUS[1]}
[ "$status" -eq 141 ] || [ "$status" -eq 74 ]
result $? "a reader that has seen enough ends it"

# --- JSON ---
run top -J -n 3 -d 0.2 --page reclaim
[ "$status" -eq 0 ] && [ "$(wc -l <"$work/out")" -eq 3 ]
result $? "a document a reading, each on one line"
cat >"$work/check.py" <<'END'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [line["tick"] for line in lines] == [1, 2, 3], "ticks"
assert lines[0]["elapsed_ns"] == 0 and not lines[0]["changes"], "first"
assert all(line["elapsed_ns"] >= 150000000 for line in lines[1:]), "elapsed"
assert all(line["schema"] == "pfnscope/top/1" and line["page"] == "reclaim" for line in lines), "head"
assert [answer["schema"] for answer in lines[0]["answers"]][-1] == "pfnscope/status/1", "answers"
END
if command -v python3 >/dev/null; then
	python3 "$work/check.py" "$work/out" 2>"$work/err"
	status=$?
	sed 's/^/# /' "$work/err"
	result "$status" "which say when, and what changed"
	run top -J --page slabs --root "$numa"
	"$PFNSCOPE" slabs --json --root "$numa" >"$work/slabs"
	python3 -c 'import json, sys
top, slabs = (json.load(open(name)) for name in sys.argv[1:])
assert top["answers"] == [slabs] and top["changes"] == [], top["changes"]' "$work/out" "$work/slabs"
	result $? "whose documents are those of the commands"
fi

# --- a folder of recordings ---
mkdir -p "$work/kept/2026-11-27"
for time in 170000 170030; do
	tar -C "$fixtures/6.1" -cf "$work/kept/2026-11-27/$time.tar" .
done
run top -J --page zones --from "$work/kept"
[ "$status" -eq 0 ] && grep -q '"elapsed_ns": 30000000000,' "$work/out" && grep -q '"changes": \[ *\]' "$work/out"
result $? "of a folder of recordings the last one, compared with the one before"
run top -J --page zones --from "$work/kept" -t '2026-11-27 17:00:15'
[ "$status" -eq 0 ] && grep -q '"elapsed_ns": 0,' "$work/out"
result $? "or that of a time"

# --- a terminal ---
if ! command -v python3 >/dev/null; then
	skip "a terminal" "needs python3"
	finish
	exit
fi
run top --root "$numa"
if ldd "$PFNSCOPE" 2>/dev/null | grep -q ncursesw; then
	# A zone below its min watermark, for colours.
	mkdir -p "$work/marked/sys/kernel/debug/pfnscope"
	printf 'pfnscope zones 1.0\nnode zone present_pages managed_pages free_pages min_pages low_pages high_pages\n0 DMA 4000 4000 3 40 50 60\n' \
		>"$work/marked/sys/kernel/debug/pfnscope/zones"
	MARKED=$work/marked python3 "$here/top-screen.py" "$PFNSCOPE" "$fixtures" >"$work/screen" 2>"$work/err"
	grep -E '^(#|(not )?ok )' "$work/screen" | sed -E 's/^((not )?ok) [0-9]+ - /\1 /' | while read -r line; do echo "$line"; done >"$work/lines"
	while IFS= read -r line; do
		case $line in
		'#'*) echo "$line" ;;
		'ok '*) result 0 "a terminal: ${line#ok }" ;;
		*) result 1 "a terminal: ${line#not ok }" ;;
		esac
	done <"$work/lines"
	grep -q '^1\.\.' "$work/screen"
	status=$?
	sed 's/^/# /' "$work/err"
	result "$status" "a terminal, to the end"
else
	skip "a terminal" "it was built without ncurses (libncurses-dev)"
fi
finish
