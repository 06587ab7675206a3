#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Tables for people against the raw rows they are made of, and the options that choose rows, on every recorded root.

. "$(dirname "$0")/tap.sh"

# sums_agree NAME: the two files of "ZONE NUMBER" lines are the same, and not empty.
sums_agree() {
	[ -s "$work/ours" ] && diff <(sort "$work/theirs") <(sort "$work/ours") >"$work/diff"
	result $? "$1"
	[ ! -s "$work/diff" ] || sed 's/^/# /; 10q' "$work/diff"
	: >"$work/diff"
}

check_root() {
	local root=$1 name=$2 page=4096

	run freelists --root "$root" --raw -n
	awk -v page=$page '{ size[$1 "/" $2] += $5 * 2 ^ $3 * page } END { for (z in size) print z, size[z] }' "$work/out" >"$work/theirs"
	run freelists --root "$root" -n -b
	awk '!done[$1 "/" $2 "/" $3]++ { if ($3 == "all" || !(($1 "/" $2) in size)) size[$1 "/" $2] = $NF } END { for (z in size) print z, size[z] }' \
		"$work/out" >"$work/ours"
	sums_agree "$name: freelists: the total of each zone"
	awk '$3 != "all" { for (i = 4; i < NF; i++) sum += $i; if (!sum) bad = 1; sum = 0 } END { exit bad }' "$work/out"
	result $? "$name: freelists: no empty migratetype"

	run owners --root "$root" --raw -n --kind class
	awk -v page=$page '{ pages[$1 "/" $2] += $5 * page } END { for (z in pages) print z, pages[z] }' "$work/out" >"$work/theirs"
	run owners --root "$root" -n -b
	awk '$3 == "all" { print $1 "/" $2, $4 }' "$work/out" >"$work/ours"
	sums_agree "$name: owners: the classes of a zone add up"

	run pageblocks --root "$root" --raw -n -o node,zone,blocker_class,blocker,unmovable,free
	awk '{ k = $1 "/" $2 " " $3 " " $4; blocks[k]++; unmovable[k] += $5; free[k] += $6 }
		END { for (k in blocks) print k, blocks[k], unmovable[k], free[k] }' "$work/out" >"$work/theirs"
	awk '{ k = $1 "/" $2; blocks[k]++; if ($3 != "none") bad[k]++; free[k] += $6 * '$page' }
		END { for (k in blocks) print k, blocks[k], bad[k] + 0, free[k] }' "$work/out" >"$work/zones"
	run owners --by-block --root "$root" --raw -n -o node,zone,blocker_class,blocker,blocks,unmovable,free
	awk '{ print $1 "/" $2, $3, $4, $5, $6, $7 }' "$work/out" >"$work/ours"
	sums_agree "$name: owners --by-block: each block under its blocker"
	run owners --by-block --root "$root" -n
	awk '$3 == "all" { all[$1 $2] = $5; next } { sum[$1 $2] += $5 } END { for (z in all) if (sum[z] != all[z]) bad = 1; exit bad || !NR }' "$work/out"
	result $? "$name: owners --by-block: they add up to the zone"
	cp "$work/zones" "$work/theirs"
	run pageblocks --root "$root" -n -b
	awk '$3 == "all" { print $1 "/" $2, $4, $5, $6 }' "$work/out" >"$work/ours"
	sums_agree "$name: pageblocks: the blocks of each zone, and those that are blocked"

	run slabs --root "$root" --raw -n -o name,held,wasted
	awk '{ held += $2; wasted += $3 } END { print held, wasted }' "$work/out" >"$work/theirs"
	awk '{ print $1 }' "$work/out" | sort -u | wc -l >"$work/caches"
	run slabs --root "$root" -n -b
	sed -n 's/^(all caches) *//p' "$work/out" | awk '{ print $(NF - 1), $NF }' >"$work/ours"
	sums_agree "$name: slabs: the totals"
	[ "$(($(wc -l <"$work/out") - 1))" -eq "$(cat "$work/caches")" ]
	result $? "$name: slabs: one row a cache"

	run shrinkers --root "$root" --raw -n -o position,root
	awk '$2 > 0 { sum[$1] += $2 } END { for (p in sum) print p, sum[p] }' "$work/out" >"$work/theirs"
	run shrinkers --root "$root" -n
	awk '$5 > 0 { print $1, $5 }' "$work/out" >"$work/ours"
	sums_agree "$name: shrinkers: what each could free"

	run zonelists --root "$root" --raw -n
	awk '{ list[$1 " " $2] = list[$1 " " $2] " " $4 "/" $5 } END { for (l in list) print l list[l] }' "$work/out" >"$work/theirs"
	run zonelists --root "$root" -n
	awk '{ $1 = $1; print }' "$work/out" >"$work/ours"
	sums_agree "$name: zonelists: the same steps"

	run zones --root "$root" --raw -n -o node,zone,present
	awk '$3 > 0 { print $1, $2 }' "$work/out" >"$work/theirs"
	run zones --root "$root" -n
	awk '{ print $1, $2 }' "$work/out" >"$work/ours"
	sums_agree "$name: zones: those with memory"
	run zones --root "$root" -n --all
	[ "$(wc -l <"$work/out")" -eq "$("$PFNSCOPE" zones --root "$root" --raw -n | wc -l)" ]
	result $? "$name: zones --all: every zone"

	run forecast --root "$root" --raw -n -o node,zone,now,obtainable,unsure,never
	awk '{ least = $4 > $5 ? $4 - $5 : 0; print $1 "/" $2, $3, least < $4 ? least "-" $4 : $4, $6 }' "$work/out" >"$work/theirs"
	run forecast --root "$root" -n
	awk '{ print $1 "/" $2, $4, $6, $7 }' "$work/out" >"$work/ours"
	sums_agree "$name: forecast: the ranges"

	run contiguity --root "$root" --raw -n -o node,zone,order,now,obtainable
	awk '$3 == 9 { print $1 "/" $2, $4, $5 }' "$work/out" >"$work/theirs"
	run contiguity --root "$root"
	awk 'NR == 1 { for (i = 4; i <= NF; i++) if ($i == 9) column = i; next }
		$3 == "now" { now = $column } $3 == "obtainable" { print $1 "/" $2, now, $column }' "$work/out" >"$work/ours"
	sums_agree "$name: contiguity: order 9, now and obtainable"
}

