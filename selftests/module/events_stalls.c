// SPDX-License-Identifier: GPL-2.0-only
// guest: --disk 4G
// kernels: plain
/*
 * `stalls` of a task alone in a cgroup at its limit, on one CPU, against the kernel's own trace of the same run, the
 * cgroup's pressure, and how often the kernel says that it met its limit; and of all cgroups against `latency`.
 */

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"
#include "lib/traced.h"

#define SWITCH PFNSCOPE_DIR "/control/events"
#define DISK "/dev/nvme0n1"

/* The other tests read what is before. */
#define FROM (3UL << 30)
/* A few milliseconds of reclaim. */
#define PIECE (12UL << 20)
#define TRIES 100

static const char *const traced[] = { "vmscan/mm_vmscan_memcg_reclaim_begin", "vmscan/mm_vmscan_memcg_reclaim_end" };

static off_t read_from = FROM;
static struct table stalls, latency;

FIXTURE(events_stalls)
{
};

FIXTURE_SETUP(events_stalls)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	/* Nobody reclaims but who meets a limit. */
	text_write("/proc/sys/vm/drop_caches", "3");
}

FIXTURE_TEARDOWN(events_stalls)
{
	text_write(SWITCH, "off");
	cgroup_remove("waits");
}

/* --- what is made to wait --- */

static void read_piece(void)
{
	/* By nobody before, so that no page comes back: that would be pressure of another kind. */
	static char piece[1 << 20];
	int fd = open(DISK, O_RDONLY);

	lseek(fd, read_from, SEEK_SET);
	for (size_t bytes = 0; bytes < PIECE && read(fd, piece, sizeof(piece)) > 0; bytes += sizeof(piece))
		;
	close(fd);
}

/* To the cgroup, and then to the CPU: to change the cpuset gives back the others. */
static void enter(const char *cgroup, int cpu)
{
	cpu_set_t one;

	cgroup_enter(cgroup);
	if (cpu < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		_exit(1);
}

static pid_t start_in(const char *cgroup, int cpu)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child)
		return child;
	enter(cgroup, cpu);
	read_piece();
	_exit(0);
}

static bool ends(pid_t child)
{
	int status;

	return waitpid(child, &status, 0) == child && !status;
}

/* --- what the kernel says --- */

static long long in_file(const char *path, const char *name)
{
	char *text = text_need(path), *at = strstr(text, name);
	long long value = at ? atoll(at + strlen(name)) : -1;

	free(text);
	return value;
}

/* Time in which some task waited for memory. */
static long long pressure_ns(void)
{
	return 1000 * in_file(CGROUP "/waits/memory.pressure", "total=");
}

struct waited {
	long long count, ns, longest, pages;
};

static struct waited waited_by_trace(pid_t pid)
{
	struct waited w = { 0 };

	for (size_t i = 0; i < nr_traced; i++) {
		const struct traced_line *end = &traced_lines[i], *begin;

		if (end->pid != pid || end->name != traced_name("mm_vmscan_memcg_reclaim_end"))
			continue;
		begin = traced_before(end, traced_name("mm_vmscan_memcg_reclaim_begin"));
		if (!begin)
			continue;
		w.count++;
		w.ns += end->ns - begin->ns;
		w.pages += traced_field(end, "nr_reclaimed=");
		if (end->ns - begin->ns > w.longest)
			w.longest = end->ns - begin->ns;
	}
	return w;
}

/* --- ours --- */

static void add_row(struct waited *w, const struct table *t, size_t row)
{
	long long longest = table_value(t, row, "longest_ns"), pages = table_value(t, row, "reclaimed_pages");

	w->count += table_value(t, row, "count");
	w->ns += table_value(t, row, "total_ns");
	w->pages += pages > 0 ? pages : 0;
	if (longest > w->longest)
		w->longest = longest;
}

/* Of the rows with @value in @column, those of @event, of every one where that is NULL. */
static struct waited waited_by(const char *column, const char *value, const char *event)
{
	struct waited w = { 0 };

	for (size_t row = 0; row < stalls.rows; row++)
		if (table_is(&stalls, row, column, value) && (!event || table_is(&stalls, row, "event", event)))
			add_row(&w, &stalls, row);
	return w;
}

