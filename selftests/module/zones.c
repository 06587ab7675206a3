// SPDX-License-Identifier: GPL-2.0-only
// configs: zones
// guest:
// guest: --nodes 4 --mem 2G
// guest: --mem 1G --append movablecore=256M
// guest: --mem 1G --append hugepages=64
/*
 * Every column of `zones` and of /proc/pfnscope against /proc/zoneinfo of the same moment. The
 * columns zoneinfo does not have are checked against what the kernel computes them from: raw
 * watermarks from vm.min_free_kbytes, the highatomic reserve from /proc/pagetypeinfo.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

/* A column, and the line of zoneinfo with the same value; @boosted: zoneinfo adds the boost. */
static const struct match {
	const char *column, *line;
	bool boosted;
} matches[] = {
	{ "spanned_pages", "spanned", false },
	{ "present_pages", "present", false },
	{ "managed_pages", "managed", false },
	{ "free_pages", "free", false },
	{ "min_pages", "min", true },
	{ "low_pages", "low", true },
	{ "high_pages", "high", true },
	{ "promo_pages", "promo", true },
	{ "boost_pages", "boost", false },
	{ "cma_pages", "cma", false },
	{ "start_pfn", "start_pfn", false },
};

static long long number(const struct table *t, size_t row, const char *column)
{
	long long value;

	return table_number(t, row, column, &value) ? value : LEDGER_UNKNOWN;
}

static void where_is(const struct table *t, size_t row, char *where, size_t size)
{
	snprintf(where, size, "node %s zone %s", table_cell(t, row, "node"), table_cell(t, row, "zone"));
}

static void compare_cell(struct ledger *l, const struct table *t, size_t row, const struct match *m,
			 const struct zi_zone *before, const struct zi_zone *after)
{
	long long a, b, ours = number(t, row, m->column), boost = number(t, row, "boost_pages");
	char topic[96], where[64];

	if (!zi_value(before, m->line, &a) || !zi_value(after, m->line, &b))
		return;
	where_is(t, row, where, sizeof(where));
	if (m->boosted && ours != LEDGER_UNKNOWN && boost != LEDGER_UNKNOWN)
		ours += boost;
	snprintf(topic, sizeof(topic), "%s equals zoneinfo %s%s", m->column, m->line,
		 m->boosted ? " without the boost" : "");
	ledger_enter_number(l, topic, where, a, ours, b);
}

/* The three columns that summary and zones share carry no boost column in /proc/pfnscope. */
static void compare_summary(struct ledger *l, const struct table *zones_before, const struct table *zones_after)
{
	static const char *const columns[] = { "present_pages", "managed_pages", "free_pages",
					       "min_pages", "low_pages", "high_pages" };
	struct table t;
	char where[64];

	if (!table_read(&t, PFNSCOPE_PROC)) {
		ledger_enter_fact(l, "/proc/pfnscope keeps the grammar", "", false, t.error);
		return;
	}
	ledger_enter_fact(l, "/proc/pfnscope has the zones of zones", "", t.rows == zones_before->rows, "other rows");
	for (size_t row = 0; row < t.rows && row < zones_before->rows && row < zones_after->rows; row++) {
		where_is(&t, row, where, sizeof(where));
		for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
			ledger_enter(l, "/proc/pfnscope equals zones", where,
				     table_cell(zones_before, row, columns[i]), table_cell(&t, row, columns[i]),
				     table_cell(zones_after, row, columns[i]));
	}
	table_free(&t);
}