for root in "$repo"/selftests/fixtures/*/; do
	[ -d "$root/sys/kernel/debug/pfnscope" ] || continue
	name=$(basename "$root")
	[[ $name != *.new ]] || continue # being recorded
	check_root "$root" "$name"
done

# A counter that no version of the command has heard of.
cp -r "$repo/selftests/fixtures/7.2" "$work/thp"
huge=$work/thp/sys/kernel/mm/transparent_hugepage
echo 41 >"$huge/hugepages-64kB/stats/never_heard_of"
echo 7 >"$huge/hugepages-2048kB/stats/anon_fault_alloc"
sed -i 's/^thp_fault_alloc .*/thp_fault_alloc 9/' "$work/thp/proc/vmstat"
run thp --root "$work/thp"
expect "thp: sizes that counted something are columns" 0 '' '^COUNTER +ALL +64K +2M$'
expect "thp: a new counter" 0 '' '^never_heard_of +- +41 +-$'
expect "thp: a counter of all sizes" 0 '' '^thp_fault_alloc +9 +- +-$'
[ "$(wc -l <"$work/out")" -eq 4 ]
result $? "thp: what is 0 is left out"
run thp --root "$work/thp" --json
expect "thp --json: a new counter" 0 '' '"size_bytes": 65536, "name": "never_heard_of", "count": 41'

root=$repo/selftests/fixtures/7.2-numa
for size in 2M 2MB 2MiB 2m; do
	run forecast --root "$root" -n --size "$size" --node 0 --zone DMA -o order
	expect "forecast --size $size" 0 '' '^ *9$'
