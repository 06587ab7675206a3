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
# What is cut says so, in whole characters, and loses nothing else.
on_columns() {
	script -qec "stty cols $1; LC_ALL=$2 '$PFNSCOPE' $3 --root '$repo/selftests/fixtures/7.2-numa' -n" /dev/null </dev/null | tr -d '\r'
}
"$PFNSCOPE" forecast --root "$repo/selftests/fixtures/7.2-numa" -n >"$work/whole"
on_columns 60 C.UTF-8 forecast >"$work/cut"
on_columns 60 C forecast | cmp -s - "$work/cut" && awk '
	NR == FNR { whole[FNR] = $0; next }
	{ sign = sub(/\.\.$/, "") }
	sign && index(whole[FNR], $0) == 1 && length($0) < length(whole[FNR]) { cut++; next }
	$0 != whole[FNR] { bad = 1 }
	END { exit bad || !cut }' "$work/whole" "$work/cut"
result $? "a list of blockers that is cut says so"
[ "$count" -gt 0 ] || skip "recorded roots" "none in selftests/fixtures; selftests/vm/record makes them"
finish
