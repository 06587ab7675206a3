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

# of_header FIELD: of the incident in $folder.
of_header() {
	awk -v field="$1" 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR == 3 { print $at[field] }' "$folder/header"
}

# What was asked for would not be served then; what was not short was.
check_explain() {
	case $(of_header kind) in
	allocation_failure)
		run --root "$folder" explain --gfp 'GFP_KERNEL|GFP_DMA' --json
		[ "$status" -eq 1 ] && grep -q '"preferred_zone": *"DMA"' "$work/out"
		result $? "$name: explain says that the request waits for reclaim" ;;
	oom)
		run --root "$folder" explain --gfp "$(printf '0x%x' "$(of_header gfp_mask)")" --order "$(of_header order)"
		[ "$status" -eq 1 ] && grep -q 'the OOM killer is called' "$work/out"
		result $? "$name: explain says that the request gets as far as the OOM killer"
		return ;;
	esac
	run --root "$folder" explain --gfp GFP_KERNEL
	[ "$status" -eq 0 ]
	result $? "$name: explain says that another request is served"
}

check_commands() {
	local name=$1 folder=$2

	check_explain
	for command in zones freelists lru pcp zonelists gfp; do
		run --root "$folder" "$command" --json
		case $(of_header kind):$command in
		memcg_oom:pcp | memcg_oom:zonelists) [ "$status" -eq 3 ] && grep -q 'ms after the incident' "$work/err" ;;
		*) [ "$status" -eq 0 ] && [ ! -s "$work/err" ] ;;
		esac
		result $? "$name: $command reads the folder"
	done
	run --root "$folder" lru --raw -n -b -o name,total
	[ "$(cat "$work/out")" = "(all\040cgroups) $(awk 'NR > 2 { sum += $6 + $7 + $8 + $9 + $10 } END { print sum * 4096 }' "$folder/lru")" ]
	result $? "$name: lru is one row, of all cgroups"
	run --root "$folder" owners --zone DMA
	[ "$status" -eq 3 ] && grep -q 'ms after the incident' "$work/err"
	result $? "$name: owners says how late it was taken"
	run --root "$folder" stats
	[ "$status" -eq 4 ]
	result $? "$name: what an incident has not is absent"
}

# zone_of_kind: the zone that could not give it, as "NODE ZONE", both patterns; nothing for the limit of a cgroup.
zone_of_kind() {
	case $(of_header kind) in
	allocation_failure) echo '0 DMA' ;;
	oom) echo '[01] DMA32' ;;
	esac
}

# of_zone ZONE: its ten largest names in $folder, as the command prints them.
of_zone() {
	[ -z "$1" ] || awk -v zone="$1" 'NR > 2 && $1 " " $2 == zone && $3 !~ /^(class|state|order|counter)$/ && $4 != "/"' "$folder/owners" |
		sort -s -k5,5nr | awk 'NR <= 10 { kib = $5 * 4; size = kib < 1024 ? kib "K" : sprintf("%.1fM", kib / 1024)
			printf("%s%s%s %s", (NR > 1 ? ", " : ""), ($3 == last ? "" : $3 " "), $4, size); last = $3 }'
}

check_list() {
	local name=$1 folder=$2 kind zone names

	kind=$(of_header kind) zone=$(zone_of_kind)
	run --root "$work/root" incidents
	[ "$status" -eq 0 ] && grep -q " $kind " "$work/out"
	result $? "$name: incidents lists it"
	run --root "$work/root" incidents 1
	[ "$status" -eq 0 ] && grep -q "^incident 1: $kind, " "$work/out" &&
		case $kind in
		allocation_failure) grep -q 'GFP_KERNEL|GFP_DMA' "$work/out" ;;
		*) grep -q "^  killed $(of_header victim_comm) (pid $(of_header victim_pid))" "$work/out" ;;
		esac
	result $? "$name: incidents shows it"
	when=$(of_header real_ns)
	when=$(date -u -d "@${when%?????????}" '+%F %T')
	grep -q "^incident 1: .*, $when UTC, [0-9.]* s after boot" "$work/out"
	result $? "$name: with its date"
	[ "$(awk '$2 == "DMA" && $1 == 0 && $3 ~ /^[0-9]/' "$work/out" | wc -l)" -eq 1 ] && ! awk '$1 ~ /^[0-9]+$/ && $3 == "0"' "$work/out" | grep -q .
	result $? "$name: without the zones that have no memory"
	if [ -n "$zone" ]; then
		grep -q "^ *worst zone for it: Node $zone: free [0-9]* .* <= min" "$work/out" && grep -q "^ *$zone  *all " "$work/out"
	else
		! grep -q 'worst zone' "$work/out"
	fi
	result $? "$name: the zone that could not give it, and who has that"
	names=$(of_zone "${zone/\[01\]/0}")
	[ "$(tr -s ' \n' ' ' <"$work/out" | sed -n 's/.*by name: \(.*[0-9][0-9.]*[KMG]\) .*/\1/p')" = "$names" ]
	result $? "$name: the ten largest names of the zone: $names"
	[ "$(wc -l <"$work/out")" -le 24 ] && [ "$(wc -L <"$work/out")" -le 80 ]
	result $? "$name: on one screen"
	place_of_zone=${zone/ //}
	place_of_zone=${place_of_zone:--}
	for place in "$work/root" "$folder"; do
		run --root "$place" incidents
		[ "$status" -eq 0 ] && grep -Eq "^ *1 $kind +$when +[0-9.]+s +[0-9-]+ $place_of_zone " "$work/out" &&
			{ [ "$kind" != allocation_failure ] || grep -q '^ *gfp: GFP_KERNEL|GFP_DMA$' "$work/out"; }
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
	[ "$(tr -d ' ' <"$work/out")" = "$([ "$kind" = memcg_oom ] && echo - || printf '0x%x' "$(of_header gfp_mask)")" ]
	result $? "$name: -o shows the columns of the file"
	run --root "$work/root" incidents 1 --json
	[ "$status" -eq 0 ] && grep -q '"zones"' "$work/out" && grep -q '"owners"' "$work/out"
	result $? "$name: incidents --json has its tables"
	run --root "$work/root" incidents 2
	[ "$status" -eq 4 ] && grep -q 'no incident 2' "$work/err"
	result $? "$name: one that is not there is said to be absent"
}

kinds=$(for folder in "$recorded"/*.incident; do of_header kind; done | sort -u | paste -sd' ')
[ "$kinds" = 'allocation_failure memcg_oom oom' ]
result $? "an incident of each kind is recorded: $kinds"
for folder in "$recorded"/*.incident; do
	name=$(basename "$folder" .incident)
	root "$folder"
	check_commands "$name" "$folder"
	check_list "$name" "$folder"
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
