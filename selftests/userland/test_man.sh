#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every command gets a manual page that docutils takes, and the pages that were written have every option.

. "$(dirname "$0")/tap.sh"
man=$repo/Documentation/man

# Options that `pfnscope ARGUMENT... --help` lists and that the page FILE... lacks.
missing_options() {
	local help=$1 option
	shift
	while read -r option; do
		cat "$@" | grep -q -- "$option\b" || echo "$option"
	done < <(grep -oE '^  (-.,|   ) --[a-z-]+' "$help" | grep -oE -- '--.*')
}

# whole FILE: the source of a page, with what it includes.
whole() {
	local line

	while IFS= read -r line; do
		case $line in
		'.. include:: '[a-z]*) whole "$man/${line##* }" ;;
		*) printf '%s\n' "$line" ;;
		esac
	done <"$1"
}

# Options that the page FILE describes and that the help HELP does not know. Which tables have a node and a zone it says itself.
refused_options() {
	local option

	sed -nE 's/^(\*\*)?(-.,? )?--/--/p' "$1" | grep -oE '^--[a-z][a-z-]*' | grep -vxE -- '--(node|zone)' | while read -r option; do
		grep -q -- " $option\b" "$2" || echo "$option"
	done
}

run --help
whole "$man/pfnscope.rst" >"$work/page"
missing=$(missing_options "$work/out" "$work/page")
result "$([ -z "$missing" ]; echo $?)" "pfnscope has the options of all commands${missing:+, but not $missing}"
for page in "$man"/pfnscope-*.rst; do
	command=$(basename "$page" .rst)
	read -ra words <<<"${command#pfnscope-}"
	[ "$command" != pfnscope-oom-next ] || words=(oom --next)
	run "${words[@]}" --help
	whole "$page" >"$work/page"
	missing=$(missing_options "$work/out" "$work/page")
	result "$([ "$status$missing" = 0 ]; echo $?)" "$command has its options${missing:+, but not $missing}"
	refused=$(refused_options "$work/page" "$work/out")
	result "$([ -z "$refused" ]; echo $?)" "and no other${refused:+, but $refused}"
done

# What a page shows as an example has to be a command line that the command takes: of a recorded root, an incident, a log.
pfnscope() {
	local root=(--root "$repo/selftests/fixtures/7.2-numa")

	case " $* " in
	*' --root '* | *' --from '* | *' oom '* | *' leak '* | *' help '*) root=() ;;
	*' sites '*) root[1]=$repo/selftests/fixtures/sites/6.1-dma ;;
	*' balance '*) root[1]=$repo/selftests/fixtures/reclaim/6.1-lists ;;
	*' --plan '* | *'/memory.max='*) root[1]=$repo/selftests/fixtures/reclaim/6.1-lists ;;
	*' events '* | *' latency '* | *' stalls '*) root[1]=$repo/selftests/fixtures/events/6.1 ;;
	esac
	# Where the screen of a terminal would be, there is none.
	[[ " $* " != *' top ' ]] || set -- "$@" -b
	"$PFNSCOPE" "${root[@]}" "$@"
	echo $? >"$work/status"
}

dmesg() {
	cat messages
}

cd "$work" || exit
cp "$repo/selftests/fixtures/oom/7.2-anon.log" messages
incident=$repo/selftests/fixtures/oom/6.1-dma.incident
# A recording a minute, all alike.
mkdir -p history/2026-11-27
"$PFNSCOPE" --root "$repo/selftests/fixtures/7.2-numa" record history/kept.tar >/dev/null
for minute in $(seq 10 59); do
	ln history/kept.tar "history/2026-11-27/17${minute}00.tar"
done
for page in "$man"/pfnscope*.rst; do
	examples=0 wrong=''
	while read -r line; do
		rm -f "$work/status"
		eval "$line" >"$work/out" 2>"$work/err" </dev/null
		examples=$((examples + 1))
		[ "$(cat "$work/status")" -lt 4 ] || wrong+=" \"$line\""
	done < <(sed -n '/^EXAMPLES$/,/^SEE ALSO$/{
			s|/sys/kernel/debug/pfnscope/incidents/1|'"$incident"'|
			s|/tmp/from-the-customer|'"$repo/selftests/fixtures/6.12-numa"'|
			s|/var/lib/pfnscope|history|
			s/ | jq .*//
			s/^    \(.*pfnscope .*\)/\1/p
		}' "$page" | grep -v -e '--pid' -e '--pages' -e '--cgroup' -e '--for' -e 'events -f')
	result "$([ -z "$wrong" ]; echo $?)" "$(basename "$page"): its $examples examples are answered${wrong:+, but not$wrong}"
done
written=$(grep -L '^EXAMPLES$' "$man"/pfnscope-*.rst | xargs -r -n 1 basename)
result "$([ -z "$written" ]; echo $?)" "every page that was written has examples${written:+, but not $written}"
if command -v rst2man >/dev/null; then
	make --silent --no-print-directory -C "$repo/Documentation" man >"$work/log" 2>&1
	result $? "docutils takes every page"
	grep -v '^rst2' "$work/log" | sed 's/^/# /' | tail -n 20
	for command in $("$PFNSCOPE" --complete ''); do
		[ -s "$repo/Documentation/out/man/pfnscope-$command.1" ]
		result $? "$command has a page"
	done
else
	skip "docutils takes every page" "rst2man is not installed (python3-docutils)"
fi
finish
