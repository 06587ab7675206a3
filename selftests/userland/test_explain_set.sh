#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# explain --set: what is refused, what both answers and the marks say, and what is kept from applications. Whether the marks
# are those of the kernel is for selftests/module/what_if.c to tell, which really makes the settings.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
all='vm.min_free_kbytes, vm.watermark_scale_factor, vm.lowmem_reserve_ratio, vm.zone_reclaim_mode, vm.min_unmapped_ratio, vm.min_slab_ratio, vm.extfrag_threshold, vm.overcommit_memory, vm.overcommit_ratio, vm.overcommit_kbytes, vm.swappiness, or of /CGROUP/memory.max and /CGROUP/memory.high$'

ask() {
	run explain --root "$root" --gfp GFP_KERNEL "$@"
}

root=$fixtures/6.1-movable
for word in vm.swap=1 /memory.max=1 /a/memory.low=1 /a/memory.max a/memory.max=1 vm.min_free_kbytes min_free_kbytes=1 =1 '' vm.min_free_kbytes2=1; do
	ask --set "$word"
	expect "\"$word\" is no key of the list" 64 "\"$word\" is no KEY=VALUE of these: $all" ''
done
for word in vm.min_free_kbytes= vm.min_free_kbytes=x vm.min_free_kbytes=-1 vm.min_free_kbytes=1k vm.min_free_kbytes=2147483648 \
	'vm.min_free_kbytes=1 2' vm.watermark_scale_factor=0 vm.watermark_scale_factor=3001 vm.min_slab_ratio=101 vm.overcommit_memory=3 vm.swappiness=201; do
	ask --set "$word"
	expect "$word is refused" 64 "^pfnscope: --set: ${word%%=*} is a number from [0-9]+ to [0-9]+: \"${word#*=}\"$" ''
done
for word in '' ' ' '1,2' '1 2 3 4 5 6' '1 x'; do
	ask --set "vm.lowmem_reserve_ratio=$word"
	expect "ratios \"$word\" are refused" 64 'numbers with blanks between them, for at most 5 zones' ''
done
ask --set vm.min_free_kbytes=1 --set vm.min_free_kbytes=2
expect "a key is given once" 64 'vm.min_free_kbytes is given twice' ''

