// SPDX-License-Identifier: GPL-2.0-only
// configs: zones
// guest:
// guest: --nodes 4 --mem 2G --smp 4
/*
 * However a reader moves through a file, it sees the same text. Compared byte by byte in the files
 * whose text does not change by itself; in the others by grammar and by the cells that are fixed.
 */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <time.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/table.h"
#include "lib/text.h"

static const char *const stable[] = { "zonelists", "gfp", "about" };
static const char *const moving[] = { "zones", "pcp", "reclaim", "stats" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void path_of(char path[256], const char *name)
{
	snprintf(path, 256, PFNSCOPE_DIR "/%s", name);
}

/* Every way to cut a read, also across rows and across the page of a seq_file. */
TEST(pieces_of_any_size_give_the_same_text)
{
	static const size_t chunks[] = { 1, 2, 7, 63, 64, 100, 4095, 4096, 4097, 1 << 20 };
	char path[256], *whole, *pieces;
	size_t len, got;

	for (size_t i = 0; i < COUNT(stable); i++) {
		path_of(path, stable[i]);
		whole = text_read(path, &len);
		ASSERT_NE(NULL, whole) TH_LOG("%s", path);
		for (size_t k = 0; k < COUNT(chunks); k++) {
			pieces = text_read_chunked(path, chunks[k], &got);
			ASSERT_NE(NULL, pieces);
			EXPECT_EQ(len, got) TH_LOG("%s in pieces of %zu", path, chunks[k]);
			EXPECT_STREQ(whole, pieces) TH_LOG("%s in pieces of %zu", path, chunks[k]);
			free(pieces);
		}
		free(whole);
	}
}

TEST(pieces_of_moving_files_keep_the_grammar)
{
	static const size_t chunks[] = { 1, 13, 4096 };
	struct table whole, pieces;
	char path[256];

	for (size_t i = 0; i < COUNT(moving); i++) {
		path_of(path, moving[i]);
		ASSERT_TRUE(table_read(&whole, path)) TH_LOG("%s: %s", path, whole.error);
		for (size_t k = 0; k < COUNT(chunks); k++) {
			ASSERT_TRUE(table_parse(&pieces, text_read_chunked(path, chunks[k], NULL)))
				TH_LOG("%s in pieces of %zu: %s", path, chunks[k], pieces.error);
			EXPECT_EQ(whole.rows, pieces.rows);
			for (size_t row = 0; row < whole.rows && row < pieces.rows; row++) {
				EXPECT_STREQ(table_cell(&whole, row, whole.column[0]),
					     table_cell(&pieces, row, whole.column[0]));
				EXPECT_STREQ(table_cell(&whole, row, "zone") ?: "",
					     table_cell(&pieces, row, "zone") ?: "");
			}
			table_free(&pieces);
		}
		table_free(&whole);
	}
}

TEST(pread_anywhere_gives_that_part_of_the_text)
{
	unsigned int seed = (unsigned int)time(NULL);
	char path[256], buf[512], *whole;
	size_t len;

	TH_LOG("seed %u", seed);
	for (size_t i = 0; i < COUNT(stable); i++) {
		int fd;

		path_of(path, stable[i]);
		whole = text_read(path, &len);
		fd = open(path, O_RDONLY);
		ASSERT_LE(0, fd);
		for (int k = 0; k < 2000; k++) {
			size_t at = (size_t)rand_r(&seed) % (len + 10), want = (size_t)rand_r(&seed) % sizeof(buf) + 1;
			ssize_t got = pread(fd, buf, want, (off_t)at);

			ASSERT_LE(0, got) TH_LOG("%s at %zu: %s", path, at, strerror(errno));
			if (at >= len) {
				EXPECT_EQ(0, got);
				continue;
			}
			/* A short read is allowed, an empty one inside the text is not. */
			ASSERT_LT(0, got) TH_LOG("%s at %zu of %zu", path, at, len);
			ASSERT_EQ(0, memcmp(buf, whole + at, (size_t)got)) TH_LOG("%s at %zu", path, at);
		}
		close(fd);
		free(whole);
	}
}

TEST(seeking_back_and_forth_gives_that_part_of_the_text)
{
	unsigned int seed = (unsigned int)time(NULL) * 31;
	char path[256], buf[256], *whole;
	size_t len;

	for (size_t i = 0; i < COUNT(stable); i++) {
		int fd;

		path_of(path, stable[i]);
		whole = text_read(path, &len);
		fd = open(path, O_RDONLY);
		for (int k = 0; k < 1000; k++) {
			off_t at = (off_t)((size_t)rand_r(&seed) % len);
			ssize_t got;

			ASSERT_EQ(at, lseek(fd, at, SEEK_SET));
			for (int part = 0; part < 3 && (size_t)at < len; part++, at += got) {
				got = read(fd, buf, (size_t)rand_r(&seed) % sizeof(buf) + 1);
				ASSERT_LT(0, got);
				ASSERT_EQ(0, memcmp(buf, whole + at, (size_t)got)) TH_LOG("%s at %ld", path, (long)at);
			}
		}
		close(fd);
		free(whole);
	}
}

TEST(a_second_pass_over_an_open_file_reads_anew)
{
	struct table first, again;
	char path[256];

	for (size_t i = 0; i < COUNT(moving); i++) {
		char *a = calloc(1, 1 << 20), *b = calloc(1, 1 << 20);
		size_t used;
		ssize_t n;
		int fd;

		path_of(path, moving[i]);
		fd = open(path, O_RDONLY);
		ASSERT_LE(0, fd);
		for (used = 0; (n = read(fd, a + used, 4096)) > 0; used += (size_t)n)
			;
		ASSERT_EQ(0, lseek(fd, 0, SEEK_SET));
		for (used = 0; (n = read(fd, b + used, 4096)) > 0; used += (size_t)n)
			;
		ASSERT_TRUE(table_parse(&first, a)) TH_LOG("%s: %s", path, first.error);
		ASSERT_TRUE(table_parse(&again, b)) TH_LOG("%s: %s", path, again.error);
		EXPECT_EQ(first.rows, again.rows);
		table_free(&first);
		table_free(&again);
		close(fd);
	}
}

TEST(seeks_and_reads_out_of_range_are_refused_or_empty)
{
	char buf[16], path[256], *volatile nowhere = (char *)8;

	for (size_t i = 0; i < COUNT(stable); i++) {
		int fd;

		path_of(path, stable[i]);
		fd = open(path, O_RDONLY);
		EXPECT_EQ(-1, lseek(fd, -1, SEEK_SET));
		EXPECT_EQ(-1, pread(fd, buf, sizeof(buf), -1));
		EXPECT_EQ(0, pread(fd, buf, sizeof(buf), 1 << 30));
		EXPECT_EQ(-1, read(fd, nowhere, sizeof(buf)));
		EXPECT_EQ(EFAULT, errno);
		EXPECT_EQ(0, lseek(fd, 0, SEEK_SET));
		EXPECT_EQ(16, read(fd, buf, 16));
		EXPECT_EQ(0, memcmp(buf, "pfnscope ", 9));
		close(fd);
	}
}

/* A reader of everything; its exit status says what went wrong. */
static void read_all_files(int laps)
{
	struct table t;
	char path[256];

	for (int lap = 0; lap < laps; lap++) {
		for (size_t i = 0; i < COUNT(stable) + COUNT(moving); i++) {
			path_of(path, i < COUNT(stable) ? stable[i] : moving[i - COUNT(stable)]);
			if (!table_read(&t, path) || !t.rows) {
				fprintf(stderr, "# %s: %s\n", path, t.error);
				_exit(1);
			}
			table_free(&t);
		}
		if (!table_read(&t, PFNSCOPE_PROC))
			_exit(2);
		table_free(&t);
	}
	_exit(0);
}

#define READERS 64
#define LAPS 5

TEST(sixty_four_readers_at_once)
{
	int status, laps = (int)paced(LAPS);

	for (int i = 0; i < READERS; i++) {
		pid_t pid = fork();

		ASSERT_LE(0, pid);
		if (!pid)
			read_all_files(laps);
	}
	for (int i = 0; i < READERS; i++) {
		ASSERT_LT(0, wait(&status));
		EXPECT_EQ(0, status);
	}
}

/* One open file shared by many: the seq_file's lock has to keep its reader's state whole. */
TEST(readers_that_share_one_open_file)
{
	int status, fd = open(PFNSCOPE_DIR "/gfp", O_RDONLY);
	char *whole = text_read(PFNSCOPE_DIR "/gfp", NULL), buf[64];
	size_t len = strlen(whole);

	ASSERT_LE(0, fd);
	for (int i = 0; i < 8; i++) {
		unsigned int seed = (unsigned int)i;
		pid_t pid = fork();

		ASSERT_LE(0, pid);
		if (pid)
			continue;
		for (int k = 0; k < 500; k++) {
			off_t at = (off_t)((size_t)rand_r(&seed) % len);
			ssize_t got = pread(fd, buf, sizeof(buf), at);

			if (got <= 0 || memcmp(buf, whole + at, (size_t)got))
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < 8; i++) {
		ASSERT_LT(0, wait(&status));
		EXPECT_EQ(0, status);
	}
}

static long long cost_of(const char *file, const char *column)
{
	struct table t;
	long long value = -1;
	long row;

	if (!table_read(&t, PFNSCOPE_DIR "/stats"))
		return -1;
	row = table_find(&t, "file", file, NULL);
	if (row >= 0)
		table_number(&t, (size_t)row, column, &value);
	table_free(&t);
	return value;
}

/* The module's account of itself is exact. */
TEST(stats_counts_opens_and_rows)
{
	struct table t;
	char path[256];

	for (size_t i = 0; i < COUNT(stable); i++) {
		long long opens = cost_of(stable[i], "opens"), rows = cost_of(stable[i], "rows");
		long long spent = cost_of(stable[i], "spent_ns");

		ASSERT_LE(0, opens) TH_LOG("%s has no row in stats", stable[i]);
		path_of(path, stable[i]);
		for (int lap = 0; lap < 10; lap++) {
			ASSERT_TRUE(table_read(&t, path));
			rows += (long long)t.rows;
			table_free(&t);
		}
		EXPECT_EQ(opens + 10, cost_of(stable[i], "opens")) TH_LOG("%s", stable[i]);
		EXPECT_EQ(rows, cost_of(stable[i], "rows")) TH_LOG("%s", stable[i]);
		EXPECT_LT(spent, cost_of(stable[i], "spent_ns")) TH_LOG("%s", stable[i]);
	}
}

TEST(the_core_views_hold_no_lock_and_visit_no_page)
{
	struct table t;

	ASSERT_TRUE(table_read(&t, PFNSCOPE_DIR "/stats"));
	for (size_t i = 0; i < COUNT(stable) + COUNT(moving); i++) {
		const char *name = i < COUNT(stable) ? stable[i] : moving[i - COUNT(stable)];

		EXPECT_LE(0, table_find(&t, "file", name, "longest_hold_ns", "0", "visited_pages", "0", NULL))
			TH_LOG("%s", name);
	}
}

TEST_HARNESS_MAIN
