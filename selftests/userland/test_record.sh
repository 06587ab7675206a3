#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What `record` writes: every command answers of it as of the machine, other programs read it, and no name is left with --redact.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures
cd "$work" || exit

# --- the same answers ---
commands=()
for command in $("$PFNSCOPE" --complete ''); do
	"$PFNSCOPE" "$command" --help >help
	! grep -q -- '--json' help || ! grep -q -- '--root' help || commands+=("$command")
done
request() {
	case $1 in
	explain) echo '--gfp GFP_KERNEL' ;;
	top) echo '-n 1' ;;
	esac
}

# answer COMMAND WHERE: all that it says, whatever it calls the root.
answer() {
	# shellcheck disable=SC2046 # may be two words
	"$PFNSCOPE" "$1" --json $(request "$1") "${@:2}" 2>&1 | sed 's/now\.tar\.[a-z]*/root/g'
}

for root in 5.10 6.1-movable 6.12 7.2-numa triage/7.2-thrash sites/6.1-dma; do
	if [ ! -d "$fixtures/$root" ]; then
		skip "$root" "not in selftests/fixtures; selftests/vm/record makes it"
		continue
	fi
	ln -sfn "$fixtures/$root" root
	run record --root root --full now.tar.gz
	expect "$root is recorded" 0 '' '^now\.tar\.gz$'
	bad=''
	for command in "${commands[@]}"; do
		[ "$(answer "$command" --root root | cksum)" = "$(answer "$command" --from now.tar.gz | cksum)" ] || bad+=" $command"
	done
	result "$([ -z "$bad" ]; echo $?)" "$root: every command answers of it as of the root${bad:+, but not$bad}"
	rm -rf unpacked && mkdir unpacked && tar -C unpacked -xzf now.tar.gz
	while read -r file; do
		[ ! -s "unpacked/$file" ] || cmp -s "unpacked/$file" "root/$file" || echo "$file"
	done < <(cd unpacked && find proc sys -type f) >other
	result "$([ ! -s other ]; echo $?)" "$root: tar unpacks the files as they were"
done
root=$fixtures/7.2-numa
run record --root "$root" now.tar
tar -tf now.tar >names
! grep -qE '/(owners|pageblocks|contiguity|lrutail|hugepages|files|smaps_rollup)$|incidents/[0-9]' names
result $? "what scans is left out without --full, and incidents are"
grep -q '/pfnscope/slabs$' names && [ "$(sed -n 1p names)" = about ]
result $? "counters are there, and first what it is"
run record --root "$root" --full now.tar
tar -tf now.tar >names
grep -q '/pfnscope/pageblocks$' names && grep -qE 'incidents/[0-9]+/zones$' names
result $? "with --full they are there, and incidents"

# --- the manifest ---
tar -xOf now.tar about >manifest
grep -qx 'pfnscope snapshot 1\.0' manifest && grep -qx 'kernel 7\.2\.[^ ]*' manifest && grep -qx 'scans yes' manifest && grep -qx 'redacted none' manifest
result $? "the manifest says what it is of"

# --- where it goes ---
umask 000
for name in a.tar a.tgz a.tar.gz; do
	run record --root "$root" $name
	[ "$(stat -c %a $name)" = 600 ] && [ "$(find . -name 'a.tar*.[0-9]*' | wc -l)" -eq 0 ]
	result $? "$name is its owner's alone, and all there is"
done
"$PFNSCOPE" record --root "$root" - >piped
run zones --from piped
expect "standard output" 0 '' '^ +0 DMA '
mkdir folder
run record --root "$fixtures/triage/7.2-thrash" folder
expect "a folder gets one of that moment" 0 '' '^folder/20[0-9-]{8}/[0-9]{6}\.tar'
"$PFNSCOPE" --from "$(cat out)" zones --json | grep -o '"taken_at": "[^"]*' >taken
[ "$(tr -dc 0-9 <taken)" = "$(tr -dc 0-9 <<<"$(sed 's/\.tar.*//' out)")" ]
result $? "which is its name"
run record --root "$root" new/
expect "a folder that is made" 0 '' '^new/20[0-9-]{8}/[0-9]{6}\.tar'
result "$([ "$(stat -c %a new)" = 700 ]; echo $?)" "and it is its owner's alone"
run record --root "$root"
expect "nowhere" 64 'record: where to' ''
run record --root "$root" a b
expect "two places" 64 'record: where to' ''
run record --root "$root" now.zip
expect "no such packing" 64 'now\.zip: the name of an archive ends in' ''
run record --root "$root" nowhere/now.tar
expect "a folder that is not there" 74 'nowhere/now\.tar: No such file' ''
printf old >kept.tar
ln -s kept.tar link.tar
run record --root "$root" link.tar
result "$([ "$(cat kept.tar)" = old ] && [ ! -L link.tar ]; echo $?)" "a link is replaced, and not followed"

# --- what reclaim weighs ---
weighed=$fixtures/reclaim/6.1-lists
plan=(reclaim --plan --cgroup /apps --raw -o "cgroup,decided_by,anon,file")
run record --root "$weighed" weighed.tar
"$PFNSCOPE" "${plan[@]}" --root "$weighed" >planned
"$PFNSCOPE" "${plan[@]}" --from weighed.tar | cmp - planned && [ "$(wc -l <planned)" -gt 3 ]
result $? "a plan is the same from an archive"
run record --redact --root "$weighed" redacted.tar
"$PFNSCOPE" balance --raw --from redacted.tar >redacted
[ "$(wc -l <redacted)" -gt 3 ] && ! grep -q '/apps' redacted
result $? "its cgroups have no names where it is redacted"

