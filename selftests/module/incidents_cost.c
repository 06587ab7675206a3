// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 3G --timeout 400
// ko: eater
/*
 * What incidents cost others: cgroups that die in a loop, scans of much memory when they are switched
 * off or the module is unloaded, and who pushes whom out of the ring.
 */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/traced.h"

static const char *const scans[] = { "reclaim", "contiguity", "hugepages", "owners" };

#define SCANS (sizeof(scans) / sizeof(scans[0]))

static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Of all deferred scans together, from the module's own account. */
static long long cost(const char *column)
{
	long long sum = 0, value;
	struct table t;

	table_need(&t, "stats");
	for (size_t i = 0; i < SCANS; i++)
		if (table_number(&t, (size_t)table_find(&t, "file", scans[i], NULL), column, &value))
			sum += value;
	table_free(&t);
	return sum;
}

FIXTURE(incidents_cost)
{
};

FIXTURE_SETUP(incidents_cost)
{
	ASSERT_EQ(0, incidents_off());
}

FIXTURE_TEARDOWN(incidents_cost)
{
	incidents_off();
	unload_eater();
}

/* --- a cgroup that dies in a loop --- */

#define LOOP_NS (20LL * 1000000000)

/* All that the worker did: the scans, and the row of its own. */
static long long spent_ns(void)
{
	long long own = 0;
	struct table t;

	table_need(&t, "stats");
	table_number(&t, (size_t)table_find(&t, "file", "incidents", NULL), "spent_ns", &own);
	table_free(&t);
	return own + cost("spent_ns");
}

/*
 * After each step the worker rests so long that what it did was one percent: all but the last, which
 * is the largest at worst.
 */
TEST_F_TIMEOUT(incidents_cost, a_cgroup_that_dies_in_a_loop, 200)
{
	long long begun, wall, first, last, now, largest = 0, opens;
	unsigned int kills = 0;

	cgroup_make("small", "memory.max", "4M");
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	/* From the end of the first scan, which is free. */
	ASSERT_LE(0, wait_for(1));
	opens = cost("opens");
	first = last = spent_ns();
	for (begun = now_ns(); now_ns() - begun < LOOP_NS; kills++, last = now) {
		EXPECT_TRUE(was_killed(eater("small", -1)));
		now = spent_ns();
		largest = now - last > largest ? now - last : largest;
	}
	wall = now_ns() - begun;
	read_list();
	cgroup_remove("small");
	printf("# %u kills in %lld ms: %lld scans, %lld us in all, %lld us at once\n", kills, wall / 1000000,
	       (cost("opens") - opens) / (long long)SCANS, (last - first) / 1000, largest / 1000);
	EXPECT_LT(10, kills);
	EXPECT_LT(first, last) TH_LOG("the worker has an account");
	EXPECT_LE(last - first - largest, wall / 100);
	EXPECT_EQ(4, list.rows);
}

/* --- where it is done --- */

static const char *const queueing[] = { "workqueue/workqueue_queue_work" };

/* A pool of no CPU says -1, which v5.10 prints as unsigned. */
static bool is_unbound(const struct traced_line *line)
{
	return strstr(line->rest, " cpu=-1") || strstr(line->rest, " cpu=4294967295");
}

/* A bound queue would let the other works of the CPU wait, and reclaim drains the lists of CPUs by works. */
TEST_F_TIMEOUT(incidents_cost, no_cpus_works_wait_for_the_worker, 200)
{
	unsigned int works = 0;

	cgroup_make("small", "memory.max", "4M");
	ASSERT_EQ(0, text_write(CONTROL, "1"));
	ASSERT_TRUE(traced_begin(queueing, 1));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	EXPECT_LE(0, wait_for(1));
	EXPECT_TRUE(traced_end());
	traced_read();
	cgroup_remove("small");
	for (size_t i = 0; i < nr_traced; i++) {
		if (!strstr(traced_lines[i].rest, "[pfnscope]"))
			continue;
		EXPECT_TRUE(is_unbound(&traced_lines[i])) TH_LOG("%s", traced_lines[i].rest);
		works++;
	}
	printf("# %u works\n", works);
	EXPECT_LT(0, works);
}

#define MANY 200

/*
 * The list has so many rows once all are shown. A kill whose place is being read is lost, and has
 * no number: so the last one's is not that of the kills.
 */
static void wait_rows(size_t rows)
{
	for (unsigned int i = paced(1200); i; i--) {
		read_list();
		if (list.rows == rows)
			return;
		sleep_ms(50);
	}
}

