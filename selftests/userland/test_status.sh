#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The first screen: it fits, its figures are those of the kernel's own files, it says what it lacks and what to type next.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

# Free pages above low watermark and reserve for GFP_KERNEL and for movable requests, out of a /proc/zoneinfo, by node.
above_low() {
	awk '
		function close_zone() {
			if (zone == "" || !managed)
				return
			split(protection, reserve, /, */)
			k = free - cma - low - reserve[3]; m = free - low - reserve[4]
			if (zone != "Movable" && k > 0) kernel[node] += k
			if (m > 0) movable[node] += m
		}
		/^Node / { close_zone(); node = $2 + 0; zone = $4; managed = free = low = cma = 0; seen[node] = 1 }
		$1 == "pages" && $2 == "free" { free = $3 }
		$1 == "low" { low = $2 }
		$1 == "managed" { managed = $2 }
		$1 == "nr_free_cma" { cma = $2 }
		$1 == "protection:" { protection = $0; gsub(/.*\(|\).*/, "", protection) }
		END { close_zone(); for (n in seen) print n, kernel[n] + 0, movable[n] + 0 }' "$1" | sort -n
}

# The same as the command says it.
told() {
	awk -F'[:,] *' '
		/"hugepages"|"pressure"/ { exit }
		/"node":/ && !done { node = $2 }
		/"kernel_pages":/ { kernel = $2 }
		/"movable_pages":/ { print node, kernel, $2 }' "$work/out" | sort -n
}

fits() {
	awk 'length > 80 { bad = 1 } END { exit bad || NR > 24 }' "$work/out"
}

# root NAME: a copy of a recorded root without the module's files, in $root.
copy() {
	root=$work/root
	rm -rf "$root"
	mkdir -p "$root/sys"
	cp -r "$fixtures/$1/proc" "$root/"
	chmod -R u+w "$root"
}

for folder in "$fixtures"/*/; do
	name=$(basename "$folder")
	if [ ! -d "$folder/sys/kernel/debug/pfnscope" ] || [[ $name == *.new ]]; then
		continue
	fi
	run --root "$folder"
	[ "$status" -eq 0 ] && [ ! -s "$work/err" ] && fits
	result $? "$name: the first screen fits and lacks nothing"
	cp "$work/out" "$work/alone"
	run status --root "$folder"
	cmp -s "$work/alone" "$work/out"
	result $? "$name: status is the same"
	copy "$name"
	run --root "$root" --json
	[ "$status" -eq 3 ] && [ "$(told)" = "$(above_low "$root/proc/zoneinfo")" ]
	result $? "$name: without the module its figures are those of zoneinfo"
	run summary --root "$folder" --raw -n
	[ "$status" -eq 0 ] && diff <(sed 1,2d "$folder/proc/pfnscope") "$work/out" >/dev/null
	result $? "$name: summary is /proc/pfnscope"
done
if [ "$count" -eq 0 ]; then
	skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi

copy 6.12-numa
# CMA pages are free, and not for the kernel.
sed -i '0,/nr_free_cma.*/s//nr_free_cma  1000/' "$root/proc/zoneinfo"
run status --root "$root" --json
[ "$(told)" = "$(above_low "$root/proc/zoneinfo")" ] && [ "$(told)" != "$(above_low "$fixtures/6.12-numa/proc/zoneinfo")" ]
result $? "free CMA pages are left out of what the kernel gets, and of nothing else"

# Node 1 has too little.
awk '/^Node 1, zone +DMA32/ { inside = 1 } inside && /pages free/ { sub(/[0-9]+/, "7000"); inside = 0 } { print }' \
	"$fixtures/6.12-numa/proc/zoneinfo" >"$root/proc/zoneinfo"
run status --root "$root"
expect "the worst zone is the one below its low watermark" 3 'without|not from the module' \
	'^worst zone  Node 1 DMA32 is below its low watermark: kswapd reclaims: free'
grep -q 'next .*explain --gfp GFP_KERNEL --node 1' "$work/out"
result $? "and what to ask is about its node"
sed -i 's/pages free     7000/pages free     60/' "$root/proc/zoneinfo"
run status --root "$root" --json
expect "below min is worse" 3 'without|not from the module' '"state": "below_min"'

# The module's summary alone.
rm "$root/proc/zoneinfo"
run status --root "$root"
expect "where zoneinfo cannot be read, /proc/pfnscope is" 3 'zones: read from /proc/pfnscope' '^ +0 +[0-9.]+[MG] +[0-9.]+[MG] +- +-'
rm "$root/proc/pfnscope"
run status --root "$root"
expect "without any zones it says where to go" 4 'try: pfnscope doctor' ''

