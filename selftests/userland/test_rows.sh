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
		[ "$shown" -le 24 ] || echo "$command on $root" >>long
	done
	printf '%-12s%s\n' "$command" "$cells" | sed 's/ *$//' >>rows
done
! [ -s long ]
result $? "every table fits 24 lines$(sed '1s/^/, but not /; 2,$s/^/, /' long 2>/dev/null | tr -d '\n')"

# Sixteen times as many nodes, CPUs and cgroups as were recorded.
recorded=$repo/selftests/fixtures/7.2-numa files=sys/kernel/debug/pfnscope
cp -r "$recorded" many
chmod -R u+w many
for file in "$recorded/$files"/*; do
	[ -f "$file" ] || continue
	awk -v OFS=' ' '
		NR == 2 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR <= 2 || /^#/ { print; next }
		function more(column, by) { if ((column in at) && $at[column] ~ /^[0-9]+$/) $at[column] += by }
		function below(column, by) { if ((column in at) && $at[column] ~ /^\//) $at[column] = $at[column] (by ? "/" by : "") }
		{ row[++rows] = $0 }
		END {
			for (k = 0; k < 16; k++)
				for (r = 1; r <= rows; r++) {
					$0 = row[r]
					more("node", 4 * k); more("zone_node", 4 * k); more("cpu", 4 * k)
					more("start_pfn", 524288 * k); below("cgroup", k)
					print
				}
		}' "$file" >"many/$files/${file##*/}"
done
: >long
for command in $("$PFNSCOPE" --complete ''); do
	"$PFNSCOPE" "$command" --help | grep -q -- '--where' || continue
	script -qec "stty cols 80 rows 24; '$PFNSCOPE' $command --root many 2>/dev/null" /dev/null </dev/null | tr -d '\r' >screen
	[ "$(wc -l <screen)" -le 24 ] || echo "$command" >>long
	cp screen "screen.$command"
done
! [ -s long ]
result $? "nor is any longer on 64 nodes$(sed '1s/^/, but for /; 2,$s/^/, /' long | tr -d '\n')"
# The heaviest rows stay, and what is left out is counted.
"$PFNSCOPE" pcp --root many --raw -n >all
most=$("$PFNSCOPE" pcp --root many -n --top 1 --sort count -o node,zone,cpu,count | awk '{ $1 = $1; print }')
awk -v most="$most" '{ $1 = $1 } index($0, most " ") == 1 { found = 1 } END { exit !found }' screen.pcp &&
	tail -n 1 screen.pcp | grep -qx "($(($(wc -l <all) - $(wc -l <screen.pcp) + 2)) more rows: --all)"
result $? "the longest per-CPU lists stay, and the others are counted"
grep -q '^ *- all ' screen.forecast
result $? "so does the sum of forecast"
[ "$("$PFNSCOPE" pcp --root many -n | wc -l)" -eq "$(wc -l <all)" ]
result $? "a pipe gets every row"
"$PFNSCOPE" gfp --root "$recorded" --raw -n -o name,value | sort >theirs
script -qec "stty cols 80 rows 24; '$PFNSCOPE' gfp --root '$recorded'" /dev/null </dev/null | tr -d '\r' |
	awk 'NR > 1 { print $1, $2; if ($3 != "-") print $3, $4 }' |
	while read -r name value; do echo "$name $((value))"; done | sort | cmp -s - theirs
result $? "two flags share a line, and none is lost"
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
