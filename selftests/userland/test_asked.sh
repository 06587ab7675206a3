#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What explain, forecast and frag do with requests that make no sense, and with files that are missing.

. "$(dirname "$0")/tap.sh"
recorded=$repo/selftests/fixtures/7.2-numa

# --- nodes, CPUs, tasks and flags that are not there ---
asks() {
	run explain --root "$recorded" "$@"
}

asks --gfp GFP_KERNEL --order 11
expect "an order above the largest fails at once" 2 '' 'no free block is larger than order 10'
asks --gfp GFP_KERNEL --order 11 --json
expect "the same as JSON" 2 '' '"outcome": *"fail"'
asks --gfp GFP_KERNEL --order 10
expect "the largest order is looked for" 0 '' 'served at once'
asks --gfp GFP_KERNEL --order 64
expect "an order that is no number of pages" 64 '--order: not a number from 0 to 63' ''
asks --gfp GFP_KERNEL --node 999
expect "a node that is not there" 64 'there is no node 999' ''
asks --gfp GFP_KERNEL --cpu 99
expect "a CPU that is not there" 64 'there is no CPU 99' ''
asks --gfp GFP_KERNEL --cpu 1
expect "a CPU of which no node is recorded" 3 '' 'which node CPU 1 is on: node 0 is taken'
asks --gfp GFP_KERNEL --pid 0
expect "no task" 64 '--pid: 0 is no task' ''
asks --gfp GFP_KERNEL --pid 4711
expect "a task that is not there" 64 '--pid: proc/4711/status' ''
asks --gfp 0xffffffffffffffffff
expect "a mask of more than 64 bits" 64 'not a mask of 64 bits' ''
asks --gfp 0xffffffff00000cc0
expect "bits without a meaning" 64 'bits 0xffffffff00000000 of' ''
asks --gfp 0x
expect "a mask without digits" 64 'not a mask' ''
asks --gfp 0x0
expect "no flag at all" 0 '' '^no flags, order 0'
for gfp in '' '|' 'GFP_KERNEL|' '|GFP_KERNEL' 'GFP_KERNEL||__GFP_COMP'; do
	asks --gfp "$gfp"
	expect "a name is missing in '$gfp'" 64 'names with \| between them' ''
done
for gfp in 'GFP_DMA|GFP_DMA32' 'GFP_DMA|__GFP_HIGHMEM' 'GFP_DMA32|__GFP_HIGHMEM|__GFP_MOVABLE'; do
	asks --gfp "$gfp"
	expect "two zones in $gfp" 64 'exclude each other' ''
done

# --- policies of a task ---

# task POLICY: a root in which task 4711 on CPU 0 has it; nodes 2 and 3 have no free page where $2 is "full".
task() {
	rm -rf "$work/root"
	cp -r "$recorded" "$work/root"
	mkdir -p "$work/root/proc/4711" "$work/root/sys/devices/system/cpu/cpu0/node0" "$work/root/sys/devices/system/cpu/cpu1/node1"
	echo "Mems_allowed_list:	0-3" >"$work/root/proc/4711/status"
	# Fields 4 to 52 of /proc/PID/stat; the CPU is field 39, the scheduling policy 41.
	echo "4711 (a) S$(printf ' 0%.0s' {4..52})" >"$work/root/proc/4711/stat"
	printf '55d0 default file=/bin/a\n7ffd %s stack anon=3 dirty=3 N0=3\n' "$1" >"$work/root/proc/4711/numa_maps"
	[ "${2:-}" != full ] || awk '/^[23] / && NR > 2 { $6 = 0 } { print }' "$recorded/sys/kernel/debug/pfnscope/zones" \
		>"$work/root/sys/kernel/debug/pfnscope/zones"
	run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --pid 4711
}

task 'prefer (many):2-3'
expect "prefer (many): the nearest of its nodes" 0 '' 'served at once by Node 2 DMA32'
says "$work/out" 'memory policy: prefer \(many\):2-3$'
result $? "prefer (many): told in full"
task 'prefer (many):2-3' full
expect "prefer (many): then all nodes" 0 '' 'served at once by Node 0 DMA32'
says "$work/out" 'none of its nodes serves without waiting'
result $? "prefer (many): and that its nodes do not serve"
task 'weighted interleave:2-3'
expect "weighted interleave: the next node cannot be told" 3 '' 'memory policy: weighted interleave:2-3, whose next node cannot be told'
says "$work/out" 'which node "weighted interleave:2-3" has next: ask for each with --node'
result $? "weighted interleave: and how to ask all the same"
task 'interleave:2-3'
expect "interleave: likewise" 3 '' 'memory policy: interleave:2-3, whose next node cannot be told'
task 'interleave:2'
expect "interleave: one node has all turns" 0 '' 'node 2: served at once by Node 2 DMA32'
task 'weighted interleave:2' full
expect "weighted interleave: one node, and others where it has nothing" 0 '' 'served at once by Node 0 DMA32'
task 'bind=static:3'
expect "bind with a mode" 0 '' 'served at once by Node 3 DMA32'
task 'prefer:2'
expect "prefer" 0 '' 'node 2: served at once by Node 2 DMA32'
run explain --root "$work/root" --gfp GFP_KERNEL --cpu 1
expect "a CPU of node 1" 0 '' 'node 1: served at once by Node 1 DMA32'
task 'default'
expect "default" 0 '' 'node 0: served at once by Node 0 DMA32'
task 'local'
expect "local" 0 '' 'node 0: served at once by Node 0 DMA32'
task 'something new:1'
expect "a policy nobody has heard of" 3 '' 'memory policy: something, whose next node cannot be told'

