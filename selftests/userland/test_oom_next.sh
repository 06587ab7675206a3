#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# oom --next: whom the OOM killer would take, in a recorded guest, where the kernel's own oom_score is beside it, and in what is
# made of it; who kills before the kernel does.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
crowd=$fixtures/triage/7.2-crowd
root=$work/root

if [ ! -d "$crowd" ]; then
	skip "a recorded crowd" "none in selftests/fixtures; selftests/vm/record makes it"
	finish
	exit
fi

anew() {
	rm -rf "$root"
	cp -r "$crowd" "$root"
	chmod -R u+w "$root"
}

put() {
	mkdir -p "$root/${1%/*}"
	printf '%s\n' "$2" >"$root/$1"
}

pid_of() {
	grep -lx "$1" "$root"/proc/[0-9]*/comm | sed 's|.*/proc/||; s|/comm||'
}

# next OPTION...: rows "fate comm score total why" in $work/out.
next() {
	run oom --next --root "$root" --raw -n -o fate,comm,score,total_pages,why,place "$@"
}

# fates FATE: names in their order.
fates() {
	awk -v fate="$1" '$1 == fate { printf "%s%s", sep, $2; sep = " " }' "$work/out"
}

# is FATE NAMES WORDS
is() {
	[ "$(fates "$1")" = "$2" ] || echo "# $1: $(fates "$1")"
	[ "$(fates "$1")" = "$2" ]
	result $? "$3"
}

# total NUMBER WORDS
total() {
	[ "$(awk '{ print $4; exit }' "$work/out")" = "$1" ] || echo "# total $(awk '{ print $4; exit }' "$work/out"), not $1"
	[ "$(awk '{ print $4; exit }' "$work/out")" = "$1" ]
	result $? "$2"
}

# kb FILE NAME
kb() {
	awk -v name="$2:" '$1 == name { print $2 }' "$root/$1"
}

# --- the machine ---
anew
next
is victim cache 'the victim is who holds most with what oom_score_adj adds'
is candidate 'helper database worker log bound earlyoom spared' 'the others have their turn'
is passed 'init kthreadd pool_workqueue_release agent keeper' 'and some have none'
total $((($(kb proc/meminfo MemTotal) + $(kb proc/meminfo SwapTotal)) / 4)) 'the total is memory and swap'
# The kernel shows (1000 + score * 1000 / total) * 2 / 3 of the score that it has itself; oom_score and status were read one after
# the other.
run oom --next --root "$root" --raw -n -o place,pid,score,total_pages
while read -r place pid score all; do
	theirs=$(<"$root/proc/$pid/oom_score")
	if [ "$place" = - ]; then ours=0; else ours=$(((1000 + score * 1000 / all) * 2 / 3)); fi
	[ $((ours - theirs)) -le 1 ] && [ $((theirs - ours)) -le 1 ] || echo "# pid $pid: $ours, the kernel says $theirs"
done <"$work/out" >"$work/wrong"
cat "$work/wrong"
[ ! -s "$work/wrong" ] && [ "$(wc -l <"$work/out")" -eq 13 ]
result $? "every score is the one that the kernel shows itself"
run oom --next --root "$root" --raw -n -o comm,rss_pages,swap_pages,pgtables_pages,pss_bytes
pid=$(pid_of worker)
grep -qx "worker $(($(kb "proc/$pid/status" VmRSS) / 4)) $(($(kb "proc/$pid/status" VmSwap) / 4)) $(($(kb "proc/$pid/status" VmPTE) / 4)) $(($(kb "proc/$pid/smaps_rollup" Pss) * 1024))" "$work/out" &&
	[ "$(kb "proc/$pid/status" VmSwap)" -gt 0 ]
result $? "with what it is made of, and what its death frees"
next --top 1
[ "$(wc -l <"$work/out")" -eq 1 ]
result $? "--top 1 is the victim alone"
run oom --next --root "$root"
expect "the rows of those passed over are behind --all" 0 '8 candidates, 5 passed over' '^ +1 .* cache +victim'
! grep -q passed "$work/out"
result $? "and not before it"

# --- a cgroup ---
next --cgroup /apps/batch
total $(((80 * 1024 + $(kb proc/meminfo SwapTotal)) / 4)) 'of a cgroup it is its limit, and the swap of the machine'
is victim worker 'there it is the first of that cgroup'
is along helper 'memory.oom.group takes the others of its own along'
is candidate log 'but not who is beside it'
is passed keeper 'nor who is spared'
put sys/fs/cgroup/apps/batch/memory.swap.max 4096000
next --cgroup /apps/batch
total $((80 * 256 + 1000)) 'of its swap it has what it may have'
put proc/sys/vm/swappiness 0
next --cgroup /apps/batch
total $((80 * 256)) 'none where it does not swap'
run oom --next --root "$root" --cgroup /apps/batch/job
expect "one without a limit has that of the one above" 0 '/apps/batch/job has no limit of its own: that of /apps/batch' 'worker'
run oom --next --root "$root" --cgroup /apps/web
expect "without any it competes with all" 0 'neither /apps/web nor a cgroup above it has a limit' 'cache'
run oom --next --root "$root" --cgroup /nowhere
expect "one that is not there" 64 'no memory cgroup "/nowhere"' ''
anew
mv "$root/sys/fs/cgroup/apps/batch/job/memory.oom.group" "$root/sys/fs/cgroup/apps/batch/"
next
is along '' 'a group that the victim is not in does not matter'
echo 1 >"$root/proc/$(pid_of cache)/oom_score_adj"
echo 900 >"$root/proc/$(pid_of log)/oom_score_adj"
next
is victim log 'a higher oom_score_adj, and it is another one'
is along 'helper worker' 'whose group is that of the cgroup above, in the machine as well'
put sys/fs/cgroup/apps/batch/log/memory.max 30000000
next --cgroup /apps/batch/log
is victim log 'a cgroup below has it too'
is along '' 'but not where memory runs out below that group'

