// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 640M --timeout 300
// ko: eater
/*
 * Incidents, by real OOM kills and failed allocations: what each says against the kernel's own
 * report of it in the log.
 *
 * The tables are taken when the kernel begins the OOM, its report is printed some milliseconds
 * later. In between nobody allocates but the kernel's own threads, and pages move to and from the
 * lists of the CPUs: free pages may differ by what all of these can hold (DRIFT). The watermarks
 * do not move but for their boost, which kswapd may lower: it is the report's own.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/incident.h"
#include "lib/table.h"
#include "lib/text.h"

#define DRIFT 2048

/* --- comparing --- */

/* The report leaves out zones that the request could not use: those are not compared. */
static bool compare_zone(struct __test_metadata *_metadata, const struct table *zones, size_t row)
{
	static const char *const marks[] = { "min", "low", "high" };
	long long free, mark, boost, managed, expected;
	char line[64], name[16];

	snprintf(line, sizeof(line), "Node %s %s free:", table_cell(zones, row, "node"), table_cell(zones, row, "zone"));
	if (said(line, "free:") == -1)
		return false;
	EXPECT_TRUE(table_number(zones, row, "free_pages", &free));
	EXPECT_TRUE(table_number(zones, row, "min_pages", &mark));
	EXPECT_TRUE(table_number(zones, row, "managed_pages", &managed));
	/* 5.10 does not print the boost, only what it makes of the marks. */
	boost = said(line, " boost:") != -1 ? said(line, " boost:") : said(line, " min:") - mark * page_kb();
	EXPECT_LE(0, boost) TH_LOG("%s", line);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		snprintf(name, sizeof(name), "%s_pages", marks[i]);
		EXPECT_TRUE(table_number(zones, row, name, &mark));
		snprintf(name, sizeof(name), " %s:", marks[i]);
		expected = mark * page_kb() + boost;
		EXPECT_EQ(said(line, name), expected) TH_LOG("%s%s", line, name);
	}
	EXPECT_EQ(said(line, " managed:"), managed * page_kb()) TH_LOG("%s", line);
	EXPECT_LE(llabs(said(line, "free:") / page_kb() - free), DRIFT) TH_LOG("%s %lld", line, free * page_kb());
	printf("# %s %lld pages in the incident, %lld in the report\n", line, free, said(line, "free:") / page_kb());
	return true;
}

static void compare_zones(struct __test_metadata *_metadata, unsigned int incident, size_t at_least)
{
	struct table zones;
	size_t compared = 0;

	table_of(&zones, incident, "zones");
	for (size_t row = 0; row < zones.rows; row++)
		compared += compare_zone(_metadata, &zones, row);
	EXPECT_LE(at_least, compared) TH_LOG("%s", zones.error);
	table_free(&zones);
}

/* The free blocks of a zone add up to its free pages, but for what moved while both were read. */
static void check_free(struct __test_metadata *_metadata, unsigned int incident)
{
	struct table zones, lists;

	table_of(&zones, incident, "zones");
	table_of(&lists, incident, "freelists");
	for (size_t z = 0; z < zones.rows; z++) {
		long long pages, sum = 0, order, blocks;

		table_number(&zones, z, "free_pages", &pages);
		for (size_t i = 0; i < lists.rows; i++)
			if (!strcmp(table_cell(&lists, i, "node"), table_cell(&zones, z, "node")) &&
			    !strcmp(table_cell(&lists, i, "zone"), table_cell(&zones, z, "zone")) &&
			    table_number(&lists, i, "order", &order) && table_number(&lists, i, "blocks", &blocks))
				sum += blocks << order;
		EXPECT_LE(llabs(sum - pages), DRIFT) TH_LOG("%lld in blocks, %lld free", sum, pages);
	}
	table_free(&zones);
	table_free(&lists);
}

/* Every table keeps the grammar, and has rows. */
static void check_files(struct __test_metadata *_metadata, unsigned int incident)
{
	static const char *const names[] = { "header", "zones", "zonelists", "freelists", "pcp", "lru", "slabs",
		"about", "gfp" };
	struct table t;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		table_of(&t, incident, names[i]);
		EXPECT_STREQ("", t.error) TH_LOG("%s", names[i]);
		EXPECT_TRUE(t.rows || t.unavailable) TH_LOG("%s", names[i]);
		table_free(&t);
	}
}