# --- files that are missing ---
files=$work/root/sys/kernel/debug/pfnscope

without() {
	rm -rf "$work/root"
	cp -r "$recorded" "$work/root"
	rm -f "${@/#/$files/}"
}

# Node 0 has nothing free: which node comes next is the kernel's list, 1, 2, 3, and not the last one.
without
awk '/^0 / && NR > 2 { $6 = 0 } { print }' "$recorded/sys/kernel/debug/pfnscope/zones" >"$files/zones"
run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --node 0
expect "the kernel's zonelist" 0 '' 'served at once by Node 1 DMA32'
rm "$files/zonelists"
run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --node 0
expect "without it the nodes' distances, which is said" 3 '' 'served at once by Node 1 DMA32'
says "$work/out" 'the zonelist: other nodes are taken in the order of their distance'
result $? "and what is not certain of them"
echo '10 30 30 20' >"$work/root/sys/devices/system/node/node0/distance"
run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --node 0
expect "the nearest node first" 3 '' 'served at once by Node 3 DMA32'
rm "$work/root/sys/devices/system/node/node0/distance"
run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --node 0 --json
expect "without distances it is a guess, which is said" 3 '' 'is a guess'
for node in 0 1 2 3; do
	list=$(awk -v node=$node '$1 == node && $2 == "fallback" { printf "%s/%s ", $4, $5 }' "$recorded/sys/kernel/debug/pfnscope/zonelists")
	without zonelists
	run explain --root "$work/root" --gfp GFP_HIGHUSER_MOVABLE --node $node --verbose
	[ "$(awk '/Node [0-9]+ [A-Z]/ && /^    / { sub(":", "", $3); printf "%s/%s ", $2, $3 }' "$work/out")" = "$list" ]
	result $? "node $node: the order by distance is the kernel's here"
done
without
awk 'NR > 2 { $6 = 0 } { print }' "$recorded/sys/kernel/debug/pfnscope/zones" >"$files/zones"
sed -n 1p "$recorded/proc/swaps" >"$work/root/proc/swaps"
run explain --root "$work/root" --gfp GFP_KERNEL
expect "without swap nothing can be swapped" 1 '' 'direct reclaim may drop page cache and write it back; there is no swap'
sed '$a /dev/vda2 partition 1048572 0 -2' "$recorded/proc/swaps" >"$work/root/proc/swaps"
run explain --root "$work/root" --gfp GFP_KERNEL
expect "with swap it can" 1 '' 'direct reclaim may drop page cache, write it back, and swap'
rm -rf "$work/root/sys/kernel/debug"
run explain --root "$work/root" --gfp GFP_KERNEL
expect "without the module" 3 '' 'zones: read from /proc/zoneinfo'
says "$work/out" 'free blocks: read from /proc/pagetypeinfo'
result $? "and where free blocks are from"
rm "$work/root/proc/pagetypeinfo"
run explain --root "$work/root" --gfp GFP_KERNEL
expect "with buddyinfo alone" 3 '' 'buddyinfo, which has no migratetypes'

# --- numbers that no machine has ---

# extreme NAME: explain has an answer, or says what it lacks; the sanitizers say nothing.
extreme() {
	local gfp

	for gfp in GFP_KERNEL 'GFP_KERNEL|__GFP_WRITE' GFP_ATOMIC; do
		run explain --root "$work/root" --gfp "$gfp" --order 3
		[ "$status" -le 3 ] && ! grep -q 'runtime error\|Sanitizer' "$work/err"
		result $? "$1: $gfp"
	done
}

# zones SED: all zones with other numbers.
zones() {
	without
	awk "NR > 2 { $1 } { print }" "$recorded/sys/kernel/debug/pfnscope/zones" >"$files/zones"
}

for huge in 9223372036854775807 18446744073709551615 2305843009213693951 36028797018963967; do
	zones "for (i = 3; i <= 11; i++) \$i = \"$huge\""
	extreme "all numbers of a zone are $huge"
	zones "\$12 = \"$huge,$huge,$huge,$huge,$huge\""
	extreme "all reserves are $huge"
	! says "$work/out" 'reserve -'
	result $? "all reserves are $huge: none is negative"
	without
	for setting in dirty_ratio dirty_bytes min_unmapped_ratio min_slab_ratio zone_reclaim_mode extfrag_threshold defrag_mode; do
		mkdir -p "$work/root/proc/sys/vm"
		echo "$huge" >"$work/root/proc/sys/vm/$setting"
	done
	extreme "all settings are $huge"
	without
	sed -i "s/^\(page_size_bytes\|max_order\|pageblock_order\) .*/\1 $huge/" "$files/about"
	extreme "page size and orders are $huge"
	without
	sed -i "s/^\( *nr_[a-z_]* *\)[0-9]*$/\1$huge/" "$work/root/proc/zoneinfo"
	extreme "all counters are $huge"
done

without
printf 'pfnscope owners 1.0\nnode zone kind owner pages blocks spoiled_blocks\n# unavailable: no BTF\n' >"$files/owners"
run forecast --root "$work/root"
expect "forecast without owners is partial" 3 'who is in the way: not known, as there is no owners \(no BTF\)' 'DMA32'
! says "$work/out" 'blockers: none'
result $? "and does not say that nobody is in the way"
run forecast --root "$work/root" --json
expect "as JSON they are null" 3 'no BTF' '"blockers": null'
without contiguity
run frag --root "$work/root"
expect "frag without contiguity is partial" 3 'spread: not known' 'DMA32'

finish
