#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The text of `pfnscope oom` on the logs of our own guests: no line beyond 80 columns, and what was done there is what it says.

. "$(dirname "$0")/tap.sh"

logs=$repo/selftests/fixtures/oom

# logs_of NAME: one for each kernel; all of them for an empty name.
logs_of()
{
	find "$logs" -name "*-${1:-*}.log" | sort
}

# says NAME WORDS [E]: the answer to each log of that name holds them, blanks folded; with E they are a regular expression.
says()
{
	local bad=0 log

	for log in $(logs_of "$1"); do
		"$PFNSCOPE" oom "$log" | tr -s ' \n' '  ' | grep -q"${3:-F}" -- "$2" ||
			{ echo "# ${log##*/} lacks: $2"; bad=1; }
	done
	result "$bad" "$1: $2"
}

# never NAME WORDS: none does.
never()
{
	local bad=0 log

	for log in $(logs_of "$1"); do
		"$PFNSCOPE" oom "$log" | tr -s ' \n' '  ' | grep -qF -- "$2" && { echo "# ${log##*/} has: $2"; bad=1; }
	done
	result "$bad" "${1:-all}: never $2"
}

bad=0
for log in "$logs"/*.log; do
	"$PFNSCOPE" oom "$log" | awk -v name="${log##*/}" 'length > 80 { print "# " name ": " $0; bad = 1 } END { exit bad }' || bad=1
done
result "$bad" "no line is longer than 80 columns"

for name in dma dma-atomic order4-dma; do
	says "$name" 'Only ZONE_DMA counts: 15(\.[0-9])?M' E
	says "$name" "free are closed to this request."
	says "$name" "Who holds it: pfnscope owners --zone DMA."
	never "$name" "No counter of the report names it"
	never "$name" "memory was held by"
done
never dma-atomic "because of the watermark boost"

says order9-node "__GFP_THISNODE: only one node counts, and the log does not say which."
says order9-node "Node 1 was short"
never order9-node "memory was freed between"
never order9-node "DMA32: fails only because of the watermark boost"
never order9-node "would have succeeded"

says hugetlb "held by hugepages: "
says hugetlb "Pools of huge pages hold it"
never hugetlb "No counter of the report names it"

says mlocked "mlock() holds it"
says cpuset "the nodes of a cpuset were out of memory"
says cpuset "Its cpuset leaves it node 1;"
says cpuset "Who holds it: pfnscope owners --node 1."
says policy-node0 "the nodes of a memory policy were out of memory"
says policy-node0 "Its memory policy leaves it node 0;"
"$PFNSCOPE" oom --list "$logs"/6.1-*.log >"$work/list"
[ "$(wc -l <"$work/list")" -eq $(($(find "$logs" -name '6.1-*.log' | wc -l) + 1)) ]
result $? "--list: a line for each report, and the headings"
grep -Eq '^ +[0-9]+ allocation_failure +sh +0 0xcc1 +Node 0 DMA +- ' "$work/list"
result $? "--list: kind, task, order, flags and zone of a failure"
grep -Eq '^ +[0-9]+ oom +hog +0 0x140dca +Node [01] DMA32 +hog ' "$work/list"
result $? "--list: the zone that counts, and the victim"
! "$PFNSCOPE" oom "$logs"/6.1-{dma,anon,shmem}.log | grep -q '^LINE'
result $? "three reports need no list"
"$PFNSCOPE" oom "$logs"/6.1-{dma,anon,shmem,slab}.log | grep -q '^LINE'
result $? "four have one behind them"
printf 'Jan 25 14:58:43 host kernel: %s\n' 'a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0' \
	'CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1' 'Mem-Info:' | "$PFNSCOPE" oom - | grep -qxF '  at Jan 25 14:58:43 host kernel'
result $? "the time and the host of a report"

# Small logs of rules that no guest of ours shows, each with a word that has to be in its answer.
answers()
{
	"$PFNSCOPE" oom - | tr -s ' \n' '  ' >"$work/answer"
	grep -qF -- "$2" "$work/answer"
	local bad=$?
	[ "$bad" -eq 0 ] || sed 's/^/# /' "$work/answer"
	result "$bad" "$1"
}

