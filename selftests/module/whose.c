// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M
// ko: known
/*
 * `whose`: pages that a test module took, one by one, and pages of this process against /proc/kpagecount; all of memory
 * against `owners`; and what control/whose does not take.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define KNOWN	"/sys/kernel/debug/known"
#define CONTROL	PFNSCOPE_DIR "/control/whose"
#define ALL	"0-18446744073709551615"

static long long number(const struct table *t, size_t row, const char *column)
{
	long long value = -1;

	return table_number(t, row, column, &value) ? value : -1;
}

static void ask(struct table *t, const char *range)
{
	if (text_write(CONTROL, range)) {
		printf("Bail out! control/whose does not take %s\n", range);
		exit(1);
	}
	table_need(t, "whose");
}

static void ask_pfn(struct table *t, unsigned long pfn)
{
	char range[32];

	snprintf(range, sizeof(range), "%lu", pfn);
	ask(t, range);
}

FIXTURE(whose)
{
};

FIXTURE_SETUP(whose)
{
	if (access(KNOWN, F_OK))
		ko_load("/tests/known.ko", "");
	ASSERT_EQ(0, access(KNOWN, F_OK)) TH_LOG("known.ko could not be loaded");
}

FIXTURE_TEARDOWN(whose)
{
	text_write(KNOWN, "none");
	text_write(CONTROL, "none");
}

static void expect_control(struct __test_metadata *_metadata, const char *wanted)
{
	char *text = text_need(CONTROL);

	EXPECT_STREQ(wanted, text);
	free(text);
}

/* What is no range changes nothing. */
TEST_F(whose, control_takes_ranges_and_nothing_else)
{
	static const char *const wrong[] = {
		"x", "-", "1-", "-1", "2-1", "1-2-3", "0x10", "1 2", " 1", "1 ", "+1", "1-+2", "1,2", "1\n2", "\n", "none-1",
		"nones", "off", "000000000000000000001", "18446744073709551616", "1-18446744073709551616",
		"1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
	};

	ASSERT_EQ(0, text_write(CONTROL, "17-4711"));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		EXPECT_EQ(-EINVAL, text_write(CONTROL, wrong[i])) TH_LOG("\"%s\"", wrong[i]);
		expect_control(_metadata, "17-4711\n");
	}
	EXPECT_EQ(0, text_write(CONTROL, "5\n"));
	expect_control(_metadata, "5-5\n");
	EXPECT_EQ(0, text_write(CONTROL, ALL));
	expect_control(_metadata, ALL "\n");
	EXPECT_EQ(0, text_write(CONTROL, "none"));
	expect_control(_metadata, "none\n");
}

TEST_F(whose, nothing_is_told_unasked)
{
	struct table t;

	ASSERT_EQ(0, text_write(CONTROL, "none"));
	table_need(&t, "whose");
	EXPECT_EQ(0, t.rows);
	table_free(&t);
	ask(&t, "18446744073709551615");
	EXPECT_EQ(0, t.rows);
	table_free(&t);
}

static long long pages_of(const struct table *t, const char *node, const char *zone, const char *kind)
{
	long long sum = 0;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "node"), node) && !strcmp(table_cell(t, row, "zone"), zone) &&
		    (!kind || !strcmp(table_cell(t, row, "kind"), kind)))
			sum += number(t, row, "pages");
	return sum;
}

/* Each page frame once, and in the order of their numbers within a zone. */
TEST_F_TIMEOUT(whose, all_of_memory_is_told_once, 120)
{
	struct table t, owners;
	long long end = 0;

	ask(&t, ALL);
	table_need(&owners, "owners");
	for (size_t row = 0; row < t.rows; row++) {
		if (row && strcmp(table_cell(&t, row, "zone"), table_cell(&t, row - 1, "zone")))
			end = 0;
		ASSERT_LE(end, number(&t, row, "start_pfn"));
		ASSERT_LT(0, number(&t, row, "pages"));
		end = number(&t, row, "start_pfn") + number(&t, row, "pages");
	}
	for (size_t row = 0; row < owners.rows; row++) {
		const char *node = table_cell(&owners, row, "node"), *zone = table_cell(&owners, row, "zone");

		if (!strcmp(table_cell(&owners, row, "owner"), "pcp"))
			EXPECT_EQ(pages_of(&owners, node, zone, "class"), pages_of(&t, node, zone, NULL)) TH_LOG("%s", zone);
	}
	table_free(&owners);
	table_free(&t);
}

/* No row reaches out of the range, and none of what is in it is missing. */
TEST_F(whose, a_range_is_cut_where_it_ends)
{
	struct table t;

	ask(&t, "4099-4999");
	ASSERT_LT(0, t.rows);
	EXPECT_EQ(4099, number(&t, 0, "start_pfn"));
	for (size_t row = 1; row < t.rows; row++)
		EXPECT_EQ(number(&t, row - 1, "start_pfn") + number(&t, row - 1, "pages"), number(&t, row, "start_pfn"));
	EXPECT_EQ(5000, number(&t, t.rows - 1, "start_pfn") + number(&t, t.rows - 1, "pages"));
	table_free(&t);
}

