// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 6G --append nokaslr --append init_on_alloc=0
/*
 * What `hugepages` says could be added to the pools: it equals the sums of `contiguity`, and a real
 * reservation gets what was promised.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/delta.h"
#include "lib/ledger.h"
#include "lib/pace.h"
#include "lib/table.h"
#include "lib/text.h"

#define PAGE	page_bytes()
#define MIB_2	(2LL << 20)
#define GIB_1	(1LL << 30)
#define POOL_2M	"/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"

static const char *const chances[] = { "now", "drained", "reclaimed", "compacted", "written", "obtainable", "never" };

/* The sum over the zones of a node, or of all. */
static long long sum_of(const struct table *t, const char *node, long long size, const char *chance)
{
	long long sum = LEDGER_UNKNOWN, order, blocks;
	char column[32];

	snprintf(column, sizeof(column), "%s_blocks", chance);
	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(node, "-") && strcmp(table_cell(t, row, "node"), node))
			continue;
		if (!table_number(t, row, "order", &order) || PAGE << order != size ||
		    !table_number(t, row, column, &blocks))
			continue;
		sum = (sum == LEDGER_UNKNOWN ? 0 : sum) + blocks;
	}
	return sum;
}

static void compare_row(struct ledger *l, const struct table *t, size_t row, const struct table *before,
			const struct table *after)
{
	const char *node = table_cell(t, row, "node");
	char column[32], topic[96], where[64];
	long long size, ours;

	table_number(t, row, "size_bytes", &size);
	for (size_t i = 0; i < sizeof(chances) / sizeof(*chances); i++) {
		snprintf(column, sizeof(column), "%s_hugepages", chances[i]);
		snprintf(topic, sizeof(topic), "%s is the sum of %s_blocks", column, chances[i]);
		snprintf(where, sizeof(where), "node %s, %lld bytes", node, size);
		if (!table_number(t, row, column, &ours))
			ours = LEDGER_UNKNOWN;
		ledger_enter_number(l, topic, where, sum_of(before, node, size, chances[i]), ours,
				    sum_of(after, node, size, chances[i]));
	}
}

static void round_of(struct ledger *l)
{
	struct table before, t, after;

	table_need(&before, "contiguity");
	table_need(&t, "hugepages");
	table_need(&after, "contiguity");
	ledger_enter_fact(l, "a row for the host and each node, and each size", "", t.rows == 2 || t.rows == 4, "not");
	for (size_t row = 0; row < t.rows; row++)
		compare_row(l, &t, row, &before, &after);
	table_free(&before);
	table_free(&t);
	table_free(&after);
}

/* Of the host; -1 where no such pool is. */
static long long promised(long long size, const char *column)
{
	long long promise = -1;
	char cell[32];
	struct table t;
	long row;

	snprintf(cell, sizeof(cell), "%lld", size);
	table_need(&t, "hugepages");
	row = table_find(&t, "scope", "host", "size_bytes", cell, NULL);
	if (row >= 0)
		table_number(&t, (size_t)row, column, &promise);
	table_free(&t);
	return promise;
}

/* By asking once. */
static long long written(long long size, long long want)
{
	char path[96], number[32], *text;
	long long got;

	snprintf(path, sizeof(path), "/sys/kernel/mm/hugepages/hugepages-%lldkB/nr_hugepages", size >> 10);
	snprintf(number, sizeof(number), "%lld", want);
	text_write(path, number);
	text = text_need(path);
	got = strtoll(text, NULL, 10);
	free(text);
	text_write(path, "0");
	return got;
}

/* Asks again while that brings more; gives all of it back. */
static long long reserve(long long size, long long want)
{
	long long got = 0, last = -1;
	char path[96], number[32], *text;

	snprintf(path, sizeof(path), "/sys/kernel/mm/hugepages/hugepages-%lldkB/nr_hugepages", size >> 10);
	snprintf(number, sizeof(number), "%lld", want);
	for (int idle = 0; idle < 3; idle += got <= last) {
		last = got;
		text_write(path, number);
		text = text_need(path);
		got = strtoll(text, NULL, 10);
		free(text);
		text_write("/proc/sys/vm/compact_memory", "1");
	}
	text_write(path, "0");
	return got;
}

/* All but a hundredth of what was promised: without any of it, a guest may be out of memory. */
static long long most_of(long long promise)
{
	return promise - promise / 100;
}

/*
 * A page in use for the moment costs a huge one. A kernel with KASAN and kmemleak needs memory for each
 * allocation of its own: it is asked for as much as it has to give, and keeps the rest.
 */
static void check_small(struct ledger *l)
{
	long long promise = promised(MIB_2, "obtainable_hugepages");
	long long got = reserve(MIB_2, pace() > 1 ? (promise * 19 + 19) / 20 : most_of(promise));
	char detail[96];

	snprintf(detail, sizeof(detail), "%lld promised, %lld had", promise, got);
	printf("# 2 MiB: %s\n", detail);
	ledger_enter_fact(l, "2 MiB: a reservation gets 95 % of obtainable_hugepages", "host",
			  promise > 100 && got * 20 >= promise * 19, detail);
}

/* One write brings what is free, but for what others take meanwhile. */
static void check_written(struct ledger *l)
{
	long long promise = promised(MIB_2, "written_hugepages"), got = written(MIB_2, most_of(promise));
	char detail[96];

	snprintf(detail, sizeof(detail), "%lld promised, %lld had", promise, got);
	ledger_enter_fact(l, "2 MiB: one write gets written_hugepages", "host", promise > 100 && got * 50 >= promise * 49,
			  detail);
}

/*
 * A range that is free now is had; no range but those that could be emptied is. Up to 5.12 a single
 * page that somebody takes meanwhile costs the whole range.
 */
