#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What `leak` names in folders of recordings: what was made to grow, as fast as it was, and nothing else.

. "$(dirname "$0")/tap.sh"

fixtures=$repo/selftests/fixtures
cd "$work" || exit
python3 - "$fixtures/7.2-numa" <<'END' || exit
import io, os, sys, tarfile, time

root = sys.argv[1]
files = "sys/kernel/debug/pfnscope/"
meminfo = open(root + "/proc/meminfo").read()
slabs = open(root + "/" + files + "slabs").read().splitlines()
columns = slabs[1].split()
held = columns.index("held_bytes")
MB = 1 << 20

def tar(path, parts):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with tarfile.open(path, "w") as archive:
        for name, text in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))

def grown(name, mb):
    """meminfo with so many MB more of that."""
    lines = []
    for line in meminfo.splitlines():
        words = line.split()
        if words[0] == name + ":":
            line = f"{name}: {int(words[1]) + int(mb * 1024)} kB"
        lines.append(line)
    return "\n".join(lines) + "\n"

def caches(grow):
    lines = slabs[:2]
    for line in slabs[2:]:
        words = line.split()
        more = grow.get(words[1], 0) if words[0] == "0" else 0
        if more and not line.startswith("#"):
            words[held] = str(int(words[held]) + int(more * MB))
            line = " ".join(words)
        lines.append(line)
    return "\n".join(lines) + "\n"

def cgroup(parts, name, **stat):
    for key in ("anon", "file", "slab_unreclaimable"):
        stat.setdefault(key, 4 * MB)
    parts[f"sys/fs/cgroup{name}/memory.stat"] = "".join(f"{key} {int(value)}\n" for key, value in stat.items())
    parts[f"sys/fs/cgroup{name}/memory.current"] = f"{int(sum(stat.values()))}\n"

def recording(folder, minute, boot="b1", **what):
    x = minute / 60
    parts = {
        "proc/sys/kernel/random/boot_id": boot + "\n",
        "proc/vmstat": open(root + "/proc/vmstat").read(),
        "proc/zoneinfo": open(root + "/proc/zoneinfo").read(),
        files + "about": open(root + "/" + files + "about").read(),
        files + "slabs": caches({name: mb * x for name, mb in what.get("slabs", {}).items()}),
        "proc/meminfo": grown(*[(n, mb * x) for n, mb in what.get("meminfo", {}).items()][0]) if "meminfo" in what else meminfo,
    }
    cgroup(parts, "")
    cgroup(parts, "/a.slice", anon=what.get("anon", 0) * x * MB + 8 * MB, file=what.get("file", 0) * x * MB)
    parts["sys/fs/cgroup/a.slice/memory.max"] = f"{what.get('max', 'max')}\n"
    when = time.gmtime(1800000000 + minute * 60)
    tar(time.strftime(f"{folder}/%Y-%m-%d/%H%M%S.tar", when), parts)

for minute in range(40):
    recording("flat", minute)
    recording("cached", minute, file=60, meminfo={"Cached": 600}, slabs={"dentry": 60})
    recording("slab", minute, slabs={"kmalloc-64": 60, "dentry": 30}, meminfo={"SUnreclaim": 60})
    recording("group", minute, anon=120, max=256 * MB)
    recording("step", minute, meminfo={"AnonPages": 0 if minute < 20 else 600 / minute})
    # Another boot before: as much and more, and it grew.
    recording("boots", minute, boot="b0" if minute < 15 else "b1", meminfo={"Percpu": 6000 if minute < 15 else 0})
    recording("short", minute, boot="b0" if minute < 25 else "b1")
    recording("small", minute, slabs={"kmalloc-64": 1})
END

# grows TABLE KEY NUMBER PER_HOUR_MB: it is a row of the last run.
grows() {
	key=$2 awk -v table="$1" -v number="$3" -v mb="$4" '
		$1 == table && $2 == ENVIRON["key"] && $3 == number { rate = $6 / 1048576; found = rate > 0.97 * mb && rate < 1.03 * mb && $7 <= $6 && $6 <= $8 }
		END { exit !found }' out
	result $? "$1 $2 $3 grows by $4 MB in an hour"
}

