#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# No folder of the command knows one above it, and the checker that says so sees one that does.

. "$(dirname "$0")/tap.sh"

direction=$repo/selftests/build/direction

bad=0
"$direction" >"$work/out" || bad=1
[ ! -s "$work/out" ] || { bad=1; sed 's/^/# /' "$work/out"; }
result "$bad" "no include of the command points upwards"

# plant FILE LINE WORDS: the line in a copy of the sources has to be told, in these words.
plant() {
	local bad=0

	rm -rf "$work/copy"
	mkdir "$work/copy"
	(cd "$repo/userland" && find . -name build -prune -o -name '*.[ch]' -print | tar -cT - | tar -xC "$work/copy")
	mkdir -p "$work/copy/$(dirname "$1")"
	echo "$2" >>"$work/copy/$1"
	if "$direction" "$work/copy" >"$work/out" 2>/dev/null; then bad=1; fi
	grep -qF "$3" "$work/out" || { bad=1; sed 's/^/# /' "$work/out"; }
	result "$bad" "$1 with $2 is told"
}

plant table/row.c '#include "view/zones.h"' 'table is not to know view'
plant allocator/plan.h '#include "oomlog/report.h"' 'userland/allocator/plan.h:'
plant render/json.c '#include "cmd/cmd.h"' 'render is not to know cmd'
plant attic/old.c '#include "base/alloc.h"' 'attic/: direction does not say'
finish