static void compare_rows(struct ledger *l, const struct table *t,
			 const struct zoneinfo *before, const struct zoneinfo *after)
{
	char where[64];

	for (size_t row = 0; row < t->rows; row++) {
		const char *node = table_cell(t, row, "node"), *zone = table_cell(t, row, "zone");
		const struct zi_zone *a = zoneinfo_find(before, node, zone);
		const struct zi_zone *b = zoneinfo_find(after, node, zone);

		where_is(t, row, where, sizeof(where));
		ledger_enter_fact(l, "every row is a zone of zoneinfo", where, a && b, "not in zoneinfo");
		if (!a || !b)
			continue;
		for (size_t i = 0; i < sizeof(matches) / sizeof(*matches); i++)
			compare_cell(l, t, row, &matches[i], a, b);
		ledger_enter(l, "lowmem_reserve_pages equals zoneinfo protection", where, a->protection,
			     table_cell(t, row, "lowmem_reserve_pages"), b->protection);
	}
}

static void compare_set(struct ledger *l, const struct table *t, const struct zoneinfo *zi)
{
	for (size_t i = 0; i < zi->zones; i++)
		ledger_enter_fact(l, "every zone of zoneinfo has a row", zi->zone[i].zone,
				  table_find(t, "node", zi->zone[i].node, "zone", zi->zone[i].zone, NULL) >= 0,
				  "missing");
	ledger_enter_fact(l, "no zone comes twice", "", t->rows == zi->zones, "other number of rows");
}

/* Their distances are equal by construction, whatever the boost. 5.10 has no promo. */
static void check_marks(struct ledger *l, const struct table *t, bool has_promo)
{
	char where[64], text[128];

	for (size_t row = 0; row < t->rows; row++) {
		long long min = number(t, row, "min_pages"), low = number(t, row, "low_pages");
		long long high = number(t, row, "high_pages"), promo = number(t, row, "promo_pages");

		where_is(t, row, where, sizeof(where));
		snprintf(text, sizeof(text), "min %lld low %lld high %lld promo %lld", min, low, high, promo);
		ledger_enter_fact(l, "low lies as far above min as high above low", where,
				  low - min == high - low && high >= 0, text);
		ledger_enter_fact(l, has_promo ? "promo lies as far above high as high above low" :
						 "promo_pages is - on a kernel without it",
				  where, has_promo ? promo - high == high - low : promo == LEDGER_UNKNOWN, text);
	}
}

