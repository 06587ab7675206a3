# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For test_*.sh: checks that print one line each.

set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/../.." && pwd)
: "${PFNSCOPE:=$repo/userland/pfnscope}"
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
count=0 failed=0

# result STATUS NAME: one line; 0 passes.
result() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

# run ARGUMENT...: the command; leaves $status and the files $work/out and $work/err.
run() {
	status=0
	"$PFNSCOPE" "$@" >"$work/out" 2>"$work/err" || status=$?
}

# expect NAME STATUS ERR OUT: what the last run must have done. ERR and OUT are extended regular expressions for a line of
# each; an empty one wants nothing there at all.
expect() {
	local bad=0

	[ "$status" -eq "$2" ] || { bad=1; echo "# status $status, not $2"; }
	says "$work/err" "$3" || { bad=1; echo "# stderr does not say \"$3\":"; sed 's/^/#   /' "$work/err"; }
	says "$work/out" "$4" || { bad=1; echo "# stdout does not say \"$4\":"; sed 's/^/#   /;20q' "$work/out"; }
	result "$bad" "$1"
}

says() {
	if [ -z "$2" ]; then
		[ ! -s "$1" ]
	else
		grep -Eq -- "$2" "$1"
	fi
}

# The plan, and the status.
finish() {
	echo "1..$count"
	[ "$failed" -eq 0 ]
}

# need_browser: where there is none, what comes before it is all that is tested.
need_browser() {
	command -v chromium >/dev/null && return
	skip "the page in a browser" "chromium is not installed (selftests/vm/setup --browser)"
	finish
	exit
}

# browse NAME light|dark: runs $work/page.html in a browser, and takes over the results that it writes.
browse() {
	local name=$1 line dark=()

	[ "$2" = light ] || dark=(--blink-settings=preferredColorScheme=0)
	timeout "$((120 * ${PATIENCE:-3}))" chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --window-size=1280,900 \
		"${dark[@]}" --user-data-dir="$work/profile" --dump-dom "file://$work/page.html" >"$work/dom" 2>"$work/err" ||
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
