#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# triage --pid: every check on both sides of its limits, of a process that is made up; and of one that runs, whose figures are
# those of its files.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
now=$work/now before=$work/before
checked=''

if [ ! -d "$fixtures/7.2" ]; then
	skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi

put() {
	mkdir -p "$now/${1%/*}"
	printf '%s\n' "$2" >"$now/$1"
}

# is LEVEL CHECK [WHERE [WORDS]]
is() {
	local found

	run triage --root "$now" --before "$before" --pid 42 --raw -n -o level,check,where,number,because
	found=$(check=$2 where=${3:--} awk '$2 == ENVIRON["check"] && (ENVIRON["where"] == "-" || $3 == ENVIRON["where"]) { print $1; exit }' "$work/out")
	[ "$found" = "$1" ] || { echo "# $2 is ${found:-not there}:"; grep " $2 " "$work/out" | sed 's/^/# /'; sed 's/^/# /' "$work/err"; }
	checked+=" $2"
	[ "$found" = "$1" ]
	result $? "$2 ${3:-}: $1 ${4:-}"
}

# status NAME KB
status() {
	sed -i "s/^$1:.*/$1:	$2 kB/" "$now/proc/42/status"
}

# faults MINOR MAJOR
faults() {
	put proc/42/stat "42 (a (b) c) S 1 42 42 0 -1 4194304 $1 0 $2 0 5 6 0 0 20 0 1 0 99 1000 200 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0"
}

cp -r "$fixtures/7.2" "$now"
chmod -R u+w "$now"
put proc/uptime '1010.00 1.00'
put proc/sys/vm/max_map_count 10
put proc/42/status $'Name:\ta b\nState:\tS (sleeping)\nVmLck:\t0 kB\nVmPin:\t0 kB\nVmRSS:\t1000 kB\nRssAnon:\t600 kB\nRssFile:\t300 kB\nRssShmem:\t100 kB\nVmSize:\t5000 kB\nVmData:\t800 kB\nVmPTE:\t40 kB\nVmSwap:\t0 kB\nMems_allowed_list:\t0'
put proc/42/smaps_rollup $'55d0c0000000-7fffffffffff ---p 00000000 00:00 0                          [rollup]\nRss:  1000 kB\nPss:  700 kB\nPss_Anon: 600 kB\nPrivate_Clean:  50 kB\nPrivate_Dirty:  450 kB\nSwapPss: 0 kB'
put proc/42/maps '55d0c0000000-55d0c0001000 r-xp 00000000 08:01 17  /usr/bin/a b'
put proc/42/limits $'Limit                     Soft Limit           Hard Limit           Units\nMax data size             unlimited            unlimited            bytes\nMax locked memory         1024000              1024000              bytes\nMax address space         unlimited            unlimited            bytes'
put proc/42/oom_score 666
put proc/42/oom_score_adj 0
put proc/42/numa_maps '7ff000000000 default stack anon=3 N0=3'
put proc/42/cgroup '0::/a/b'
faults 100 10
cp -r "$now" "$before"
echo '1000.00 1.00' >"$before/proc/uptime"

is ok process.rss
grep -q 'process.rss - 1024000 RssAnon\\040600K,\\040RssFile\\040300K' "$work/out"
result $? "with its parts"
is ok process.pss
grep -q 'process.pss - 716800 USS\\040500K' "$work/out"
result $? "and what its end would free"
for check in swap mappings rlimit faults nodes deleted; do
	is ok process.$check
