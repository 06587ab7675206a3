// SPDX-License-Identifier: GPL-2.0-only
// with: -Ikernel ../../module/walk/packing.c
/*
 * Where compaction ends, against its two scanners: zones with pages at random, at a regular distance and in clusters, of which
 * the scanners move each page by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "walk/packing.h"

#define ZONES	400
#define BLOCKS	PFNSCOPE_SLICES
#define PAGES	512
#define STRIDES	6
#define START	7

enum content { STAYS, MOVES, ROOM };

static struct zone {
	int blocks;
	bool target[BLOCKS];
	unsigned char page[BLOCKS][PAGES];
} zone;

static int below(int limit)
{
	static uint64_t chance = 1;

	chance = chance * 6364136223846793005 + 1442695040888963407;
	return (int)((chance >> 33) % (uint64_t)limit);
}

static int count(int block, enum content kind)
{
	int n = 0;

	for (int i = 0; i < PAGES; i++)
		n += zone.page[block][i] == kind;
	return n;
}

static bool is_whole(int block)
{
	return count(block, ROOM) == PAGES;
}

/* Looking at one page in 1, 2, 4... A block that is whole is given away before. */
static bool is_found(int block, int stride)
{
	for (int i = 0; i < PAGES; i += 1 << stride)
		if (zone.page[block][i] == ROOM)
			return !is_whole(block);
	return false;
}

/* --- the scanners --- */

struct free_scanner {
	int block, left, stride;
	bool strides;
};

/* The next block down that gives room, but for those that the other scanner has come to. */
static bool go_down(struct free_scanner *scanner, int migrate)
{
	while (--scanner->block > migrate) {
		bool found;

		if (!zone.target[scanner->block])
			continue;
		found = is_found(scanner->block, scanner->stride);
		if (scanner->strides)
			scanner->stride = found ? 0 : scanner->stride < STRIDES - 1 ? scanner->stride + 1 : STRIDES - 1;
		if (found) {
			scanner->left = count(scanner->block, ROOM);
			return true;
		}
	}
	return false;
}

static bool move_all(struct free_scanner *scanner, int block)
{
	for (int page = 0; page < PAGES; page++) {
		if (zone.page[block][page] != MOVES)
			continue;
		if (!scanner->left && !go_down(scanner, block))
			return false;
		scanner->left--;
	}
	return true;
}

/* Blocks that are free when they have met. */
static int compact(bool strides)
{
	struct free_scanner scanner = { .block = zone.blocks, .strides = strides };
	int block, whole = 0;

	for (block = 0; block < zone.blocks; block++)
		whole += is_whole(block);
	for (block = 0; block < scanner.block; block++) {
		if (is_whole(block))
			continue;
		if (!move_all(&scanner, block))
			break;
		whole += !count(block, STAYS);
	}
	return whole;
}

/* --- zones --- */

static void fill_block(int block, int pattern, int dense)
{
	int kind = below(100);

	zone.target[block] = below(10);
	for (int i = 0; i < PAGES; i++) {
		bool moves = pattern == 0 ? i % 2 : pattern == 1 ? i % 32 != 5 : below(100) < dense;

		zone.page[block][i] = kind < 20 || (kind < 90 && !moves) ? ROOM : MOVES;
	}
	if (kind >= 20 && !below(4))
		for (int n = 1 + below(3); n; n--)
			zone.page[block][below(PAGES)] = STAYS;
}

/* What a free scanner passes over up to the end of the block, for each stride to come there with. */
static void pass(int block, u64 *hidden)
{
	u64 before[STRIDES], room = is_whole(block) ? 0 : (u64)count(block, ROOM);

	memcpy(before, hidden, sizeof(before));
	for (int i = 0; i < STRIDES; i++)
		hidden[i] = is_found(block, i) ? before[0] : room + before[i < STRIDES - 1 ? i + 1 : i];
}

static void tell(struct pfnscope_packing *packing)
{
	u64 hidden[STRIDES] = { 0 };

	pfnscope_packing_begin(packing, START * PAGES, (unsigned long)(START + zone.blocks) * PAGES);
	for (int block = 0; block < zone.blocks; block++) {
		struct pfnscope_block seen = { .start_pfn = (u64)(START + block) * PAGES };

		seen.fate[PFNSCOPE_FATE_FREE] = (u64)count(block, ROOM);
		seen.fate[PFNSCOPE_FATE_MOVABLE] = (u64)count(block, MOVES);
		seen.fate[PFNSCOPE_FATE_UNMOVABLE] = (u64)count(block, STAYS);
		if (zone.target[block])
			pass(block, hidden);
		pfnscope_packing_add(packing, &seen, zone.target[block], 0, hidden[0]);
	}
}

static void scanners_meet_where_it_is_told(void **state)
{
	static struct pfnscope_packing packing;

	(void)state;
	for (int i = 0; i < ZONES; i++) {
		int dense = 1 + below(100);

		zone.blocks = 2 + below(i % 10 ? 60 : BLOCKS - 2);
		for (int block = 0; block < zone.blocks; block++)
			fill_block(block, i % 4, dense);
		tell(&packing);
		assert_int_equal(pfnscope_packing_most(&packing, 0), compact(false));
		assert_int_equal(pfnscope_packing_least(&packing), compact(true));
	}
}

static void what_compaction_leaves_alone_is_no_page_to_move(void **state)
{
	static struct pfnscope_packing packing;
	struct pfnscope_block huge = { .start_pfn = 0 }, half = { .start_pfn = PAGES };

	(void)state;
	huge.fate[PFNSCOPE_FATE_MOVABLE] = PAGES;
	half.fate[PFNSCOPE_FATE_MOVABLE] = PAGES / 2;
	half.fate[PFNSCOPE_FATE_FREE] = PAGES / 2;
	pfnscope_packing_begin(&packing, 0, 2 * PAGES);
	pfnscope_packing_add(&packing, &huge, true, PAGES, 0);
	pfnscope_packing_add(&packing, &half, true, 0, 0);
	assert_int_equal(pfnscope_packing_most(&packing, 0), 0);
	assert_int_equal(pfnscope_packing_most(&packing, PAGES / 2), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scanners_meet_where_it_is_told),
		cmocka_unit_test(what_compaction_leaves_alone_is_no_page_to_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
