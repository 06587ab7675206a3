// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M
// ko: known
/*
 * `whose`: pages that a test module took, one by one, and pages of this process against /proc/kpagecount; all of memory
 * against `owners`; files and processes against fstat() and pagemap; and what control/whose does not take.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
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

/* --- files and processes --- */

#define FILE_NAME	"/tmp/whose file"
#define FILE_PAGES	16

static void device_of(const struct stat *st, char *device, size_t size)
{
	snprintf(device, size, "%u:%u", major(st->st_dev), minor(st->st_dev));
}

/* What fstat() says of the file, of each page at @map. */
static void expect_file(struct __test_metadata *_metadata, int fd, const char *map, size_t pages, const char *path)
{
	static struct frames frames;
	struct stat st;
	struct table t;
	char device[32];

	frames.n = 0;
	ASSERT_EQ(0, fstat(fd, &st));
	device_of(&st, device, sizeof(device));
	ASSERT_TRUE(frames_add_memory(&frames, map, pages * (size_t)page_bytes()));
	for (size_t i = 0; i < frames.n; i++) {
		ask_pfn(&t, frames.at[i].pfn);
		ASSERT_EQ(1, t.rows);
		EXPECT_STREQ(device, table_cell(&t, 0, "device"));
		EXPECT_EQ((long long)st.st_ino, number(&t, 0, "inode"));
		EXPECT_STRNE("-", table_cell(&t, 0, "fs_type"));
		EXPECT_STREQ(path, table_cell(&t, 0, "fs_path"));
		table_free(&t);
	}
}

/* All pages of an inode, of all of memory. */
static long long pages_of_file(int fd)
{
	char device[32], inode[32];
	long long sum = 0;
	struct stat st;
	struct table t;

	if (fstat(fd, &st))
		return -1;
	device_of(&st, device, sizeof(device));
	snprintf(inode, sizeof(inode), "%llu", (unsigned long long)st.st_ino);
	ask(&t, ALL);
	for (size_t row = 0; row < t.rows; row++)
		if (!strcmp(table_cell(&t, row, "device"), device) && !strcmp(table_cell(&t, row, "inode"), inode))
			sum += number(&t, row, "pages");
	table_free(&t);
	return sum;
}

static bool is_mounted(const char *path)
{
	struct stat here, above;

	return !stat(path, &here) && !stat("/", &above) && here.st_dev != above.st_dev;
}

static char *map_of(int fd, size_t pages)
{
	char *map = mmap(NULL, pages * (size_t)page_bytes(), PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);

	return map == MAP_FAILED ? NULL : map;
}

static bool fill_file(int fd, size_t pages)
{
	char page[1 << 16] = "x";

	for (size_t i = 0; i < pages; i++)
		if (write(fd, page, (size_t)page_bytes()) != page_bytes())
			return false;
	return true;
}

TEST_F_TIMEOUT(whose, a_page_of_a_file_has_its_inode_and_path, 120)
{
	int fd = open(FILE_NAME, O_CREAT | O_TRUNC | O_RDWR, 0600), memory = memfd_create("of whose", 0);
	char *map, *anonymous;

	ASSERT_LE(0, fd);
	ASSERT_LE(0, memory);
	ASSERT_TRUE(fill_file(fd, FILE_PAGES));
	ASSERT_TRUE(fill_file(memory, FILE_PAGES));
	map = map_of(fd, FILE_PAGES);
	anonymous = map_of(memory, FILE_PAGES);
	ASSERT_TRUE(map && anonymous);
	drain_lru();
	/* Where /tmp is no file system of its own, its name is part of the path. */
	expect_file(_metadata, fd, map, FILE_PAGES, is_mounted("/tmp") ? "/whose\\040file" : "/tmp/whose\\040file");
	expect_file(_metadata, memory, anonymous, FILE_PAGES, "memfd:of\\040whose");
	EXPECT_EQ(FILE_PAGES, pages_of_file(fd));
	EXPECT_EQ(FILE_PAGES, pages_of_file(memory));
	munmap(map, FILE_PAGES * (size_t)page_bytes());
	munmap(anonymous, FILE_PAGES * (size_t)page_bytes());
	close(memory);
	close(fd);
	unlink(FILE_NAME);
}

TEST_F(whose, a_page_without_a_file_has_none)
{
	static char mine[1 << 16] __attribute__((aligned(1 << 16)));
	static struct frames frames;
	struct table t;

	memset(mine, 1, sizeof(mine));
	frames.n = 0;
	ASSERT_TRUE(frames_add_memory(&frames, mine, (size_t)page_bytes()));
	ask_pfn(&t, frames.at[0].pfn);
	ASSERT_EQ(1, t.rows);
	EXPECT_STREQ("anon", table_cell(&t, 0, "class"));
	EXPECT_STREQ("-", table_cell(&t, 0, "device"));
	EXPECT_STREQ("-", table_cell(&t, 0, "inode"));
	EXPECT_STREQ("-", table_cell(&t, 0, "fs_path"));
	table_free(&t);
}

/* The answer of the command about one page frame, as JSON. */
static void answer_about(unsigned long pfn, char *answer, size_t size)
{
	char command[80];
	size_t length;
	FILE *pipe;

	snprintf(command, sizeof(command), "pfnscope whose %lu --json", pfn);
	pipe = popen(command, "r");
	length = pipe ? fread(answer, 1, size - 1, pipe) : 0;
	answer[length] = '\0';
	if (!pipe || pclose(pipe))
		printf("# %s fails\n", command);
}