static bool is_near(long long a, long long b, int percent)
{
	long long far = llabs(a - b);

	return far * 100 <= b * percent;
}

/* --- a task alone --- */

struct trial {
	struct waited ours, all, theirs;
	long long pressure, limits;
	bool whole;
};

static bool try_alone(struct trial *trial)
{
	long long before;
	pid_t child;
	bool ok;

	cgroup_make("waits", "memory.max", "8M");
	before = pressure_ns();
	ok = traced_begin(traced, 2) && !text_write(SWITCH, "all");
	child = start_in("waits", 0);
	ok &= ends(child) && traced_end();
	trial->pressure = pressure_ns() - before;
	trial->limits = in_file(CGROUP "/waits/memory.events", "max ");
	trial->whole = traced_is_whole();
	table_need(&stalls, "stalls");
	traced_read();
	trial->theirs = waited_by_trace(child);
	trial->ours = waited_by("cgroup", "/waits", "memcg_reclaim");
	trial->all = waited_by("cgroup", "/waits", NULL);
	table_free(&stalls);
	text_write(SWITCH, "off");
	cgroup_remove("waits");
	read_from += PIECE;
	return ok;
}

/*
 * While a busy host does not run the guest's CPU, the clock of the scheduler, by which pressure is counted, goes on for no
 * more than a tick. And what passes between the two who listen at one point of the trace is time of one of them alone.
 */
static bool is_undisturbed(const struct trial *trial)
{
	return trial->theirs.longest < 2000000;
}

static bool is_as_the_kernel_says(const struct trial *trial)
{
	return is_near(trial->ours.ns, trial->theirs.ns, 5) && trial->all.ns <= trial->pressure + 100000 &&
	       trial->all.ns * 100 >= trial->pressure * 80;
}

TEST_F_TIMEOUT(events_stalls, a_task_alone_waits_as_long_as_the_kernel_says, 600)
{
	struct trial trial;
	int tries = 0;
	bool holds;

	do {
		ASSERT_TRUE(try_alone(&trial));
		ASSERT_TRUE(trial.whole);
		ASSERT_LT(10, trial.ours.count);
		EXPECT_EQ(trial.theirs.count, trial.ours.count);
		EXPECT_EQ(trial.theirs.pages, trial.ours.pages);
		/* But for what may not wait, it reclaims whenever it is at the limit. */
		EXPECT_LE(trial.ours.count, trial.limits);
		EXPECT_LE(trial.limits, trial.ours.count + 2);
		holds = is_undisturbed(&trial) && is_as_the_kernel_says(&trial);
	} while (!holds && ++tries < TRIES);
	printf("# try %d: %lld times at the limit, reclaimed %lld times %lld us, longest %lld us; by the trace %lld us, longest %lld us, pressure %lld us, causes %lld us\n",
	       tries, trial.limits, trial.ours.count, trial.ours.ns / 1000, trial.ours.longest / 1000, trial.theirs.ns / 1000,
	       trial.theirs.longest / 1000, trial.pressure / 1000, trial.all.ns / 1000);
	EXPECT_TRUE(holds);
}

/* --- all cgroups together --- */

static struct waited sum_of(const struct table *t, const char *event, const char *orders)
{
	struct waited w = { 0 };

	for (size_t row = 0; row < t->rows; row++)
		if (table_is(t, row, "event", event) && table_is(t, row, "orders", orders))
			add_row(&w, t, row);
	return w;
}

static bool same_text(const char *a, const char *b)
{
	bool same = a && !strcmp(a, b);

	if (!same)
		usleep(100000);
	return same;
}

/* Both of one moment: nothing ended while they were read. */
static bool read_both(void)
{
	char *before = NULL, *after;
	bool same = false;

	for (int i = 0; i < 100 && !same; i++) {
		free(before);
		before = text_need(PFNSCOPE_DIR "/latency");
		table_free(&stalls);
		table_need(&stalls, "stalls");
		after = text_need(PFNSCOPE_DIR "/latency");
		same = same_text(before, after);
		free(after);
	}
	table_free(&latency);
	return same && table_parse(&latency, before);
}