/*
 * Of a cgroup only counters are read while the kernel waits: what is a line of each CPU and each
 * cache comes from the worker, and the file says so.
 */
static void check_later(struct __test_metadata *_metadata, unsigned int incident, bool later)
{
	static const char *const long_ones[] = { "pcp", "zonelists", "slabs" };
	static const char *const counters[] = { "zones", "freelists", "lru" };

	for (size_t i = 0; i < 3; i++) {
		EXPECT_EQ(later, taken_later(incident, long_ones[i])) TH_LOG("%s", long_ones[i]);
		EXPECT_FALSE(taken_later(incident, counters[i])) TH_LOG("%s", counters[i]);
	}
}

static long long cost(const char *file, const char *column)
{
	struct table t;
	long long value = -1;

	table_need(&t, "stats");
	table_number(&t, (size_t)table_find(&t, "file", file, NULL), column, &value);
	table_free(&t);
	return value;
}

/* The pool of 2 MiB is told what the walk of contiguity found in all zones. */
static void check_pool(struct __test_metadata *_metadata, unsigned int incident)
{
	long long of_pool = -1, of_zone, order, sum = 0;
	struct table t;
	long row;

	table_of(&t, incident, "contiguity");
	for (size_t i = 0; i < t.rows; i++)
		if (table_number(&t, i, "order", &order) && order == 9 && table_number(&t, i, "never_blocks", &of_zone))
			sum += of_zone;
	table_free(&t);
	table_of(&t, incident, "hugepages");
	row = table_find(&t, "scope", "host", "size_bytes", "2097152", NULL);
	ASSERT_LE(0, row);
	EXPECT_TRUE(table_number(&t, (size_t)row, "never_hugepages", &of_pool));
	EXPECT_EQ(sum, of_pool);
	EXPECT_LT(0, sum);
	table_free(&t);
}

static void check_request(struct __test_metadata *_metadata, long row, const char *kind)
{
	EXPECT_TRUE(is(row, "kind", kind)) TH_LOG("%s", table_cell(&list, row, "kind"));
	EXPECT_EQ(said("invoked oom-killer:", "gfp_mask="), number(row, "gfp_mask"));
	EXPECT_EQ(said("invoked oom-killer:", "order="), number(row, "order"));
}

static void check_victim(struct __test_metadata *_metadata, long row, pid_t victim)
{
	EXPECT_EQ(victim, number(row, "victim_pid"));
	EXPECT_EQ(said("Killed process", "Killed process "), number(row, "victim_pid"));
	EXPECT_EQ(1000, number(row, "victim_oom_score_adj"));
	EXPECT_EQ(said(" PID: ", " PID: "), number(row, "pid")) TH_LOG("the report says who asked");
}

/* --- the tests: each begins with incidents off --- */

FIXTURE(incidents)
{
};

FIXTURE_SETUP(incidents)
{
	ASSERT_EQ(0, incidents_off());
}

FIXTURE_TEARDOWN(incidents)
{
	incidents_off();
	unload_eater();
}

TEST_F(incidents, off_there_is_nothing)
{
	char *blocks = text_need("/proc/vmallocinfo");

	EXPECT_FALSE(exists(DIR_OF));
	EXPECT_EQ(NULL, strstr(blocks, "pfnscope_moment_alloc"));
	EXPECT_EQ(NULL, strstr(blocks, "pfnscope_ring_alloc"));
	free(blocks);
	ASSERT_EQ(0, text_write(CONTROL, "2"));
	blocks = text_need("/proc/vmallocinfo");
	EXPECT_NE(NULL, strstr(blocks, "pfnscope_ring_alloc"));
	EXPECT_TRUE(exists(LIST));
	free(blocks);
}

