// SPDX-License-Identifier: GPL-2.0-only
// configs: pcp
// guest:
// guest: --nodes 4 --mem 2G
/* Every column of `pcp` against the pagesets of /proc/zoneinfo. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

static const char *const columns[][2] = {
	{ "count_pages", "count" },
	{ "high_pages", "high" },
	{ "batch_pages", "batch" },
	{ "high_min_pages", "high_min" },
	{ "high_max_pages", "high_max" },
};

static long long number(const struct table *t, size_t row, const char *column)
{
	long long value;

	return table_number(t, row, column, &value) ? value : LEDGER_UNKNOWN;
}

static void compare_cpu(struct ledger *l, const struct table *t, const struct zi_zone *za,
			const struct zi_cpu *a, const struct zi_cpu *b)
{
	char cpu[8], where[64], topic[96];
	long before, row;

	snprintf(cpu, sizeof(cpu), "%d", a->cpu);
	snprintf(where, sizeof(where), "node %s zone %s cpu %s", za->node, za->zone, cpu);
	row = table_find(t, "node", za->node, "zone", za->zone, "cpu", cpu, NULL);
	ledger_enter_fact(l, "every pageset of zoneinfo has a row", where, row >= 0, "missing");
	for (size_t i = 0; row >= 0 && i < sizeof(columns) / sizeof(*columns); i++) {
		long long va, vb;

		if (!zi_cpu_value(a, columns[i][1], &va) || !zi_cpu_value(b, columns[i][1], &vb))
			continue;
		before = (long)va;
		snprintf(topic, sizeof(topic), "%s equals zoneinfo %s", columns[i][0], columns[i][1]);
		ledger_enter_number(l, topic, where, before, number(t, (size_t)row, columns[i][0]), vb);
	}
}

static void round_of_pcp(struct ledger *l)
{
	struct zoneinfo before, after;
	struct table t;
	size_t sets = 0;

	zoneinfo_need(&before);
	table_need(&t, "pcp");
	zoneinfo_need(&after);
	for (size_t i = 0; i < before.zones && before.zones == after.zones; i++) {
		const struct zi_zone *a = &before.zone[i], *b = &after.zone[i];

		for (size_t k = 0; k < a->cpus && a->cpus == b->cpus; k++, sets++)
			compare_cpu(l, &t, a, &a->cpu[k], &b->cpu[k]);
	}
	ledger_enter_fact(l, "no row beside the pagesets of zoneinfo", "", t.rows == sets, "other number of rows");
	table_free(&t);
	zoneinfo_free(&before);
	zoneinfo_free(&after);
}

/* Where @fraction is set, the bounds of high meet: pages of the zone / fraction, shared by the CPUs of its node. */
static void check_bounds(struct ledger *l, const char *topic, bool pinned)
{
	char where[64], text[96];
	struct table t;

	table_need(&t, "pcp");
	for (size_t row = 0; row < t.rows; row++) {
		long long min = number(&t, row, "high_min_pages"), max = number(&t, row, "high_max_pages");
		long long high = number(&t, row, "high_pages");

		snprintf(where, sizeof(where), "node %s zone %s cpu %s", table_cell(&t, row, "node"),
			 table_cell(&t, row, "zone"), table_cell(&t, row, "cpu"));
		snprintf(text, sizeof(text), "high_min %lld high %lld high_max %lld", min, high, max);
		ledger_enter_fact(l, topic, where, min > 0 && min <= max && (!pinned || min == max), text);
	}
	table_free(&t);
}

static bool has_adaptive_high(void)
{
	char *release = text_need("/proc/sys/kernel/osrelease");
	int major = 0, minor = 0;

	sscanf(release, "%d.%d", &major, &minor);
	free(release);
	return major > 6 || (major == 6 && minor >= 7);
}

static void check_adaptive_high(struct ledger *l)
{
	static const char path[] = "/proc/sys/vm/percpu_pagelist_high_fraction";

	check_bounds(l, "high_min_pages is at most high_max_pages", false);
	ledger_enter_fact(l, "vm.percpu_pagelist_high_fraction can be set", "", !text_write(path, "8"), "refused");
	check_bounds(l, "high_min_pages meets high_max_pages where the fraction is set", true);
	ledger_enter_fact(l, "vm.percpu_pagelist_high_fraction can be set", "", !text_write(path, "0"), "refused");
}

static void check_no_adaptive_high(struct ledger *l)
{
	struct table t;

	table_need(&t, "pcp");
	for (size_t row = 0; row < t.rows; row++)
		ledger_enter_fact(l, "high_min_pages and high_max_pages are - on a kernel without them", "",
				  !strcmp(table_cell(&t, row, "high_min_pages"), "-") &&
				  !strcmp(table_cell(&t, row, "high_max_pages"), "-"), "something else");
	table_free(&t);
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_run(&l, round_of_pcp, 200);
	if (has_adaptive_high())
		check_adaptive_high(&l);
	else
		check_no_adaptive_high(&l);
	return ledger_report(&l, "pcp");
}
