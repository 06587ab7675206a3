// SPDX-License-Identifier: GPL-2.0-only
// configs: owners
// guest:
// guest: --mem 4G
// guest: --nodes 2 --mem 1G --append movablecore=256M
/*
 * What the scan sees of each zone adds up to what the kernel calls present: no page is missing, and none
 * is counted that does not exist, such as the hole below 1 MiB and that below 4 GiB.
 */

#include <stdio.h>
#include <string.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/zoneinfo.h"

static bool is_of(const struct table *t, size_t row, const char *column, const char *value)
{
	return !column || !strcmp(table_cell(t, row, column), value);
}

/* The sum over the zone's rows with that cell. */
static long long sum_of(const struct table *t, const struct zi_zone *z, const char *what, const char *column,
			const char *value)
{
	long long sum = 0, pages;

	for (size_t row = 0; row < t->rows; row++)
		if (is_of(t, row, "node", z->node) && is_of(t, row, "zone", z->zone) && is_of(t, row, column, value) &&
		    table_number(t, row, what, &pages))
			sum += pages;
	return sum;
}

static void compare(struct ledger *l, const struct table *tables, const struct zi_zone *z)
{
	long long present = LEDGER_UNKNOWN;
	char where[64];

	zi_value(z, "present", &present);
	snprintf(where, sizeof(where), "node %s zone %s", z->node, z->zone);
	ledger_enter_number(l, "present_pages of pageblocks add up to /proc/zoneinfo", where, present,
			    sum_of(&tables[0], z, "present_pages", NULL, NULL), present);
	ledger_enter_number(l, "whole_blocks of order 0 are what /proc/zoneinfo has as present", where, present,
			    sum_of(&tables[1], z, "whole_blocks", "order", "0"), present);
	ledger_enter_number(l, "the classes of owners add up to /proc/zoneinfo", where, present,
			    sum_of(&tables[2], z, "pages", "kind", "class"), present);
}

static void round_of(struct ledger *l)
{
	static const char *const names[] = { "pageblocks", "contiguity", "owners" };
	struct table tables[3];
	struct zoneinfo zi;

	zoneinfo_need(&zi);
	for (size_t i = 0; i < 3; i++)
		table_need(&tables[i], names[i]);
	for (size_t i = 0; i < zi.zones; i++)
		if (zi.zone[i].populated)
			compare(l, tables, &zi.zone[i]);
	for (size_t i = 0; i < 3; i++)
		table_free(&tables[i]);
	zoneinfo_free(&zi);
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_run(&l, round_of, 20);
	return ledger_report(&l, "scan_present");
}