# --- nodes ---
anew
swap=$(($(kb proc/meminfo SwapTotal) / 4))
present() {
	awk -v node="$1" '/^Node/ { at = $2 + 0 } $1 == "present" && at == node { sum += $2 } END { print sum }' "$root/proc/zoneinfo"
}
next --nodes 1
total $((swap + $(present 1))) 'of nodes the total is what they have, and swap'
is passed 'init kthreadd pool_workqueue_release agent bound keeper' 'who is bound to others has no business there'
next --nodes 0
is passed 'init kthreadd pool_workqueue_release agent keeper' 'on its own nodes it has'
next --cpuset 0
is passed 'init kthreadd pool_workqueue_release database cache agent keeper' 'nor has who may not use them'
next --cpuset 0-1
is passed 'init kthreadd pool_workqueue_release agent keeper' 'of one node of two it has'
sed -i 's/ default / interleave:0 /' "$root/proc/$(pid_of log)/numa_maps"
next --nodes 1
! grep -q '^passed log' "$work/out"
result $? "nodes that take turns bind nobody"
put proc/version 'Linux version 5.10.0 (a@b) (gcc) #1 SMP'
put proc/sys/kernel/osrelease 5.10.0
next --nodes 1
grep -q '^passed log' "$work/out"
result $? "but up to 5.13 they did"
for wrong in '--nodes 1 --cpuset 0' '--nodes 1 --cgroup /apps'; do
	# shellcheck disable=SC2086 # words
	run oom --next --root "$root" $wrong
	expect "$wrong" 64 'one of --cgroup, --nodes and --cpuset' ''
done
run oom --next --root "$root" --nodes one
expect "no list of nodes" 64 'not a list of nodes' ''

# --- who is passed over ---
anew
pid=$(pid_of worker)
echo 0 >"$root/proc/$pid/oom_score"
next
grep -q '^passed worker .*vfork' "$work/out"
result $? "who is in the middle of vfork(), as the kernel knows alone"
sed -i 's/^ShdPnd:.*/ShdPnd:	0000000000000100/' "$root/proc/$pid/status"
next
grep -q '^passed worker .*was\\040taken\\040already' "$work/out"
result $? "who was reaped"
echo 700 >"$root/proc/$pid/oom_score"
next
grep -q '^candidate worker .*being\\040killed' "$work/out"
result $? "who is being killed has its turn, and is said to be"
anew
pid=$(pid_of cache)
mkdir -p "$root/proc/$pid/task/$pid" "$root/proc/$pid/task/9$pid"
cp "$root/proc/$pid/status" "$root/proc/$pid/task/9$pid/status"
sed -i '/^Vm/d; s/^State:.*/State:	Z (zombie)/' "$root/proc/$pid/status"
cp "$root/proc/$pid/status" "$root/proc/$pid/task/$pid/status"
next
is victim cache 'where the first thread has ended, its others have the memory'
rm -r "$root/proc/$pid/task/9$pid"
next
grep -q '^passed cache .*has\\040ended' "$work/out"
result $? "where all have, there is none"
anew
log=$(pid_of log) bound=$(pid_of bound)
cp "$root/proc/$log/status" "$root/proc/$bound/status"
next
[ "$(awk '$2 == "log" { print $6 }' "$work/out" | sort -n | tr '\n' ' ')" = "5 6 " ]
result $? "two that score the same have turns of their own"
rm -r "$root/proc/2" "$root/proc/3"
next
is passed 'init agent keeper' 'init is known by the score that the kernel shows'
put proc/1/oom_score 666
run oom --next --root "$root" --all
expect "in a container the first process may be killed" 0 'no thread of the kernel is seen' ' 1 init +candidate'
put proc/sys/vm/oom_kill_allocating_task 1
put proc/sys/vm/panic_on_oom 1
run oom --next --root "$root"
expect "who asks may be killed in place of the first" 0 'oom_kill_allocating_task: whoever asks' 'victim'
grep -q 'panic_on_oom: the kernel panics' "$work/err"
result $? "or the kernel panics"
run oom --next --root "$root" --cgroup /apps/batch
! grep -q 'panic_on_oom\|allocating_task' "$work/err"
result $? "but not for a cgroup"