# --- cgroups, with names longer than the format has room for ---
mkdir machine && cp -r "$fixtures/7.2-numa/." machine
deep=$(printf 'payroll-%s/' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
for group in '' system.slice system.slice/acme-payroll.service "kube/${deep%/}"; do
	folder=machine/sys/fs/cgroup/$group
	mkdir -p "$folder"
	until [ -e "$folder/memory.stat" ] || [ "$folder" = machine/sys/fs ]; do
		printf 'anon 4096000\nfile 8192000\n' >"$folder/memory.stat"
		echo 12288000 >"$folder/memory.current"
		echo 12800000 >"$folder/memory.max"
		echo 'workingset_activate_file N0=7' >"$folder/memory.numa_stat"
		folder=$(dirname "$folder")
	done
done
run record --root machine now.tar.gz
expect "cgroups are recorded" 0 '' '^now\.tar\.gz$'
[ "$(tar -xzOf now.tar.gz --wildcards '*system.slice/memory.numa_stat')" = 'workingset_activate_file N0=7' ]
result $? "with what came back to them, by node"
for group in /system.slice/acme-payroll.service "/kube/${deep%/}"; do
	run triage --root machine --cgroup "$group" --json
	sed 's/"host": [^,]*,//' out >first
	run triage --from now.tar.gz --cgroup "$group" --json
	sed 's/"host": [^,]*,//' out | cmp -s - first && grep -q cgroup.max first
	result $? "triage --cgroup ...${group: -20} answers of it"
done
python3 - now.tar.gz "sys/fs/cgroup/kube/${deep}memory.current" <<-'END'
	import sys, tarfile
	with tarfile.open(sys.argv[1]) as archive:
	    assert archive.extractfile(sys.argv[2]).read() == b"12288000\n"
END
result $? "another program finds the long name"

# --- redacted ---
files=machine/sys/kernel/debug/pfnscope
mkdir -p machine/proc/sys/kernel machine/etc "$files/incidents"
echo acme-host >machine/proc/sys/kernel/hostname
echo '0123456789abcdef0123456789abcdef' >machine/etc/machine-id
cp -r "$fixtures/oom/6.1-memcg.incident" "$files/incidents/7"
sed -i 's| hog | acme-hog |g; s| /limited | /acme-limited |' "$files/incidents/7/header"
cp "$files/incidents/7/header" "$files/incidents/list"
sed -i '3,$s| /[a-z]* | /acme-web |' "$files/lru"
printf '0 DMA cgroup /acme-owner 3 1 0\n0 DMA dying_cgroup /acme.slice/acme-dead.scope 3 1 0\n' >>"$files/owners"
sed -i '3s|/dev/zram0|/acme/swapfile|' "$files/swap"
sed -i '2s|/dev/zram0|/acme/swapfile|' machine/proc/swaps
echo '/dev/vda1 /acme ext4 rw 0 0' >>machine/proc/mounts
echo '36 21 254:1 / /acme rw - ext4 /dev/vda1 rw' >>machine/proc/self/mountinfo
printf '0 DMA 254:1 12 ext4 none 3 0 0 0 /acme/plans\n' >>"$files/files"
sed -i '1s/hog/acme hog/' machine/proc/177/status
run record --root machine --full clear.tar
tar -xOf clear.tar >clear
[ "$(grep -c 'acme' clear)" -gt 10 ]
result $? "names are there without --redact"
run record --root machine --full --redact redacted.tar
tar -xOf redacted.tar >text
tar -tf redacted.tar >>text
sed -i 's|acme\.slice||g' text
! grep -q 'acme\|payroll\|swapfile' text
result $? "with --redact no name is left"
grep -n 'acme\|payroll\|swapfile' text | sed 's/^/# /;5q'
grep -q '^redacted host,tasks,cgroups,files$' text && grep -q 'acme.slice/x[0-9a-f]*\.scope' <<<"$(tar -xOf redacted.tar)"
result $? "it says so, and slices and kinds stay"
numbers() {
	"$PFNSCOPE" "$1" --from "$2" --raw -n | tr ' ' '\n' | grep -E '^[0-9]+$'
}
for command in lru owners swap incidents zones slabs files processes; do
	[ "$(numbers $command clear.tar | cksum)" = "$(numbers $command redacted.tar | cksum)" ]
	result $? "$command: the numbers stay"
done
run record --root machine --full --redact again.tar
[ "$(tar -xOf again.tar | cksum)" = "$(tar -xOf redacted.tar | cksum)" ]
result $? "a name has the same number each time"
echo 'f123456789abcdef0123456789abcdef' >machine/etc/machine-id
run record --root machine --full --redact again.tar
[ "$(tar -xOf again.tar | cksum)" != "$(tar -xOf redacted.tar | cksum)" ]
result $? "and another one on another machine"
! tar -xOf clear.tar | grep -q 0123456789abcdef
result $? "the key is not recorded"

# --- this machine ---
if "$PFNSCOPE" record live.tar.gz >out 2>err; then
	run zones --from live.tar.gz --json
	[ "$(grep -o '"node": ' out | wc -l)" -gt 0 ] && grep -q "\"kernel\": \"$(uname -r)\"" out && grep -q "\"host\": \"$(uname -n)\"" out
	result $? "the running system is recorded"
	plain=$repo/userland/pfnscope
	[ ! -x "$plain" ] || {
		(ulimit -v $((64 * 1024)); "$plain" record live.tar.gz >out 2>err)
		result $? "in little memory"
	}
else
	result 1 "the running system is recorded"
	sed 's/^/# /' err
fi
finish
