#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# whose: files are where their file system is mounted, what few page frames have is shown where one has it, and blocks of
# memory are ranges.

. "$(dirname "$0")/tap.sh"
fixture=$repo/selftests/fixtures/7.2-numa
root=$work/root
memory=$root/sys/devices/system/memory
mkdir -p "$root/sys/kernel/debug/pfnscope" "$root/proc/self" "$memory"

cp "$fixture/sys/kernel/debug/pfnscope/about" "$root/sys/kernel/debug/pfnscope/"
cat >"$root/sys/kernel/debug/pfnscope/whose" <<'END'
pfnscope whose 1.1
node zone start_pfn pages migratetype class states order fate refs maps owner_kind owner cgroup device inode fs_type fs_path
0 DMA32 4096 2 movable file none 0 clean 1 0 - - / 8:1 12 ext4 /log/a\040b
0 DMA32 4098 1 movable file mapped 0 movable 2 1 - - / 8:2 13 ext4 /there
0 DMA32 4099 1 movable shmem dirty 0 movable 1 0 - - / 0:1 14 tmpfs memfd:of\040mine
0 DMA32 4100 1 movable file none 0 clean 1 0 - - / 8:1 15 ext4 -
0 DMA32 4101 1 movable file none 0 clean 1 0 - - / - - - -
0 DMA32 4102 2 unmovable kernel none 0 unmovable 1 0 vmalloc load_module - - - - -
END
echo '23 21 8:1 /log /var/log rw,relatime - ext4 /dev/sdb1 rw' >"$root/proc/self/mountinfo"

# cells COLUMNS ARGUMENT...: without headings.
cells() {
	local columns=$1
	shift
	"$PFNSCOPE" --root "$root" whose --raw -n -o "$columns" "$@" 2>&1
}

# is NAME WANTED GOT
is() {
	[ "$2" = "$3" ]
	result $? "$1" || :
	[ "$2" = "$3" ] || printf '%s\n' "wanted: $2" "got: $3" | sed 's/^/# /'
}

is "paths where they are mounted, behind the device, or as they are" $'/var/log/a\\040b\n8:2:/there\nmemfd:of\\040mine\n-\n-\n-' \
	"$(cells path)"
is "what stat would say" $'8:1 12 ext4\n8:2 13 ext4\n0:1 14 tmpfs\n8:1 15 ext4\n- - -\n- - -' "$(cells device,inode,fs)"
run --root "$root" whose 4096-4099
expect "a path is shown where there is one" 0 '' ' PATH'
run --root "$root" whose 4102
expect "what is no page cache" 0 '' 'load_module'
grep -q PATH "$work/out"
is "has no such column" 1 $?
run --root "$root" whose 4096 --json
expect "JSON has all of it" 0 '' '"device": "8:1", "inode": 12, "fs_type": "ext4", "fs_path": "/log/a b", "path": "/var/log/a b"'

run --root "$root" whose memory0
expect "a block of memory, of which nobody says how large it is" 4 'does not tell where that is' ''
echo 2000 >"$memory/block_size_bytes"
is "a block of two pages" 4096 "$(cells pfn memory2048)"
is "and one that begins within a row" $'4098\n4099' "$(cells pfn memory2049)"
run --root "$root" whose memory18446744073709551615
expect "a block behind the end of all" 4 'does not tell where that is' ''
is "the old file has no file" '- - - -' "$("$PFNSCOPE" --root "$fixture" whose 4096 --raw -n -o device,inode,fs_path,path)"

finish
