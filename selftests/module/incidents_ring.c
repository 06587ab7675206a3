// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 640M --timeout 300
// ko: eater
/*
 * The ring of incidents: how fast it fills, what it gives up, readers inside while it is overrun,
 * switched off or unloaded; and failures that come in interrupts.
 */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/pace.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define WAIT_S 60

FIXTURE(incidents_ring)
{
};

FIXTURE_SETUP(incidents_ring)
{
	ASSERT_EQ(0, incidents_off());
}

FIXTURE_TEARDOWN(incidents_ring)
{
	incidents_off();
	unload_eater();
	cgroup_remove("small");
}

TEST_F_TIMEOUT(incidents_ring, failures_are_none_unless_asked_for, 120)
{
	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	sleep_ms(1200);
	read_list();
	EXPECT_EQ(0, list.rows);
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	EXPECT_LE(0, wait_for(1));
}

/* In an interrupt no mutex can be tried: the slab caches are looked at later, and the file says so. */
static void ask_in(struct __test_metadata *_metadata, const char *question, const char *context, unsigned int incident)
{
	struct table t;
	char *answer;
	long row;

	ASSERT_EQ(0, text_write(ASK, question));
	answer = text_need(ASK);
	EXPECT_STREQ("failed\n", answer) TH_LOG("%s", question);
	free(answer);
	row = wait_shown(incident);
	ASSERT_LE(0, row) TH_LOG("%s", question);
	EXPECT_TRUE(is((size_t)row, "kind", "allocation_failure"));
	EXPECT_TRUE(is((size_t)row, "context", context)) TH_LOG("%s", table_cell(&list, (size_t)row, "context"));
	EXPECT_EQ(9, number((size_t)row, "order"));
	EXPECT_TRUE(taken_later(incident, "slabs"));
	EXPECT_FALSE(taken_later(incident, "pcp")) TH_LOG("few CPUs");
	table_of(&t, incident, "freelists");
	EXPECT_LT(0, t.rows) TH_LOG("%s", t.error);
	table_free(&t);
}

TEST_F_TIMEOUT(incidents_ring, of_interrupts, 120)
{
	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	ask_in(_metadata, "ATOMIC,DMA,HARDIRQ 9", "hardirq", 1);
	/* One in a second is recorded. */
	sleep_ms(1100);
	ask_in(_metadata, "ATOMIC,DMA,SOFTIRQ 9", "softirq", 2);
}

