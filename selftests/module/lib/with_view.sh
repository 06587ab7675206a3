# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Usage: with_view.sh VIEW COMMAND: a test of VIEW on a kernel that may do without it; configs.sh judges the reason.

reason=$(sed -n "s/^view\.$1 //p" /sys/kernel/debug/pfnscope/about)
[ "$reason" = available ] || { echo "1..0 # SKIP ${reason:-there is no view $1}"; exit; }
shift
exec "$@"