copy 6.12
mkdir -p "$root/sys/kernel/mm/hugepages/hugepages-2048kB" "$root/sys/kernel/mm/hugepages/hugepages-1048576kB"
echo 40 >"$root/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
echo 13 >"$root/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages"
printf 'some avg10=1.25 avg60=0.50 avg300=0.10 total=7\nfull avg10=0.04 avg60=0.00 avg300=0.00 total=3\n' >"$root/proc/pressure/memory"
sed -i 's/^oom_kill .*/oom_kill 3/; s/^allocstall_normal .*/allocstall_normal 5/; s/^allocstall_movable .*/allocstall_movable 6/' "$root/proc/vmstat"
run status --root "$root"
grep -q '^huge pages .*2M: 40 in the pool, 13 free' "$work/out"
result $? "the pools of sysfs"
grep -q '^huge pages .*1G: - in the pool' "$work/out"
result $? "what sysfs does not tell is not known"
echo 0 >"$root/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages"
run status --root "$root"
grep -qx 'huge pages  2M: 40 in the pool, 13 free' "$work/out"
result $? "an empty pool is left out"
echo 0 >"$root/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
run status --root "$root"
grep -qx 'huge pages  none in a pool' "$work/out"
result $? "and where all are empty one sentence says so"
grep -q '^pressure    some 1.25%, full 0.04% (10 s); some 0.50%, full 0.00% (1 min)$' "$work/out"
result $? "pressure"
grep -q '^since boot  OOM kills 3, direct reclaims 11' "$work/out"
result $? "events since boot"
grep -q 'tasks wait for memory' "$work/out"
result $? "pressure decides what to ask next"
rm "$root/proc/pressure/memory" "$root/proc/vmstat"
run status --root "$root"
expect "a file that is not there is told, and its figure is not" 3 'status: pressure: /proc/pressure/memory was not recorded' '^pressure    -$'

# More nodes than fit.
: >"$root/proc/zoneinfo"
for node in {0..30}; do
	sed "s/^Node 0,/Node $node,/" "$fixtures/6.12/proc/zoneinfo" >>"$root/proc/zoneinfo"
done
awk '/^Node 29, zone +DMA32/ { inside = 1 } inside && /pages free/ { sub(/[0-9]+/, "5000"); inside = 0 } { print }' \
	"$root/proc/zoneinfo" >"$work/zoneinfo"
cp "$work/zoneinfo" "$root/proc/zoneinfo"
run status --root "$root"
fits && grep -q '^23 nodes with more: pfnscope status --all$' "$work/out" && grep -q '^  29 ' "$work/out"
result $? "of many nodes those with the least are shown"
run status --root "$root" --all
[ "$(grep -Ec '^ +[0-9]+ +[0-9.]+M +[0-9.]+M ' "$work/out")" -eq 31 ]
result $? "--all shows them all"

for incident in "$fixtures"/oom/*.incident; do
	run --root "$incident"
	fits && [ "$status" -eq 3 ] && grep -Eq '^incident    1: (oom|allocation_failure), 20[0-9-]+ [0-9:]+ UTC, order [0-9]+ by|^incident    1: memcg_oom, 20[0-9-]+ [0-9:]+ UTC, in /[^ ]* by' \
		"$work/out"
	result $? "$(basename "$incident"): its folder has a first screen, with the date of the incident"
	! grep -Eq 'No such|not recorded|pressure|vmstat' "$work/err" "$work/out"
	result $? "$(basename "$incident"): nothing is said of what is in no incident"
done
copy 6.1
files=$root/sys/kernel/debug/pfnscope
mkdir -p "${files%/*}"
cp -r "$fixtures/6.1/sys/kernel/debug/pfnscope" "$files"
chmod -R u+w "$files"
mkdir -p "$files/incidents"
awk 'NR == 3 { for (i = 9; i < 12; i++) { $1 = i; print } next } { print }' "$fixtures/oom/6.1-dma.incident/header" >"$files/incidents/list"
run status --root "$root"
expect "the last incident of the list, and the command that shows it" 0 '' '^incident    11: allocation_failure'
grep -q '^next        pfnscope incidents 11 (the last incident' "$work/out"
result $? "and it comes next"
run status --root "$root" --scan --json
[ "$status" -eq 0 ] && wanted=$(awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	NR > 2 && !/^#/ { u[$at["node"]] += $at["unmovable_pages"]; p[$at["node"]] += $at["present_pages"] }
	END { print int(u[0] * 1000 / p[0]) }' "$files/pageblocks") &&
	grep -q "\"unmovable_permille\": *$wanted," "$work/out"
result $? "--scan adds the share that cannot move"
finish
