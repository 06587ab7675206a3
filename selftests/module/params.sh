#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest:
# Loading by hand: what insmod says, what it leaves behind where it is refused.

. "$(dirname "$0")/lib/ktap.sh"

ko=/lib/pfnscope/pfnscope.ko

loads() {
	insmod $ko "$@" && [ -d /sys/module/pfnscope ]
}

leaves_nothing() {
	[ ! -e /sys/module/pfnscope ] && [ ! -e /proc/pfnscope ] && [ ! -e /sys/kernel/debug/pfnscope ]
}

# A value that the type of the parameter does not take has to stop the load.
refuses_nonsense() {
	if insmod $ko "$1=nonsense"; then
		rmmod pfnscope
		return 1
	fi
	leaves_nothing
}

readable() {
	cat /sys/kernel/debug/pfnscope/* /proc/pfnscope
}

unloads() {
	rmmod pfnscope && leaves_nothing
}

parameters=$(strings $ko | sed -n 's/^parmtype=\([a-z_]*\):\(int\|uint\|bool\|long\|ulong\|ushort\|short\)$/\1/p')
plan $((6 + $(echo "$parameters" | wc -w)))

check "unloads what the guest loaded at boot" unloads
for parameter in $parameters; do
	check "$parameter=nonsense is refused and leaves nothing" refuses_nonsense "$parameter"
done

# Without kprobes there is the slower way to find symbols; without that too, fewer views.
echo 0 >/sys/kernel/debug/kprobes/enabled
check "loads with kprobes disarmed" loads
check "every file is readable then" readable
check "unloads" unloads
echo 1 >/sys/kernel/debug/kprobes/enabled
check "loads with kprobes armed again" loads
check "unloads again" unloads
finish
