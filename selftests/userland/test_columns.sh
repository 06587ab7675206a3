#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A column that a table has not got does not compile.

. "$(dirname "$0")/tap.sh"

# compiles COLUMN: with the flags of the command's own Makefile.
compiles() {
	cat >"$work/column.c" <<-END
	#include "table/table.h"
	#include "view/zones.h"
	bool get(const struct pfnscope_table *table, uint64_t *number);
	bool get(const struct pfnscope_table *table, uint64_t *number)
	{
		return pfnscope_table_number(table, 0, $1, number);
	}
	END
	# shellcheck disable=SC2086 # flags
	"${CC:-cc}" $flags -I"$repo/userland" -fsyntax-only "$work/column.c" 2>"$work/err"
}

# shellcheck disable=SC2016 # make's
flags=$(make -s -C "$repo/userland" --eval 'flags: ; @echo $(CFLAGS)' flags)
bad=0
compiles ZONES_low_pages || bad=1
result "$bad" "a column of zones compiles"
for column in ZONES_low_page ZONES_order '"low_pages"'; do
	bad=0
	if compiles "$column"; then bad=1; fi
	grep -qE "undeclared|integer from pointer|incompatible" "$work/err" || bad=1
	result "$bad" "$column does not compile"
done
finish