answers "a cpuset of movable memory alone" "where no zone is open to it (Node 4 Movable): this request is not movable." <<'LOG'
[1.0] runc invoked oom-killer: gfp_mask=0x500cc2(GFP_HIGHUSER|__GFP_ACCOUNT), order=0, oom_score_adj=0
[1.0] CPU: 8 PID: 8291 Comm: runc Not tainted 5.8.2 #1
[1.0] active_anon:392832 inactive_anon:182 isolated_anon:0
[1.0]  free:159849484 free_pcp:73 free_cma:0
[1.0] Node 4 Movable free:130021408kB min:9140kB low:139160kB high:269180kB present:131072000kB managed:131072000kB
[1.0] lowmem_reserve[]: 0 0 0 0 0
[1.0] Node 4 Movable: 1*4kB (M) 0*8kB 31743*4096kB (M) = 130021156kB
[1.0] oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),cpuset=x,mems_allowed=4,global_oom,task_memcg=/a,task=b,pid=4100,uid=0
LOG
answers "vmalloc of more than all memory" "7.9G are asked for, 390.6M are there" <<'LOG'
[1.0] a: vmalloc: allocation failure: 8589934588 bytes, mode:0x14000c0(GFP_KERNEL), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 4.14.0 #1
[1.0] Node 0 Normal free:4000kB min:8kB low:8kB high:8kB managed:400000kB
[1.0] lowmem_reserve[]: 0 0
[1.0] Node 0 Normal: 1000*4kB (U) = 4000kB
[1.0] 100010 pages RAM
[1.0] 10 pages reserved
LOG
answers "vmalloc names what it had got, not what was asked" "vmalloc lacked pages: its message names 0 bytes (0)" <<'LOG'
[1.0] a: vmalloc error: size 0, page order 9, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 6.3.9 #1
LOG
! grep -q 'fault of the caller' "$work/answer"
result $? "and that is no fault of the caller"
answers "nor does old vmalloc give 0 bytes" "Nobody can be given 0 bytes" <<'LOG'
[1.0] a: vmalloc: allocation failure: 0 bytes, mode:0xdc0(GFP_KERNEL|__GFP_ZERO), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1
LOG
answers "a zone without memory" "No zone that it may use has memory: 3.9M free are closed to it (Node 0 Normal)." <<'LOG'
[1.0] a: page allocation failure: order:0, mode:0xcc1(GFP_KERNEL|GFP_DMA), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1
[1.0] Node 0 DMA free:0kB min:0kB low:0kB high:0kB present:800kB managed:0kB
[1.0] lowmem_reserve[]: 0 0 0 0
[1.0] Node 0 Normal free:4000kB min:8kB low:8kB high:8kB present:400000kB managed:400000kB
[1.0] lowmem_reserve[]: 0 0 0 0
[1.0] Node 0 Normal: 1000*4kB (U) = 4000kB
LOG
answers "CMA is named where it makes the difference" "9.3M are free in CMA areas: smaller ones" <<'LOG'
[1.0] a: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1
[1.0] Node 0 Normal free:10000kB min:4000kB low:5000kB high:6000kB reserved_highatomic:0KB managed:400000kB free_cma:9600kB
[1.0] lowmem_reserve[]: 0 0 0
[1.0] Node 0 Normal: 2500*4kB (UC) = 10000kB
LOG
answers "vm.min_free_kbytes is set too large" "The kernel's own choice here is about 2527: with it this request" <<'LOG'
[1.0] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1
[1.0] Node 0 Normal free:90000kB min:100000kB low:125000kB high:150000kB managed:549152kB
[1.0] lowmem_reserve[]: 0 0 0
[1.0] Node 0 Normal: 22500*4kB (U) = 90000kB
LOG
answers "a value for vm.min_free_kbytes, and its price" "Twice as much, 8000, lets kswapd begin earlier and costs 3.9M" <<'LOG'
[1.0] a: page allocation failure: order:0, mode:0xa20(GFP_ATOMIC), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 5.10.0 #1
[1.0] Node 0 Normal free:100kB min:4000kB low:5000kB high:6000kB managed:400000kB
[1.0] lowmem_reserve[]: 0 0 0
[1.0] Node 0 Normal: 25*4kB (U) = 100kB
LOG
answers "which per-CPU memory, and whose" "size=4104 align=32 atomic=0, alloc from reserved chunk failed What to do: Per-CPU variables of modules share" <<'LOG'
[1.0] percpu: allocation failed, size=4104 align=32 atomic=0, alloc from reserved chunk failed
LOG
answers "of CMA what was free" "CMA was asked for 2025 pages of its 8192 pages 927 were free" <<'LOG'
[1.0] cma: cma_alloc: alloc failed, req-size: 2025 pages, ret: -12
[1.0] cma: number of available pages: 3@125+28@4068+896@7296=> 927 free of 8192 total pages
LOG
answers "vmalloc of more pages than there are" "More was asked for than the machine has memory" <<'LOG'
[1.0] a: vmalloc error: size 1099511627776, exceeds total pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)
[1.0] CPU: 0 PID: 5 Comm: a Not tainted 6.8.1 #1
LOG
! grep -q 'vmallocinfo' "$work/answer"
result $? "and the address space is not in question"
never "" " 1 pages"
never "" "(0 pages)"
finish