TEST_F_TIMEOUT(incidents_cost, the_machine_is_not_pushed_out_by_cgroups, 250)
{
	unsigned int kills = paced(MANY);
	long row;

	ASSERT_EQ(0, text_write(CONTROL, "2"));
	EXPECT_TRUE(was_killed(eater(NULL, 1)));
	ASSERT_LE(0, wait_for(1));
	cgroup_make("small", "memory.max", "4M");
	for (unsigned int i = 0; i < kills; i++)
		EXPECT_TRUE(was_killed(eater("small", -1)));
	wait_rows(kills > 1 ? 3 : 2);
	cgroup_remove("small");
	EXPECT_LE(0, table_find(&list, "kind", "memcg_oom", NULL));
	row = table_find(&list, "incident", "1", NULL);
	ASSERT_LE(0, row);
	EXPECT_TRUE(is(row, "kind", "oom"));
	EXPECT_EQ(kills > 1 ? 3 : 2, list.rows);
	EXPECT_TRUE(exists(DIR_OF "/1/owners"));
}

/* --- a group of which the first victim finds no place --- */

static volatile bool stop;

static void *hammer(void *unused)
{
	while (!stop) {
		free(text_read(LIST, NULL));
		for (unsigned int i = 1; i < 40; i++) {
			char path[96];

			snprintf(path, sizeof(path), DIR_OF "/%u/freelists", i);
			free(text_read(path, NULL));
		}
	}
	return NULL;
}

static pid_t sleeper(void)
{
	int ready[2];
	char byte;
	pid_t child;

	if (pipe(ready))
		return -1;
	child = fork();
	if (!child) {
		cgroup_enter("group");
		write(ready[1], "", 1);
		pause();
		_exit(0);
	}
	if (read(ready[0], &byte, 1) != 1)
		child = -1;
	close(ready[0]);
	close(ready[1]);
	return child;
}

TEST_F_TIMEOUT(incidents_cost, a_group_is_one_incident_or_none, 250)
{
	unsigned int rounds = paced(30);
	pthread_t thread[2];
	pid_t other;

	cgroup_make("group", "memory.max", "4M");
	ASSERT_EQ(0, text_write(CGROUP "/group/memory.oom.group", "1"));
	ASSERT_EQ(0, text_write(CONTROL, "1"));
	stop = false;
	for (int i = 0; i < 2; i++)
		ASSERT_EQ(0, pthread_create(&thread[i], NULL, hammer, NULL));
	for (unsigned int i = 0; i < rounds; i++) {
		other = sleeper();
		ASSERT_LT(0, other);
		EXPECT_TRUE(was_killed(eater("group", -1)));
		EXPECT_TRUE(was_killed(other));
		read_list();
		if (list.rows)
			EXPECT_EQ(2, number(0, "victims")) TH_LOG("incident %lld", number(0, "incident"));
	}
	stop = true;
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	cgroup_remove("group");
}

/* --- a scan of much memory is under way --- */

#define MUCH (2200UL << 20)