done
is unknown process.cgroup
is note process.oom '' 'the only one'
put proc/43/status $'Name:\tb\nState:\tS (sleeping)\nVmRSS:\t1044 kB\nVmPTE:\t0 kB\nVmSwap:\t0 kB'
is ok process.oom '' 'the second'
put proc/43/oom_score_adj -1000
is note process.oom '' 'the first one is passed over'
put proc/43/oom_score_adj 0
put proc/43/status $'Name:\tb\nState:\tS (sleeping)\nVmRSS:\t1000 kB\nVmPTE:\t36 kB\nVmSwap:\t0 kB'
is note process.oom '' 'none is before it: page tables count'
grep -q 'its\\040place\\040among\\0402\\040tasks;\\040score\\040260\\040pages' "$work/out"
result $? "its score is 1000 and 40 kB in pages"
put proc/42/oom_score_adj -1000
is ok process.oom '' 'that is passed over'
put proc/42/oom_score_adj 5
mv "$now/proc/meminfo" "$now/proc/memory"
is unknown process.oom
mv "$now/proc/memory" "$now/proc/meminfo"
put proc/42/oom_score_adj 0
status VmSwap 999
is ok process.swap
status VmSwap 1000
is note process.swap
for at in 8:ok 9:warn 10:crit; do
	put proc/42/maps "$(for ((i = 0; i < ${at%:*}; i++)); do echo "55d0c000${i}000-55d0c000${i}fff r-xp 00000000 08:01 17  /usr/bin/a b"; done)"
	is ${at#*:} process.mappings '' "${at%:*} of 10"
done
for kb in 899:ok 900:warn 999:warn 1000:crit; do
	status VmLck ${kb%:*}
	is ${kb#*:} process.rlimit locked "${kb%:*} of 1000"
done
for at in 5009:ok 5010:note 10009:note 10010:warn; do
	faults 100 ${at%:*}
	is ${at#*:} process.faults '' "$((${at%:*} - 10)) in 10 s"
done
put proc/42/maps '55d0c0000000-55d0c0001000 r-xp 00000000 08:01 17  /memfd:x (deleted)'
is ok process.deleted '' 'memory without a file'
put proc/42/maps '55d0c0000000-55d0c0001000 r-xp 00000000 08:01 17  /usr/bin/a (deleted)'
is note process.deleted
put sys/fs/cgroup/memory.stat 'anon 1'
put sys/fs/cgroup/a/memory.stat 'anon 1'
put sys/fs/cgroup/a/memory.max 1000
put sys/fs/cgroup/a/memory.current 899
put sys/fs/cgroup/a/b/memory.stat 'anon 1'
put sys/fs/cgroup/a/b/memory.max max
put sys/fs/cgroup/a/b/memory.current 800
is ok process.cgroup /a
put sys/fs/cgroup/a/memory.current 900
is note process.cgroup /a 'the limit of its chain that is nearest'
put proc/42/cgroup $'4:memory:/x\n0::/a/b'
is unknown process.cgroup '' 'as it is in a hierarchy of version 1 that was not recorded'
# Where its pages may come from is short.
awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 2 { $at["free_pages"] = 1 } { print }' \
	"$fixtures/7.2/sys/kernel/debug/pfnscope/zones" >"$now/sys/kernel/debug/pfnscope/zones"
is warn process.nodes
rm "$now/proc/42/maps" "$now/proc/42/smaps_rollup" "$now/proc/42/limits"
is unknown process.mappings
is unknown process.pss
is unknown process.rlimit

lost=$(run triage --limits --raw -n -o check; while read -r check; do [[ $check != process.* || " $checked " == *" $check "* ]] || echo "$check"; done <"$work/out")
result "$([ -z "$lost" ]; echo $?)" "every check was tried${lost:+, but not $lost}"
run triage --root "$now" --pid 7
expect "a process that is not there" 64 'proc/7/status: No such file' ''
run triage --root "$now" --pid 42 --cgroup /a
expect "one question at a time" 64 'either --cgroup or --pid' ''

# --- one that runs ---
rss() {
	awk '$1 == "VmRSS:" { print $2 * 1024 }' "/proc/$pid/status"
}

sleep 1000 &
pid=$! first=0 last=1
# Until it does not grow any more.
while [ "$first" != "$last" ]; do
	first=$(rss)
	run triage --pid $pid --interval 0 --raw -n -o check,number
	last=$(rss)
done
[ "$(awk '$1 == "process.rss" { print $2 }' "$work/out")" = "$last" ] && [ -n "$last" ]
result $? "its figures are those of its files"
kill $pid
finish
