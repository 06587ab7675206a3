#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What `diff` finds between two moments, against changes that were made by hand.

. "$(dirname "$0")/tap.sh"

cd "$work" || exit
root=$repo/selftests/fixtures/7.2-numa
files=sys/kernel/debug/pfnscope
mkdir before after
cp -r "$root/." before

# --- the same ---
for kernel in 5.10 6.1-movable 6.12 7.2-numa; do
	same=$repo/selftests/fixtures/$kernel
	run diff "$same" "$same"
	expect "$kernel and itself" 0 'nothing changed' ''
	run diff "$same" "$same" --json
	expect "$kernel and itself, as JSON" 0 '' '"diff": \[\] }$'
done

# --- changes, two hours apart ---
printf 'cpu 0\nbtime 1000000\n' >before/proc/stat
echo '100.50 0.00' >before/proc/uptime
mkdir -p before/sys/fs/cgroup/a.slice/b.scope before/sys/fs/cgroup/gone
for group in . a.slice a.slice/b.scope gone; do
	printf 'anon 4096000\nfile 8192\npgfault 77\n' >"before/sys/fs/cgroup/$group/memory.stat"
	echo 12288000 >"before/sys/fs/cgroup/$group/memory.current"
done
cp -r before/. after
echo '7300.50 0.00' >after/proc/uptime
sed -i 's/^anon .*/anon 104096000/' after/sys/fs/cgroup/a.slice/b.scope/memory.stat
rm -r after/sys/fs/cgroup/gone
sed -i 's/^HugePages_Total:.*/HugePages_Total:       9/; s/^Dirty:.*/Dirty:        700000 kB/' after/proc/meminfo
sed -i 's/^pgfault .*/pgfault 99999999999/' after/proc/vmstat
# One zone's free pages, by 1000 of 4 KiB; one cache's objects, which comes elsewhere in the file.
free=$(awk '$1 == 1 && $2 == "DMA32" { print $6 }' "before/$files/zones")
awk '$1 == 1 && $2 == "DMA32" { $6 -= 1000 } { print }' "before/$files/zones" >"after/$files/zones"
[ "$(sed -n 2p "before/$files/zones" | cut -d' ' -f6)" = free_pages ]
result $? "the column that is changed is the one that is meant"
{
	sed -n 1,2p "before/$files/slabs"
	sed '1,2d' "before/$files/slabs" | tac | awk '$1 == 0 && $2 == "dentry" { $3 += 12345; found = 1 } { print } END { exit !found }'
} >"after/$files/slabs"
result $? "the row that is changed is there"

# changed PATTERN: a line of the last run, in which each blank may be more.
changed() {
	grep -qE "^${1// / +}\$" out
	result $? "$1"
}
run diff before after --raw -n
[ "$status" -eq 0 ] && [ ! -s err ]
result $? "two moments are compared"
changed 'cgroup /a\.slice/b\.scope anon bytes 4096000 104096000 100000000 50000000'
changed 'cgroup /gone current bytes 12288000 - -12288000 -6144000'
changed 'meminfo - HugePages_Total count [0-9]+ 9 [0-9]+ [0-9]+'
changed "zones 1\\\\040DMA32 free bytes $((free * 4096)) $(((free - 1000) * 4096)) -4096000 -2048000"
changed 'slabs 0\\040dentry objects count [0-9]+ [0-9]+ 12345 6172'
changed 'vmstat - pgfault count [0-9]+ 99999999999 [0-9]+ [0-9]+'
result "$([ "$(wc -l <out)" -eq 9 ]; echo $?)" "and nothing else: $(wc -l <out) rows"
awk '{ size = $7 < 0 ? -$7 : $7; kind = $4 == "bytes" }
	NR > 1 && (kind > last_kind || (kind == last_kind && size > last)) { bad = 1 }
	{ last = size; last_kind = kind } END { exit bad }' out
