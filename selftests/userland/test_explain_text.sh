#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The answer of explain for people: what decides, in 80 columns, with sizes; the rest with --verbose.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
incident=$fixtures/oom/6.1-dma.incident
eaten='GFP_KERNEL|__GFP_DMA'

for root in "$fixtures"/*/ "$fixtures"/oom/*.incident; do
	[ -e "$root/sys/kernel/debug/pfnscope/zones" ] || [ -e "$root/zones" ] || continue
	bad=0
	for gfp in GFP_KERNEL GFP_ATOMIC "$eaten" GFP_HIGHUSER_MOVABLE 'GFP_NOWAIT|__GFP_NOMEMALLOC' 'GFP_KERNEL|__GFP_THISNODE'; do
		for order in 0 3 9 11; do
			for verbose in '' -v; do
				run explain --root "$root" --gfp "$gfp" --order "$order" ${verbose:+"$verbose"}
				awk 'length > 80 { print "# " $0; bad = 1 } END { exit bad || !NR }' "$work/out" || bad=1
				grep -E 'order [0-9]{2,} (>|<=)' "$work/out" && bad=1
			done
		done
	done
	result "$bad" "$(basename "$root"): every answer fits 80 columns"
done

# 8 zones in the zonelist: one that decides is shown, and all with --verbose.
run explain --root "$fixtures/7.2-numa" --gfp GFP_KERNEL
[ "$(grep -c '^    Node ' "$work/out")" -eq 1 ] && grep -q '^    (4 more zones: --verbose)$' "$work/out"
result $? "the zone that serves is shown, others are counted"
run explain --root "$fixtures/7.2-numa" --gfp GFP_KERNEL --verbose
[ "$(grep -c '^    Node ' "$work/out")" -eq 5 ] && ! grep -q -e --verbose "$work/out"
result $? "--verbose shows them"
run zones --root "$fixtures/7.2-numa" --verbose
expect "a command that has no more to say refuses it" 64 'zones has no --verbose' ''

# The incident: free pages, a min watermark and a boost on top, of pages of 4 KiB.
read -r free min boost < <(awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR == 3 { print $at["free_pages"], $at["min_pages"], $at["boost_pages"] }' "$incident/zones")
run explain --root "$incident" --gfp "$eaten"
expect "pages have their size, and the boost is a term of its own" 1 '' "^ +free $free \\($((free * 4))K\\) <= min $min \\($((min * 4))K\\) \\+ boost $boost \\($((boost / 256))M\\)\$"
pages=$((min + boost - free + 1))
tenths=$((pages * 40 / 1024)) size=$((pages * 4 / 1024))
[ $((tenths % 10)) -eq 0 ] || size+=.$((tenths % 10))
expect "what is lacking has its size" 1 '' "^    Node 0 DMA: pages to be freed: $pages \\(${size}M\\)\$"
[ "$(grep -n 'GFP_ATOMIC would' "$work/out" | cut -d: -f1)" -gt "$(grep -n 'higher zone would serve' "$work/out" | cut -d: -f1)" ]
result $? "the reserves are named last"
run explain --root "$incident" --gfp "$eaten" --order 4
! grep -Eq 'nodes [0-9]+( |:|$)' "$work/out"
result $? "one node is not called nodes"
expect "the rest of the block is counted in pages" 1 '' ' - rest of the block 15 \(60K\) '

# A zone that lacks 400 pages, another 90: the cheaper one first.
root=$work/root
mkdir -p "$root/sys"
cp -r "$fixtures/6.12-numa/proc" "$root/"
chmod -R u+w "$root"
awk '
	/^Node/ { zone = $2 $4 }
	/pages free/ { sub(/[0-9]+/, zone == "1,DMA32" ? 6300 : 0) }
	{ print }' "$fixtures/6.12-numa/proc/zoneinfo" >"$root/proc/zoneinfo"
run explain --root "$root" --gfp GFP_KERNEL --node 0
first=$(sed -n '/What would change it/{n;p}' "$work/out")
[[ $first == '    Node 1 DMA32: pages to be freed: '* ]]
result $? "the zone that lacks least comes first"

# A cpuset of every node closes none.
run explain --root "$fixtures/7.2-numa" --gfp GFP_KERNEL --verbose
! grep -q 'only nodes' "$work/out"
result $? "nodes are named only where some are closed"
finish
