# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# KTAP for shell tests: plan N, then check NAME COMMAND... or skip NAME REASON, at the end finish.

ktap_number=0
ktap_failed=0

plan() {
	printf 'KTAP version 1\n1..%d\n' "$1"
}

# check NAME COMMAND...: ok where COMMAND exits 0; shows what it printed where not.
check() {
	ktap_name=$1
	shift
	ktap_number=$((ktap_number + 1))
	if ktap_output=$("$@" 2>&1); then
		echo "ok $ktap_number $ktap_name"
	else
		ktap_failed=$((ktap_failed + 1))
		[ -z "$ktap_output" ] || printf '%s\n' "$ktap_output" | sed 's/^/# /'
		echo "not ok $ktap_number $ktap_name"
	fi
}

# skip NAME REASON
skip() {
	ktap_number=$((ktap_number + 1))
	echo "ok $ktap_number $1 # SKIP $2"
}

# refused COMMAND...: succeeds where COMMAND fails.
refused() {
	! "$@"
}

finish() {
	[ "$ktap_failed" -eq 0 ]
	exit
}
