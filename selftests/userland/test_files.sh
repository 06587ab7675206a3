#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# files: zones of an inode are summed up, paths are those where a file system is mounted, and --fs and --deleted choose.

. "$(dirname "$0")/tap.sh"
fixture=$repo/selftests/fixtures/7.2-numa
root=$work/root
mkdir -p "$root/sys/kernel/debug/pfnscope" "$root/proc/self"

cp "$fixture/sys/kernel/debug/pfnscope/about" "$root/sys/kernel/debug/pfnscope/"
cat >"$root/sys/kernel/debug/pfnscope/files" <<'END'
pfnscope files 1.0
node zone device inode fs_type marks pages dirty_pages writeback_pages mapped_pages fs_path
0 DMA32 - - - none 3 0 0 0 -
0 DMA32 - - - shmem 5 0 0 0 -
0 DMA32 8:1 12 ext4 none 10 1 0 2 /log/a\040b
0 DMA32 8:1 13 ext4 deleted 7 0 0 0 /log/gone
0 DMA32 8:2 12 ext4 none 4 0 0 0 /there
0 DMA32 0:1 12 tmpfs shmem,memfd,internal 6 6 0 6 memfd:of\040mine
0 DMA32 0:30 9 btrfs none 2 0 0 0 /root/etc/passwd
0 DMA32 0:30 10 btrfs none 2 0 0 0 /rooted
0 DMA32 8:3 7 ext4 none 1 0 0 0 -
1 Normal - - - none 1 0 0 0 -
1 Normal 8:1 12 ext4 none 100 20 4 30 /log/a\040b
1 Normal 8:1 14 ext4 none 1 0 0 0 /
END
cat >"$root/proc/self/mountinfo" <<'END'
21 1 0:30 /root / rw,relatime shared:1 - btrfs /dev/sda rw
22 21 8:1 / /mnt\040two rw,relatime - ext4 /dev/sdb1 rw
23 21 8:1 /log /var/log rw,relatime - ext4 /dev/sdb1 rw
a line of another kind
END

# cells COLUMNS ARGUMENT...: what files shows without headings.
cells() {
	local columns=$1
	shift
	"$PFNSCOPE" --root "$root" files --raw -o "$columns" "$@" 2>&1 | sed 1d
}

# is NAME WANTED GOT
is() {
	[ "$2" = "$3" ]
	result $? "$1" || :
	[ "$2" = "$3" ] || printf '%s\n' "wanted: $2" "got: $3" | sed 's/^/# /'
}

is "a path is where its file system is mounted first" '/mnt\040two/log/a\040b' "$(cells path --where inode=12 --where device=8:1 --node 0)"
is "a part of a file system is mounted there" '/etc/passwd' "$(cells path --where inode=9)"
is "a name that only begins like that part is not" '0:30:/rooted' "$(cells path --where inode=10)"
is "where nothing is mounted it is behind the device" '8:2:/there' "$(cells path --where device=8:2)"
is "a name without a directory stays" 'memfd:of\040mine' "$(cells path --where fs=tmpfs)"
is "what is not known stays so" - "$(cells path --where device=8:3)"
is "the root of a file system is one" '/mnt\040two/' "$(cells path --where inode=14)"
is "--deleted" 13 "$(cells inode --deleted)"
is "--fs" $'12 6' "$(cells inode,pages --fs TMPFS)"

run --root "$root" files -b
expect "all of it stands on top" 0 '' "^- +- +- +- +$((142 * 4096)) +$((27 * 4096)) +$((38 * 4096)) \(all files\)$"
is "and then what has most, in all its zones" "8:1 12 ext4 none $((110 * 4096)) $((21 * 4096)) $((32 * 4096)) /mnt two/log/a b" \
	"$(sed -n 3p "$work/out" | tr -s ' ')"
is "what has no inode is a file or shared memory" "none $((4 * 4096)) shmem $((5 * 4096))" \
	"$(awk '$1 == "-" && $2 == "-" && $NF == "-" { print $4, $5 }' "$work/out" | sort | paste -sd' ')"
is "one number on two devices is two files" 3 "$(awk '$2 == 12' "$work/out" | grep -c .)"
run --root "$root" files -b --zone Normal
expect "of one zone" 0 '' "^8:1 +12 ext4 +none +$((100 * 4096)) "
rm "$root/proc/self/mountinfo"
is "without mountinfo they are behind the device" '8:1:/log/a\040b' "$(cells path --where inode=12 --where device=8:1 --node 0)"
run --root "$root" files --where deleted=1
expect "a column that there is not" 64 'deleted' ''

# What a machine had: its sums are those of the file.
wanted=$(awk 'NR > 2 { n[$3 " " $4 " " (/shmem/ ? "s" : "f")] += $7; all += $7 }
	END { print all, length(n) }' "$fixture/sys/kernel/debug/pfnscope/files")
got=$("$PFNSCOPE" --root "$fixture" files --json | grep -o '"pages": [0-9]*' | awk '{ sum += $2 } END { print sum }')
is "no page of a recorded root is lost" "${wanted% *}" "$got"
is "and no inode" "${wanted#* }" "$(($("$PFNSCOPE" --root "$fixture" files | wc -l) - 2))"

finish
