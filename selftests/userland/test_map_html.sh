#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The page of `map --html` in a browser: pointing at a block tells its owner, and the boxes hide classes and nodes; from a
# recorded root, and from as many blocks as a machine of 1 TiB has.
#
# Needs chromium; `selftests/vm/setup --browser` installs it.

. "$(dirname "$0")/tap.sh"

# try NAME ROOT: the page with the script of map-html.js behind its own.
try() {
	local name=$1 root=$2 pageblocks=$2/sys/kernel/debug/pfnscope/pageblocks line

	{
		"$PFNSCOPE" --root "$root" map --html | sed 's,</body></html>$,,'
		# The last block that a slab cache spoils, behind all others of its node.
		awk 'NR > 2 { blocks++; if ($NF != "-") { pfn = $3; owner = $NF } }
			END { printf "<script>const wanted={blocks:%d,pfn:%d,owner:\"%s\"};\n", blocks, pfn, owner }' "$pageblocks"
		cat "$(dirname "$0")/map-html.js"
		echo '</script></body></html>'
	} >"$work/page.html"
	timeout "$((120 * ${PATIENCE:-3}))" chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --window-size=1280,900 \
		--user-data-dir="$work/profile" --dump-dom "file://$work/page.html" >"$work/dom" 2>"$work/err" ||
		sed 's/^/# /' "$work/err"
	sed -n '/<pre id="result">/,/<\/pre>/{s/<[^>]*>//g;/./p}' "$work/dom" >"$work/lines"
	[ -s "$work/lines" ] || echo "not ok the page runs to its end: no result" >"$work/lines"
	while read -r line; do
		case $line in
		ok\ *) result 0 "$name: ${line#ok }" ;;
		*) echo "# $line"; result 1 "$name: ${line#not ok }" ;;
		esac
	done <"$work/lines"
}

# terabyte FILE: the blocks of a recorded file again and again, up to 524288.
terabyte() {
	awk -f "$(dirname "$0")/../lib/terabyte.awk" "$1"
}

if ! command -v chromium >/dev/null; then
	skip "the page in a browser" "chromium is not installed (selftests/vm/setup --browser)"
	finish
	exit
fi
try "two nodes and more" "$repo/selftests/fixtures/6.1-numa"
mkdir -p "$work/big/sys/kernel/debug/pfnscope"
terabyte "$repo/selftests/fixtures/6.1/sys/kernel/debug/pfnscope/pageblocks" >"$work/big/sys/kernel/debug/pfnscope/pageblocks"
try "524288 blocks" "$work/big"
finish