static void check_gigantic(struct ledger *l)
{
	long long now = promised(GIB_1, "now_hugepages"), most = promised(GIB_1, "compacted_hugepages"), got;
	long long least = kernel_at_least(5, 13) ? now : 1;
	char detail[96];

	if (now < 0) {
		printf("# 1 GiB: this processor has no such pages\n");
		return;
	}
	got = reserve(GIB_1, most + 1);
	snprintf(detail, sizeof(detail), "%lld free, %lld at most, %lld had", now, most, got);
	printf("# 1 GiB: %s\n", detail);
	ledger_enter_fact(l, "1 GiB: a reservation gets what is free, and no more than compacted_hugepages", "host",
			  most > 0 && least <= got && got <= most, detail);
}

/* --- ranges of a gigantic page that have smaller huge pages in them --- */

/* Ranges whose pages could all move, but for what the kernel makes of huge ones. */
static unsigned int with_huge;

/* What the pageblocks of one range add up to. */
struct range {
	long long number, present, unmovable, huge, used;
};

static long long cell_of(const struct table *t, size_t row, const char *column)
{
	long long value = 0;

	table_number(t, row, column, &value);
	return value;
}

/* Does alloc_contig_pages() move all that is in it? Of huge pages it moves smaller ones since 7.0, of others any since 5.13. */
static bool can_move(const struct range *r)
{
	if (r->present != GIB_1 / PAGE || r->unmovable)
		return false;
	with_huge += r->huge > 0;
	return kernel_at_least(5, 13) ? !r->huge || kernel_at_least(7, 0) : !r->used;
}

static long long ranges_of(const struct table *t, const char *zone)
{
	struct range r = { .number = -1 };
	long long ranges = 0, number;

	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(table_cell(t, row, "zone"), zone))
			continue;
		number = cell_of(t, row, "start_pfn") / (GIB_1 / PAGE);
		if (number != r.number) {
			ranges += can_move(&r);
			r = (struct range){ .number = number };
		}
		r.present += cell_of(t, row, "present_pages");
		r.unmovable += cell_of(t, row, "unmovable_pages");
		r.huge += cell_of(t, row, "hugetlb_pages");
		r.used += cell_of(t, row, "movable_pages") + cell_of(t, row, "clean_pages");
	}
	return ranges + can_move(&r);
}

static void round_of_ranges(struct ledger *l)
{
	struct table before, t, after;
	const char *zone;
	char order[8];

	snprintf(order, sizeof(order), "%d", __builtin_ctzll((unsigned long long)(GIB_1 / PAGE)));
	table_need(&before, "pageblocks");
	table_need(&t, "contiguity");
	table_need(&after, "pageblocks");
	for (size_t row = 0; row < t.rows; row++) {
		if (strcmp(table_cell(&t, row, "order"), order))
			continue;
		zone = table_cell(&t, row, "zone");
		ledger_enter_number(l, "1 GiB: movable_blocks are the ranges whose pageblocks can all be moved", zone,
				    ranges_of(&before, zone), cell_of(&t, row, "movable_blocks"), ranges_of(&after, zone));
	}
	table_free(&before);
	table_free(&t);
	table_free(&after);
}

/* Free memory and page cache, which what has to move out of a range could get. */
static long long room_bytes(void)
{
	static const char *const names[] = { "MemFree:", "Cached:", "Buffers:" };
	char *text = text_need("/proc/meminfo");
	long long sum = 0, kb;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		sum += text_value(text, names[i], &kb) ? kb << 10 : 0;
	free(text);
	return sum;
}

#define BREATH	(64LL << 20)

/* Each zone could get all of it, and all zones together no more. */
static void check_room(struct ledger *l)
{
	long long room = room_bytes(), promise = promised(GIB_1, "obtainable_hugepages"), later = room_bytes();
	char detail[96];

	room = ((room > later ? room : later) + BREATH) / GIB_1;
	snprintf(detail, sizeof(detail), "%lld promised, room for %lld", promise, room);
	printf("# 1 GiB: %s\n", detail);
	ledger_enter_fact(l, "1 GiB: no more are promised than there is room for what is in them", "",
			  promise <= room, detail);
}

/* Most of memory is in the pool: what can be emptied has some of it. */
static void check_ranges(struct ledger *l)
{
	long long most = promised(MIB_2, "obtainable_hugepages") * 4 / 5, promise;
	char number[32], detail[64];

	if (promised(GIB_1, "now_hugepages") < 0)
		return;
	snprintf(number, sizeof(number), "%lld", most);
	text_write(POOL_2M, number);
	ledger_run(l, round_of_ranges, 60);
	ledger_enter_fact(l, "1 GiB: huge pages lie in ranges that could move", "", with_huge > 0, "none");
	check_room(l);
	promise = promised(GIB_1, "compacted_hugepages");
	most = reserve(GIB_1, promise + 1);
	snprintf(detail, sizeof(detail), "%lld at most, %lld had", promise, most);
	printf("# 1 GiB, with a pool of %s smaller ones: %s\n", number, detail);
	ledger_enter_fact(l, "1 GiB: no more are had beside a pool of smaller ones than compacted_hugepages", "",
			  promise >= 0 && most <= promise, detail);
	text_write(POOL_2M, "0");
}

int main(void)
{
	struct ledger l = { 0 };

	text_write("/proc/sys/vm/drop_caches", "3");
	text_write("/proc/sys/vm/compact_memory", "1");
	check_gigantic(&l);
	check_written(&l);
	check_small(&l);
	ledger_run(&l, round_of, 60);
	check_ranges(&l);
	return ledger_report(&l, "hugepages");
}
