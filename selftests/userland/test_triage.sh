#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every check of triage on both sides of each of its limits, and with what it reads gone or damaged: a recorded root, and the
# one number that the check is about.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

if [ ! -d "$fixtures/7.2" ]; then
	skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi

# from NAME: $now is that recorded root, to be written to, and $before is what it was 10 s earlier.
from() {
	now=$work/now before=$work/before
	rm -rf "$now" "$before"
	cp -r "$fixtures/$1" "$now"
	chmod -R u+w "$now"
	put proc/uptime '1010.00 1.00'
	cp -r "$now" "$before"
	echo '1000.00 1.00' >"$before/proc/uptime"
}

# put FILE TEXT
put() {
	mkdir -p "$now/${1%/*}"
	echo "$2" >"$now/$1"
}

# meminfo NAME KB, vmstat NAME NUMBER: in the later reading; a line that is not there is added.
meminfo() {
	grep -q "^$1:" "$now/proc/meminfo" || echo "$1: 0 kB" >>"$now/proc/meminfo"
	sed -i "s/^$1:.*/$1: $2 kB/" "$now/proc/meminfo"
}

vmstat() {
	grep -q "^$1 " "$now/proc/vmstat" || echo "$1 0" >>"$now/proc/vmstat"
	sed -i "s/^$1 .*/$1 $2/" "$now/proc/vmstat"
}

# of NAME: what the later reading has of it in meminfo, in kB.
of() {
	awk -v name="$1:" '$1 == name { print $2 }' "$now/proc/meminfo"
}

ask() {
	run triage --root "$now" --before "$before" --raw -n -o level,check,where,number,because
}

# is LEVEL CHECK [WHERE [WORDS]]: what the check says now.
is() {
	local level=$1 check=$2 where=${3:-} found

	[ -n "$where" ] || where=-
	ask
	found=$(check=$check where=$where awk '$2 == ENVIRON["check"] && (ENVIRON["where"] == "-" || $3 == ENVIRON["where"]) { print $1; exit }' "$work/out")
	[ "$found" = "$level" ] || { echo "# $check is ${found:-not there}:"; grep " $check " "$work/out" | sed 's/^/# /'; sed 's/^/# /' "$work/err"; }
	checked+=" $check"
	[ "$found" = "$level" ]
	result $? "$check ${3:-}: $level ${4:-}"
}

checked=''
from 7.2
total=$(of MemTotal)

# --- memory ---
is ok available
meminfo MemAvailable $((total * 100 / 1000 + 1))
is ok available '' 'just above a tenth'
meminfo MemAvailable $((total * 99 / 1000))
is warn available '' 'below a tenth'
meminfo MemAvailable $((total * 49 / 1000))
is crit available '' 'below a twentieth'
[ "$status" -eq 2 ]
result $? "the exit status is 2 then"
put proc/spl/kstat/zfs/arcstats "13 1 0x01 2 544 1 2
name type data
size 4 $((total * 1024 / 4))
c_min 4 $((total * 1024 / 16))"
is ok available '' 'as the cache of ZFS can be had'
rm -r "$now/proc/spl"
sed -i '/^MemAvailable/d' "$now/proc/meminfo"
is unknown available '' 'on a kernel without that line'
grep -q '/proc/meminfo has no MemAvailable' "$work/out" || grep -q 'meminfo\\040has\\040no\\040MemAvailable' "$work/out"
result $? "and says why"
echo 'MemAvailable: lots kB' >>"$now/proc/meminfo"
is unknown slab '' 'as the file is damaged'
grep -q 'not.*number\|lots' "$work/out"
result $? "and says where"

# zone FREE: the pages of DMA32 in both readings, where no other zone has any.
zone() {
	local root
	for root in "$now" "$before"; do
		rm -rf "$root/sys/kernel/debug"
		awk -v free="$1" '/^Node / { zone = $4 } /pages free/ { sub(/[0-9]+/, zone == "DMA32" ? free : 0) } { print }' \
			"$root/proc/zoneinfo" >"$work/zoneinfo"
		cp "$work/zoneinfo" "$root/proc/zoneinfo"
	done
}

from 7.2
read -r min low < <(awk '/^Node / { zone = $4 } zone == "DMA32" && $1 == "min" { min = $2 } zone == "DMA32" && $1 == "low" { print min, $2 }' \
	"$now/proc/zoneinfo")