done
run forecast --root "$root" --size 3M
expect "a size that is no power of two" 64 'not a power of two' ''
run forecast --root "$root" --size 2Mx
expect "no size" 64 'not a size such as 2M' ''
run zones --root "$root" --node 99
expect "a node that is not there" 1 '^pfnscope: zones: no row with node = 99: there are 0, 1, 2, 3$' ''
run zones --root "$root" --node 99 --json
expect "the same as JSON" 1 'no row with node = 99' '"zones": \[\]'
run owners --root "$root" --zone dmaa
expect "a zone that is not there" 1 'there are DMA, DMA32$' ''
run owners --root "$root" --kind foo
expect "a kind that is not there" 1 'no row with kind = foo: there are class' ''
run frag --root "$root" --order 25
expect "an order that is not there" 1 'no row with order = 25' ''
run map --root "$root" --zone foo
expect "a map of no zone" 1 'no pageblock' ''
run swap --root "$repo/selftests/fixtures/7.2"
expect "no swap" 0 '^pfnscope: swap: no swap is switched on$' ''
run zones --root "$root" --raw -n -o node,free
sort -k2,2nr "$work/out" | awk '$2 * 4 >= 440 * 1024 { print $1 }' >"$work/theirs"
run zones --root "$root" --where 'free>=440M' -o node,free -n --sort free
expect "rows by their size, sorted" 0 '' '^ +[0-9] 4[4-9][0-9](\.[0-9])?M$'
awk '{ print $1 }' "$work/out" | diff - "$work/theirs" && [ "$(wc -l <"$work/theirs")" -gt 1 ]
result $? "rows in the order that was asked for"
run zones --root "$root" --where 'fre>1'
expect "a column that is not there" 64 'no column "fre"' ''
for incident in "$repo"/selftests/fixtures/oom/*.incident; do
	run slabs --root "$incident" -n
	[ "$(wc -l <"$work/out")" -gt 2 ] && [ -z "$(awk '{ print $1 }' "$work/out" | sort | uniq -d)" ]
	result $? "$(basename "$incident"): slabs: one row a cache, in whatever order they come"
done
run owners --root "$root" --by-block --kind slab
expect "a kind of blockers" 64 'either --kind or --by-block' ''
run owners --root "$root" --by-block --where 'blocks>200' --zone DMA
expect "by block, conditions that nothing fulfils" 1 'no row' ''
run owners --root "$repo/selftests/fixtures/oom/6.1-dma.incident" --by-block
expect "by block, without pageblocks" 4 '^pfnscope: pageblocks: it is not recorded with an incident$' ''
run map --root "$repo/selftests/fixtures/oom/6.1-dma.incident"
expect "an incident has no map, and doctor would find none" 4 '^pfnscope: pageblocks: it is not recorded with an incident$' ''
run map --root "$work"
expect "where there could be one, doctor is named" 4 'pageblocks: .* \(try: pfnscope doctor\)$' ''
run pageblocks --root "$root" --node 0 --zone DMA -n
[ "$(wc -l <"$work/out")" -eq 8 ]
result $? "chosen blocks are shown one by one"
run pageblocks --root "$root" -n --all
[ "$(wc -l <"$work/out")" -eq "$("$PFNSCOPE" pageblocks --root "$root" --raw -n | wc -l)" ]
result $? "--all shows every block"
run owners --root "$root" --sort share -n
[ "$(awk '{ print $5 + 0 }' "$work/out")" = "$(awk '{ print $5 + 0 }' "$work/out" | sort -rn)" ] && [ -s "$work/out" ]
result $? "a column of the table for people can be sorted by"
run slabs --root "$root" --sort order,name --top 1
expect "a column that it has not brings every row" 0 '' '^NODE NAME '
run slabs --root "$root" --sort nix
expect "and one that nobody has is refused" 64 'no column for "nix"' ''
run zones --root "$root" --sort nix
expect "a column to sort by that is not there" 64 'no column "nix"' ''
run zones --root "$root" -o free -o zone
expect "columns given twice" 64 'given twice' ''
run zones --root "$root" -o all --raw
cp "$work/out" "$work/all"
run zones --root "$root" --raw
cmp -s "$work/out" "$work/all"
result $? "-o all is every column"
for options in 'explain --raw' 'explain --bytes' 'explain --noheadings' 'explain --output-all' 'oom --raw' 'oom --root /' 'map --json' 'map --raw' \
	'about --zone DMA' 'slabs --zone DMA'; do
	# shellcheck disable=SC2086 # a list of words
	run $options
	expect "$options is refused" 64 "^pfnscope: ${options%% *} has no --" ''
done
run --json map --root "$root"
expect "--json before map is refused as well" 64 '^pfnscope: map has no --json' ''

finish
