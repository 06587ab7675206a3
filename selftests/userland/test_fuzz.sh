#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A few seconds of each fuzzer, so that none of them rots; a long run is `make fuzz SECONDS=N`.

. "$(dirname "$0")/tap.sh"

for source in "$here"/fuzz_*.c; do
	name=$(basename "$source" .c)
	if ! command -v "${CLANG:-clang}" >/dev/null; then
		skip "$name" "clang is not installed"
		continue
	fi
	fuzzer=$repo/selftests/build/out/userland/$name
	make --silent --no-print-directory -C "$here" "../build/out/userland/$name" >"$work/log" 2>&1 &&
		"$here/fuzz" "$fuzzer" 5 >>"$work/log" 2>&1
	status=$?
	[ "$status" -eq 0 ] || sed 's/^/# /' "$work/log" | tail -n 30
	result "$status" "$name survives 5 seconds"
done
finish
