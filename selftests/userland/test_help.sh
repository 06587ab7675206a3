#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# --help of every command, its examples, and the list of commands in README.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures
commands=$("$PFNSCOPE" --complete '')

run --help
cp "$work/out" "$work/help"
run help
cmp -s "$work/help" "$work/out"
result $? "help is --help"
listed=$(awk '/^Commands / { inside = 1 } /^$/ { inside = 0 } inside && /^  [a-z]/ { print $1 }' "$work/help")
[ "$(sort <<<"$listed")" = "$(sort <<<"$commands")" ]
result $? "every command stands in one group"
run help nonsense
expect "help of no command" 64 '^pfnscope: unknown command "nonsense"' ''
run help zones pcp
expect "help of two commands" 64 'one command at a time: "pcp"' ''

# The groups of README are those of --help, with the same commands in the same order.
[ "$(sed -n '/^## What it shows/,/^## Where things/s/^    pfnscope \([a-z][a-z]*\) .*/\1/p' "$repo/README.md")" = "$listed" ]
result $? "README lists the commands as --help does"

# What the examples ask: a recorded root with an incident, and a log.
root=$work/root
mkdir "$root"
cp -r "$fixtures/6.12/proc" "$fixtures/6.12/sys" "$root/"
chmod -R u+w "$root"
files=$root/sys/kernel/debug/pfnscope
cp "$fixtures/7.2-numa/sys/kernel/debug/pfnscope/"{whose,files,sample} "$files/"
cp -r "$fixtures/7.2-numa/proc/"[0-9]* "$root/proc/"
cp -r "$fixtures/7.2-numa/sys/devices/system/memory" "$root/sys/devices/system/"
mkdir "$files/incidents"
cp -r "$fixtures/oom/6.1-dma.incident" "$files/incidents/1"
cp "$fixtures/oom/6.1-dma.incident/header" "$files/incidents/list"
cp "$fixtures/sites/6.1-dma/sys/kernel/debug/pfnscope/sites" "$files/"
cp "$fixtures/reclaim/7.2-generations/sys/kernel/debug/pfnscope/balance" "$files/"
cp "$fixtures/events/6.1/sys/kernel/debug/pfnscope/"{events,latency,stalls} "$files/"
cp "$fixtures/oom/6.1-anon.log" "$work/kern.log"
for moment in before:6.12 after:7.2; do
	tar -C "$fixtures/${moment#*:}" -czf "$work/${moment%:*}.tar.gz" .
done

# A recording a minute, all alike, of an hour.
mkdir -p "$work/history/2026-11-27"
for minute in $(seq 10 59); do
	cp "$work/before.tar.gz" "$work/history/2026-11-27/17${minute}00.tar.gz"
done

# example LINE: what a shell makes of it, on the recorded root; leaves $status.
example() {
	local rooted=(--root "$root")

	[[ $1 != oom* && $1 != leak* ]] || rooted=()
	status=0
	(cd "$work" && eval "set -- $1" && "$PFNSCOPE" "$@" "${rooted[@]}") >"$work/out" 2>"$work/err" || status=$?
}

for command in $commands; do
	run "$command" --help
	cp "$work/out" "$work/one"
	run help "$command"
	cmp -s "$work/one" "$work/out"
	result $? "help $command"
	mapfile -t lines < <(sed -n '/^Examples:$/,$s/^  pfnscope //p' "$work/one")
	[ "${#lines[@]}" -eq 2 ] && [[ ${lines[0]} == "$command"* && ${lines[1]} == "$command"* ]]
	result $? "$command has two examples"
	for line in "${lines[@]}"; do
		example "$line"
		[ "$status" -le 3 ] && cat "$work/out" "$work/err" | grep -q .
		bad=$?
		[ "$bad" -eq 0 ] || sed 's/^/# /' "$work/err"
		result "$bad" "pfnscope $line"
	done
done
finish
