#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Incidents that guests have recorded: the list, one of them, and every other command with its folder as root.

. "$(dirname "$0")/tap.sh"
recorded=$repo/selftests/fixtures/oom

# root FOLDER: a root in which the incident is number 1.
root() {
	local files=$work/root/sys/kernel/debug/pfnscope

	rm -rf "$work/root"
	mkdir -p "$files/incidents" "$files/control"
	cp -r "$1" "$files/incidents/1"
	cp "$1/header" "$files/incidents/list"
	cp "$1/about" "$files/"
}

check_commands() {
	local name=$1 folder=$2

	run --root "$folder" explain --gfp 'GFP_KERNEL|GFP_DMA' --json
	[ "$status" -eq 1 ] && grep -q '"preferred_zone": *"DMA"' "$work/out"
	result $? "$name: explain says that the request waits for reclaim"
	run --root "$folder" explain --gfp GFP_KERNEL
	[ "$status" -eq 0 ]
	result $? "$name: explain says that another request is served"
	for command in zones freelists lru pcp zonelists gfp; do
		run --root "$folder" "$command" --json
		[ "$status" -eq 0 ] && [ ! -s "$work/err" ]
		result $? "$name: $command reads the folder"
	done
	run --root "$folder" owners --zone DMA
	[ "$status" -eq 3 ] && grep -q 'ms after the incident' "$work/err"
	result $? "$name: owners says how late it was taken"
	run --root "$folder" stats
	[ "$status" -eq 4 ]
	result $? "$name: what an incident has not is absent"
}

check_list() {
	local name=$1

	run --root "$work/root" incidents
	[ "$status" -eq 0 ] && grep -q allocation_failure "$work/out"
	result $? "$name: incidents lists it"
	run --root "$work/root" incidents 1
	[ "$status" -eq 0 ] && grep -q '^incident 1: allocation_failure' "$work/out" && grep -q 'GFP_KERNEL|GFP_DMA' "$work/out"
	result $? "$name: incidents shows it"
	when=$(date -u -d "@$(awk 'NR == 2 { for (i = 1; i <= NF; i++) if ($i == "real_ns") at = i } NR == 3 { print substr($at, 1, length($at) - 9) }' \
		"$folder/header")" '+%F %T')
	grep -q "^incident 1: .*, $when UTC, [0-9.]* s after boot" "$work/out"
	result $? "$name: with its date"
	[ "$(awk '$2 == "DMA" && $1 == 0 && $3 ~ /^[0-9]/' "$work/out" | wc -l)" -eq 1 ] && ! awk '$1 ~ /^[0-9]+$/ && $3 == "0"' "$work/out" | grep -q .
	result $? "$name: without the zones that have no memory"
	grep -q '^ *worst zone for it: Node 0 DMA: free [0-9]* .* <= min' "$work/out" && grep -q '^ *0 DMA  *all ' "$work/out"
	result $? "$name: the zone that could not give it, and who has that"
	[ "$(wc -l <"$work/out")" -le 24 ] && [ "$(wc -L <"$work/out")" -le 80 ]
	result $? "$name: on one screen"
	for place in "$work/root" "$folder"; do
		run --root "$place" incidents
		[ "$status" -eq 0 ] && grep -Eq "^ *1 allocation_failure +$when +[0-9.]+s +[0-9]+ 0/DMA " "$work/out" &&
			grep -q '^ *gfp: GFP_KERNEL|GFP_DMA$' "$work/out"
		result $? "$name: the list has its date, its zone and its flags by name, also where it is the root"
	done
	run --root "$folder" incidents 1
	[ "$status" -eq 0 ] && grep -q '^incident 1: ' "$work/out"
	result $? "$name: incidents shows the one that is the root"
	run --root "$folder" pageblocks
	[ "$status" -eq 4 ] && grep -q 'not recorded with an incident' "$work/err" && ! grep -q 'not loaded' "$work/err"
	result $? "$name: what it lacks is not the module's fault"
	run --root "$folder" doctor
	! grep -q 'not loaded' "$work/out"
	result $? "$name: doctor does not say so either"
	run --root "$work/root" incidents -o gfp_mask -n
	[ "$(tr -d ' ' <"$work/out")" = "$(printf '0x%x' "$(awk 'NR == 2 { for (i = 1; i <= NF; i++) if ($i == "gfp_mask") at = i } NR == 3 { print $at }' \
		"$folder/header")")" ]
	result $? "$name: -o shows the columns of the file"
	run --root "$work/root" incidents 1 --json
	[ "$status" -eq 0 ] && grep -q '"zones"' "$work/out" && grep -q '"owners"' "$work/out"
	result $? "$name: incidents --json has its tables"
	run --root "$work/root" incidents 2
	[ "$status" -eq 4 ] && grep -q 'no incident 2' "$work/err"
	result $? "$name: one that is not there is said to be absent"
}

for folder in "$recorded"/*.incident; do
	name=$(basename "$folder" .incident)
	root "$folder"
	check_commands "$name" "$folder"
	check_list "$name"
done
run --root "$work/root" incidents one
[ "$status" -eq 64 ]
result $? "a number is a number"
run --root "$work/root" incidents 1 2
[ "$status" -eq 64 ]
result $? "one at a time"
# A limit of a cgroup: no request, and no zone to blame.
sed -i '3s/ allocation_failure / memcg_oom /; 3s/ 3265 0 / - - /' "$work/root/sys/kernel/debug/pfnscope/incidents/list"
run --root "$work/root" incidents
expect "a cgroup's limit has no zone" 0 '' '^ *1 memcg_oom .*s +- - '
rm -r "$work/root/sys/kernel/debug/pfnscope/incidents"
run --root "$work/root" incidents
[ "$status" -eq 4 ] && grep -q 'control/incidents' "$work/err"
result $? "where it is off, it is said how to switch it on"
finish
