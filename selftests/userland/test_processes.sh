#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# processes: of made-up ones every column, and who is left out; of one that runs the figures of its files.

. "$(dirname "$0")/tap.sh"
fixture=$repo/selftests/fixtures/7.2-numa
root=$work/root
mkdir -p "$root/proc/self" "$root/proc/sys"

# process PID: its status, of stdin.
process() {
	mkdir -p "$root/proc/$1"
	cat >"$root/proc/$1/status"
}

process 9 <<'END'
Name:	a b\nc
VmLck:	      12 kB
VmRSS:	     600 kB
RssAnon:	     100 kB
RssFile:	     200 kB
RssShmem:	     300 kB
VmPTE:	      44 kB
VmSwap:	       8 kB
HugetlbPages:	    2048 kB
END
cat >"$root/proc/9/smaps_rollup" <<'END'
55d0c0000000-7ffc00000000 ---p 00000000 00:00 0                          [rollup]
Rss:                 604 kB
Pss:                 401 kB
Pss_Anon:             99 kB
Anonymous:           104 kB
AnonHugePages:        10 kB
ShmemPmdMapped:       20 kB
FilePmdMapped:        30 kB
Shared_Hugetlb:     2048 kB
Private_Hugetlb:    4096 kB
Swap:                  9 kB
SwapPss:               1 kB
Locked:                5 kB
END
# Without smaps_rollup.
process 10 <<'END'
Name:	x
RssAnon:	       1 kB
RssFile:	       2 kB
RssShmem:	       3 kB
VmPTE:	       4 kB
VmSwap:	       5 kB
END
process 2 <<'END'
Name:	kthreadd
Threads:	1
END
printf 'Name:\tgone\nState:\tZ (zombie)\n' | process 11
mkdir "$root/proc/12"

run processes --root "$root" --raw --sort pid
expect "a process, column by column" 0 '' "^9 a\\\\040b\\\\134nc $((401 * 1024)) $((104 * 1024)) $((200 * 1024)) $((300 * 1024)) $((9 * 1024)) $((60 * 1024)) $((6144 * 1024)) $((44 * 1024)) $((12 * 1024))\$"
expect "without smaps_rollup the kernel's counters" 0 '' '^10 x - 1024 2048 3072 5120 - - 4096 -$'
expect "neither kernel threads nor the dead" 0 '' '^pid '
[ "$(wc -l <"$work/out")" -eq 3 ]
result $? "two rows, and the names of the columns"
run processes --root "$root" -b
expect "what can be added up stands on top" 0 '' "^ +- \(all processes\) +$((401 * 1024)) +- +- +- +- +- +$((48 * 1024)) +-\$"
run processes --root "$root" --where 'swap>6K' --raw -o pid
expect "a condition on bytes" 0 '' '^9$'
run processes --root "$work" --raw
expect "a root without processes" 4 'processes: no /proc/PID/status' ''

wanted=$(awk '/^Pss:/ { sum += $2 } END { print sum * 1024 }' "$fixture"/proc/[0-9]*/smaps_rollup)
[ "$("$PFNSCOPE" --root "$fixture" processes --json | grep -o '"pss_bytes": [0-9]*' | awk '{ sum += $2 } END { print sum }')" = "$wanted" ]
result $? "no share of a recorded root is lost"

# --- ten thousand ---
for pid in {100000..109999}; do
	echo "$root/proc/$pid"
done | xargs mkdir
for pid in {100000..109999}; do
	printf 'Name:\tx\nVmPTE:\t4 kB\n' >"$root/proc/$pid/status"
done
[ "$("$PFNSCOPE" --root "$root" processes --raw -n | wc -l)" -eq 10002 ]
result $? "none of ten thousand is left out"


# Those that map most have the smallest share here.
for pid in {109000..109999}; do
	printf 'Name:\tx\nRssAnon:\t%d kB\nVmPTE:\t4 kB\n' "$pid" >"$root/proc/$pid/status"
	printf 'Pss:\t%d kB\n' $((200000 - pid)) >"$root/proc/$pid/smaps_rollup"
done
run processes --root "$root" --raw -n -o pid,pss_bytes
[ "$status" -eq 3 ] && [ "$(awk '$2 != "-" { print $1 }' "$work/out" | sort -n)" = "$(seq 109500 109999)" ] &&
	grep -q '500 that map most; of all 10002 by --pss' "$work/err"
result $? "of ten thousand the page tables of those that map most are walked, and it is said"
run processes --root "$root"
[ "$status" -eq 3 ] && ! grep -q 'all processes' "$work/out"
result $? "a share of some is no sum of all"
run processes --root "$root" --pss --raw -n -o pid,pss_bytes
[ "$status" -eq 0 ] && [ "$(awk '$2 != "-"' "$work/out" | wc -l)" -eq 1001 ] && grep -q "^109000 $((91000 * 1024))$" "$work/out"
result $? "--pss has all of them walked"

# --- one that runs ---
# amounts PID: pss, anon, swap and huge by the lines of smaps, which smaps_rollup adds up; page tables by status.
amounts() {
	awk '$1 == "Pss:" { pss += $2 }
	     $1 == "Anonymous:" { anon += $2 }
	     $1 == "Swap:" { swap += $2 }
	     $1 ~ /^(AnonHugePages|ShmemPmdMapped|FilePmdMapped):/ { huge += $2 }
	     $1 == "VmPTE:" { tables = $2 }
	     END { print anon * 1024, swap * 1024, huge * 1024, tables * 1024 }' "/proc/$1/smaps" "/proc/$1/status"
}

sleep 1000 &
pid=$! before=0 after=1
# Until it does not change any more.
while [ "$before" != "$after" ]; do
	before=$(amounts $pid)
	run processes --raw -n -o pid,anon_bytes,swap_bytes,huge_bytes,table_bytes
	after=$(amounts $pid)
done
[ "$(sed -n "s/^$pid //p" "$work/out")" = "$after" ] && [ "${after%% *}" -gt 0 ]
result $? "its figures are those of smaps, mapping by mapping"
kill $pid
run processes --root "$root" --zone DMA32
expect "page tables are in no recording" 3 'page tables are in no recording' '^ *PID .*ZONE'

finish