for free in $((low + 1)):ok:ok $low:warn:note $((min + 1)):warn:note $min:crit:warn; do
	IFS=: read -r pages headroom zone <<<"$free"
	zone "$pages"
	is "$headroom" headroom kernel "with $pages pages free, low $low, min $min"
	is "$zone" zone 'Node\0400\040DMA32' 'then'
done
cp "$fixtures/7.2/proc/zoneinfo" "$before/proc/zoneinfo"
is ok headroom kernel 'as a moment before there was enough'
rm "$now/proc/zoneinfo" "$now/proc/pfnscope"
is unknown headroom '' 'without zones'
is unknown zone

from 7.2
psi() {
	printf 'some avg10=%s avg60=%s avg300=0.00 total=7\nfull avg10=%s avg60=%s avg300=0.00 total=3\n' "$1" "$2" "$3" "$4" >"$now/proc/pressure/memory"
}
psi 9.99 50.00 4.99 50.00
is ok psi.some
is ok psi.full
psi 10.00 9.00 5.00 4.00
is note psi.some '' 'it has just begun'
is note psi.full
psi 10.00 10.00 5.00 5.00
is warn psi.some
is warn psi.full
psi 60.00 20.00 45.00 20.00
is warn psi.full '' 'as the minute is below the limit'
psi 60.00 60.00 45.00 45.00
is crit psi.full
printf 'some avg10=90.00 avg60=90.00 avg300=0.00 total=7\nfull avg10=90.00 avg60=90.00 avg300=0.00 total=3\n' >"$before/proc/pressure/memory"
is note psi.full '' 'on its way down'
rm "$now/proc/pressure/memory"
is unknown psi.some
is unknown psi.full

# --- reclaim ---
from 7.2
vmstat nr_active_file 6000
vmstat nr_inactive_file 4000
vmstat workingset_refault_file 0
is ok thrash
vmstat workingset_refault_file 2000
vmstat workingset_refault_anon 999
is ok thrash '' '29.9 %'
vmstat workingset_refault_anon 1000
is warn thrash '' '30 %'
vmstat workingset_refault_file 9000
is crit thrash '' '100 %'
vmstat nr_active_file 1
vmstat nr_inactive_file 0
vmstat workingset_refault_file 1000
vmstat workingset_refault_anon 1000
is note thrash '' 'of next to nothing'
sed -i '/^workingset_refault/d' "$now/proc/vmstat"
is unknown thrash

