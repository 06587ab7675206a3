#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# events, latency and stalls of tasks that a guest made wait: what the options choose, against the recorded file, counted by awk.

# shellcheck disable=SC2016 # for awk
. "$(dirname "$0")/tap.sh"
root=$repo/selftests/fixtures/events/6.1
files=$root/sys/kernel/debug/pfnscope

# recorded CONDITION: rows of the file for which awk's condition holds; columns are called by their names.
recorded() {
	awk "NR == 2 { for (i = 1; i <= NF; i++) c[\$i] = i }
		NR > 2 && !/^#/ && ($1)" "$files/events" | wc -l
}

# chooses NAME CONDITION OPTION...
chooses() {
	local name=$1 want
	want=$(recorded "$2")
	shift 2
	run events --root "$root" --raw -n "$@"
	[ "$want" -gt 0 ] && [ "$(wc -l <"$work/out")" -eq "$want" ]
	result $? "$name: $want rows"
}

chooses 'all events' 1
for kind in direct_reclaim memcg_reclaim kcompactd steal oom; do
	chooses "those of a kind, $kind" "\$c[\"event\"] == \"$kind\"" --kind "$kind"
done
chooses 'those that took a millisecond' '$c["took_ns"] != "-" && $c["took_ns"] >= 1000000' --min 1ms
chooses 'those of an order' '$c["order"] == "0"' --order 0
pid=$(awk 'NR == 3 { print $9 }' "$files/events")
chooses 'those of a task' "\$c[\"pid\"] == $pid" --pid "$pid"
chooses 'two conditions' '$c["event"] == "direct_reclaim" && $c["took_ns"] >= 10000000' --kind direct_reclaim --min 10ms

# As if tasks with odd numbers had been in a cgroup.
mkdir -p "$work/grouped/sys/kernel/debug"
cp -r "$files" "$work/grouped/sys/kernel/debug/"
cp -r "$root/proc" "$work/grouped/"
awk 'NR == 2 { for (i = 1; i <= NF; i++) c[$i] = i; print $0, "cgroup", "cgroup_id"; next }
	NR == 1 || /^#/ { print; next }
	{ print $0, ($c["pid"] % 2 ? "/odd/job 77" : "- 78") }' "$files/events" >"$work/grouped/sys/kernel/debug/pfnscope/events"
for name in /odd/job odd/job/ /sys/fs/cgroup/odd/job; do
	run events --root "$work/grouped" --raw -n --cgroup "$name"
	[ "$(wc -l <"$work/out")" -eq "$(recorded '$c["pid"] % 2')" ]
	result $? "those of a cgroup, $name"
done
run events --root "$work/grouped" --cgroup /odd
expect 'not those of one below it' 1 'cgroup' ''

run events --root "$root" --min soon
expect 'a time that is none' 64 'soon' ''
run events --root "$root" --on all
expect 'what was recorded cannot be switched' 4 'cannot be switched' ''
run events --root "$root" --on all --off
expect 'on and off' 64 'one of --on and --off' ''
for option in --follow '--for 60s'; do
	# shellcheck disable=SC2086 # of two words
	run events --root "$root" $option
	expect "what was recorded does not go on, $option" 4 'cannot be switched' ''
	# shellcheck disable=SC2086
	run events --root "$root" $option --on oom
	expect "it switches on itself, $option" 64 'switch kinds on themselves' ''
done
for time in 0 0s -1s 2d 86401s 99999999999999999999s s 10ms ''; do
	run events --root "$root" --for "$time"
	expect "a time that is none, \"$time\"" 64 'not a time such as' ''
done
run events --root "$root" -f --sort took
expect 'what comes is in its order' 64 'as they come' ''
run events --root "$repo/selftests/fixtures/7.2-numa"
expect 'a recorded root from before there were events' 4 'events' ''

# Off, as a guest shows it.
mkdir -p "$work/off/sys/kernel/debug"
cp -r "$files" "$work/off/sys/kernel/debug/"
cp -r "$root/proc" "$work/off/"
for file in events latency stalls; do
	sed -i -e '3,$d' -e '2a# switched off: control/events' "$work/off/sys/kernel/debug/pfnscope/$file"
	run "$file" --root "$work/off"
	expect "$file switched off" 4 "switched off.*pfnscope events --on all" ''
done

run latency --root "$root" --json -n
events=$(awk 'NR == 2 { for (i = 1; i <= NF; i++) c[$i] = i } NR > 2 && !/^#/ { n += $c["count"] } END { print n }' "$files/latency")
[ "$(grep -o '"count": *[0-9]*' "$work/out" | awk -F: '{ n += $2 } END { print n }')" = "$events" ]
result $? "latency counts $events"
[ "$events" -ge "$(recorded '$c["took_ns"] != "-"')" ]
result $? "which is no less than there are events with a time"
run latency --root "$root" --bars
[ "$(awk '$2 ~ /^[0-9]+$/ { n += $2 } END { print n }' "$work/out")" = "$events" ]
result $? "and so do its bars"
run stalls --root "$root" --json --kind memcg_reclaim --cgroup job
[ "$(grep -c '"cgroup": "/job"' "$work/out")" -eq "$(grep -c '^memcg_reclaim [^ ]* /job ' "$files/stalls")" ]
result $? "stalls of a cgroup and a kind"
run stalls --root "$root" --for 10s
expect 'what was recorded does not go on, stalls' 4 'cannot be switched' ''
run stalls --root "$root" --for 10s --on oom
expect 'it switches on itself, stalls' 64 'switches kinds on itself' ''
finish
