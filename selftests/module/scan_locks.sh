#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest: --nodes 2 --mem 1G
# ko: bare
#
# No view of the scan takes the lock of a zone; /proc/pagetypeinfo does. Counted by a kprobe on the lock; what the reader's
# own allocations of memory take is told apart by the stack, and does not count.

parameters=/sys/module/bare/parameters
count=0

# result STATUS NAME
result() {
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

# locks FILE: leaves in $locks what 20 readings took.
locks() {
	cat "$1" >/dev/null
	echo 0 >$parameters/zone_locks
	echo 0 >$parameters/alloc_locks
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		cat "$1" >/dev/null
	done
	read -r locks <$parameters/zone_locks
	read -r own <$parameters/alloc_locks
}

echo "TAP version 13"
echo "1..6"
insmod /tests/bare.ko comm=cat || echo "# bare.ko does not load"
for view in freelists pageblocks owners contiguity hugepages; do
	locks /sys/kernel/debug/pfnscope/$view
	echo "# $view: $locks, for its own memory $own"
	[ "$locks" -eq 0 ]
	result $? "$view takes no zone's lock"
done
locks /proc/pagetypeinfo
echo "# pagetypeinfo: $locks"
[ "$locks" -gt 0 ]
result $? "/proc/pagetypeinfo does, and is counted"
rmmod bare
