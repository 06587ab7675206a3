#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# triage --cgroup: every check on both sides of its limits, in trees of version 2, of version 1 and mixed; what cgroups above it
# give and take.

. "$(dirname "$0")/tap.sh"

# A machine of which nothing is recorded but cgroups.
now=$work/now before=$work/before
checked=''

put() {
	mkdir -p "$now/${1%/*}"
	printf '%s\n' "$2" >"$now/$1"
}

# of FILE TEXT: of the cgroup $group below $top.
of() {
	put "$top/$group/$1" "$2"
}

both() {
	rm -rf "$before"
	cp -r "$now" "$before"
	echo '1000.00 1.00' >"$before/proc/uptime"
}

# is LEVEL CHECK [WHERE [WORDS]]
is() {
	local found

	run triage --root "$now" --before "$before" --cgroup "/$group" --raw -n -o level,check,where,number,because
	found=$(check=$2 where=${3:--} awk '$2 == ENVIRON["check"] && (ENVIRON["where"] == "-" || $3 == ENVIRON["where"]) { print $1; exit }' "$work/out")
	[ "$found" = "$1" ] || { echo "# $2 is ${found:-not there}:"; grep " $2 " "$work/out" | sed 's/^/# /'; sed 's/^/# /' "$work/err"; }
	checked+=" $2"
	[ "$found" = "$1" ]
	result $? "v$version $2 ${3:-}: $1 ${4:-}"
}

# pressure SOME10 SOME60 FULL10 FULL60
pressure() {
	of memory.pressure "some avg10=$1 avg60=$2 avg300=0.00 total=7
full avg10=$3 avg60=$4 avg300=0.00 total=3"
}

# --- version 2 ---
version=2 top=sys/fs/cgroup group=a/b
put proc/uptime '1010.00 1.00'
put "$top/cgroup.controllers" 'memory'
put "$top/memory.stat" 'anon 1'
put "$top/a/memory.stat" 'anon 1'
put "$top/a/memory.max" max
put "$top/a/memory.high" max
put "$top/a/memory.current" 2000000
of memory.stat 'anon 700000
file 200000
shmem 0
kernel 100000
slab 50000
inactive_file 100000
active_file 100000
slab_reclaimable 50000
workingset_refault_anon 0
workingset_refault_file 0'
of memory.current 1000000
of memory.max max
of memory.high max
of memory.swap.current 0
of memory.swap.max max
of memory.zswap.current 0
of memory.zswap.max max
of memory.min 0
of memory.low 0
of memory.events.local 'low 0
high 0
max 0
oom 0
oom_kill 0
oom_group_kill 0
sock_throttled 0'
of cgroup.stat 'nr_descendants 1
nr_dying_descendants 10000'
pressure 0.00 0.00 0.00 0.00
both
is ok cgroup.holds
grep -q 'anonymous\\040683.5K,\\040file\\040195.3K.*kubelet\\040counts\\040it\\040878.9K,.*reclaimed\\040732.4K' "$work/out"
result $? "what it holds, as kubelet counts it and without what reclaim may take"
for check in max high swap zswap oom events psi.some psi.full thrash protection dying; do
	is ok cgroup.$check
done
run triage --root "$now" --before "$before" --cgroup a/b
expect "a cgroup without limits is fine, and shows what it holds" 0 '' '^ok +cgroup.holds'
run triage --root "$now" --cgroup /sys/fs/cgroup/a/b/ --interval 0
[ "$status" -ne 64 ]
result $? "it may be named by its folder"
run triage --root "$now" --cgroup nowhere
expect "one that is not there" 64 'no memory cgroup "nowhere"' ''

