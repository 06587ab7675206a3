#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The usual columns of every command fit a terminal of 80 columns, on every recorded root.

. "$(dirname "$0")/tap.sh"

if ! command -v script >/dev/null; then
	skip "a terminal of 80 columns" "script(1) is not installed (bsdutils)"
	finish
	exit
fi
for root in "$repo"/selftests/fixtures/*/; do
	[ -d "$root/sys/kernel/debug/pfnscope" ] || continue
	name=$(basename "$root")
	[[ $name != *.new ]] || continue # being recorded
	bad=0
	for command in $("$PFNSCOPE" --complete ''); do
		[ -e "$root/sys/kernel/debug/pfnscope/$command" ] || [ "$command" = status ] || continue
		script -qec "stty cols 80; '$PFNSCOPE' $command --root '$root' 2>'$work/err'" /dev/null </dev/null >"$work/out"
		awk -v command="$command" '
			{ sub(/\r$/, "") }
			length > 80 { print "# " command ": " length " columns: " $0; bad = 1; exit }
			END { exit bad }' "$work/out" || bad=1
	done
	result "$bad" "$name: no line is longer than 80 columns"
done
[ "$count" -gt 0 ] || skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
finish