# --- version 1 ---
anew
rm -r "$root/sys/fs/cgroup"
for name in memory.limit_in_bytes:4096000 memory.memsw.limit_in_bytes:8192000 memory.usage_in_bytes:4000000 memory.swappiness:60; do
	put "sys/fs/cgroup/memory/apps/batch/${name%:*}" "${name#*:}"
done
put sys/fs/cgroup/memory/apps/batch/memory.oom_control $'oom_kill_disable 1\nunder_oom 0\noom_kill 0'
for pid in "$(pid_of worker)" "$(pid_of log)"; do
	put "proc/$pid/cgroup" $'9:memory:/apps/batch\n0::/elsewhere'
done
next --cgroup /apps/batch
total 2000 'of version 1 memory and swap have one limit'
is victim worker 'and the controller says who is in it'
run oom --next --root "$root" --cgroup /apps/batch
expect "where nobody is killed that is said" 0 'memory.oom_control: nobody is killed' 'worker'
put sys/fs/cgroup/memory/apps/batch/memory.swappiness 0
next --cgroup /apps/batch
total 1000 'and its own swappiness'

# --- who kills first ---
anew
# killers: rows "killer turn left rule"
killers() {
	run oom --next --killers --root "$root" --raw -n -o killer,turn,left,rule,file "$@"
}
killers
available=$(kb proc/meminfo MemAvailable) anon=$(kb proc/meminfo AnonPages)
free=$(kb proc/meminfo SwapFree) swap=$(kb proc/meminfo SwapTotal)
grep -qx "kernel later $(((available + free) * 1024)) .*" "$work/out"
result $? "the kernel waits until nothing is left"
left=$((available * 1024 - (available + anon) * 1024 * 12 / 100 + free * 1024 - swap * 1024 * 20 / 100))
grep -qx "earlyoom first $left .*12.*20.* /proc/$(pid_of earlyoom)/cmdline" "$work/out"
result $? "earlyoom does not, as its command line says"
grep -q '^systemd-oomd off ' "$work/out"
result $? "who does not run is off"
run oom --next --root "$root"
expect "and the answer says that somebody is before the kernel" 0 'earlyoom kills before the kernel does' victim
rm "$root/proc/$(pid_of earlyoom)/cmdline"
killers
grep -q '^earlyoom first .*15.*20.* /etc/default/earlyoom$' "$work/out"
result $? "else as its defaults are set"
rm "$root/etc/default/earlyoom"
killers
grep -q '^earlyoom first .*at\\04010\\040%.*at\\04010\\040%.* -$' "$work/out"
result $? "else as it has them"
sed -i 's/^MemAvailable:.*/MemAvailable:    1000 kB/; s/^SwapFree:.*/SwapFree:    1000 kB/' "$root/proc/meminfo"
killers
grep -q '^earlyoom now 0 ' "$work/out"
result $? "below both it acts now"
put "proc/$(pid_of earlyoom)/comm" systemd-oomd
put etc/systemd/oomd.conf $'[OOM]\n#SwapUsedLimit=10%\nSwapUsedLimit=50%\nDefaultMemoryPressureDurationSec=20s'
put usr/lib/systemd/oomd.conf.d/10-vendor.conf $'[OOM]\nDefaultMemoryPressureLimit=50%\nSwapUsedLimit=70%'
put etc/systemd/oomd.conf.d/20-own.conf $'[OOM]\nDefaultMemoryPressureDurationSec=1min'
killers
grep -q '^earlyoom off ' "$work/out" && grep -q '^systemd-oomd now 0 .*than\\04070\\040%.*/20-own.conf$' "$work/out" &&
	grep -q '^systemd-oomd other - .*than\\04050\\040%.*for\\04060\\040s' "$work/out"
result $? "the fragments of systemd-oomd are read in their order"
sed -i 's/^SwapTotal:.*/SwapTotal:    0 kB/; s/^SwapFree:.*/SwapFree:    0 kB/' "$root/proc/meminfo"
killers
grep -q '^systemd-oomd other - more' "$work/out"
result $? "without swap its rule for swap is never met"
put "proc/$(pid_of log)/comm" nohang
killers
grep -q '^nohang other - ' "$work/out"
result $? "of others it is said that they run"
anew
killers --cgroup /apps/batch
grep -q '^kernel first [0-9]* .*/apps/batch.* /sys/fs/cgroup/apps/batch/memory.max$' "$work/out"
result $? "in a cgroup the kernel may be the first"

# --- the command ---
run oom --next --root "$root" --json
grep -q '"schema": "pfnscope/next/1", "command": "oom --next"' "$work/out" && [ "$(grep -c '"pid": ' "$work/out")" -eq 13 ]
result $? "JSON has all of them"
run oom --next "$fixtures/oom/7.2-anon.log"
expect "it reads no log" 64 'takes no argument' ''
run oom "$fixtures/oom/7.2-anon.log" --raw
expect "nor has a log a table" 64 'no --raw' ''
mkdir -p "$work/empty/proc"
run oom --next --root "$work/empty"
expect "without processes there is nobody" 4 'no processes in /proc' ''
[ "$(run oom --next --top 1 --raw -n -o place; cat "$work/out")" = 1 ]
result $? "somebody of this machine would be the first"
finish
