#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A column that a table has not got does not compile, nor that of another view.

. "$(dirname "$0")/tap.sh"

# compiles CC FUNCTION: with the flags of the command's own Makefile.
compiles() {
	cat >"$work/column.c" <<-END
	#include "view/owners.h"
	#include "view/zones.h"
	$2
	END
	# shellcheck disable=SC2086 # flags
	"$1" $flags -Wno-missing-prototypes -I"$repo/userland" -fsyntax-only "$work/column.c" 2>"$work/err"
}

# try CC WORD STATEMENT...: WORD is what the compiler has to say, or nothing.
try() {
	local bad=0 compiler=$1 wants=$2

	if compiles "$compiler" "bool get(const struct ZONES_table *zones, const struct OWNERS_table *owners,
			  const struct pfnscope_table *any, struct ZONES_table *made, uint64_t *number);
	     bool get(const struct ZONES_table *zones, const struct OWNERS_table *owners,
		      const struct pfnscope_table *any, struct ZONES_table *made, uint64_t *number)
	     { (void)zones, (void)owners, (void)any, (void)made, (void)number; return $3; }"; then
		[ -z "$wants" ] || bad=1
	else
		[ -n "$wants" ] && grep -qE "$wants" "$work/err" || bad=1
	fi
	[ "$bad" -eq 0 ] || sed 's/^/# /' "$work/err"
	result "$bad" "$compiler: $3 $([ -z "$wants" ] && echo compiles || echo does not compile)"
}

# shellcheck disable=SC2016 # make's
flags=$(make -s -C "$repo/userland" --eval 'flags: ; @echo $(CFLAGS)' flags)
for compiler in "${CC:-cc}" clang; do
	command -v "$compiler" >/dev/null || continue
	try "$compiler" "" "pfnscope_table_number(CELL(zones, 0, ZONES_low_pages), number)"
	try "$compiler" "" "pfnscope_table_number(CELL(owners, 0, OWNERS_pages), number)"
	try "$compiler" "" "pfnscope_table_number(CELL(ZONES_OF(any), 0, ZONES_low_pages), number)"
	for column in ZONES_low_page OWNERS_pages '"low_pages"' 3; do
		try "$compiler" "no member|undeclared|expected" \
			"pfnscope_table_number(CELL(zones, 0, $column), number)"
	done
	try "$compiler" "no member" "pfnscope_table_number(CELL(owners, 0, ZONES_low_pages), number)"
	try "$compiler" "no member" "pfnscope_table_number(CELL(any, 0, ZONES_low_pages), number)"
	try "$compiler" "incompatible|from pointer" "pfnscope_table_number(any, 0, \"low_pages\", number)"
	try "$compiler" "incompatible" "!(made = OWNERS_NEW())"
	try "$compiler" "incompatible" "!(zones = owners)"
done

# A column that is named is the column of a view. Not so those that several views begin with, and of views made up while
# running: a column an order, a column a size.
shared='PLACE|LRUVEC|MATRIX|THP_BRIEF'
loose=$(cd "$repo/userland" && grep -nE '_table_(number|or_zero|string|cell|is_signed|set_[a-z]+|add_number)\(.*, [A-Z_]+_[a-z]' ./*/*.c |
	grep -vE "CELL\(|, ($shared)_[a-z]")
[ -z "$loose" ] || echo "# ${loose//$'\n'/$'\n'# }"
bad=0
[ -z "$loose" ] || bad=1
result "$bad" "a column by its name is asked for by CELL()"
finish
