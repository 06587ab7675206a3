// SPDX-License-Identifier: GPL-2.0-only
// configs: freelists
// guest:
// guest: --nodes 2 --mem 1G --append movablecore=256M
/*
 * `freelists` against /proc/buddyinfo, order by order, and against /proc/pagetypeinfo by
 * migratetype. Up to 6.9 a free block could lie on the list of another migratetype than that of
 * its pageblock; there the two may differ by a thousandth of the free pages.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/utsname.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define ORDERS 16

static long long sum_of(const struct table *t, const char *node, const char *zone, unsigned int order)
{
	long long sum = 0, blocks, of;
	size_t row;

	for (row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "node"), node) && !strcmp(table_cell(t, row, "zone"), zone) &&
		    table_number(t, row, "order", &of) && of == order && table_number(t, row, "blocks", &blocks))
			sum += blocks;
	return sum;
}

static bool next_number(char **at, long long *value)
{
	char *end;

	*value = strtoll(*at, &end, 10);
	if (end == *at)
		return false;
	*at = end;
	return true;
}

/* One line of buddyinfo, "Node 0, zone DMA 1 0 ...", before and after. */
static void compare_line(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	char node[8], zone[16], where[64], *a, *b;
	long long first, second;
	unsigned int order;
	int used;

	if (sscanf(before, "Node %7[0-9], zone %15s%n", node, zone, &used) != 2)
		return;
	a = (char *)before + used;
	b = (char *)after + used;
	for (order = 0; next_number(&a, &first) && next_number(&b, &second); order++) {
		snprintf(where, sizeof(where), "node %s zone %s order %u", node, zone, order);
		ledger_enter_number(l, "blocks of each order equal /proc/buddyinfo", where, first,
				    sum_of(t, node, zone, order), second);
	}
}

static void compare_orders(struct ledger *l)
{
	char *before = text_need("/proc/buddyinfo"), *after, *a = before, *b, *line;
	struct table t;

	table_need(&t, "freelists");
	after = text_need("/proc/buddyinfo");
	b = after;
	while ((line = text_line(&a)))
		compare_line(l, &t, line, text_line(&b));
	table_free(&t);
	free(before);
	free(after);
}

/* Pages by which one line of pagetypeinfo and the rows differ; -1: not such a line. */
static long long drift_of_line(const struct table *t, char *line, long long *free_pages)
{
	char node[8], zone[16], type[16], order_cell[8], *at, *c;
	long long blocks, ours, drift = 0;
	unsigned int order;
	int used;
	long row;

	if (sscanf(line, "Node %7[0-9], zone %15[^,], type %15s%n", node, zone, type, &used) != 3)
		return -1;
	for (c = type; *c; c++)
		*c |= 0x20;
	at = line + used;
	for (order = 0; next_number(&at, &blocks); order++) {
		snprintf(order_cell, sizeof(order_cell), "%u", order);
		row = table_find(t, "node", node, "zone", zone, "order", order_cell, "migratetype", type, NULL);
		if (row < 0 || !table_number(t, row, "blocks", &ours))
			return -1;
		*free_pages += blocks << order;
		drift += llabs(blocks - ours) << order;
	}
	return drift;
}

static long long best_drift = -1, best_free;

/* The drift of a round in which the kernel's file did not change. */
static void compare_types(void)
{
	char *before = text_need("/proc/pagetypeinfo"), *after, *at = before, *line;
	long long drift = 0, free_pages = 0, of;
	struct table t;

	table_need(&t, "freelists");
	after = text_need("/proc/pagetypeinfo");
	if (!strcmp(before, after)) {
		while ((line = text_line(&at)) && strncmp(line, "Number of blocks", 16)) {
			of = drift_of_line(&t, line, &free_pages);
			if (of > 0)
				drift += of;
		}
		if (free_pages && (best_drift < 0 || drift < best_drift)) {
			best_drift = drift;
			best_free = free_pages;
		}
	}
	table_free(&t);
	free(before);
	free(after);
}

static bool lists_follow_blocks(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname name;

	uname(&name);
	sscanf(name.release, "%u.%u", &major, &minor);
	return major > 6 || (major == 6 && minor >= 10);
}

static void round_of(struct ledger *l)
{
	compare_orders(l);
	compare_types();
}

int main(void)
{
	struct ledger l = { 0 };
	char detail[96];
	bool ok;

	text_write("/proc/sys/vm/drop_caches", "3");
	ledger_run(&l, round_of, 60);
	ok = best_drift >= 0 && best_drift <= (lists_follow_blocks() ? 0 : best_free / 1000);
	snprintf(detail, sizeof(detail), "%lld of %lld free pages differ", best_drift, best_free);
	ledger_enter_fact(&l, "blocks by migratetype equal /proc/pagetypeinfo", "all zones", ok, detail);
	printf("# %s\n", detail);
	return ledger_report(&l, "freelists");
}
