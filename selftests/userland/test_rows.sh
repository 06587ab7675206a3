#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# How many lines a table has with --all, and on a terminal of 80 columns and 24 lines without: Documentation/design/rows.rst.
#
# ACCEPT=1 writes that page anew.

. "$(dirname "$0")/tap.sh"
page=$repo/Documentation/design/rows.rst
roots=(6.1 6.12-numa 7.2-numa)

if ! command -v script >/dev/null; then
	skip "a terminal of 24 lines" "script(1) is not installed (bsdutils)"
	finish
	exit
fi

# lines COMMAND ROOT OPTION...: printed on a terminal, remarks left out.
lines() {
	local command=$1 root=$2
	shift 2
	script -qec "stty cols 80 rows 24; '$PFNSCOPE' $command --root '$repo/selftests/fixtures/$root' $* 2>/dev/null" /dev/null \
		</dev/null | wc -l
}

cd "$work" || exit
for command in $("$PFNSCOPE" --complete ''); do
	"$PFNSCOPE" "$command" --help | grep -q -- '--where' || continue
	cells=''
	for root in "${roots[@]}"; do
		all=$(lines "$command" "$root" --all)
		[ "$all" -gt 0 ] || { cells+='             '; continue; }
		shown=$(lines "$command" "$root")
		cells+=$(printf ' %5d %5d ' "$all" "$shown")
		# Flags have no order of weight: all of them are listed, or none.
		[ "$shown" -le 24 ] || [ "$command" = gfp ] || echo "$command on $root" >>long
	done
	printf '%-12s%s\n' "$command" "$cells" | sed 's/ *$//' >>rows
done
! [ -s long ]
result $? "every table fits 24 lines$(sed '1s/^/, but not /; 2,$s/^/, /' long 2>/dev/null | tr -d '\n')"
{
	sed -n '1,/^\.\. rows$/p' "$page"
	printf '\n::\n\n    %-12s %-13s%-13s%s\n' command "${roots[@]}"
	printf '                 --all shown  --all shown  --all shown\n'
	sed 's/^/    /' rows
} >new
[ -z "${ACCEPT:-}" ] || cp new "$page"
cmp -s "$page" new
result $? "rows.rst has these numbers"
diff "$page" - <new | sed "s/^/# /; 10q"
finish