result $? "sizes first, the largest change first"
run diff before after
expect "units for people" 0 '' '^cgroup +/a\.slice/b\.scope +anon +3\.9M +99\.2M +\+95\.3M +\+47\.6M$'
expect "and signs" 0 '' '^zones +1 DMA32 +free +[0-9.]+[MG] +[0-9.]+[MG] +-3\.9M +-1\.9M$'
run diff after before --raw -n
grep -q '^cgroup /gone current bytes - 12288000 12288000 -$' out
result $? "without a time between there is no rate"
run diff before after --raw -n --where table=slabs -o key,change
[ "$(cat out)" = '0\040dentry 12345' ]
result $? "one table"

# --- what one of them lacks is no change ---
cp -r after less && rm "less/$files/slabs"
run diff before less --raw -n
! grep -q '^slabs' out && grep -q '^zones' out
result $? "a table that only one has is not compared"

# --- functions that asked, and processes ---
sites=$repo/selftests/fixtures/sites/6.1-dma
cp -r "$sites/." asked
# Each of its rows has 100 pages more.
awk 'NR == 2 { for (i = 1; i <= NF; i++) if ($i == "estimated_pages") at = i } /[ ,]eat_pages/ { $at += 100 } { print }' \
	"$sites/$files/sites" >"asked/$files/sites"
rows=$(cmp -l "$sites/$files/sites" "asked/$files/sites" | wc -l)
more=$(($(grep -c '[ ,]eat_pages' "$sites/$files/sites") * 100 * 4096))
run diff "$sites" asked --raw -n
[ "$rows" -gt 0 ] && [ "$(wc -l <out)" -eq 1 ] && grep -qE "^sites 0\\\\040DMA\\\\040eat_pages\[eater\] estimated bytes [0-9]+ [0-9]+ $more -$" out
result $? "a function that asked for more, all its stacks together: $(cat out)"
run diff "$sites" "$sites"
expect "the same functions" 0 'nothing changed' ''
cp -r "$root/." running
sed -i 's/^Anonymous:.*/Anonymous:   9999999 kB/' running/proc/178/smaps_rollup
run diff "$root" running --raw -n
[ "$(wc -l <out)" -eq 1 ] && grep -qE '^processes 178\\040[^ ]+ anon bytes [0-9]+ 10239998976 ' out
result $? "a process that has more"

# --- archives, and this machine ---
tar -C before -czf before.tar.gz .
tar -C after -cf after.tar .
run diff before after --raw
cp out folders
run diff before.tar.gz after.tar --raw
result "$(cmp -s out folders; echo $?)" "archives as folders"
run diff before.tar.gz --root after --raw
result "$(cmp -s out folders; echo $?)" "the second one by --root"
"$PFNSCOPE" record live.tar >out 2>err
run diff live.tar --json
expect "one of them, and this machine now" 0 '' '"schema": "pfnscope/diff/'
for many in '' 'before before before'; do
	# shellcheck disable=SC2086 # words
	run diff $many
	expect "neither one nor two: \"$many\"" 64 'diff: one or two recordings' ''
done
run diff before nowhere
expect "one that is not there" 64 'nowhere: No such file' ''

# --- many cgroups ---
python3 - <<'END'
import io, tarfile
def pack(name, more):
    with tarfile.open(name, "w") as archive:
        def put(path, text):
            info = tarfile.TarInfo(path)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
        put("proc/uptime", f"{100 + more}.00 0.00\n")
        put("proc/stat", "btime 1000000\n")
        for i in range(4096):
            folder = "sys/fs/cgroup/" + (f"s{i // 64}.slice/" if i % 64 else f"s{i // 64}.slice") + (f"u{i}.service" if i % 64 else "")
            put(folder + "/memory.current", f"{1000000 + i}\n")
            stat = "".join(f"name_{n} {n}\n" for n in range(40))
            put(folder + "/memory.stat", f"anon {4096 * i + more}\nfile 8192\nkernel 4096\n" + stat)
        put("sys/fs/cgroup/memory.stat", "anon 1\n")
pack("many-before.tar", 0)
pack("many-after.tar", 3600)
END
run diff many-before.tar many-after.tar --raw -n
[ "$(grep -c '^cgroup /s[0-9]*\.slice[^ ]* anon bytes [0-9]* [0-9]* 3600 3600$' out)" -ge 4095 ] && [ "$status" -eq 0 ]
result $? "$(wc -l <out) of 4096 cgroups"
finish
