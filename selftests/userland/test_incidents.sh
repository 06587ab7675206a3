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
rm -r "$work/root/sys/kernel/debug/pfnscope/incidents"
run --root "$work/root" incidents
[ "$status" -eq 4 ] && grep -q 'control/incidents' "$work/err"
result $? "where it is off, it is said how to switch it on"
finish