for at in 4999:ok 5000:note 9999:note 10000:warn; do
	vmstat pgmajfault ${at%:*}
	is ${at#*:} majfault '' "${at%:*} in 10 s"
done
vmstat allocstall_normal 0
is ok stall
vmstat allocstall_normal 1
is note stall '' 'in 10 s'
put proc/uptime '1060.00 1.00'
is warn stall '' 'in a minute'
vmstat compact_stall 0
is ok compaction
vmstat compact_stall 5
is warn compaction '' 'in a minute'
put proc/uptime '1010.00 1.00'
is note compaction '' 'in 10 s'

from 7.2
failures() {
	awk -v failures="$1" 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 2 && $1 == "node" { $at["kswapd_failures"] = failures } { print }' "$fixtures/7.2/sys/kernel/debug/pfnscope/reclaim" \
		>"$now/sys/kernel/debug/pfnscope/reclaim"
}
for at in 0:ok 1:note 15:note 16:crit; do
	failures ${at%:*}
	is ${at#*:} kswapd '' "${at%:*} runs in vain"
done
rm -r "$now/sys/kernel/debug"
is ok kswapd '' 'without the module'
sed -i 's/node_unreclaimable: *0/node_unreclaimable: 1/' "$now/proc/zoneinfo"
is crit kswapd '' 'by /proc/zoneinfo'
rm "$now/proc/zoneinfo"
is unknown kswapd

from 7.2
is ok boost
awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 && $at["zone"] == "DMA32" { $at["boost_pages"] = 512 } { print }' \
	"$fixtures/7.2/sys/kernel/debug/pfnscope/zones" >"$now/sys/kernel/debug/pfnscope/zones"
is note boost
put sys/kernel/mm/lru_gen/enabled 0x0007
put sys/kernel/mm/lru_gen/min_ttl_ms 0
is ok lru.min_ttl
put sys/kernel/mm/lru_gen/min_ttl_ms 1000
is note lru.min_ttl
put sys/kernel/mm/lru_gen/enabled 0x0000
is ok lru.min_ttl '' 'switched off, it decides nothing'
is unknown dying
put sys/fs/cgroup/cgroup.stat $'nr_descendants 7\nnr_dying_descendants 10000'
is ok dying
put sys/fs/cgroup/cgroup.stat $'nr_descendants 7\nnr_dying_descendants 10001'
is note dying

# --- swap ---
from 7.2
is ok swap.used '' 'there is none'
is ok swap.rate
meminfo SwapTotal 100000
vmstat pswpin 5
for at in 20001:ok 20000:warn 10001:warn 10000:crit; do
	meminfo SwapFree ${at%:*}
	is ${at#*:} swap.used '' "${at%:*} of 100000 free"
done
vmstat pswpin 0
is note swap.used '' 'and nobody swaps'
put proc/swaps $'Filename Type Size Used Priority\n/dev/sda2 partition 100000 90000 -2'
for at in 9:ok 10:note 99:note 100:warn; do
	vmstat pswpout ${at%:*}
	is ${at#*:} swap.rate '' "${at%:*} pages out in 10 s"
done
put proc/swaps $'Filename Type Size Used Priority\n/dev/zram0 partition 100000 90000 100'
is note swap.rate '' 'to zram'
is unknown zram
for at in 449:ok 451:warn 601:crit; do
	put sys/block/zram0/mm_stat " 900000000 300000000 $((total * 1024 * ${at%:*} / 1000 + 1000)) 0 0 0 0 0"
	is ${at#*:} zram '' "$((${at%:*} / 10)) % of memory"
done
put sys/block/zram0/mm_stat ' 0 0 0 0 0 0 0 0'
is ok zram '' 'that holds nothing'
is unknown zswap
put sys/module/zswap/parameters/enabled Y
put sys/module/zswap/parameters/max_pool_percent 20
meminfo Zswap $((total * 18 / 100))
is ok zswap
meminfo Zswap $((total * 20 / 100))
is note zswap

# --- what waits to be written ---
from 7.2
vmstat nr_dirty_background_threshold 1000
vmstat nr_dirty_threshold 2000
for at in 1000:0:ok 1001:0:note 1000:500:ok 1001:500:warn 0:1501:warn; do
	IFS=: read -r dirty back level <<<"$at"
	vmstat nr_dirty "$dirty"
	vmstat nr_writeback "$back"
	is "$level" dirty '' "$dirty dirty, $back in writeback"
done
vmstat nr_writeback 40
sed -i 's/^nr_writeback .*/nr_writeback 50/' "$before/proc/vmstat"
is crit writeback '' 'none in 10 s'
vmstat nr_written 1
is ok writeback '' 'one was'
vmstat nr_written 0
put proc/uptime '1005.00 1.00'
is note writeback '' 'none in 5 s'
vmstat nr_writeback 0
is ok writeback

# --- the kernel's own ---
from 7.2
is ok slab
meminfo Slab $((total * 301 / 1000))
meminfo SUnreclaim $((total * 200 / 1000))
is warn slab
grep -q 'most.*in' "$work/out"
result $? "and its caches are named"
meminfo SUnreclaim $((total * 100 / 1000))
is note slab '' 'of which most can be reclaimed'
meminfo Slab $((total * 299 / 1000))
is ok slab
meminfo PageTables $((total * 19 / 1000))
is ok pagetables
meminfo PageTables $((total * 21 / 1000))
is warn pagetables
for name in KernelStack:stacks Percpu:percpu VmallocUsed:vmalloc SecPageTables:secondary GPUActive:gpu Balloon:balloon; do
	meminfo ${name%:*} $((total * 51 / 1000))
	is note kernel ${name#*:}
	meminfo ${name%:*} $((total * 49 / 1000))
	is ok kernel ${name#*:}
done
put proc/net/sockstat "sockets: used 9
TCP: inuse 2 orphan 0 tw 0 alloc 3 mem $((total * 51 / 4000 + 1))"
is note kernel sockets
from 7.2
is ok unaccounted
meminfo MemFree $(($(of MemFree) - total * 10 / 100))
is note unaccounted

# --- huge pages, and blocks ---
from 7.2
is ok hugetlb '' 'no pool'
pool() {
	put sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages "$1"
	put sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages "$2"
	put sys/kernel/mm/hugepages/hugepages-2048kB/resv_hugepages "$3"
}
pool 100 49 0
is ok hugetlb 2M
pool 100 50 0
is note hugetlb 2M 'half of it idle'
pool 100 50 1
is ok hugetlb 2M 'one reserved'
meminfo Hugetlb $((total * 801 / 1000))
is note hugetlb.share
meminfo MemAvailable $((total * 29 / 1000))
is warn hugetlb.share '' 'and little is left'
meminfo Hugetlb $((total * 799 / 1000))
is ok hugetlb.share
vmstat thp_fault_alloc 5
vmstat thp_fault_fallback 14
is ok thp '' 'too few to tell'
vmstat thp_fault_fallback 15
is note thp
vmstat thp_fault_alloc 16
is ok thp
vmstat compact_fail 9000
vmstat compact_success 10000
is ok compaction.fail '' 'too few to tell'
vmstat compact_success 10001
is note compaction.fail
vmstat compact_fail 1000
is ok compaction.fail
from 7.2
is ok order.3
is ok order.huge
rm -r "$now/sys/kernel/debug"
rm "$now/proc/pagetypeinfo"
is ok order.3 '' 'without the module'
# Everything free in single pages and pairs.
for pairs in 0 1; do
	awk -v single=100000 -v pairs="$pairs" '{ printf "%s %s %s %s", $1, $2, $3, $4; printf " %d %d", single, pairs; for (i = 7; i <= NF; i++) printf " 0"; print "" }' \
		"$fixtures/7.2/proc/buddyinfo" >"$now/proc/buddyinfo"
	is warn order.3 '' 'no block of that order'
	is note order.huge
done
awk '/^Node / { zone = $4 } /pages free/ { sub(/[0-9]+/, 10) } { print }' "$fixtures/7.2/proc/zoneinfo" >"$now/proc/zoneinfo"
is note order.3 '' 'when single pages fail as well'
rm "$now/proc/buddyinfo"
is unknown order.3
is unknown order.huge
from 7.2
is ok cma '' 'there is none'
meminfo CmaTotal 65536
meminfo CmaFree 0
is note cma
meminfo CmaFree 4
is ok cma
is unknown ksm
put sys/kernel/mm/ksm/run 1
put sys/kernel/mm/ksm/pages_shared 100
put sys/kernel/mm/ksm/pages_sharing 99
is note ksm
put sys/kernel/mm/ksm/pages_sharing 100
is ok ksm
put sys/kernel/mm/ksm/run 0
is ok ksm '' 'that does not run'

# --- nodes ---
is ok numa.free '' 'one node'
from 7.2-numa
is ok numa.free
node_free() {
	awk -v node="$1" -v free="$2" 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 2 && $at["node"] == node { $at["free_pages"] = free } { print }' "$fixtures/7.2-numa/sys/kernel/debug/pfnscope/zones" \
		>"$now/sys/kernel/debug/pfnscope/zones"
}
managed=$(awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 && $at["node"] == 2 && $at["managed_pages"] { print $at["managed_pages"] }' \
	"$now/sys/kernel/debug/pfnscope/zones" | sort -n | tail -n 1)
node_free 2 $((managed * 10 / 100))
is note numa.free
node_free 2 $((managed * 11 / 100))
is ok numa.free
vmstat numa_hit $((1000000 + 900))
sed -i 's/^numa_hit .*/numa_hit 1000000/; s/^numa_miss .*/numa_miss 0/' "$before/proc/vmstat"
vmstat numa_miss 100
is note numa.miss
vmstat numa_miss 99
is ok numa.miss
is ok numa.movable
is ok numa.distance
awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 && $at["node"] == 3 { if ($at["managed_pages"]) $at["zone"] = "Movable" } { print }' \
	"$fixtures/7.2-numa/sys/kernel/debug/pfnscope/zones" >"$now/sys/kernel/debug/pfnscope/zones"
is note numa.movable
put sys/devices/system/node/node0/distance '10 20 30 31'
is note numa.distance
put sys/devices/system/node/node0/distance '10 20 30 30'
is ok numa.distance

# --- events ---
from 7.2
is ok oom
put proc/uptime '9010.00 1.00'
echo '9000.00 1.00' >"$before/proc/uptime"
vmstat oom_kill 1
is warn oom '' 'between the readings'
sed -i 's/^oom_kill .*/oom_kill 1/' "$before/proc/vmstat"
is note oom '' 'nobody knows when'
put proc/uptime '1700.00 1.00'
is warn oom '' 'of a machine that is up for less than half an hour'
is unknown allocfail
mkdir -p "$now/sys/kernel/debug/pfnscope/incidents"
cp "$fixtures/oom/6.1-dma.incident/header" "$now/sys/kernel/debug/pfnscope/incidents/list"
is warn allocfail
sed -i 3,\$d "$now/sys/kernel/debug/pfnscope/incidents/list"
is ok allocfail
is ok hardware
put sys/devices/system/edac/mc/mc0/ce_count 0
put sys/devices/system/edac/mc/mc0/ue_count 0
is ok hardware
put sys/devices/system/edac/mc/mc0/ce_count 1
is note hardware
meminfo HardwareCorrupted 4
is warn hardware
put sys/devices/system/edac/mc/mc0/ue_count 1
is crit hardware
rm -r "$now/sys/devices/system/edac"
sed -i /HardwareCorrupted/d "$now/proc/meminfo"
is unknown hardware

# --- settings ---
from 7.2
is ok commit
meminfo Committed_AS $((total + 1000))
is note commit
put proc/sys/vm/overcommit_memory 2
meminfo CommitLimit 100000
for at in 89999:ok 90000:warn 99999:warn 100000:crit; do
	meminfo Committed_AS ${at%:*}
	is ${at#*:} commit '' "${at%:*} of 100000, enforced"
done
rm "$now/proc/sys/vm/overcommit_memory"
is unknown commit
is ok minfree
put proc/sys/vm/min_free_kbytes 500
is note minfree
rm "$now/proc/sys/vm/min_free_kbytes"
is unknown minfree
is ok container
put run/.containerenv ''
is note container
rm "$now/run/.containerenv"
echo 'lxcfs /proc/meminfo fuse.lxcfs rw 0 0' >>"$now/proc/mounts"
is note container

# --- what is waited for ---
from 7.2
is ok psi.cause '' 'nobody watches'
is ok stall.latency '' 'nobody watches'

# latency WHEN RECLAIM COMPACTION SLOW: total_ns of both in the root WHEN, and how many of a hundred waits took 134 ms and more.
latency() {
	mkdir -p "$1/sys/kernel/debug/pfnscope"
	cat >"$1/sys/kernel/debug/pfnscope/latency" <<-END
		pfnscope latency 1.0
		event orders count total_ns longest_ns boot_ns order gfp_mask pid comm buckets
		direct_reclaim 0 100 $2 200000000 1 0 1 1 a 0,$((100 - $4)),0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,$4,0
		compaction 9 100 $3 1500 1 9 1 1 a 0,0
		kcompactd - 1 900000000000 900000000000 1 - - 1 a 0,0
	END
}

latency "$now" 60000000000 40000000000 0
psi 9.99 9.99 0.00 0.00
is ok psi.cause direct_reclaim 'but nobody waits long'
psi 10.00 10.00 0.00 0.00
is note psi.cause direct_reclaim 'since it is watched'
[[ $(cat "$work/out") == *'direct_reclaim\04060.0%'*'compaction\04040.0%'*read* ]]
result $? "with the share of each cause"
latency "$before" 59000000000 10000000000 0
is note psi.cause compaction 'between the readings'
[[ $(cat "$work/out") == *'31000\040ms\040between'* ]]
result $? "and how long it was"
latency "$before" 61000000000 10000000000 0
is note psi.cause direct_reclaim 'switched off in between, it begins anew'
latency "$now" 60000000000 40000000000 2
latency "$before" 0 0 0
sed -i 's/0,100,/0,0,/' "$before/sys/kernel/debug/pfnscope/latency"
is warn stall.latency '' 'one wait in a hundred took 134 ms'
latency "$now" 60000000000 40000000000 1
is ok stall.latency '' 'one of a hundred is the hundredth'
latency "$now" 60000000000 40000000000 2
rm "$before/sys/kernel/debug/pfnscope/latency"
is note stall.latency '' 'some time since it is watched'

# --- what grows ---
from 7.2
is ok growth '' 'ten seconds tell nothing'
echo '410.00 1.00' >"$before/proc/uptime"
available=$(of MemAvailable) slab=$(of SUnreclaim)
is ok growth slab
meminfo SUnreclaim $((slab + available * 41 / 1000 / 6))
is ok growth slab 'in a day not all that is available'
meminfo SUnreclaim $((slab + available * 45 / 1000 / 6))
is note growth slab 'in a day'
meminfo SUnreclaim $((slab + available / 5))
is warn growth slab 'in an hour'
echo '411.00 1.00' >"$before/proc/uptime"
is note growth slab 'but watched for less than ten minutes'
from 7.2
echo '410.00 1.00' >"$before/proc/uptime"
meminfo MemFree $(($(of MemFree) - available / 5))
is warn growth unaccounted 'pages that nobody counts'

# Each check was tried.
lost=$(run triage --limits --raw -n -o check; while read -r check; do [[ $check == cgroup.* || $check == process.* || " $checked " == *" $check "* ]] || echo "$check"; done <"$work/out")
result "$([ -z "$lost" ]; echo $?)" "every check was tried${lost:+, but not $lost}"

# --- one reading ---
from 7.2
vmstat pswpout 1
meminfo SwapTotal 100000
meminfo SwapFree 100000
run triage --root "$now" --raw -n -o level,check,because
grep -q '^unknown swap.rate one\\040reading.*since\\040boot' "$work/out"
result $? "a mean since boot below the limit says nothing of now"
vmstat pswpout 1000000
run triage --root "$now" --raw -n -o level,check,because
grep -q '^warn swap.rate .*since\\040boot,\\0401010\\040s\\040ago' "$work/out"
result $? "one above it does, and says what it is"
vmstat pswpout 0
run triage --root "$now" --raw -n -o level,check,because
grep -q '^ok swap.rate ' "$work/out"
result $? "none at all is fine"

# --- the answer ---
from 7.2
meminfo MemAvailable $((total * 4 / 100))
meminfo PageTables $((total * 3 / 100))
run triage --root "$now" --before "$before"
expect "for people the worst comes first" 2 '' '^crit +available +- +3.9%'
[ "$(awk '/^[a-z]/ { print $1 }' "$work/out" | uniq | tr '\n' ' ')" = 'crit warn unknown ok ' ]
result $? "then what is not as bad, what is unknown, and the rest in one row"
awk 'length > 80 { bad = 1 } END { exit bad }' "$work/out"
result $? "and fits 80 columns"
run triage --root "$now" --before "$before" --all
[ "$(grep -c '^ok ' "$work/out")" -gt 30 ]
result $? "--all has a row of each"
run triage --root "$now" --before "$before" --where level=warn
expect "--where chooses" 2 '' '^warn +pagetables'
meminfo MemAvailable "$total"
run triage --root "$now" --before "$before"
expect "a warning is status 1" 1 '' '^warn +pagetables'
meminfo PageTables 4
run triage --root "$now" --before "$before"
expect "what could not be looked at is status 3" 3 '' '^unknown'
! grep -rhE '\.cure' "$repo"/userland/triage/ | grep -E 'drop_caches|swappiness|oom_score_adj' && grep -rqE '\.cure = ' "$repo"/userland/triage/
result $? "nobody is told to drop caches, to swap nothing or to spare a task"
from 7.2-numa
awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 { $at["free_pages"] = 1 } { print }' \
	"$fixtures/7.2-numa/sys/kernel/debug/pfnscope/zones" >"$now/sys/kernel/debug/pfnscope/zones"
run triage --root "$now" --before "$before"
[ "$(grep -c '^warn *zone ' "$work/out")" -eq 4 ] && grep -Eq '^warn +zone +\([0-9]+ others\)' "$work/out"
result $? "of many rows of one check three are shown, and the others counted"
run triage --root "$now" --explain headroom
expect "--explain says whose limit it is" 0 '' '^source +__zone_watermark_ok'
run triage --explain nothing
expect "of a check that there is none of, where to look" 64 'no check "nothing" \(try: pfnscope triage --limits\)' ''
run triage --interval 99999
expect "an interval has an end" 64 '^pfnscope: --interval: not a number from 0 to 3600' ''
run triage --root "$now" --before "$work/nowhere"
expect "an earlier root that is not there" 64 'nowhere: No such file' ''
finish
