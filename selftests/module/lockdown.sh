#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest: --allow Lockdown:
# The module's files stay readable in lockdown=integrity, entered after the module was loaded: a file
# of mode 0400 without write, ioctl and mmap is what debugfs lets through.

. "$(dirname "$0")/lib/ktap.sh"

dir=/sys/kernel/debug/pfnscope
lockdown=/sys/kernel/security/lockdown

mount -t securityfs securityfs /sys/kernel/security
files=$(ls "$dir")
plan $((4 + $(echo "$files" | wc -w)))

# A file of mode 0644 shows that lockdown does refuse: readable before, not after.
writable=/sys/kernel/debug/fault_around_bytes

check "the kernel offers lockdown" grep -q integrity "$lockdown"
check "a writable file of debugfs is readable before" cat $writable
echo integrity >"$lockdown"
check "lockdown is integrity now" grep -qF '[integrity]' "$lockdown"
check "it is refused now" refused cat $writable

has_version_line() {
	head -n 1 "$1" | grep -q "^pfnscope ${1##*/} [0-9]*[.][0-9]*$"
}

for file in $files; do
	check "$file is readable under lockdown" has_version_line "$dir/$file"
done
finish
