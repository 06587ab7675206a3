#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The screens of the guide that were taken of recorded roots, taken again and compared: screens.rst has a mark
# ".. screens: NAME" for each folder of selftests/fixtures, and "lib/screens" makes what stands until ".. end". Those of
# running machines are selftests/vm/screens'.
#
# ACCEPT=1 writes into the page what is shown now.

. "$(dirname "$0")/tap.sh"
page=$repo/Documentation/admin-guide/screens.rst
export PFNSCOPE

if ! command -v script >/dev/null; then
	skip "screens" "script(1) is not installed (bsdutils)"
	finish
	exit
fi
mapfile -t names < <(sed -n 's/^\.\. screens: //p' "$page")
for name in "${names[@]}"; do
	"$repo/selftests/lib/screens" --root "$repo/selftests/fixtures/$name" >"$work/now"
	[ -z "${ACCEPT:-}" ] || "$repo/selftests/lib/replace-part" "$page" "screens: $name" "$work/now"
	awk -v mark=".. screens: $name" '$0 == ".. end" { inside = 0 } inside > 1 { print } inside { inside++ } $0 == mark { inside = 1 }' \
		"$page" >"$work/shown"
	diff -u "$work/shown" "$work/now" >"$work/diff"
	same=$?
	sed 's/^/# /' "$work/diff"
	[ "$same" -eq 0 ] || echo "# if this change is meant: make -C selftests/userland accept, and commit the page"
	result "$same" "$name: its screens are those of the guide"
	awk '/::$/ { width = /120 columns/ ? 120 : 80 }
		/^    / && length > width + 4 { print "# wider than " width ": " $0; bad = 1 }
		END { exit bad || !width }' "$work/now"
	result $? "$name: no line is wider than the terminal"
done
[ "$count" -gt 0 ] || result 1 "marks are found"
for name in 6.1 7.2; do
	grep -A3 "^\.\. live: $name\$" "$page" | grep -Eq "^Linux ${name}[^ ]*, 20[0-9-]+\$"
	result $? "the guest of $name has its kernel and date"
done
finish
