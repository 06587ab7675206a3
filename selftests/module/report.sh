#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest: --nodes 2 --mem 1G
# kernels: plain
#
# "pfnscope report" of a running system: as text, as JSON and as a page it has its parts; what stays as it is meanwhile is what
# files of the kernel say, and what the commands answer alone; all parts are of one moment; the page is below 2 MB. Not on a
# debug kernel, where the files that it reads are tried one by one.

count=0
files=/sys/kernel/debug/pfnscope
report=/tmp/report
pool=/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
# Of thp, swap and incidents text and page have a part only where there is something to show.
shown='status triage zones owners slabs shrinkers frag forecast hugepages lru reclaim next map about'
parts='status triage zones owners slabs shrinkers frag forecast hugepages thp lru reclaim swap next incidents map about'

# result STATUS NAME
result() {
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

# part NAME: of the JSON document.
part() {
	sed -n "/^  \"$1\": {/,/^  }/p" $report
}

# numbers KEY: all of them, one a line, of JSON on stdin.
numbers() {
	sed -n "s/^ *\"$1\": *\\([0-9]*\\),*\$/\\1/p"
}

sum() {
	numbers "$1" | awk '{ sum += $1 } END { print sum + 0 }'
}

# sizes: node, zone, present and managed of the table of zones on stdin.
sizes() {
	awk '
		/^NODE ZONE .*PRESENT .*MANAGED/ { for (i = 1; i <= NF; i++) at[$i] = i; inside = 1; next }
		inside && NF < 5 { exit }
		inside { print $1, $2, $at["PRESENT"], $at["MANAGED"] }'
}

# same NAME WHAT OTHER: two words that are the same, and not none.
same() {
	[ -n "$2" ] && [ "$2" != 0 ] && [ "$2" = "$3" ]
	status=$?
	[ $status -eq 0 ] || { echo "# reported:"; echo "$2" | sed 's/^/# /'; echo "# else:"; echo "$3" | sed 's/^/# /'; }
	result $status "$1"
}

echo "TAP version 13"
echo "1..15"
read -r old <$files/control/incidents
echo 4 >$files/control/incidents
echo 3 >$pool

pfnscope report >$report 2>&1
result $? "text is made"
lacks=0
for part in $shown; do
	[ "$part" != next ] || part='oom --next'
	grep -q "(pfnscope ${part}[ )]" $report || { echo "# $part is not there"; lacks=1; }
done
result $lacks "text: every part is there that has something to show"
same "text: zones are as large as pfnscope zones has them alone" "$(sizes <$report)" "$(pfnscope zones | sizes)"

pfnscope report --json >$report 2>&1
result $? "JSON is made"
lacks=0
for part in $parts; do
	[ "$part" = map ] || part "$part" | grep -q '"schema": "pfnscope/' || { echo "# $part is not there"; lacks=1; }
done
result $lacks "JSON: every part is there"
same "the kernel is the one that runs" "$(sed -n 's/^  "kernel": "\(.*\)",$/\1/p' $report)" "$(uname -r)"
same "zones have the pages of /proc/zoneinfo" "$(part zones | numbers present_pages | grep -vx 0)" \
	"$(awk '$1 == "present" && $2 { print $2 }' /proc/zoneinfo)"
same "the pool has the pages that it was given" "$(part hugepages | sed -n '/"scope": "host"/,/}/p' | sum total_hugepages)" \
	"$(cat $pool)"
same "two parts count the same free pages: they are of one moment" "$(part status | sed '/"worst_zone"/,$d' | sum free_pages)" \
	"$(part zones | sum free_pages)"
part next | grep -q '"why": "init is never killed"'
result $? "init is not killed next"
part incidents | grep -q '"incidents": \['
result $? "there is a list of incidents"

pfnscope report --redact --html $report >/tmp/words 2>&1 && [ ! -s /tmp/words ]
result $? "a page is made, without a word"
lacks=0
for part in $shown; do
	grep -q "<section id=\"$part\"" $report || { echo "# $part is not there"; lacks=1; }
done
result $lacks "page: every part is there that has something to show"
size=$(wc -c <$report)
[ "$size" -lt 2000000 ] && [ "$size" -gt 20000 ] && ! grep -qE '(src|href)="(https?:)?//' $report
result $? "page: it is below 2 MB ($size), and loads nothing"
pfnscope report --html /nowhere/page >/tmp/words 2>&1
[ $? -eq 74 ] && grep -q '/nowhere/page: No such file' /tmp/words
result $? "a page that cannot be written is an error"

echo "$old" >$files/control/incidents
echo 0 >$pool
rm -f $report /tmp/words