# As much as all zones have: no ordinary request would be served.
for root in "$fixtures"/{5.10,6.1,6.12,7.2}{,-movable,-numa}; do
	name=$(basename "$root")
	kb=$(awk '$1 == "managed" { pages += $2 } END { print pages * 4 }' "$root/proc/zoneinfo")
	ask --set "vm.min_free_kbytes=$kb"
	expect "$name: a reserve of all there is serves nobody" 1 '' "^If vm.min_free_kbytes were $kb \(now [0-9]+\):"
	mapfile -t verdicts < <(grep '^GFP_KERNEL, order 0, node 0: ' "$work/out")
	[[ ${#verdicts[@]} -eq 2 && ${verdicts[0]} == *'served at once'* && ${verdicts[1]} == *'waits for reclaim' ]]
	result $? "$name: now and then, one behind the other"
	grep -Eq 'It costs: [0-9.]+[MG] less for applications' "$work/out"
	result $? "$name: what it costs"
	! grep -E '.{81}' "$work/out"
	result $? "$name: 80 columns"
done

# What it says of today is the kernel's own CommitLimit.
for root in "$fixtures"/{5.10,6.1,6.12,7.2}{,-movable,-numa}; do
	name=$(basename "$root")
	limit=$(awk '$1 == "CommitLimit:" { print $2 * 1024 }' "$root/proc/meminfo")
	swap=$(awk '$1 == "SwapTotal:" { print $2 * 1024 }' "$root/proc/meminfo")
	ask --json --set vm.overcommit_kbytes=1000
	grep -q "\"commit_limit_bytes\": $limit,$" "$work/out" &&
		grep -q "\"commit_limit_then_bytes\": $((swap + 1000 * 1024)),$" "$work/out"
	result $? "$name: CommitLimit is the kernel's"
done
root=$fixtures/6.1
ask --set vm.overcommit_memory=2 --set vm.overcommit_ratio=0
expect "nothing is promised of no memory" 0 '' 'CommitLimit is 0 then, .* are promised: no program'
ask --set vm.overcommit_memory=2 --set vm.overcommit_ratio=90
expect "beyond it is refused" 0 '' '^    beyond it is refused$'
ask --set vm.overcommit_ratio=90
expect "where nothing is enforced it says so" 0 '' 'vm.overcommit_memory is not 2 then$'

# The sum of the mins is what was asked for, but for a page of rounding a zone; low is a quarter above.
root=$fixtures/6.12-numa
ask --json --set vm.min_free_kbytes=80000 --set 'vm.lowmem_reserve_ratio=8'
/usr/bin/python3 - "$work/out" <<'END'
import json, sys
what = json.load(open(sys.argv[1]))['what_if']
marks = [m for m in what['marks'] if m['managed_pages'] and m['zone'] != 'Movable']
assert 20000 - len(marks) <= sum(m['min_then_pages'] for m in marks) <= 20000
assert all(m['low_then_pages'] - m['min_then_pages'] == m['min_then_pages'] // 4 for m in marks)
assert [s['key'] for s in what['settings']] == ['vm.min_free_kbytes', 'vm.lowmem_reserve_ratio']
assert what['settings'][1]['then'] == [8, 256, 32, 0, 0]
dma, above = what['marks'][0], sum(m['managed_pages'] for m in what['marks'][1:] if m['node'] == 0)
assert dma['zone'] == 'DMA' and dma['lowmem_reserve_then_pages'][-1] == above // 8
kept = sum(min(m['managed_pages'], m['high_then_pages'] + max(m['lowmem_reserve_then_pages'])) for m in what['marks'])
assert what['kept_then_pages'] == kept and what['answer']['outcome'] == 'fast'
END
result $? "programs get the settings, the marks and the answer"

# A setting of the walk leaves the marks; and what is not known is not guessed.
root=$fixtures/7.2-numa
ask --set vm.zone_reclaim_mode=1
expect "a setting that moves no mark has no table" 0 '' '^If vm.zone_reclaim_mode were 1 \(now 0\):$'
! grep -q THEN "$work/out"
result $? "and no cost"
root=$work/root
mkdir -p "$root/proc/sys/kernel"
cp "$fixtures/6.1/proc/zoneinfo" "$fixtures/6.1/proc/version" "$root/proc/"
cp "$fixtures/6.1/proc/sys/kernel/osrelease" "$root/proc/sys/kernel/"
ask --set vm.min_free_kbytes=4096
expect "a setting that is to stay has to be known" 4 'not known here' ''
ask --set vm.min_free_kbytes=4096 --set vm.watermark_scale_factor=10
expect "or to be given" 3 '' '\(now -\), and vm.watermark_scale_factor were 10'

# What reclaim would take is what reclaim --plan says of the same.
for root in "$fixtures"/reclaim/{6.1-lists,7.2-generations}; do
	name=$(basename "$root")
	for swappiness in 0 1 60 100 200; do
		ask --json --set "vm.swappiness=$swappiness"
		cp "$work/out" "$work/set"
		run reclaim --plan --swappiness "$swappiness" --root "$root" --json
		cp "$work/out" "$work/then"
		run reclaim --plan --root "$root" --json
		/usr/bin/python3 - "$work/set" "$work/then" "$work/out" <<-'END'
			import json, sys
			what, then, now = (json.load(open(name)) for name in sys.argv[1:])
			row, = what['what_if']['reclaimed']
			then, now = then['reclaim_plan'][0], now['reclaim_plan'][0]
			assert [row[key] for key in ('anon_then_pages', 'file_then_pages', 'anon_pages', 'file_pages')] == \
			       [then['anon_pages'], then['file_pages'], now['anon_pages'], now['file_pages']], row
		END
		result $? "$name: vm.swappiness $swappiness is that of reclaim --plan"
	done
	for bytes in 104857600 20971520 1048576; do
		ask --json --set "/apps/memory.max=$bytes"
		cp "$work/out" "$work/set"
		goal=$(awk -v bytes="$bytes" '$2 == "/apps" { goal = $7 - bytes / 4096; print (goal > 0 ? goal : 0) }' \
			"$root/sys/kernel/debug/pfnscope/balance")
		run reclaim --plan --cgroup /apps --pages "$((goal ? goal : 1))" --root "$root" --json
		/usr/bin/python3 - "$work/set" "$work/out" "$goal" <<-'END'
			import json, sys
			what, plan = (json.load(open(name)) for name in sys.argv[1:3])
			row, = what['what_if']['reclaimed']
			taken = row['anon_then_pages'] + row['file_then_pages']
			assert row['goal_pages'] == int(sys.argv[3]) and row['anon_pages'] is None, row
			assert row['short_then_pages'] == max(0, row['goal_pages'] - taken), row
			if row['goal_pages']:
			    plan = plan['reclaim_plan'][0]
			    assert (plan['anon_pages'], plan['file_pages']) == (row['anon_then_pages'], row['file_then_pages']), row
			else:
			    assert taken == 0, row
		END
		result $? "$name: memory.max $bytes is what is above it, taken by the plan"
	done
done
root=$fixtures/reclaim/7.2-generations
ask --set /apps/memory.max=100M
expect "a limit above what is used" 0 '' '^If /apps/memory.max were 104857600 \(now -\):$'
grep -q '^  /apps has 10508 pages, which are below it: nothing is reclaimed$' "$work/out"
result $? "takes nothing"
ask --set /apps/memory.max=1M
expect "one below all that can be taken calls the OOM killer" 0 '' '^  4 pages are left above it: the OOM killer is called'
ask --set /apps/memory.high=1M
expect "memory.high does not" 0 '' '^  4 pages are left above it: its tasks are slowed down$'
for value in '' x 1T 1MB -1 99999999999999999999 18014398509481984K; do
	ask --set "/apps/memory.max=$value"
	expect "\"$value\" is no size" 64 'is a number of bytes, or one with K, M or G' ''
done
ask --set /apps/memory.max=1 --set /apps/memory.max=2
expect "a limit is given once" 64 '/apps/memory.max is given twice' ''
ask --set /nowhere/memory.max=1
expect "a cgroup that is not there" 4 'no memory cgroup "/nowhere"' ''
root=$fixtures/6.1
ask --set vm.swappiness=1
expect "without what reclaim weighs nothing is said" 4 'not known here \(pfnscope balance\)' ''

finish
