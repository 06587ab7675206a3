#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every command has a manual page, every option is in one, and the list of commands names it.

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

run --help
mv "$work/out" "$work/help"
missing=$(missing_options "$work/help" "$man/options.rst")
result "$([ -z "$missing" ]; echo $?)" "options.rst has the options of all commands${missing:+, but not $missing}"
for command in $("$PFNSCOPE" --complete ''); do
	page=$man/pfnscope-$command.rst
	if [ ! -e "$page" ]; then
		result 1 "$command: has no page pfnscope-$command.rst"
		continue
	fi
	run "$command" --help
	missing=$(missing_options "$work/out" "$page" "$man/options.rst")
	result "$([ -z "$missing" ]; echo $?)" "$command: its page has its options${missing:+, but not $missing}"
	grep -q "^\*\*$command\*\*" "$man/pfnscope.rst"
	result $? "$command: pfnscope.rst lists it"
done
if command -v rst2man >/dev/null; then
	make --silent --no-print-directory -C "$repo/Documentation" man >"$work/log" 2>&1
	result $? "rst2man takes every page"
	sed 's/^/# /' "$work/log" | grep -v '^# rst2' | tail -n 20
else
	skip "rst2man takes every page" "rst2man is not installed (python3-docutils)"
fi
finish
