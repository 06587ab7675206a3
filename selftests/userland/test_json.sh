#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What every JSON document says of itself: whose figures they are, and of when.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

# root: a recorded root in $root, to be written to.
copy() {
	root=$work/root
	rm -rf "$root"
	cp -r "$fixtures/6.12" "$root"
	chmod -R u+w "$root"
}

# head_is NAME JSON: the document in $work/out begins so, behind its schema.
head_is() {
	tr -d '\n' <"$work/out" | tr -s ' ' | grep -qF "$2" || { head -n 8 "$work/out" | cut -c 1-300 | sed 's/^/# /'; false; }
	result $? "$1"
}

if [ ! -d "$fixtures/6.12" ]; then
	skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi

# --- of a recorded root ---
copy
kernel=$(cat "$root/proc/sys/kernel/osrelease")
for command in zones owners doctor status 'explain --gfp GFP_KERNEL'; do
	read -ra words <<<"$command"
	run "${words[@]}" --root "$root" --json
	head_is "${words[0]}: what a root does not tell is not known" \
		"\"schema\": \"pfnscope/${words[0]}/1\", \"command\": \"${words[0]}\", \"host\": null, \"kernel\": \"$kernel\", \"taken_at\": null,"
done
echo node-a >"$root/proc/sys/kernel/hostname"
printf 'cpu  1 2 3\nintr 7 0\nbtime 1700000000\nprocesses 9\n' >"$root/proc/stat"
echo '100.99 350.00' >"$root/proc/uptime"
then=$(date -u -d @1700000100 +%FT%TZ)
for command in zones status; do
	run "$command" --root "$root" --json
	head_is "$command: host and moment of a recorded root" "\"host\": \"node-a\", \"kernel\": \"$kernel\", \"taken_at\": \"$then\","
done
rm "$root/proc/uptime"
run zones --root "$root" --json
head_is "when it was booted alone is no moment" '"host": "node-a", "kernel": "'"$kernel"'", "taken_at": null,'
printf 'btime 99999999999999999999\n' >"$root/proc/stat"
echo '-5.0' >"$root/proc/uptime"
run zones --root "$root" --json
head_is "what is no time is not taken for one" '"taken_at": null,'

# --- of an incident ---
for folder in "$fixtures"/oom/*.incident; do
	name=$(basename "$folder" .incident)
	ns=$(awk 'NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i } NR == 3 { print $at["real_ns"] }' "$folder/header")
	then=$(date -u -d "@${ns%?????????}" +%FT%TZ)
	kernel=$(awk '$1 == "kernel_release" { print $2 }' "$folder/about")
	run zones --root "$folder" --json
	head_is "$name: a folder of an incident is of its moment" \
		"\"command\": \"zones\", \"host\": null, \"kernel\": \"$kernel\", \"taken_at\": \"$then\", \"zones\": ["
	copy
	mkdir -p "$root/sys/kernel/debug/pfnscope/incidents"
	cp -r "$folder" "$root/sys/kernel/debug/pfnscope/incidents/1"
	run incidents 1 --root "$root" --json
	head_is "$name: incidents N is of that moment too" \
		"\"schema\": \"pfnscope/incident/1\", \"command\": \"incidents\", \"host\": null, \"kernel\": \"$(cat "$root/proc/sys/kernel/osrelease")\", \"taken_at\": \"$then\","
	grep -q '"owners": "taken .* ms after the incident' "$work/out"
	result $? "$name: and says which of its tables are late"
done

# --- of a log, which may be of any machine ---
printf 'usb 1-1: new device\n' >"$work/log"
run oom --json "$work/log"
head_is "a log has no machine" '{ "schema": "pfnscope/oom/1", "command": "oom", "host": null, "kernel": null, "taken_at": null, "reports": [] }'

# --- of this machine ---
if [ -r /proc/zoneinfo ]; then
	before=$(date -u +%FT%TZ)
	run zones --json
	after=$(date -u +%FT%TZ)
	taken=$(sed -n 's/.*"taken_at": "\([^"]*\)".*/\1/p' "$work/out")
	head_is "the running system has a name and a kernel" "\"host\": \"$(uname -n)\", \"kernel\": \"$(uname -r)\","
	[[ ! $taken < $before && ! $taken > $after ]]
	result $? "and its figures are of now"
else
	skip "the running system has a name and a kernel" "no /proc/zoneinfo"
fi
finish