/* A process with so much memory in small pages that the scan takes its time. */
static pid_t much(void)
{
	int ready[2];
	char byte;
	pid_t child;

	if (pipe(ready))
		return -1;
	child = fork();
	if (!child) {
		char *memory = mmap(NULL, MUCH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		madvise(memory, MUCH, MADV_NOHUGEPAGE);
		for (size_t at = 0; memory != MAP_FAILED && at < MUCH; at += 4096)
			memory[at] = 1;
		write(ready[1], memory == MAP_FAILED ? "f" : "k", 1);
		pause();
		_exit(0);
	}
	if (read(ready[0], &byte, 1) != 1 || byte != 'k')
		child = -1;
	close(ready[0]);
	close(ready[1]);
	return child;
}

static void end(pid_t child)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

/* What one whole scan takes and visits: that of a kill, with nobody in its way. */
static long long whole_scan(struct __test_metadata *_metadata, long long *visited)
{
	long long spent = cost("spent_ns");

	*visited = cost("visited_pages");
	ASSERT_EQ(0, text_write(CONTROL, "1")) return -1;
	EXPECT_TRUE(was_killed(eater("small", -1)));
	ASSERT_LE(0, wait_for(1)) return -1;
	*visited = cost("visited_pages") - *visited;
	spent = cost("spent_ns") - spent;
	EXPECT_EQ(0, text_write(CONTROL, "0"));
	return spent;
}

/* A kill whose scan is about to begin: the folder is there, and its files are being made. */
static void begin_scan(struct __test_metadata *_metadata)
{
	ASSERT_EQ(0, text_write(CONTROL, "1"));
	EXPECT_TRUE(was_killed(eater("small", -1)));
	for (long long begun = now_ns(); now_ns() - begun < 60000000000 && !exists(DIR_OF "/1");)
		;
	EXPECT_TRUE(exists(DIR_OF "/1"));
}

TEST_F_TIMEOUT(incidents_cost, switching_off_does_not_wait_for_a_scan, 200)
{
	long long whole, all, visited, began, took, least = 1LL << 60;
	pid_t child = much();

	ASSERT_LT(0, child);
	cgroup_make("small", "memory.max", "4M");
	whole = whole_scan(_metadata, &all);
	/* One may be nearly over before we come to switch off; not all of them. */
	for (int i = 0; i < 5 && least > all / 4 * 3; i++) {
		visited = cost("visited_pages");
		begin_scan(_metadata);
		began = now_ns();
		EXPECT_EQ(0, text_write(CONTROL, "0"));
		took = now_ns() - began;
		visited = cost("visited_pages") - visited;
		printf("# a scan takes %lld ms and visits %lld pages; switched off in the middle of one, in %lld ms, %lld\n",
		       whole / 1000000, all, took / 1000000, visited);
		least = visited < least ? visited : least;
		EXPECT_FALSE(exists(DIR_OF));
	}
	/* What has not been looked at when it is told to stop is left; whole scans differ by 1 %. */
	EXPECT_LT(least, all / 4 * 3);
	cgroup_remove("small");
	end(child);
}

TEST_F_TIMEOUT(incidents_cost, unloading_does_not_wait_for_a_scan, 200)
{
	long long whole, all, began, took;
	pid_t child = much();

	ASSERT_LT(0, child);
	cgroup_make("small", "memory.max", "4M");
	whole = whole_scan(_metadata, &all);
	begin_scan(_metadata);
	began = now_ns();
	EXPECT_EQ(0, ko_unload("pfnscope"));
	took = now_ns() - began;
	printf("# a scan takes %lld ms, unloading in the middle of one %lld ms\n", whole / 1000000, took / 1000000);
	EXPECT_FALSE(exists(PFNSCOPE_DIR));
	ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	cgroup_remove("small");
	end(child);
}

/* --- what is no failure of the allocator --- */

/* Whether the request of a task in @cgroup failed. */
static bool asked_in(const char *cgroup, const char *question)
{
	char *answer;
	bool failed;
	pid_t child = fork();

	if (!child) {
		cgroup_enter(cgroup);
		_exit(-text_write(ASK, question));
	}
	waitpid(child, NULL, 0);
	answer = text_need(ASK);
	failed = !strcmp(answer, "failed\n");
	free(answer);
	return failed;
}

TEST_F_TIMEOUT(incidents_cost, a_charge_that_fails_is_no_failed_allocation, 120)
{
	ASSERT_EQ(0, load_eater("pages=0"));
	cgroup_make("small", "memory.max", "1M");
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	EXPECT_TRUE(asked_in("small", "KERNEL,NORETRY,ACCOUNT 9")) TH_LOG("2 MiB do not fit into 1 MiB");
	EXPECT_FALSE(asked_in("small", "KERNEL,NORETRY 9")) TH_LOG("the machine has them");
	sleep_ms(1200);
	read_list();
	EXPECT_EQ(0, list.rows);
	/* An accounted request that the zones cannot serve is one all the same. */
	unload_eater();
	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	cgroup_make("large", "memory.max", "512M");
	EXPECT_TRUE(asked_in("large", "KERNEL,DMA,ACCOUNT 0"));
	EXPECT_LE(0, wait_shown(1));
	cgroup_remove("small");
	cgroup_remove("large");
}

/* --- names that anybody gives --- */

#define ODD "odd\033[31mname"

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (*text != '\n' && (*text < ' ' || *text > '~'))
			return false;
	return true;
}

static char *output_of(const char *command)
{
	char *line;

	if (asprintf(&line, "%s >/tmp/output 2>&1", command) < 0)
		return NULL;
	system(line);
	free(line);
	return text_need("/tmp/output");
}

static void check_names(struct __test_metadata *_metadata, const char *file, const char *command, const char *name)
{
	char *text = text_need(file), json[256], line[256];

	EXPECT_TRUE(is_plain(text)) TH_LOG("%s", file);
	EXPECT_TRUE(strstr(text, "odd\\033[31mname") != NULL) TH_LOG("%s: %s", file, text);
	free(text);
	text = output_of(command);
	EXPECT_TRUE(is_plain(text)) TH_LOG("%s", command);
	free(text);
	snprintf(line, sizeof(line), "%s --raw", command);
	text = output_of(line);
	EXPECT_TRUE(is_plain(text)) TH_LOG("%s", line);
	free(text);
	snprintf(line, sizeof(line), "%s --json", command);
	text = output_of(line);
	snprintf(json, sizeof(json), "\"%s\"", name);
	EXPECT_TRUE(strstr(text, json) != NULL) TH_LOG("%s has no %s", line, json);
	free(text);
}

TEST_F_TIMEOUT(incidents_cost, names_are_harmless_on_a_terminal, 120)
{
	char *text;

	cgroup_make(ODD, "memory.max", "4M");
	ASSERT_EQ(0, text_write(CONTROL, "1"));
	EXPECT_TRUE(was_killed(eater(ODD, -1)));
	ASSERT_LE(0, wait_shown(1));
	check_names(_metadata, LIST, "pfnscope incidents -o incident,cgroup", "/odd\\u001b[31mname");
	text = text_need(PFNSCOPE_DIR "/lru");
	EXPECT_TRUE(is_plain(text));
	EXPECT_TRUE(strstr(text, "odd\\033[31mname") != NULL);
	free(text);
	cgroup_remove(ODD);
}

TEST_HARNESS_MAIN