for nothing in flat step small cached; do
	run leak $nothing
	expect "$nothing: nothing grows" 0 'nothing grows that has not stopped' ''
	grep -q '40 of 40 recordings of this boot, 2027-01-15 08:00:00 to 2027-01-15 08:39:00 UTC' err
	result $? "and from what that is"
done
run leak slab --raw -n
[ "$status" -eq 1 ] && [ "$(wc -l <out)" -eq 2 ]
result $? "slab: two numbers grow, and that is the status"
grows slabs '0\040kmalloc-64' held 60
grows meminfo - SUnreclaim 60
run leak group --raw -n
[ "$status" -eq 1 ] && [ "$(wc -l <out)" -eq 1 ]
result $? "group: one number grows"
grows cgroup /a.slice anon 120
# 256 MB, less 8 and 4 that were there and 78 that came: 166 MB at 120 MB in an hour are 1.383 hours.
awk '{ exit !($9 == 166 * 1048576 && $10 == "1.3h" && $11 >= 4970 && $11 <= 4990 && $12 == 40) }' out
result $? "and its limit is what is left: $(cut -d' ' -f9- out)"
run leak group
expect "with units for people" 1 '^pfnscope: leak: 40 of 40' '^cgroup +/a\.slice anon +[0-9.]+M +[0-9.]+M +(120|119\.9)M +.*1\.3h$'
grep -q 'in less than an hour, what only starts looks the same' err
result $? "it says that it was not long"
run leak group --json
expect "and for programs" 1 '' '"leak": \[$|"schema": "pfnscope/leak/'
run leak group --where table=slabs
expect "a table that does not leak" 1 'no row with table = slabs' ''
run leak boots
expect "an earlier boot is not looked at" 0 '25 of 25 recordings of this boot, 2027-01-15 08:15:00' ''
run leak short
expect "too few of this boot" 64 'short: 15 recordings of this boot can be read, since 2027-01-15 08:25:00 UTC: 20 are needed' ''
mkdir empty
run leak empty
expect "none" 64 'empty: no recordings' ''
run leak nowhere
expect "no folder" 64 'nowhere: No such file' ''
run leak
expect "not said which" 64 'leak: of which folder' ''
printf damage >slab/2027-01-15/081000.tar
run leak slab --raw -n
[ "$status" -eq 1 ] && grep -q '1 recordings cannot be read' err
result $? "one that is damaged is told, and passed over"
grows slabs '0\040kmalloc-64' held 60

# Where the damage is does not matter to where the boot begins, and ends.
bad=''
for minute in 39 14 20 15 16 13 38; do
	printf damage >boots/2027-01-15/08${minute}00.tar
	run leak boots
	[ "$status" -eq 0 ] || bad+=" $minute"
done
result "$([ -z "$bad" ]; echo $?)" "damage where a boot begins or ends${bad:+, but not of minute$bad}"
printf damage >boots/2027-01-15/082500.tar
run leak boots
expect "one more, and they are too few" 64 'boots: 19 recordings of this boot can be read' ''

# --- seven days, one a minute ---
# As many files, of forty contents: the day is the slower copy of these forty minutes.
mkdir week
python3 - <<'END'
import os, time
names = [f"group/2027-01-15/08{minute:02}00.tar" for minute in range(40)]
for minute in range(7 * 24 * 60):
    path = time.strftime("week/%Y-%m-%d/%H%M%S.tar", time.gmtime(1700000000 + minute * 60))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.link(names[minute * 40 // (7 * 24 * 60)], path)
END
plain=$repo/userland/pfnscope
[ -x "$plain" ] || plain=$PFNSCOPE
"$plain" leak week --raw -n >out 2>err
status=$?
[ "$status" -eq 1 ] && [ "$(wc -l <out)" -eq 1 ] && [ "$(cut -d' ' -f12 out)" -eq 128 ]
result $? "of 10080 recordings 128 are read"
result "$(! grep -q 'less than an hour' err; echo $?)" "and they are of long enough"
grows cgroup /a.slice anon "$(awk 'BEGIN { print 120 * 40 / 60 / (7 * 24) }')"
if [ "$plain" != "$PFNSCOPE" ]; then
	(ulimit -v $((96 * 1024)); "$plain" leak week >out 2>err; [ $? -eq 1 ])
	result $? "in little memory"
else
	skip "in little memory" "the command without sanitizers is not built"
fi
finish