of memory.max 1112000
is ok cgroup.max /a/b '89.9 %'
of memory.max 1111000
is note cgroup.max /a/b '90 %, most of it cache'
of memory.stat 'anon 900000
file 0
inactive_file 0
active_file 0
slab_reclaimable 0'
is warn cgroup.max /a/b '90 %, none of it cache'
of memory.max 1020000
is crit cgroup.max /a/b '98 %'
of memory.max max
put "$top/a/memory.max" 2001000
is note cgroup.max /a 'the limit above it'
put "$top/a/memory.max" max
of memory.high 1112000
is ok cgroup.high
of memory.high 1111000
is note cgroup.high
of memory.high 1000000
is warn cgroup.high
of memory.swap.max 1000
for at in 799:ok 800:warn 899:warn 900:crit; do
	of memory.swap.current ${at%:*}
	is ${at#*:} cgroup.swap '' "${at%:*} of 1000"
done
of memory.swap.max 0
is ok cgroup.swap '' 'that may not swap'
of memory.zswap.max 1000
of memory.zswap.current 949
is ok cgroup.zswap
of memory.zswap.current 950
is note cgroup.zswap
for event in low high max sock_throttled; do
	of memory.events.local "$event 1
oom_kill 0"
	is note cgroup.events $event
done
of memory.events.local 'oom_kill 1
oom_group_kill 1'
is warn cgroup.oom '' 'between the readings'
cp "$now/$top/$group/memory.events.local" "$before/$top/$group/"
is note cgroup.oom '' 'before them'
rm "$now/$top/$group/memory.events.local" "$before/$top/$group/memory.events.local"
of memory.events 'oom_kill 2'
is note cgroup.oom '' 'of those below it as well'
grep -q 'below\\040it\\040included' "$work/out"
result $? "which is said"
rm "$now/$top/$group/memory.events"
is unknown cgroup.oom
pressure 10.00 9.00 5.00 4.00
is note cgroup.psi.some
is note cgroup.psi.full
pressure 10.00 10.00 5.00 5.00
is warn cgroup.psi.some
is warn cgroup.psi.full
pressure 60.00 60.00 40.00 40.00
is crit cgroup.psi.full
rm "$now/$top/$group/memory.pressure"
is unknown cgroup.psi.some
of memory.stat "inactive_file $((6000 * 4096))
active_file $((4000 * 4096))
workingset_refault_anon 1000
workingset_refault_file 1999"
is ok cgroup.thrash
of memory.stat "inactive_file $((6000 * 4096))
active_file $((4000 * 4096))
workingset_refault_anon 1000
workingset_refault_file 2000"
is warn cgroup.thrash
of memory.stat "inactive_file 0
active_file 0
workingset_refault_anon 1000
workingset_refault_file 9000"
is crit cgroup.thrash
of cgroup.stat 'nr_dying_descendants 10001'
is note cgroup.dying

# Protection, by the numbers of the kernel's own documentation: what is claimed is more than the parent has.
of memory.low 800000
is note cgroup.protection memory.low 'that the cgroup above has none of'
put "$top/a/memory.low" 900000
is ok cgroup.protection memory.low 'that it has'
put "$top/a/c/memory.current" 400000
put "$top/a/c/memory.low" 400000
is note cgroup.protection memory.low 'that a cgroup beside it claims too'
# 800000 of claims of 1200000, of which 900000 are there.
grep -q '585.9K\\040hold' "$work/out"
result $? "which shares it with it"
put "$top/a/c/memory.current" 100000
is ok cgroup.protection memory.low 'as that one does not use it'
of memory.min max
is note cgroup.protection memory.min

# --- version 1 ---
rm -rf "$now" "$before"
version=1 top=sys/fs/cgroup/memory group=docker/x
put proc/uptime '1010.00 1.00'
put "$top/memory.limit_in_bytes" 9223372036854771712
put "$top/memory.usage_in_bytes" 5000000
put "$top/docker/memory.limit_in_bytes" 9223372036854771712
put "$top/docker/memory.usage_in_bytes" 3000000
of memory.limit_in_bytes 9223372036854771712
of memory.usage_in_bytes 1000000
of memory.memsw.limit_in_bytes 9223372036854771712
of memory.memsw.usage_in_bytes 1000000
of memory.failcnt 0
of memory.stat 'total_rss 900000
total_cache 100000
total_shmem 0
total_inactive_file 0
total_active_file 0'
of memory.oom_control 'oom_kill_disable 0
under_oom 0
oom_kill 0'
both
is ok cgroup.max
is ok cgroup.holds
grep -q 'anonymous\\040878.9K' "$work/out"
result $? "figures with those of the cgroups below it"
of memory.limit_in_bytes 1110000
is warn cgroup.max /docker/x
of memory.limit_in_bytes 1000000
is crit cgroup.max /docker/x
of memory.memsw.limit_in_bytes 1200000
is warn cgroup.swap '' 'memory included'
of memory.failcnt 3
is note cgroup.events failcnt
of memory.oom_control 'oom_kill_disable 1
under_oom 1
oom_kill 0'
is crit cgroup.oom '' 'its killer is off'
is ok cgroup.high '' 'there is none'
is ok cgroup.protection
is ok cgroup.psi.some
# Mixed: the hierarchy of version 2 has no memory, and its own folder.
put sys/fs/cgroup/unified/docker/x/cgroup.procs 1
is crit cgroup.oom '' 'beside a hierarchy of version 2'

lost=$(run triage --limits --raw -n -o check; while read -r check; do [[ $check != cgroup.* || " $checked " == *" $check "* ]] || echo "$check"; done <"$work/out")
result "$([ -z "$lost" ]; echo $?)" "every check was tried${lost:+, but not $lost}"
finish
