#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What is the same for every command: help, examples, the options that choose rows, what completion offers for them.

. "$(dirname "$0")/tap.sh"
root=$repo/selftests/fixtures/7.2-numa

if [ ! -d "$root" ]; then
	skip "every command" "none in selftests/fixtures; selftests/vm/record makes them"
	finish
	exit
fi

# refuses COMMAND OPTION VALUE: status 1, no rows, and words that name the value.
refuses() {
	run "$1" --root "$root" --raw -n "$2" "$3"
	[ "$status" -eq 1 ] && [ ! -s "$work/out" ] && grep -qF "no row with" "$work/err" && grep -qF "${3##*=}" "$work/err"
}

offers_some() {
	[ -n "$("$PFNSCOPE" --complete --root "$root" "$@" '')" ]
}

for command in $("$PFNSCOPE" --complete ''); do
	bad=''
	"$PFNSCOPE" "$command" --help >"$work/help" || bad+=' --help'
	"$PFNSCOPE" help "$command" | cmp -s - "$work/help" || bad+=' help COMMAND'
	[ "$(tail -n 2 "$work/help" | grep -c "^  pfnscope ")" -eq 2 ] || bad+=' two examples'
	[ "$(wc -L <"$work/help")" -le 80 ] || bad+=' 80 columns'
	result "$([ -z "$bad" ]; echo $?)" "$command: help and two examples${bad:+, but not$bad}"

	grep -q -- '--where' "$work/help" || continue
	# Orders and sizes are headed by what they are.
	run "$command" --root "$root"
	awk 'NR == FNR {
			if (/^  [* ] [a-z]/) {
				sub(/^  [* ] /, "")
				names = names " " toupper($1)
				if ($2 ~ /^[A-Z][A-Z_-]*:$/) names = names " " substr($2, 1, length($2) - 1)
			}
			next
		}
		FNR == 1 {
			for (i = 1; i <= NF; i++)
				if ($i !~ /^[0-9]+[KMGT]?$/ && !index(names " ", " " $i " ") && !index(names, " " $i "_"))
					print "# nothing explains " $i
		}' "$work/help" "$work/out" >"$work/unexplained"
	cat "$work/unexplained"
	result "$([ ! -s "$work/unexplained" ]; echo $?)" "$command: --help explains every heading"
	run "$command" --root "$root" --raw
	[ "$(wc -l <"$work/out")" -gt 1 ] || continue
	bad=''
	read -r column _ <"$work/out"
	rows=$(($(wc -l <"$work/out") - 1))
	run "$command" --root "$root" --raw -n --top 1
	[ "$(wc -l <"$work/out")" -eq 1 ] || bad+=' --top'
	refuses "$command" --where "$column=9999999" || bad+=' --where'
	run "$command" --root "$root" --raw -n -o "$column" --sort "-$column"
	# What is not known comes last, whichever way round.
	grep -v '^-$' "$work/out" >"$work/sorted"
	grep -n '^-$' "$work/out" | cut -d: -f1 | sort -n | awk -v rows="$(wc -l <"$work/out")" '
		{ first = first ? first : $1; count++ } END { exit count && first + count - 1 != rows }' || bad+=' - last'
	if grep -qE '^[0-9]+$' "$work/sorted"; then
		sort -n "$work/sorted" | cmp -s - "$work/sorted" || bad+=' --sort'
	else
		LC_ALL=C sort -r "$work/sorted" | cmp -s - "$work/sorted" || bad+=' --sort'
	fi
	[ "$(wc -l <"$work/out")" -eq "$rows" ] || bad+=' all rows'
	offers_some "$command" --sort || bad+=' completion of --sort'
	for option in node zone; do
		grep -q -- "--$option " "$work/help" || continue
		refuses "$command" "--$option" 9999999 || bad+=" --$option"
		offers_some "$command" "--$option" || bad+=" completion of --$option"
	done
	result "$([ -z "$bad" ]; echo $?)" "$command: rows are chosen and sorted as of every table${bad:+, but not$bad}"
done
offers_some explain --gfp && offers_some owners --kind
result $? "completion offers flags and kinds"
run --help
[ "$(grep -c '^  [a-z]' "$work/out")" -eq "$("$PFNSCOPE" --complete '' | wc -w)" ] && grep -q glossary "$work/out"
result $? "help lists every command, and the glossary"
while read -r group; do
	# The commands of a group, in README and in --help.
	sed -n "/^$group:\$/,/^[A-Z#]/s/^    pfnscope \([a-z][a-z]*\) .*/\1/p" "$repo/README.md" | sort -u >"$work/readme"
	sed -n "/^ $group:\$/,/^ [A-Z]/s/^  \([a-z][a-z]*\) .*/\1/p" "$work/out" | sort -u >"$work/group"
	[ -s "$work/group" ] && cmp -s "$work/readme" "$work/group"
	result $? "$group: the group of README"
done < <(sed -n 's/^ \([A-Z].*\):$/\1/p' "$work/out")

# The options of status need not its name.
for options in --scan '--scan --json' --all; do
	read -ra words <<<"$options"
	run status "${words[@]}" --root "$root"
	cp "$work/out" "$work/named"
	run "${words[@]}" --root "$root"
	cmp -s "$work/out" "$work/named" && [ "$status" -eq 0 ]
	result $? "pfnscope $options is pfnscope status $options"
done
run --scan zones --root "$root"
expect "another command has none of them" 64 'zones has no --scan' ''
run generations --root "$root" --where 'age>9999s'
expect "what there is is said with its unit" 1 'no row with age > 9999s: there are [0-9.]+m?s' ''
finish
