# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The last words of a guest of a debug kernel: unloads the module and asks kmemleak what nobody knows any more.
# Descriptors 3 and 4 are kmemleak's file, open for writing and for reading since before any test: lockdown forbids to open it.
#
# What leaked while the module was loaded is lost after it as well. A scan believes what held still since the one before,
# and reports nothing that is younger than five seconds.

unload() {
	[ ! -e /sys/module/pfnscope ] || rmmod pfnscope
}

echo 'KTAP version 1'
echo '1..2'
if unload; then echo ok 1 leaks: the module unloads; else echo not ok 1 leaks: the module unloads; fi
sleep 5
echo scan >&3
echo scan >&3
found=$(sed 's/^/# /' <&4)
if [ -z "$found" ]; then
	echo ok 2 leaks: kmemleak finds nothing
else
	echo "$found"
	echo not ok 2 leaks: kmemleak finds nothing
fi