/* What a throttled task slept is in the reclaim that it slept in, but not in that of stalls. */
static void check_event(struct __test_metadata *_metadata, const char *event, long long throttled)
{
	static const char *const orders[] = { "0", "1-3", "4-8", "9", "10+" };

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct waited by_cgroup = sum_of(&stalls, event, orders[i]), in_all = sum_of(&latency, event, orders[i]);

		EXPECT_EQ(in_all.count, by_cgroup.count) TH_LOG("%s of order %s", event, orders[i]);
		EXPECT_GE(in_all.ns, by_cgroup.ns);
		EXPECT_LE(in_all.ns, by_cgroup.ns + throttled);
		EXPECT_GE(in_all.longest, by_cgroup.longest);
	}
}

/* Several at once, with next to nothing to reclaim from, get into each other's way. */
static void crowd(void)
{
	pid_t readers[6];

	cgroup_make("waits", "memory.max", "2M");
	for (int i = 0; i < 6; i++)
		readers[i] = start_in("waits", -1);
	for (int i = 0; i < 6; i++)
		waitpid(readers[i], NULL, 0);
}

TEST_F_TIMEOUT(events_stalls, cgroups_add_up_to_latency, 600)
{
	struct waited throttled, of_all;

	ASSERT_EQ(0, text_write(SWITCH, "all"));
	crowd();
	cgroup_run("eats", "8M", cgroup_eat);
	text_write("/proc/sys/vm/compact_memory", "1");
	text_write("/proc/sys/vm/nr_hugepages", "4096");
	text_write("/proc/sys/vm/nr_hugepages", "0");
	ASSERT_TRUE(read_both());
	throttled = sum_of(&stalls, "throttle", "-");
	of_all = sum_of(&latency, "throttle", "-");
	EXPECT_EQ(of_all.count, throttled.count);
	EXPECT_EQ(of_all.ns, throttled.ns);
	check_event(_metadata, "direct_reclaim", throttled.ns);
	check_event(_metadata, "memcg_reclaim", throttled.ns);
	check_event(_metadata, "node_reclaim", throttled.ns);
	check_event(_metadata, "compaction", throttled.ns);
	/* That was for no request, and nobody waits for what works for all. */
	EXPECT_LT(0, sum_of(&latency, "compaction", "-").count);
	EXPECT_EQ(0, sum_of(&stalls, "compaction", "-").count);
	EXPECT_EQ(0, table_count(&stalls, "event", "kswapd") + table_count(&stalls, "event", "kcompactd"));
	EXPECT_LT(0, waited_by("cgroup", "/waits", "memcg_reclaim").count);
	printf("# throttled %lld times %lld us; direct_reclaim %zu, compaction %zu rows\n", throttled.count, throttled.ns / 1000,
	       table_count(&stalls, "event", "direct_reclaim"), table_count(&stalls, "event", "compaction"));
	table_free(&stalls);
	table_free(&latency);
}

/* --- a cgroup that is gone --- */

static long row_of(const char *id)
{
	table_free(&stalls);
	table_need(&stalls, "stalls");
	return table_find(&stalls, "cgroup_id", id, "event", "memcg_reclaim", NULL);
}

/* Each event of memcg_reclaim has this cgroup. */
static bool events_are_of(const char *path, const char *id)
{
	size_t count = 0;
	struct table t;

	table_need(&t, "events");
	for (size_t row = 0; row < t.rows; row++)
		count += table_is(&t, row, "event", "memcg_reclaim") && table_is(&t, row, "cgroup", path) &&
			 table_is(&t, row, "cgroup_id", id);
	if (!count || count != t.rows)
		printf("# %zu of %zu events are of %s, %s\n", count, t.rows, path, id);
	count = count && count == t.rows;
	table_free(&t);
	return count;
}

static bool is_gone(long row)
{
	return row >= 0 && table_is(&stalls, (size_t)row, "cgroup", "-") && table_is(&stalls, (size_t)row, "state", "-");
}