TEST_F(incidents, what_is_no_number_changes_nothing)
{
	static const char *const bad[] = { "", "-1", "+1", "65", "0x4", "4 4", "4\n4", "x", " 4", "4.0", "99999999999999",
		"00000000000000000000004" };
	char *text;

	ASSERT_EQ(0, text_write(CONTROL, "3\n"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (*bad[i])
			EXPECT_EQ(-EINVAL, text_write(CONTROL, bad[i])) TH_LOG("%s", bad[i]);
		text = text_need(CONTROL);
		EXPECT_STREQ("3\n", text) TH_LOG("%s", bad[i]);
		free(text);
	}
	EXPECT_EQ(-EINVAL, text_write(FAILURES, "2"));
	EXPECT_EQ(-EINVAL, text_write(FAILURES, "yes"));
	text = text_need(FAILURES);
	EXPECT_STREQ("0\n", text);
	free(text);
}

/* One OOM and the kernel's report of it; the row of the incident, or -1. */
static long kill_one(const char *cgroup, int node, pid_t *child)
{
	long row;

	log_begin();
	if (text_write(CONTROL, "4"))
		return -1;
	*child = eater(cgroup, node);
	row = was_killed(*child) ? wait_for(1) : -1;
	log_end();
	return row;
}

TEST_F_TIMEOUT(incidents, of_the_machine, 120)
{
	pid_t child = -1;
	long row;

	row = kill_one(NULL, -1, &child);
	ASSERT_LE(0, row);
	check_request(_metadata, row, "oom");
	check_victim(_metadata, row, child);
	EXPECT_TRUE(is(row, "constraint", "none"));
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_NONE") != NULL);
	EXPECT_TRUE(is(row, "nodes", "0,1"));
	EXPECT_TRUE(is(row, "cgroup", "/"));
	EXPECT_LT(0, number(row, "capture_ns"));
	compare_zones(_metadata, 1, 3);
	check_free(_metadata, 1);
	check_files(_metadata, 1);
	check_later(_metadata, 1, false);
}

TEST_F_TIMEOUT(incidents, of_a_cgroup, 120)
{
	pid_t child = -1;
	long row;

	cgroup_make("small", "memory.max", "32M");
	row = kill_one("small", -1, &child);
	cgroup_remove("small");
	ASSERT_LE(0, row);
	EXPECT_TRUE(is(row, "kind", "memcg_oom"));
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_MEMCG") != NULL);
	EXPECT_TRUE(is(row, "constraint", "memcg"));
	EXPECT_TRUE(is(row, "gfp_mask", "-")) TH_LOG("the charge's own flags are not told");
	EXPECT_TRUE(is(row, "cgroup", "/small")) TH_LOG("%s", table_cell(&list, row, "cgroup"));
	check_victim(_metadata, row, child);
	check_free(_metadata, 1);
	check_files(_metadata, 1);
	check_later(_metadata, 1, true);
	EXPECT_LT(0, number(row, "capture_ns"));
	printf("# the kernel was kept for %lld ns\n", number(row, "capture_ns"));
}

/* The scans are in the module's own account, and what huge pages there could be is no scan of its own. */
TEST_F_TIMEOUT(incidents, are_accounted_for, 120)
{
	static const char *const names[] = { "reclaim", "contiguity", "hugepages", "owners" };
	long long opens[4], rows[4], visited[4];
	pid_t child = -1;
	struct table t;

	for (size_t i = 0; i < 4; i++) {
		opens[i] = cost(names[i], "opens");
		rows[i] = cost(names[i], "rows");
		visited[i] = cost(names[i], "visited_pages");
	}
	cgroup_make("small", "memory.max", "32M");
	ASSERT_LE(0, kill_one("small", -1, &child));
	cgroup_remove("small");
	for (size_t i = 0; i < 4; i++) {
		table_of(&t, 1, names[i]);
		EXPECT_EQ(opens[i] + 1, cost(names[i], "opens")) TH_LOG("%s", names[i]);
		EXPECT_LT(0, t.rows) TH_LOG("%s", names[i]);
		EXPECT_EQ(rows[i] + (long long)t.rows, cost(names[i], "rows")) TH_LOG("%s", names[i]);
		EXPECT_EQ(i == 1 || i == 3, visited[i] < cost(names[i], "visited_pages")) TH_LOG("%s", names[i]);
		table_free(&t);
	}
	check_pool(_metadata, 1);
}

TEST_F_TIMEOUT(incidents, of_a_group_that_dies_together, 120)
{
	pid_t sleeper, child;

	cgroup_make("group", "memory.max", "32M");
	ASSERT_EQ(0, text_write(CGROUP "/group/memory.oom.group", "1"));
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	sleeper = fork();
	if (!sleeper) {
		cgroup_enter("group");
		pause();
		_exit(0);
	}
	for (int i = 0; i < 100; i++, sleep_ms(20)) {
		char *procs = text_need(CGROUP "/group/cgroup.procs");
		bool there = *procs;

		free(procs);
		if (there)
			break;
	}
	child = eater("group", -1);
	EXPECT_TRUE(was_killed(child));
	EXPECT_TRUE(was_killed(sleeper));
	ASSERT_LE(0, wait_for(1));
	cgroup_remove("group");
	EXPECT_EQ(1, list.rows);
	EXPECT_EQ(2, number(0, "victims"));
}

TEST_F_TIMEOUT(incidents, of_a_cpuset, 120)
{
	pid_t child = -1;
	long row;

	cgroup_make("bound", "cpuset.mems", "1");
	row = kill_one("bound", -1, &child);
	cgroup_remove("bound");
	ASSERT_LE(0, row);
	check_request(_metadata, row, "oom");
	check_victim(_metadata, row, child);
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_CPUSET") != NULL);
	EXPECT_TRUE(is(row, "constraint", "cpuset")) TH_LOG("%s", table_cell(&list, row, "constraint"));
	EXPECT_TRUE(is(row, "nodes", "1")) TH_LOG("%s", table_cell(&list, row, "nodes"));
	EXPECT_TRUE(is(row, "mems_allowed", "1"));
	compare_zones(_metadata, 1, 1);
}

TEST_F_TIMEOUT(incidents, of_a_policy, 120)
{
	pid_t child = -1;
	long row;

	row = kill_one(NULL, 1, &child);
	ASSERT_LE(0, row);
	check_request(_metadata, row, "oom");
	check_victim(_metadata, row, child);
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_MEMORY_POLICY") != NULL);
	EXPECT_TRUE(is(row, "constraint", "memory_policy")) TH_LOG("%s", table_cell(&list, row, "constraint"));
	EXPECT_TRUE(is(row, "nodes", "1")) TH_LOG("%s", table_cell(&list, row, "nodes"));
	EXPECT_TRUE(is(row, "mems_allowed", "0,1"));
	compare_zones(_metadata, 1, 1);
}

TEST_F_TIMEOUT(incidents, of_a_zone_that_a_driver_ate, 120)
{
	char *answer;
	long row;
	int status;

	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	log_begin();
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA,NOWARN 0"));
	row = wait_for(1);
	log_end();
	ASSERT_LE(0, row);
	answer = text_need(ASK);
	EXPECT_STREQ("failed\n", answer);
	free(answer);
	EXPECT_TRUE(is(row, "kind", "allocation_failure"));
	EXPECT_EQ(said("page allocation failure:", "mode:"), number(row, "gfp_mask"));
	EXPECT_EQ(said("page allocation failure:", "order:"), number(row, "order"));
	EXPECT_EQ(getpid(), number(row, "pid"));
	EXPECT_TRUE(is(row, "context", "task"));
	compare_zones(_metadata, 1, 1);
	check_free(_metadata, 1);
	check_files(_metadata, 1);
	status = system("pfnscope --root " DIR_OF "/1 explain --gfp 'GFP_KERNEL|GFP_DMA' --json >/tmp/explained");
	answer = text_need("/tmp/explained");
	EXPECT_EQ(1, WEXITSTATUS(status));
	EXPECT_TRUE(strstr(answer, "\"outcome\":\"reclaim\"") || strstr(answer, "\"outcome\": \"reclaim\"")) TH_LOG("%s", answer);
	free(answer);
}

TEST_HARNESS_MAIN
