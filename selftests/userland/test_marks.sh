#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Marks: the words against the limits they stand for, computed here once more; and colours, which only a terminal gets.

. "$(dirname "$0")/tap.sh"

incident=$repo/selftests/fixtures/oom/6.1-dma.incident

# marks_agree NAME COMMAND AWK: the marks of each row are what AWK prints of a row whose cells c["column"] holds.
marks_agree() {
	run "$2" --root "$root" --raw -o +marks
	[ -s "$work/out" ] || return
	awk 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["marks"] }' "$work/out" >"$work/ours"
	awk "$(cat <<-END
		function say(word) { marks = marks (marks == "" ? "" : ",") word }
		NR == 1 { for (i = 1; i <= NF; i++) name[i] = \$i; next }
		{ marks = ""; for (i = 1; i <= NF; i++) c[name[i]] = \$i }
		$3
		{ print marks == "" ? "none" : marks }
	END
	)" "$work/out" >"$work/theirs"
	[ -s "$work/ours" ] && diff "$work/theirs" "$work/ours" >"$work/diff"
	result $? "$1: marks of $2"
	sed 's/^/# /; 5q' "$work/diff"
}

zones='c["managed_pages"] > 0 { free = c["free_pages"] - (c["boost_pages"] == "-" ? 0 : c["boost_pages"])
	if (free <= c["min_pages"]) say("below_min"); else if (free <= c["low_pages"]) say("below_low")
	else if (free <= c["high_pages"]) say("below_high") }'