TEST_F_TIMEOUT(incidents_ring, failures_come_at_a_rate, 120)
{
	long long suppressed = 0;
	double since = 0;
	long row;

	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	ASSERT_EQ(0, text_write(CONTROL, "16"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	/* The first is recorded, and each second one more at the most. */
	for (int i = 0; i < 8; i++)
		ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	sleep_ms(1200);
	ASSERT_EQ(0, text_write(ASK, "ATOMIC,DMA 9"));
	do
		read_list();
	while (!(list.rows && number(list.rows - 1, "order") == 9) && wait_on(&since, WAIT_S));
	ASSERT_LE(2, list.rows);
	row = (long)list.rows - 1;
	EXPECT_EQ(9, number(row, "order"));
	for (; row >= 0; row--)
		suppressed += number(row, "suppressed");
	EXPECT_EQ(9, list.rows + suppressed) TH_LOG("%zu recorded, %lld suppressed", list.rows, suppressed);
}

static bool listed(unsigned int incident)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", incident);
	return list.rows && table_find(&list, "incident", text, NULL) >= 0;
}

TEST_F_TIMEOUT(incidents_ring, the_oldest_gives_way, 200)
{
	char path[96], byte;
	int fd = -1;

	cgroup_make("small", "memory.max", "16M");
	ASSERT_EQ(0, text_write(CONTROL, "2"));
	for (unsigned int i = 1; i <= 5; i++) {
		pid_t child = eater("small", -1);

		EXPECT_TRUE(was_killed(child));
		ASSERT_LE(0, wait_shown(i)) TH_LOG("%u", i);
		if (i == 1)
			fd = open(DIR_OF "/1/zones", O_RDONLY);
	}
	cgroup_remove("small");
	EXPECT_EQ(2, list.rows);
	EXPECT_TRUE(listed(4) && listed(5));
	EXPECT_LE(0, fd);
	EXPECT_EQ(-1, read(fd, &byte, 1)) TH_LOG("a file of an incident that is gone was read");
	close(fd);
	for (unsigned int i = 1; i <= 5; i++) {
		snprintf(path, sizeof(path), DIR_OF "/%u", i);
		EXPECT_EQ(i > 3, exists(path)) TH_LOG("%s", path);
	}
}

static volatile bool stop;

static void *read_everything(void *arg)
{
	char path[96];

	while (!stop)
		for (unsigned int i = 1; i < 4; i++)
			for (const char *const *name = arg; *name; name++) {
				snprintf(path, sizeof(path), DIR_OF "/%u/%s", i, *name);
				free(text_read(path, NULL));
				free(text_read(LIST, NULL));
			}
	return NULL;
}

TEST_F_TIMEOUT(incidents_ring, switched_off_with_readers_inside, 200)
{
	static const char *const names[] = { "header", "zones", "freelists", "slabs", "owners", NULL };
	pthread_t thread[2];

	cgroup_make("small", "memory.max", "16M");
	stop = false;
	for (int i = 0; i < 2; i++)
		ASSERT_EQ(0, pthread_create(&thread[i], NULL, read_everything, (void *)names));
	for (int i = 0; i < 6; i++) {
		pid_t child;

		EXPECT_EQ(0, text_write(CONTROL, i % 2 ? "1" : "3"));
		child = eater("small", -1);
		EXPECT_TRUE(was_killed(child));
		sleep_ms(20 * i);
		EXPECT_EQ(0, text_write(CONTROL, "0"));
		EXPECT_FALSE(exists(DIR_OF));
	}
	stop = true;
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	cgroup_remove("small");
}

/* --- a file of an incident is that incident's, whole, or cannot be read --- */

static unsigned int read_whole, read_wrong;

static void read_one(unsigned int incident)
{
	char path[96], *header, *row;

	snprintf(path, sizeof(path), DIR_OF "/%u/header", incident);
	header = text_read(path, NULL);
	row = header ? strchr(header, '\n') : NULL;
	row = row ? strchr(row + 1, '\n') : NULL;
	if (header && (!row || strtoul(row + 1, NULL, 10) != incident || header[strlen(header) - 1] != '\n'))
		__atomic_add_fetch(&read_wrong, 1, __ATOMIC_RELAXED);
	else if (header)
		__atomic_add_fetch(&read_whole, 1, __ATOMIC_RELAXED);
	free(header);
	snprintf(path, sizeof(path), DIR_OF "/%u/freelists", incident);
	free(text_read(path, NULL));
}

static void *read_headers(void *unused)
{
	while (!stop) {
		for (unsigned int i = 1; i <= 12; i++)
			read_one(i);
		free(text_read(LIST, NULL));
	}
	return NULL;
}

/* Kills until one kill is listed: none has to be, while its place has a reader. */
static bool kill_is_listed(void)
{
	for (int tries = 0; tries < 10; tries++) {
		pid_t child = eater("small", -1);
		double since = 0;

		if (!was_killed(child))
			return false;
		do {
			read_list();
			for (size_t row = 0; row < list.rows; row++)
				if (number(row, "victim_pid") == child)
					return true;
		} while (wait_on(&since, 2));
	}
	return false;
}

TEST_F_TIMEOUT(incidents_ring, overrun_with_readers_inside, 200)
{
	pthread_t thread[2];
	double since = 0;

	cgroup_make("small", "memory.max", "16M");
	ASSERT_EQ(0, text_write(CONTROL, "2"));
	stop = false;
	for (int i = 0; i < 2; i++)
		ASSERT_EQ(0, pthread_create(&thread[i], NULL, read_headers, NULL));
	for (int i = 0; i < 8; i++)
		EXPECT_TRUE(was_killed(eater("small", -1)));
	while (!__atomic_load_n(&read_whole, __ATOMIC_RELAXED) && wait_on(&since, 10))
		;
	stop = true;
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	EXPECT_EQ(0, read_wrong);
	EXPECT_LT(0, read_whole);
	printf("# %u headers read\n", read_whole);
	EXPECT_TRUE(kill_is_listed());
	EXPECT_GE(2, list.rows);
	cgroup_remove("small");
}

/* --- unloading --- */

TEST_F_TIMEOUT(incidents_ring, unloaded_with_incidents_open, 200)
{
	static const char *const names[] = { "header", "zones", "freelists", "slabs", "owners", NULL };
	pthread_t thread;
	char byte;
	int fd;

	cgroup_make("small", "memory.max", "16M");
	ASSERT_EQ(0, text_write(CONTROL, "3"));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	ASSERT_LE(0, wait_for(1));
	cgroup_remove("small");
	fd = open(DIR_OF "/1/zones", O_RDONLY);
	ASSERT_LE(0, fd);
	EXPECT_EQ(-EWOULDBLOCK, ko_unload("pfnscope"));
	EXPECT_EQ(1, read(fd, &byte, 1)) TH_LOG("the file that keeps the module can be read");
	stop = false;
	ASSERT_EQ(0, pthread_create(&thread, NULL, read_everything, (void *)names));
	close(fd);
	EXPECT_EQ(0, ko_unload_patiently("pfnscope")) TH_LOG("with a reader that comes and goes");
	EXPECT_FALSE(exists(PFNSCOPE_DIR));
	stop = true;
	pthread_join(thread, NULL);
	ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	read_list();
	EXPECT_EQ(0, list.rows) TH_LOG("incidents are off in a new module");
}

TEST_HARNESS_MAIN
