#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The sessions of README and of the guide, run again and compared: "    $ pfnscope ..." and what is printed below it.
#
# A comment line in the page (".. root: NAME", in README "<!-- root: NAME -->") says what the sessions behind it ran on:
#   root: NAME   selftests/fixtures/NAME, by --root
#   logs: NAME   the logs in the folder selftests/fixtures/NAME, which is where the command runs
#   root: none   something that was not recorded: they are left as they are
#
# ACCEPT=1 writes into the pages what is printed now.

. "$(dirname "$0")/tap.sh"
fixtures=$repo/selftests/fixtures

# What the sessions call, on the root that was marked last.
pfnscope() {
	"$PFNSCOPE" ${root:+--root "$root"} "$@"
}

# session COMMAND: what a terminal would show of it, indented as in a page.
session() {
	(cd "${logs:-$work}" && eval "$1") 2>&1 </dev/null | sed 's/^./    &/'
}

# mark KIND NAME
mark() {
	root='' logs='' marked=yes
	case $1:$2 in
	root:none) marked='' ;;
	root:*) root=$fixtures/$2 ;;
	logs:*) logs=$fixtures/$2 ;;
	esac
	[ -z "$marked" ] || [ -d "$root$logs" ] || { echo "# no such folder: $2"; missing=1; }
}

# rerun PAGE: the page with its sessions as they are now in $work/page; leaves $sessions.
rerun() {
	local line inside='' root='' logs='' marked=''

	sessions=0 missing=0
	while IFS= read -r line; do
		if [ -n "$marked" ] && [[ $line == '    $ '* ]]; then
			[ "$inside" != blank ] || echo >&3
			echo "$line" >&3
			session "${line#'    $ '}" >&3
			sessions=$((sessions + 1)) inside=yes
			continue
		fi
		if [ -n "$inside" ] && [[ -z $line || $line == '    '* ]]; then
			inside=${line:+yes} inside=${inside:-blank}
			continue
		fi
		[ -z "$inside" ] || echo >&3
		inside=''
		[[ ! $line =~ ^(\.\.|'<!--')' '(root|logs)': '([^ ]+) ]] || mark "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
		echo "$line" >&3
	done <"$1" 3>"$work/page"
}

for page in "$repo"/README.md "$repo"/Documentation/{admin-guide,design}/*.rst; do
	grep -Eq '^(\.\.|<!--) (root|logs): ' "$page" || continue
	rerun "$page"
	[ -z "${ACCEPT:-}" ] || cat "$work/page" >"$page"
	diff -u "$page" "$work/page" >"$work/diff"
	same=$?
	sed 's/^/# /' "$work/diff"
	[ "$same" -eq 0 ] || echo "# if this change is meant: make -C selftests/userland accept, and commit the page"
	result "$((same || missing || ! sessions))" "$(basename "$page"): its $sessions sessions print what they show"
done
[ "$count" -gt 0 ] || result 1 "pages with sessions are found"

# What a sentence tells to type is a command line that is taken; what it writes is not left behind. A folder that it names
# has as many recordings as leak wants, all of one moment; what would go on for ever ends after the first time.
cd "$work" || exit
root=$fixtures/7.2-numa wrong=''
recorded=$(pfnscope record --every 60s --count 1 folder/)
for second in {10..29}; do cp "$recorded" "${recorded%/*}/0000$second.${recorded#*.}"; done
# shellcheck disable=SC2016 # backquotes of reStructuredText
while read -r _ line; do
	root=$fixtures/7.2-numa
	[[ $line != oom* && ! $line =~ folder ]] || root=''
	[[ $line != top* ]] || line+=' -b --count 1'
	[[ $line != record*--every* ]] || line+=' --count 1'
	eval "pfnscope $line" >/dev/null 2>&1 </dev/null
	[ $? -lt 64 ] || wrong+=" \"$line\""
done < <(grep -hoE '``pfnscope [a-z][^`]*``' "$repo"/Documentation/{admin-guide,design}/*.rst | tr -d '`' |
	sed -E 's,FOLDER|/var/lib/pfnscope,folder,' | sort -u | grep -vxE 'pfnscope (explain|record --every)')
# Not one that asks for its request, nor one that is named for its option.
result "$([ -z "$wrong" ]; echo $?)" "the commands within sentences are taken${wrong:+, but not$wrong}"
# README lists every command.
lost=$(for command in $("$PFNSCOPE" --complete ''); do grep -q "^    pfnscope $command " "$repo/README.md" || echo "$command"; done)
result "$([ -z "$lost" ]; echo $?)" "README lists every command${lost:+, but not $lost}"

groups() { sed -nE 's/^ ?([A-Z][a-z ]*:)$/\1/p; s/^ {2}( {2}pfnscope )?([a-z]+) .*/\2/p'; }
diff <("$PFNSCOPE" --help | sed -n '/^Commands/,/^$/p' | groups) \
	<(sed -n '/^## What it shows/,/^Those that print/p' "$repo/README.md" | groups) >order
result $? "README groups the commands as --help does"
sed 's/^/# /' order

# `page` names a page of the guide, and the first one names them all.
cd "$repo/Documentation/admin-guide" || exit
# shellcheck disable=SC2016 # backquotes of reStructuredText
lost=$(sed 's/``[^`]*``//g' ./*.rst | grep -oE '`[a-z0-9-]+`' | tr -d '`' | sort -u |
	while read -r page; do [ -f "$page.rst" ] || echo "$page"; done)
result "$([ -z "$lost" ]; echo $?)" "the pages that are referred to are there${lost:+, but not $lost}"
lost=$(for page in *.rst; do grep -q "\`${page%.rst}\`" pfnscope.rst || [ "$page" = pfnscope.rst ] || echo "$page"; done)
result "$([ -z "$lost" ]; echo $?)" "the first page names every page${lost:+, but not $lost}"

# The script of record-a-root.rst on this machine: what it records is what the machine shows. It writes to the folder here.
awk '/^\.\. script: record$/ { found = 1 } found && /^    / { print substr($0, 5); inside = 1 } inside && /^[^ ]/ { exit }' \
	"$repo/Documentation/admin-guide/record-a-root.rst" | sed "s|/tmp/|$work/|" >"$work/record"
if [ -r /proc/zoneinfo ] && [ "$(id -u)" -eq 0 ]; then
	mkdir "$work/root"
	TMPDIR=$work sh "$work/record" && tar -C "$work/root" -xzf "$work/root.tar.gz"
	result $? "the script of record-a-root.rst records this machine"
	columns=node,zone,present,managed,min,low,high
	"$PFNSCOPE" zones --raw -o "$columns" >"$work/live" 2>/dev/null
	"$PFNSCOPE" zones --raw -o "$columns" --root "$work/root" >"$work/recorded" 2>/dev/null
	[ -s "$work/live" ] && diff "$work/live" "$work/recorded" | sed 's/^/# /'
	result "${PIPESTATUS[1]}" "its zones are those of this machine"
	! find "$work/root" -type f -size 0 ! -path '*/swaps' | grep .
	result $? "no file of it is empty"
else
	skip "the script of record-a-root.rst records this machine" "only root can record"
fi
finish
