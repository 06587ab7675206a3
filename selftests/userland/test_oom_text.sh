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

# says NAME WORDS: the answer to each log of that name holds them, blanks folded.
says()
{
	local bad=0 log

	for log in $(logs_of "$1"); do
		"$PFNSCOPE" oom "$log" | tr -s ' \n' '  ' | grep -qF -- "$2" ||
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
	says "$name" "Only ZONE_DMA counts: 15."
	says "$name" "free are closed to this request."
	says "$name" "Who holds it: pfnscope owners --zone DMA."
	never "$name" "No counter of the report names it"
	never "$name" "Most memory was held by"
done
never dma-atomic "because of the watermark boost"

says order9-node "__GFP_THISNODE: only one node counts, and the log does not say which."
says order9-node "Node 1 was short"
never order9-node "memory was freed between"
never order9-node "DMA32: fails only because of the watermark boost"
never order9-node "would have succeeded"

says hugetlb "Most memory was held by hugepages: "
says hugetlb "Pools of huge pages hold it"
never hugetlb "No counter of the report names it"

says mlocked "mlock() holds it"
says cpuset "the nodes of a cpuset were out of memory"
says cpuset "Its cpuset leaves it node 1;"
says cpuset "Who holds it: pfnscope owners --node 1."
says policy-node0 "the nodes of a memory policy were out of memory"
says policy-node0 "Its memory policy leaves it node 0;"
never "" " 1 pages"
never "" "(0 pages)"
finish
