#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# offline: the verdicts of a recorded root, and of the same root with one number changed. That the kernel does what is foretold
# is tested in guests.

. "$(dirname "$0")/tap.sh"
fixture=$repo/selftests/fixtures/7.2-movable
root=$work/root
memory=$root/sys/devices/system/memory
pageblocks=$root/sys/kernel/debug/pfnscope/pageblocks

# afresh: the root as it was recorded.
afresh() {
	rm -rf "$root"
	cp -r "$fixture" "$root"
	chmod -R u+w "$root"
}

# put START_PFN COLUMN VALUE...: into the row of that pageblock.
put() {
	local pfn=$1
	shift
	awk -v pfn="$pfn" -v words="$*" '
		NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 2 && $at["start_pfn"] == pfn { n = split(words, w, " "); for (i = 1; i < n; i += 2) $at[w[i]] = w[i + 1]; done = 1 }
		{ print }
		END { exit !done }' "$pageblocks" >"$work/new" && mv "$work/new" "$pageblocks"
}

# cells COLUMNS ARGUMENT...: without headings.
cells() {
	local columns=$1
	shift
	"$PFNSCOPE" --root "$root" offline --raw -n -o "$columns" "$@" 2>&1
}

# is NAME WANTED GOT
is() {
	[ "$2" = "$3" ]
	result $? "$1" || :
	[ "$2" = "$3" ] || printf '%s\n' "wanted: $2" "got: $3" | sed 's/^/# /'
}

afresh
is "a row a block" "$(seq 0 7 | sed 's/^/memory/')" "$(cells block)"
is "what goes at once" $'memory5 0 0\nmemory6 0 0' "$(cells block,move,held --where verdict=now)"
is "a hole" 'there\040is\040a\040hole\040in\040it' "$(cells because memory0)"
is "several zones" '- - it\040has\040pages\040of\040several\040zones' "$(cells node,zone,because 3)"
is "reserved pages" 'never reserved:5' "$(cells verdict,blockers memory1)"
sums=$(awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 && $at["start_pfn"] >= 32768 && $at["start_pfn"] < 65536 {
	u += $at["unmovable_pages"]; m += $at["movable_pages"] + $at["clean_pages"] } END { print m, u }' "$pageblocks")
is "its pageblocks are added up" "$sums" "$(cells move,held memory1)"
is "by number, and in the order of memory" $'memory1\nmemory6' "$(cells block 6 memory1)"
is "--zone" $'memory7' "$(cells block --zone Movable)"
run --root "$root" offline memory77
expect "a block that there is not" 0 'there is no such block' ''
run --root "$root" offline memoryx
expect "what is no block" 64 'is no block of memory such as memory32' ''
run --root "$root" whose memoryx
expect "nor for whose" 64 'is neither PFN' ''
run --root "$repo/selftests/fixtures/7.2" offline
expect "a root without blocks" 4 'no blocks of memory' ''
is "the completion knows them" "$(seq 0 7 | sed 's/^/memory/')" "$("$PFNSCOPE" --complete --root "$root" offline memory)"

# Blocks 5 and 6 are DMA32 of node 1, and begin at these page frames.
five=163840
put $five movable_pages 200
is "what has to move" 'moves 200 -' "$(cells verdict,move,because memory5)"
put $five movable_pages 100 clean_pages 30
is "page cache is moved, however clean" 'moves 130 -' "$(cells verdict,move,because memory5)"
put $five movable_pages 10000000
is "more than there is room for on other nodes" 'uncertain 10000030' "$(cells verdict,move memory5)"
afresh
put $five unmovable_pages 3 pinned_pages 3 blocker_class anon
is "pinned pages" 'uncertain 3 anon:1' "$(cells verdict,held,blockers memory5)"
put $five unmovable_pages 4 kernel_pages 1 blocker_class kernel
is "a page of the kernel's beside them" 'never 4 kernel:1' "$(cells verdict,held,blockers memory5)"
afresh
put $five unmovable_pages 3 blocker_class file
is "what is kept for another reason" 'uncertain 3' "$(cells verdict,held memory5)"
put $five unmovable_pages 2 hwpoison_pages 2 blocker_class hwpoison
is "bad pages go with it" 'now 0' "$(cells verdict,held memory5)"
afresh
put $five migratetype cma
is "CMA" 'never it\040has\040pageblocks\040of\040CMA' "$(cells verdict,because memory5)"
put $five migratetype isolate
is "isolated already" uncertain "$(cells verdict memory5)"
afresh
put $five hugetlb_pages 512 movable_pages 512
is "huge pages" uncertain "$(cells verdict memory5)"
afresh
put $five unmovable_pages 16 offline_pages 16 blocker_class offline
is "a balloon" 'uncertain its\040balloon\040or\040hypervisor\040has\040to\040let\040it\040go' "$(cells verdict,because memory5)"
afresh
put $five reserved_pages 512 unmovable_pages 512 blocker_class reserved
is "reserved pages, which are no memory map" never "$(cells verdict memory5)"
echo Y >"$root/sys/module/memory_hotplug/parameters/memmap_on_memory"
is "and which may be one" uncertain "$(cells verdict memory5)"

# In ZONE_MOVABLE the kernel has no pages of its own for long.
afresh
sed -i "3,\$s/^1 DMA32 \(16[4-9]\|1[7-9]\)\([0-9]*\) /1 Movable \1\2 /; 3,\$s/^1 DMA32 163840 /1 Movable 163840 /" "$pageblocks"
put $five unmovable_pages 1 kernel_pages 1 blocker_class kernel
is "a page of the kernel's in ZONE_MOVABLE" 'Movable uncertain 1' "$(cells zone,verdict,held memory5)"
put $five unmovable_pages 1 kernel_pages 0 reserved_pages 1 blocker_class reserved
is "a reserved page there" never "$(cells verdict memory5)"

afresh
echo offline >"$memory/memory5/state"
is "what is offline" 'offline offline -' "$(cells state,verdict,move memory5)"
echo going-offline >"$memory/memory5/state"
is "what is on its way" 'uncertain' "$(cells verdict memory5)"
rm "$memory/memory5/state"
is "a state that nobody tells" '- -' "$(cells state,verdict memory5)"
for number in 10 9; do
	mkdir "$memory/memory$number"
	echo online >"$memory/memory$number/state"
done
is "blocks are in the order of their numbers" $'memory9\nmemory10' "$(cells block | tail -n 2)"
is "of which nothing is known there is a hole" 'never' "$(cells verdict memory9)"
rm "$pageblocks"
run --root "$root" offline
expect "without the scan there is no forecast" 4 'pageblocks' ''

finish