for root in "$repo"/selftests/fixtures/*/ "$repo"/selftests/fixtures/oom/*.incident; do
	[ -d "$root/sys/kernel/debug/pfnscope" ] || [ -f "$root/zones" ] || continue
	name=$(basename "$root")
	[[ $name != *.new ]] || continue # being recorded
	marks_agree "$name" zones "$zones c[\"boost_pages\"] > 0 { say(\"boost\") }"
	marks_agree "$name" summary "$zones"
	marks_agree "$name" pcp 'c["count_pages"] > c["high_pages"] { say("above_high") }'
	marks_agree "$name" reclaim 'c["kswapd_failures"] ~ /^[0-9]/ && c["kswapd_failures"] >= 16 { say("gave_up") }
		c["compact_defer_shift"] ~ /^[0-9]/ && c["compact_defer_shift"] > 0 { say("deferred") }
		c["scope"] == "host" { print "-"; next }'
	marks_agree "$name" frag 'c["extfrag_permille"] > 500 { say("fragmented"); print marks; next }
		c["extfrag_permille"] >= 0 { say("short") }'
done
[ "$count" -gt 0 ] || skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"

# What no recording has: an empty pool of huge pages beside one that is used up, and a list above its bound.
root=$work/root files=$work/root/sys/kernel/debug/pfnscope
mkdir -p "$files"
cat >"$files/hugepages" <<'END'
pfnscope hugepages 1.0
scope node size_bytes total_hugepages free_hugepages reserved_hugepages surplus_hugepages
host - 1073741824 0 0 0 0
host - 2097152 8 3 3 1
host - 65536 8 3 2 0
node 0 2097152 8 0 - -
END
run hugepages --root "$root" --raw -n -o marks
[ "$(paste -sd' ' "$work/out")" = 'none used_up,surplus none -' ]
result $? "a pool that is promised away is used up, one without pages is not"
cat >"$files/pcp" <<'END'
pfnscope pcp 1.0
node zone cpu count_pages high_pages
0 DMA 0 13 13
0 DMA 1 14 13
0 DMA 2 14 -
END
run pcp --root "$root" --raw -n -o marks
[ "$(paste -sd' ' "$work/out")" = 'none above_high -' ]
result $? "a list is above its bound, not at it; an unknown bound marks nothing"
cat >"$files/swap" <<'END'
pfnscope swap 1.0
type path kind size_pages used_pages
0 /dev/vda partition 100 100
1 /dev/vdb partition 100 99
END
run swap --root "$root" -n --where marks=full -o type
expect "--where takes marks as it takes any list" 0 '' '^ *0$'
cat >"$files/zones" <<'END'
pfnscope zones 1.0
node zone present_pages managed_pages free_pages min_pages low_pages high_pages boost_pages
0 DMA 100 100 5 5 7 9 0
0 DMA32 100 100 6 5 7 9 0
0 Normal 100 100 9 5 7 9 0
1 Normal 100 100 10 5 7 9 0
2 Normal 100 100 10 5 7 9 1
3 Normal 0 0 0 0 0 0 0
4 Normal 100 100 - 5 7 9 -
5 Normal 100 100 18446744073709551615 18446744073709551615 18446744073709551615 18446744073709551615 18446744073709551615
END
run zones --root "$root" --raw -n -o marks
[ "$(paste -sd' ' "$work/out")" = 'below_min below_low below_high none below_high,boost none - below_min,boost' ]
result $? "free has to be above a watermark, boost included"

# Three free blocks of order 3 for a request of order 4: an index of 1000 - (1000 + 24 * 1000 / 16) / 3.
cat >"$files/freelists" <<'END'
pfnscope freelists 1.0
node zone order migratetype blocks
0 DMA 3 movable 3
0 DMA 4 movable 0
END
mkdir -p "$root/proc/sys/vm"
for threshold in '' 100 166 167; do
	[ -z "$threshold" ] || echo "$threshold" >"$root/proc/sys/vm/extfrag_threshold"
	run frag --root "$root" --raw -n --order 4 -o extfrag,threshold,marks
	cat "$work/out"
done >"$work/marks"
[ "$(paste -sd, "$work/marks")" = '167 - short,167 100 fragmented,167 166 fragmented,167 167 short' ]
result $? "fragmented is above vm.extfrag_threshold, 500 where that is not recorded"
if ! command -v script >/dev/null; then
	skip "colours on a terminal" "script(1) is not installed (bsdutils)"
	finish
	exit
fi
# on_terminal COMMAND [ROOT]: what it prints there, escapes readable.
on_terminal() {
	TERM=${terminal-xterm} script -qec "stty cols 80; '$PFNSCOPE' $1 --root '${2:-$incident}' 2>/dev/null" /dev/null </dev/null |
		tr -d '\r' | sed 's/\x1b/<ESC>/g'
}

# The zones written above.
on_terminal 'zones -b -n -o node,zone,free,boost' "$root" >"$work/out"
page=$(getconf PAGESIZE)
grep -qE "^ *0 DMA  *<ESC>\\[1;31m *$((5 * page))<ESC>\\[0m  *0$" "$work/out"
result $? "on a terminal what is below min is red"
grep -qE "^ *0 DMA32  *<ESC>\\[33m *$((6 * page))<ESC>\\[0m  *0$" "$work/out"
result $? "below low is yellow"
grep -qE "^ *2 Normal  *<ESC>\\[36m *$((10 * page))<ESC>\\[0m *<ESC>\\[36m *$page<ESC>\\[0m$" "$work/out"
result $? "below high, and a boost, are noted"
grep -qE "^ *1 Normal  *$((10 * page))  *0$" "$work/out"
result $? "what is fine has no colour"
on_terminal status | grep -q 'M <ESC>\[1;31mgave_up<ESC>\[0m$'
result $? "the first screen marks a kswapd that gave up"
"$PFNSCOPE" zones --root "$incident" >"$work/plain"
on_terminal zones | sed 's/<ESC>\[[0-9;]*m//g' | diff "$work/plain" - >"$work/diff"
result $? "but for the colours a terminal gets what a pipe gets"
grep -q $'\x1b' "$work/plain"
result $((! $?)) "a pipe gets no colours"
for options in --json --raw; do
	! on_terminal "zones $options" | grep -q '<ESC>'
	result $? "$options has no colours on a terminal either"
done
! NO_COLOR=1 on_terminal zones | grep -q '<ESC>'
result $? "NO_COLOR is obeyed"
! terminal=dumb on_terminal zones | grep -q '<ESC>'
result $? "so is a terminal without colours"
NO_COLOR='' on_terminal zones | grep -q '<ESC>'
result $? "an empty NO_COLOR says nothing"
finish
