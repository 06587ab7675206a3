// SPDX-License-Identifier: GPL-2.0-only
// guest: --smp 4 --timeout 600
/*
 * Load and unload, again and again, while readers come and go. An open debugfs file keeps the
 * module; an open /proc file does not. After unload nothing of it is left.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define WARM_UP 20
#define ROUNDS 200
#define READERS 4

static const char *const names[] = { "zones", "zonelists", "gfp", "pcp", "reclaim", "about", "stats" };

/* Opens whatever is there, reads part or all of it, holds it a moment. Absence is no error here. */
static void read_forever(unsigned int seed)
{
	char path[256], buf[700];

	for (;;) {
		unsigned int pick = (unsigned int)rand_r(&seed);
		int fd;

		snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", names[pick % 7]);
		fd = open(pick % 3 ? path : PFNSCOPE_PROC, O_RDONLY);
		for (unsigned int part = pick % 11; fd >= 0 && part; part--)
			if (read(fd, buf, sizeof(buf)) <= 0)
				break;
		usleep(pick % 2000);
		if (fd >= 0)
			close(fd);
		usleep(pick % 3000 + 1000);
	}
}

static bool nothing_left(void)
{
	return access(PFNSCOPE_DIR, F_OK) && access(PFNSCOPE_PROC, F_OK) && access("/sys/module/pfnscope", F_OK);
}

static bool mentions_module(const char *path)
{
	char *text = text_read(path, NULL);
	bool found = text && strstr(text, "[pfnscope]");

	free(text);
	return found;
}

/* The third word of a line of vmallocinfo is who allocated: a bare address where its module is gone. */
static int vmalloc_of_nobody(void)
{
	char *text = text_need("/proc/vmallocinfo"), *at = text, *line, who[64];
	int found = 0;

	while ((line = text_line(&at)))
		found += sscanf(line, "%*s %*s %63s", who) == 1 && !strncmp(who, "0x", 2);
	free(text);
	return found;
}

FIXTURE(reload)
{
	pid_t reader[READERS];
};

FIXTURE_SETUP(reload)
{
	memset(self->reader, 0, sizeof(self->reader));
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
}

FIXTURE_TEARDOWN(reload)
{
	for (int i = 0; i < READERS; i++) {
		if (self->reader[i] <= 0)
			continue;
		kill(self->reader[i], SIGKILL);
		waitpid(self->reader[i], NULL, 0);
	}
	if (access("/sys/module/pfnscope", F_OK))
		ko_load(PFNSCOPE_KO, "");
}

TEST_F(reload, unload_leaves_nothing)
{
	int nobody = vmalloc_of_nobody();

	ASSERT_EQ(0, ko_unload("pfnscope"));
	EXPECT_TRUE(nothing_left());
	EXPECT_EQ(nobody, vmalloc_of_nobody());
	EXPECT_FALSE(mentions_module("/proc/kallsyms"));
	EXPECT_FALSE(mentions_module("/sys/kernel/debug/kprobes/list"));
	ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	EXPECT_FALSE(nothing_left());
}

TEST_F(reload, a_second_load_is_refused)
{
	EXPECT_EQ(-EEXIST, ko_load(PFNSCOPE_KO, ""));
	EXPECT_FALSE(nothing_left());
}

TEST_F(reload, an_open_debugfs_file_keeps_the_module)
{
	int fd = open(PFNSCOPE_DIR "/zones", O_RDONLY);
	struct table t;

	ASSERT_LE(0, fd);
	EXPECT_EQ(-EWOULDBLOCK, ko_unload("pfnscope"));
	ASSERT_TRUE(table_read(&t, PFNSCOPE_DIR "/zones")) TH_LOG("%s", t.error);
	close(fd);
	EXPECT_EQ(0, ko_unload_patiently("pfnscope"));
	EXPECT_TRUE(nothing_left());
}

TEST_F(reload, an_open_proc_file_does_not_and_ends)
{
	int fd = open(PFNSCOPE_PROC, O_RDONLY);
	char buf[4096];

	ASSERT_LE(0, fd);
	ASSERT_EQ(1, read(fd, buf, 1));
	EXPECT_EQ(0, ko_unload_patiently("pfnscope"));
	EXPECT_TRUE(nothing_left());
	EXPECT_EQ(-1, read(fd, buf, sizeof(buf)));
	EXPECT_EQ(EIO, errno);
	close(fd);
}

/* A file that was opened before, of a module that is a new one now. */
TEST_F(reload, an_old_proc_file_does_not_read_the_new_module)
{
	int fd = open(PFNSCOPE_PROC, O_RDONLY);
	char buf[4096];

	ASSERT_LE(0, fd);
	ASSERT_EQ(0, ko_unload_patiently("pfnscope"));
	ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	EXPECT_EQ(-1, read(fd, buf, sizeof(buf)));
	close(fd);
}

static void shrink_cache(const char *dir, const char *name, void *arg)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/%s/shrink", dir, name);
	text_write(path, "1");
}

/* Kilobytes that vmalloc, the per-CPU allocator and unreclaimable slab hold, spare slabs given back. */
static long long kernel_memory(void)
{
	static const char *const names_of[] = { "VmallocUsed", "Percpu", "SUnreclaim" };
	long long sum = 0, value;
	char *text;

	sleep(1);
	text_each_entry("/sys/kernel/slab", shrink_cache, NULL);
	text = text_need("/proc/meminfo");
	for (size_t i = 0; i < 3; i++)
		if (text_value(text, names_of[i], &value))
			sum += value;
	free(text);
	return sum;
}

/*
 * Half of the rounds may not cost a page each: stacks, lazily freed vmalloc areas and caches breathe
 * by some hundred kB. The first rounds are not counted, and what is lost has to be lost in each half
 * of the others. What is smaller than a page is for kmemleak to find.
 */
TEST_F_TIMEOUT(reload, two_hundred_rounds_with_readers_inside, 500)
{
	int rounds = (int)paced(ROUNDS), warm_up = (int)paced(WARM_UP);
	long long memory[3] = { 0 }, first, second;
	struct table t;

	for (int i = 0; i < READERS; i++) {
		self->reader[i] = fork();
		ASSERT_LE(0, self->reader[i]);
		if (!self->reader[i])
			read_forever((unsigned int)i + 1);
	}
	for (int round = 0; round < warm_up + rounds; round++) {
		if (round == warm_up || round == warm_up + rounds / 2)
			memory[round > warm_up] = kernel_memory();
		ASSERT_EQ(0, ko_unload_patiently("pfnscope")) TH_LOG("round %d", round);
		ASSERT_TRUE(nothing_left()) TH_LOG("round %d", round);
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, "")) TH_LOG("round %d", round);
		ASSERT_TRUE(table_read(&t, PFNSCOPE_DIR "/zones")) TH_LOG("round %d: %s", round, t.error);
		ASSERT_LT(0, t.rows);
		table_free(&t);
	}
	memory[2] = kernel_memory();
	first = memory[1] - memory[0];
	second = memory[2] - memory[1];
	printf("# kernel memory: %lld kB, %lld kB, %lld kB\n", memory[0], memory[1], memory[2]);
	/* KASAN keeps what was freed for a while; kmemleak is asked there instead. */
	if (rounds == ROUNDS)
		EXPECT_LT(first < second ? first : second, ROUNDS / 2 * 4);
}

TEST_HARNESS_MAIN
