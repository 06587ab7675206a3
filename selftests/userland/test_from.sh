#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Archives of recorded roots: every command answers as of the folder, and what somebody packed to do harm is refused.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures

# --- the same answers ---
commands=()
for command in $("$PFNSCOPE" --complete ''); do
	"$PFNSCOPE" "$command" --help >"$work/help"
	! grep -q -- '--json' "$work/help" || ! grep -q -- '--root' "$work/help" || commands+=("$command")
done
result "$([ "${#commands[@]}" -gt 25 ]; echo $?)" "${#commands[@]} commands read a root"

# answer COMMAND OPTION: all that it says, under a name that is the same for both.
answer() {
	local once=()

	# The one that does not end by itself.
	[ "$1" != top ] || once=(-n 1)
	"$PFNSCOPE" "$1" --json "$2" root "${once[@]}" 2>&1
	echo "status $?"
}

# alike NAME: the commands whose answers of the archive `root` are not those of the folder.
alike() {
	local command bad=''

	for command in "${commands[@]}"; do
		[ "$(cd "$work/folder" && answer "$command" --root | cksum)" = "$(cd "$work/archive" && answer "$command" --from | cksum)" ] ||
			bad+=" $command"
	done
	result "$([ -z "$bad" ]; echo $?)" "$1: every command answers as of the folder${bad:+, but not$bad}"
}

mkdir "$work/folder" "$work/archive"
forms=(-c)
for form in 'zlib gzip -z' 'liblzma xz -J' 'libzstd zstd --zstd'; do
	read -r library program option <<<"$form"
	if command -v "$program" >/dev/null && pkg-config --exists "$library"; then
		forms+=("-c$([ "${option#--}" = "$option" ] && echo "${option#-}" || echo " $option")")
	else
		skip "archives by $program" "needs $program and $library"
	fi
done
at=0
for root in "$fixtures"/*/ "$fixtures"/oom/*.incident/ "$fixtures"/sites/*/ "$fixtures"/triage/*/; do
	[ -d "$root/proc" ] || [ -f "$root/header" ] || continue
	# Each form in its turn.
	read -ra form <<<"${forms[at % ${#forms[@]}]}"
	at=$((at + 1))
	ln -sfn "$root" "$work/folder/root"
	tar -C "$root" "${form[@]}" -f "$work/archive/root" .
	alike "${root#"$fixtures/"} by tar ${form[*]}"
done
[ "$at" -gt 0 ] || skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"

# --- forms ---
root=$fixtures/6.12-numa
zones=$("$PFNSCOPE" --root "$root" zones --json | cksum)
run zones --root "$root" --from "$root"
expect "one of the two" 64 'either --root or --from' ''
run zones --from "$root" --json
result "$([ "$(cksum <"$work/out")" = "$zones" ]; echo $?)" "a folder is taken as well"
tar -C "$fixtures" -c 6.12-numa >"$work/top.tar"
"$PFNSCOPE" zones --from - --json <"$work/top.tar" >"$work/out"
result "$([ "$(cksum <"$work/out")" = "$zones" ]; echo $?)" "an archive with a folder at its top, from standard input"
run zones --from "$work/nothing"
expect "a file that is not there" 64 'nothing: No such file' ''
run triage --from "$work/top.tar" --before "$work/top.tar" --json
expect "the earlier reading as an archive" "$status" '' '"schema": "pfnscope/triage/'
result "$([ "$status" -le 3 ]; echo $?)" "and it is taken"
result "$([ -n "$("$PFNSCOPE" --complete --from "$work/top.tar" zones --zone '')" ]; echo $?)" "completion looks into it"

# --- a tree of sosreport ---
sos=$work/sosreport-host-2026-11-27
mkdir -p "$sos/sos_commands/kernel" "$sos/sys/class"
cp -r "$root/proc" "$sos/"
cp "$fixtures/oom/6.12-dma.log" "$sos/sos_commands/kernel/dmesg"
mkdir -p "$sos/proc/sys/kernel"
echo host >"$sos/proc/sys/kernel/hostname"
rm -f "$sos/proc/stat" "$sos/proc/uptime"
touch -d '2026-11-27 10:00:00 UTC' "$sos/proc/meminfo"
ln -s ../proc "$sos/sys/class/here"
ln -s sos_commands/kernel/dmesg "$sos/dmesg"
tar -C "$work" -cJf "$work/sos.tar.xz" "${sos##*/}" 2>/dev/null || tar -C "$work" -cf "$work/sos.tar.xz" "${sos##*/}"
for form in "$sos" "$work/sos.tar.xz"; do
	name=${form##*/}
	for command in triage zones pcp 'explain --gfp GFP_KERNEL' thp status; do
		# shellcheck disable=SC2086 # a list of words
		run $command --from "$form" --json
		[ "$status" -le 3 ] && grep -q '"host": "host"' "$work/out"
		result $? "$name: $command"
	done
	run zones --from "$form" --json
	grep -q '"taken_at": "2026-11-27T10:00:00Z"' "$work/out"
	result $? "$name: when it was taken"
	run oom --from "$form" --json
	tail -n +2 "$work/out" | cksum >"$work/sum"
	[ "$("$PFNSCOPE" oom --json "$sos/sos_commands/kernel/dmesg" | tail -n +2 | cksum)" = "$(cat "$work/sum")" ]
	result $? "$name: oom reads its log"
	run oom --from "$form" "$sos/dmesg"
	expect "$name: and not another one beside it" 64 'either --from or files' ''
done
run oom --from "$work/top.tar"
expect "an archive without a log" 65 'no log in it' ''

# --- what was packed to do harm ---
python3 "$here/tar-hostile.py" "$root" "$work"
for archive in "$work"/good-*.tar; do
	run zones --from "$archive" --json
	[ "$(cksum <"$work/out")" = "$zones" ] && [ ! -s "$work/err" ]
	result $? "$(basename "$archive" .tar) is fine"
done
refused() {
	run zones --from "$1"
	[ "$status" -eq 65 ] && [ ! -s "$work/out" ] && grep -q "^pfnscope: $1: [a-z/].*" "$work/err" && [ "$(wc -l <"$work/err")" -eq 1 ] &&
		! ls /tmp/pfnscope-climbed >"$work/ls" 2>&1
	result $? "$2"
	[ "$status" -eq 65 ] || sed 's/^/# /' "$work/err"
}
for name in climbs climbs-by-pax absolute link-absolute link-climbs hard-link-climbs sparse huge-octal huge-binary huge-negative \
	size-is-no-number promises-more cut-in-a-file cut-in-a-head cut-between damaged-head empty nothing-in-it text pax-damaged \
	pax-without-end name-too-long; do
	refused "$work/$name.tar" "$name is refused"
done
if command -v zstd >/dev/null && pkg-config --exists libzstd; then
	# A file that would fill the memory, in some kilobytes; the limit of address space is that of the command.
	python3 - >"$work/head" <<-'END'
		import sys, tarfile
		info = tarfile.TarInfo("proc/zoneinfo")
		info.size = 3 << 30
		sys.stdout.buffer.write(info.tobuf())
	END
	{ cat "$work/head"; head -c $((3 << 28)) /dev/zero; } | zstd -q >"$work/bomb.tar"
	refused "$work/bomb.tar" "a bomb is refused"
	zstd -q <"$work/good-ustar.tar" >"$work/whole.tar"
	head -c $(($(stat -c %s "$work/whole.tar") * 3 / 4)) "$work/whole.tar" >"$work/cut.tar"
	refused "$work/cut.tar" "compressed and cut off"
	head -c -4 "$work/whole.tar" >"$work/cut.tar"
	refused "$work/cut.tar" "compressed, with its last bytes gone"
fi
finish