/* Two processes map the page, as their pagemaps say, and no other one does. */
TEST_F_TIMEOUT(whose, processes_are_those_whose_pagemap_has_the_page, 120)
{
	static struct frames frames, again;
	int fd = open(FILE_NAME, O_CREAT | O_TRUNC | O_RDWR, 0600), ends[2];
	char *map, answer[4096], one[64], other[64], byte;
	pid_t child;

	ASSERT_LE(0, fd);
	ASSERT_TRUE(fill_file(fd, 1));
	map = map_of(fd, 1);
	ASSERT_NE(NULL, map);
	ASSERT_EQ(0, pipe(ends));
	child = fork();
	ASSERT_LE(0, child);
	if (!child) {
		close(ends[1]);
		byte = ((volatile char *)map)[0];
		_exit(read(ends[0], &byte, 1) != 0);
	}
	frames.n = again.n = 0;
	ASSERT_TRUE(frames_add_memory(&frames, map, (size_t)page_bytes()));
	/* The child has looked at it once both map it. */
	for (double since = 0; kpagecount(frames.at[0].pfn) < 2 && wait_on(&since, 20);)
		;
	ASSERT_EQ(2, kpagecount(frames.at[0].pfn));
	answer_about(frames.at[0].pfn, answer, sizeof(answer));
	snprintf(one, sizeof(one), "\"processes\": [ \"%d:whose\", \"%d:whose\" ]", getpid(), child);
	snprintf(other, sizeof(other), "\"processes\": [ \"%d:whose\", \"%d:whose\" ]", child, getpid());
	EXPECT_TRUE(strstr(answer, one) || strstr(answer, other)) TH_LOG("%s", answer);
	EXPECT_NE(NULL, strstr(answer, "\"path\": \"/tmp/whose file\"")) TH_LOG("%s", answer);
	ASSERT_TRUE(frames_add_memory(&again, map, (size_t)page_bytes()));
	EXPECT_EQ(frames.at[0].pfn, again.at[0].pfn);
	close(ends[1]);
	ASSERT_EQ(child, waitpid(child, NULL, 0));
	answer_about(frames.at[0].pfn, answer, sizeof(answer));
	snprintf(one, sizeof(one), "\"processes\": [ \"%d:whose\" ]", getpid());
	EXPECT_NE(NULL, strstr(answer, one)) TH_LOG("%s", answer);
	close(ends[0]);
	close(fd);
	unlink(FILE_NAME);
}

/* --- processes --zone --- */

#define ZONE_PAGES	4096

static char filled[ZONE_PAGES << 16] __attribute__((aligned(1 << 16)));

/* Bytes of this process in a zone, as the command says; -1 where it says nothing. */
static long long bytes_in(const char *zone)
{
	char command[160], line[128];
	long long bytes = -1;
	FILE *pipe;

	snprintf(command, sizeof(command), "pfnscope processes --zone %s --where pid=%d --raw -n -o zone_bytes", zone, getpid());
	pipe = popen(command, "r");
	if (!pipe || !fgets(line, sizeof(line), pipe) || sscanf(line, "%lld", &bytes) != 1)
		printf("# %s: no answer\n", command);
	if (pipe)
		pclose(pipe);
	return bytes;
}

/* What comes to a process goes to a zone, by its pagemap and /proc/zoneinfo; what was only read is the zero page. */
TEST_F_TIMEOUT(whose, pages_of_a_process_are_in_their_zones, 120)
{
	static const char *const zones[] = { "DMA", "DMA32", "Movable" };
	static struct frames frames;
	size_t page = (size_t)page_bytes(), size = ZONE_PAGES * page;
	long long before[3], wanted[3] = { 0 };
	volatile char seen;

	madvise(filled, sizeof(filled), MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += page)
		seen = ((volatile char *)filled)[at];
	(void)seen;
	/* So that it does not grow meanwhile. */
	memset(&frames, 1, sizeof(frames));
	for (int i = 0; i < 3; i++)
		before[i] = bytes_in(zones[i]);
	memset(filled, 1, size);
	frames.n = 0;
	ASSERT_TRUE(frames_add_memory(&frames, filled, size));
	frames_find_zones(&frames);
	for (size_t f = 0; f < frames.n; f++)
		for (int i = 0; i < 3; i++)
			wanted[i] += strcmp(frames.at[f].zone, zones[i]) ? 0 : (long long)(frames.at[f].pages * page);
	EXPECT_EQ((long long)size, wanted[0] + wanted[1] + wanted[2]);
	/* Some pages of its own come besides, such as those of stdio. */
	for (int i = 0; i < 3; i++) {
		long long grown = bytes_in(zones[i]) - before[i];

		EXPECT_LE(0, before[i]);
		EXPECT_LE(wanted[i] - 64 * (long long)page, grown) TH_LOG("%s: %lld", zones[i], wanted[i]);
		EXPECT_GE(wanted[i] + 64 * (long long)page, grown) TH_LOG("%s: %lld", zones[i], wanted[i]);
	}
	EXPECT_EQ(-1, bytes_in("Nowhere"));
}

TEST_HARNESS_MAIN
