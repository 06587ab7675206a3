# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# plant.sh FAULT: plants that fault, and lets whoever looks for its kind look.

exec 3>/sys/kernel/debug/kmemleak
exec 4</sys/kernel/debug/kmemleak
case $1 in
spin-long)
	echo 1 >/proc/sys/kernel/watchdog_thresh
	insmod /tests/plant.ko fault="$1"
	;;
leak)
	insmod /tests/plant.ko fault="$1"
	sh /tests/lib/leaks.sh
	;;
trust-allocation | lose-on-failure)
	/tests/faults /tests/plant.ko fault="$1"
	sh /tests/lib/leaks.sh
	;;
*) insmod /tests/plant.ko fault="$1" ;;
esac
exit 0