TEST_F_TIMEOUT(events_stalls, what_a_cgroup_waited_stays_when_it_is_gone, 120)
{
	char id[32], *before, *after;
	double since = 0;
	struct stat st;
	long row;

	ASSERT_EQ(0, text_write(SWITCH, "memcg_reclaim"));
	cgroup_make("waits", "memory.max", "8M");
	ASSERT_EQ(0, stat(CGROUP "/waits", &st));
	ASSERT_TRUE(ends(start_in("waits", 0)));
	snprintf(id, sizeof(id), "%llu", (unsigned long long)st.st_ino);
	row = row_of(id);
	ASSERT_LE(0, row);
	EXPECT_STREQ("/waits", table_cell(&stalls, (size_t)row, "cgroup"));
	EXPECT_STREQ("online", table_cell(&stalls, (size_t)row, "state"));
	EXPECT_TRUE(events_are_of("/waits", id));
	before = strdup(table_cell(&stalls, (size_t)row, "count"));
	cgroup_remove("waits");
	/* As long as pages are charged to it, it is dying. */
	do {
		text_write("/proc/sys/vm/drop_caches", "3");
		row = row_of(id);
	} while (!is_gone(row) && wait_on(&since, 60));
	ASSERT_TRUE(is_gone(row)) TH_LOG("%s", row < 0 ? "no row" : table_cell(&stalls, (size_t)row, "state"));
	after = strdup(table_cell(&stalls, (size_t)row, "count"));
	EXPECT_STREQ(before, after);
	EXPECT_TRUE(events_are_of("-", id));
	free(before);
	free(after);
	table_free(&stalls);
}

/* --- more cgroups than there are places --- */

#define PLACES 1024
#define MANY (PLACES + 32)
#define SMALL (768 << 10)

/* One that is at its limit, and is gone when the task is in the next one. */
static void wait_in_one(int fd, int number)
{
	static char piece[64 << 10];
	off_t from = (1UL << 30) + (off_t)number % 128 * SMALL;
	char name[32];

	snprintf(name, sizeof(name), "many-%d", number);
	cgroup_make(name, "memory.max", "512K");
	enter(name, 0);
	lseek(fd, from, SEEK_SET);
	for (size_t bytes = 0; bytes < SMALL && read(fd, piece, sizeof(piece)) > 0; bytes += sizeof(piece))
		;
	posix_fadvise(fd, from, SMALL, POSIX_FADV_DONTNEED);
	if (number) {
		snprintf(name, sizeof(name), "many-%d", number - 1);
		cgroup_remove(name);
	}
}

static void wait_in_many(void)
{
	int fd = open(DISK, O_RDONLY);

	for (int i = 0; i < MANY; i++)
		wait_in_one(fd, i);
	_exit(0);
}

TEST_F_TIMEOUT(events_stalls, what_finds_no_place_is_counted, 600)
{
	struct waited others, all;
	size_t rows = 0;
	char name[32];
	pid_t child;

	ASSERT_EQ(0, text_write(SWITCH, "memcg_reclaim"));
	fflush(stdout);
	child = fork();
	if (!child)
		wait_in_many();
	EXPECT_TRUE(ends(child));
	snprintf(name, sizeof(name), "many-%d", MANY - 1);
	cgroup_remove(name);
	ASSERT_TRUE(read_both());
	others = waited_by("cgroup", "others", NULL);
	all = sum_of(&stalls, "memcg_reclaim", "0");
	for (size_t row = 0; row < stalls.rows; row++)
		rows += !table_is(&stalls, row, "cgroup_id", "-");
	printf("# %zu cgroups, in no place %lld of %lld\n", rows, others.count, all.count);
	EXPECT_LT(0, others.count);
	EXPECT_LT(PLACES / 2, rows);
	EXPECT_GE(PLACES, rows);
	EXPECT_EQ(sum_of(&latency, "memcg_reclaim", "0").count, all.count);
	EXPECT_EQ(sum_of(&latency, "memcg_reclaim", "0").ns, all.ns);
	table_free(&stalls);
	table_free(&latency);
}

TEST_F(events_stalls, off_it_knows_nothing)
{
	ASSERT_EQ(0, text_write(SWITCH, "memcg_reclaim"));
	cgroup_run("eats", "8M", cgroup_eat);
	table_need(&stalls, "stalls");
	EXPECT_LT(0, stalls.rows);
	table_free(&stalls);
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	table_need(&stalls, "stalls");
	EXPECT_EQ(0, stalls.rows);
	ASSERT_NE(NULL, stalls.remark);
	EXPECT_EQ(0, strncmp(stalls.remark, "switched off: ", 14));
	table_free(&stalls);
}

TEST_HARNESS_MAIN