/* What is taken, and what has to be said of its first page. */
static const struct route {
	const char *what, *class, *kind, *owner;
	unsigned int order;
} routes[] = {
	{ "pages 0", "kernel", "-", "-", 0 },
	{ "compound 3", "kernel", "-", "-", 3 },
	{ "cache", "slab", "slab", "pfnscope_known", 0 },
	{ "vmalloc", "kernel", "vmalloc", "take_vmalloc\\040[known]", 0 },
	{ "vmap", "kernel", "vmalloc", "take_vmap\\040[known]", 0 },
	{ "percpu", "kernel", "vmalloc", "pcpu_get_vm_areas", 0 },
	{ "coherent 0", "kernel", "-", "-", 0 },
	{ "managed 0", "kernel", "holder", "pfnscope_known\\040managed", 0 },
	{ "dma_pool", "kernel", "holder", "pfnscope_known\\040pool\\040buffers", 0 },
};

static void expect_page(struct __test_metadata *_metadata, const struct route *r, const char *line)
{
	char node[8], zone[16];
	struct table t;
	unsigned long pfn;

	ASSERT_EQ(3, sscanf(line, "%lu %*u %7s %15s", &pfn, node, zone));
	ask_pfn(&t, pfn);
	ASSERT_EQ(1, t.rows) TH_LOG("%s: %lu", r->what, pfn);
	EXPECT_EQ(pfn, number(&t, 0, "start_pfn"));
	EXPECT_EQ(1, number(&t, 0, "pages"));
	EXPECT_STREQ(node, table_cell(&t, 0, "node"));
	EXPECT_STREQ(zone, table_cell(&t, 0, "zone"));
	EXPECT_STREQ(r->class, table_cell(&t, 0, "class"));
	EXPECT_STREQ(r->kind, table_cell(&t, 0, "owner_kind")) TH_LOG("%s", r->what);
	EXPECT_STREQ(r->owner, table_cell(&t, 0, "owner")) TH_LOG("%s", r->what);
	EXPECT_STREQ("unmovable", table_cell(&t, 0, "fate"));
	if (strcmp(r->what, "cache"))
		EXPECT_EQ(r->order, number(&t, 0, "order"));
	/* Slabs have none on newer kernels. */
	if (strcmp(r->class, "slab"))
		EXPECT_EQ(1, number(&t, 0, "refs")) TH_LOG("%s", r->what);
	table_free(&t);
}

TEST_F_TIMEOUT(whose, every_route_is_known_by_its_page, 250)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		char *text, *at, *line;
		unsigned int pages = 0;

		ASSERT_EQ(0, text_write(KNOWN, routes[i].what)) TH_LOG("%s", routes[i].what);
		text = at = text_need(KNOWN);
		while (pages < 4 && (line = text_line(&at))) {
			expect_page(_metadata, &routes[i], line);
			pages++;
		}
		EXPECT_LT(1, pages) TH_LOG("%s", routes[i].what);
		free(text);
	}
}

/* Sixteen page frames one after the other, the first one of which alone has a reference. */
TEST_F(whose, the_rest_of_an_allocation_is_its_holders)
{
	char *text, range[64];
	unsigned long pfn;
	struct table t;
	long long pages = 0;

	ASSERT_EQ(0, text_write(KNOWN, "managed 4"));
	text = text_need(KNOWN);
	ASSERT_EQ(1, sscanf(text, "%lu", &pfn));
	free(text);
	snprintf(range, sizeof(range), "%lu-%lu", pfn, pfn + 15);
	ask(&t, range);
	for (size_t row = 0; row < t.rows; row++) {
		EXPECT_STREQ("pfnscope_known\\040managed", table_cell(&t, row, "owner"));
		EXPECT_STREQ("unmovable", table_cell(&t, row, "fate"));
		pages += number(&t, row, "pages");
	}
	EXPECT_EQ(16, pages);
	table_free(&t);
}

static long long kpagecount(unsigned long pfn)
{
	int fd = open("/proc/kpagecount", O_RDONLY);
	uint64_t count = 0;

	if (fd < 0 || pread(fd, &count, 8, (off_t)(pfn * 8)) != 8)
		count = UINT64_MAX;
	if (fd >= 0)
		close(fd);
	return (long long)count;
}

/* Shared memory, so that no huge page takes their place. */
TEST_F(whose, pages_of_a_process_are_mapped_as_often_as_kpagecount_says)
{
	static struct frames frames;
	size_t size = 16 << 12;
	char *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct table t;

	ASSERT_NE(MAP_FAILED, (void *)map);
	memset(map, 1, size);
	drain_lru();
	frames.n = 0;
	ASSERT_TRUE(frames_add_memory(&frames, map, size));
	for (size_t i = 0; i < frames.n; i++) {
		ask_pfn(&t, frames.at[i].pfn);
		ASSERT_EQ(1, t.rows);
		EXPECT_STREQ("shmem", table_cell(&t, 0, "class"));
		EXPECT_EQ(kpagecount(frames.at[i].pfn), number(&t, 0, "maps"));
		EXPECT_EQ(1, number(&t, 0, "maps"));
		EXPECT_LE(2, number(&t, 0, "refs"));
		table_free(&t);
	}
	munmap(map, size);
}

TEST_HARNESS_MAIN