static void check_flags(struct ledger *l, const struct table *t)
{
	static const char *const known[] = { "none", "boosted_watermark", "reclaim_active", "below_high" };
	char where[64], cell[128], *save = NULL;

	for (size_t row = 0; row < t->rows; row++) {
		where_is(t, row, where, sizeof(where));
		snprintf(cell, sizeof(cell), "%s", table_cell(t, row, "flags"));
		for (char *word = strtok_r(cell, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
			bool ok = false;

			for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
				ok = ok || !strcmp(word, known[i]);
			ledger_enter_fact(l, "flags are names of zone flags", where, ok, word);
		}
	}
}

static bool kernel_has_promo(void)
{
	char *version = text_need("/proc/sys/kernel/osrelease");
	bool has = strncmp(version, "5.", 2) != 0;

	free(version);
	return has;
}

static void round_of_zones(struct ledger *l)
{
	struct zoneinfo before, after;
	struct table t, again;

	zoneinfo_need(&before);
	table_need(&t, "zones");
	zoneinfo_need(&after);
	compare_set(l, &t, &after);
	compare_rows(l, &t, &before, &after);
	check_marks(l, &t, kernel_has_promo());
	check_flags(l, &t);
	table_need(&again, "zones");
	compare_summary(l, &t, &again);
	table_free(&t);
	table_free(&again);
	zoneinfo_free(&before);
	zoneinfo_free(&after);
}

/*
 * setup_per_zone_wmarks(): min = pages_min * managed / managed of all. Whether ZONE_MOVABLE counts
 * among "all" changed in 6.6, so one of the two must give every zone its min.
 */
static bool marks_follow(const struct table *t, long long pages_min, bool with_movable, char *text, size_t size)
{
	long long all = 0;

	for (size_t row = 0; row < t->rows; row++)
		if (with_movable || strcmp(table_cell(t, row, "zone"), "Movable"))
			all += number(t, row, "managed_pages");
	for (size_t row = 0; row < t->rows; row++) {
		long long want = pages_min * number(t, row, "managed_pages") / all;

		if (!with_movable && !strcmp(table_cell(t, row, "zone"), "Movable"))
			continue;
		if (number(t, row, "min_pages") != want) {
			snprintf(text, size, "zone %s of node %s: min_pages %s, vm.min_free_kbytes gives %lld",
				 table_cell(t, row, "zone"), table_cell(t, row, "node"),
				 table_cell(t, row, "min_pages"), want);
			return false;
		}
	}
	return true;
}

/* Writing vm.min_free_kbytes makes the kernel compute the marks anew; both values are tried, then put back. */
static void check_min_free_kbytes(struct ledger *l)
{
	static const char path[] = "/proc/sys/vm/min_free_kbytes";
	char *old = text_need(path), value[32], text[256] = "";
	long long kbytes = strtoll(old, NULL, 10);

	for (int step = 0; step < 2; step++) {
		struct table t;
		long long now = step ? kbytes : kbytes * 2;
		bool ok;

		snprintf(value, sizeof(value), "%lld", now);
		if (text_write(path, value)) {
			ledger_enter_fact(l, "min_pages follow vm.min_free_kbytes", value, false, "cannot write it");
			break;
		}
		table_need(&t, "zones");
		ok = marks_follow(&t, now / page_kb(), true, text, sizeof(text)) ||
		     marks_follow(&t, now / page_kb(), false, text, sizeof(text));
		ledger_enter_fact(l, "min_pages follow vm.min_free_kbytes", value, ok, text);
		table_free(&t);
	}
	free(old);
}

/* The HighAtomic blocks of a zone as /proc/pagetypeinfo counts them, in pages; -1 where it has no such zone. */
static long long highatomic_of(const char *types, const char *node, const char *zone)
{
	long long per_block = 0, counts[8];
	char head[64], *copy = strdup(types), *at = copy, *line, *name, *save = NULL;
	int index = -1, i = 0;
	long long pages = -1;

	snprintf(head, sizeof(head), "Node %s, zone %8s", node, zone);
	while ((line = text_line(&at))) {
		if (sscanf(line, "Pages per block: %lld", &per_block) == 1)
			continue;
		if (!strncmp(line, "Number of blocks type", 21)) {
			for (name = strtok_r(line + 21, " ", &save); name; name = strtok_r(NULL, " ", &save), i++)
				if (!strcmp(name, "HighAtomic"))
					index = i;
		} else if (index >= 0 && !strncmp(line, head, strlen(head)) && line[strlen(head)] == ' ') {
			i = sscanf(line + strlen(head), "%lld %lld %lld %lld %lld %lld", counts, counts + 1,
				   counts + 2, counts + 3, counts + 4, counts + 5);
			pages = index < i ? counts[index] * per_block : -1;
		}
	}
	free(copy);
	return pages;
}

static void round_of_highatomic(struct ledger *l)
{
	char *before = text_need("/proc/pagetypeinfo"), *after, where[64];
	struct table t;

	table_need(&t, "zones");
	after = text_need("/proc/pagetypeinfo");
	for (size_t row = 0; row < t.rows; row++) {
		const char *node = table_cell(&t, row, "node"), *zone = table_cell(&t, row, "zone");
		long long a = highatomic_of(before, node, zone), b = highatomic_of(after, node, zone);

		where_is(&t, row, where, sizeof(where));
		if (a >= 0 && b >= 0)
			ledger_enter_number(l, "highatomic_pages equals the HighAtomic blocks of pagetypeinfo", where,
					    a, number(&t, row, "highatomic_pages"), b);
	}
	table_free(&t);
	free(before);
	free(after);
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_run(&l, round_of_zones, 100);
	ledger_run(&l, round_of_highatomic, 10);
	check_min_free_kbytes(&l);
	return ledger_report(&l, "zones");
}
