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
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/table.h"
#include "lib/text.h"

#define CONTROL PFNSCOPE_DIR "/control/incidents"
#define FAILURES PFNSCOPE_DIR "/control/failures"
#define DIR_OF PFNSCOPE_DIR "/incidents"
#define LIST DIR_OF "/list"
#define ASK "/sys/module/eater/parameters/ask"
#define CGROUP "/sys/fs/cgroup"
/* So far below the minimum that what CPUs give back helps nobody; in a zone without any, 7.2 lets requests wait. */
#define ALL_OF_DMA "zone=DMA leave=16"
#define DRIFT 2048
#define WAIT_S 60
#define MPOL_BIND_ 2

/* --- the kernel's log since a moment --- */

static int log_fd = -1;
static char report[1 << 20];

/*
 * The kernel prints ten reports of OOM in five seconds, and one of a failure in ten: what is
 * compared waits until it will be printed.
 */
static void log_begin(unsigned int quiet_s)
{
	sleep(quiet_s);
	if (log_fd >= 0)
		close(log_fd);
	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	lseek(log_fd, 0, SEEK_END);
}

/* All records since, the text of each as a line. */
static void log_end(void)
{
	char record[9000], *text;
	size_t used = 0;
	ssize_t n;

	while ((n = read(log_fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		text = strchr(record, ';');
		text = text ? text + 1 : record;
		text[strcspn(text, "\n")] = '\0';
		if (used + strlen(text) + 2 > sizeof(report))
			break;
		used += (size_t)sprintf(report + used, "%s\n", text);
	}
	report[used] = '\0';
}

/* The number behind @key in the first line with @line; -1 where there is none. */
static long long said(const char *line, const char *key)
{
	const char *at = strstr(report, line);
	const char *end = at ? strchr(at, '\n') : NULL;
	const char *found = at ? strstr(at, key) : NULL;

	return found && found < end ? strtoll(found + strlen(key), NULL, 0) : -1;
}

/* --- incidents --- */

static struct table list;

static void read_list(void)
{
	table_free(&list);
	if (!table_read(&list, LIST))
		memset(&list, 0, sizeof(list));
}

static long long number(size_t row, const char *column)
{
	long long value;

	return table_number(&list, row, column, &value) ? value : -1;
}

static bool is(size_t row, const char *column, const char *value)
{
	const char *cell = table_cell(&list, row, column);

	return cell && !strcmp(cell, value);
}

static void sleep_ms(unsigned int ms)
{
	usleep(ms * 1000);
}

/* Waits until incident @incident is listed and its scans are done; its row, or -1. */
static long wait_for(unsigned int incident)
{
	char text[16], path[128], *owners;
	bool scanned;
	long row;

	snprintf(text, sizeof(text), "%u", incident);
	snprintf(path, sizeof(path), DIR_OF "/%u/owners", incident);
	for (int i = 0; i < WAIT_S * 10; i++, sleep_ms(100)) {
		read_list();
		row = list.rows ? table_find(&list, "incident", text, NULL) : -1;
		owners = row < 0 ? NULL : text_read(path, NULL);
		scanned = owners && strstr(owners, "\n# taken ");
		free(owners);
		if (scanned)
			return row;
	}
	return -1;
}

static void table_of(struct table *t, unsigned int incident, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), DIR_OF "/%u/%s", incident, name);
	if (!table_read(t, path))
		printf("# %s: %s\n", path, t->error);
}

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* --- eating memory --- */

static void write_own(const char *path, const char *value)
{
	int err = text_write(path, value);

	if (err)
		printf("# %s: %s\n", path, strerror(-err));
}

/* Touches memory until it is killed. */
static void eat(size_t limit)
{
	const size_t piece = 1 << 20;

	for (size_t all = 0; all < limit; all += piece) {
		char *memory = mmap(NULL, piece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			break;
		memset(memory, 1, piece);
	}
}

/* A child that eats in @cgroup, bound to @node where that is not -1; returns it, stopped nowhere. */
static pid_t eater(const char *cgroup, int node)
{
	unsigned long mask = node < 0 ? 0 : 1UL << node;
	char path[128], pid[16];
	pid_t child = fork();

	if (child)
		return child;
	write_own("/proc/self/oom_score_adj", "1000");
	snprintf(pid, sizeof(pid), "%d", getpid());
	if (cgroup) {
		snprintf(path, sizeof(path), CGROUP "/%s/cgroup.procs", cgroup);
		write_own(path, pid);
	}
	if (mask)
		syscall(SYS_set_mempolicy, MPOL_BIND_, &mask, 64);
	eat(4UL << 30);
	_exit(0);
}

static bool was_killed(pid_t child)
{
	int status;

	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void make_cgroup(const char *name, const char *file, const char *value)
{
	char path[128];

	write_own(CGROUP "/cgroup.subtree_control", "+memory +cpuset");
	snprintf(path, sizeof(path), CGROUP "/%s", name);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), CGROUP "/%s/%s", name, file);
	write_own(path, value);
}

static void remove_cgroup(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), CGROUP "/%s", name);
	for (int i = 0; i < 100 && rmdir(path) && errno == EBUSY; i++)
		sleep_ms(50);
}

static int load_eater(const char *args)
{
	int fd = open("/tests/eater.ko", O_RDONLY);
	int ret = (int)syscall(SYS_finit_module, fd, args, 0);

	close(fd);
	return ret;
}

static void unload_eater(void)
{
	syscall(SYS_delete_module, "eater", 0);
}

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
	boost = said(line, " boost:") != -1 ? said(line, " boost:") : said(line, " min:") - mark * 4;
	EXPECT_LE(0, boost) TH_LOG("%s", line);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		snprintf(name, sizeof(name), "%s_pages", marks[i]);
		EXPECT_TRUE(table_number(zones, row, name, &mark));
		snprintf(name, sizeof(name), " %s:", marks[i]);
		expected = mark * 4 + boost;
		EXPECT_EQ(said(line, name), expected) TH_LOG("%s%s", line, name);
	}
	EXPECT_EQ(said(line, " managed:"), managed * 4) TH_LOG("%s", line);
	EXPECT_LE(llabs(said(line, "free:") / 4 - free), DRIFT) TH_LOG("%s %lld", line, free * 4);
	printf("# %s %lld pages in the incident, %lld in the report\n", line, free, said(line, "free:") / 4);
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
	ASSERT_EQ(0, text_write(CONTROL, "0"));
	ASSERT_EQ(0, text_write(FAILURES, "0"));
}

FIXTURE_TEARDOWN(incidents)
{
	text_write(CONTROL, "0");
	text_write(FAILURES, "0");
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

TEST_F_TIMEOUT(incidents, of_the_machine, 120)
{
	pid_t child;
	long row;

	log_begin(6);
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	child = eater(NULL, -1);
	EXPECT_TRUE(was_killed(child));
	row = wait_for(1);
	log_end();
	ASSERT_LE(0, row);
	check_request(_metadata, row, "oom");
	check_victim(_metadata, row, child);
	EXPECT_TRUE(is(row, "constraint", "none"));
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_NONE") != NULL);
	EXPECT_TRUE(is(row, "nodes", "0,1"));
	EXPECT_TRUE(is(row, "cgroup", "/"));
	compare_zones(_metadata, 1, 3);
	check_free(_metadata, 1);
	check_files(_metadata, 1);
}

TEST_F_TIMEOUT(incidents, of_a_cgroup, 120)
{
	pid_t child;
	long row;

	make_cgroup("small", "memory.max", "32M");
	log_begin(6);
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	child = eater("small", -1);
	EXPECT_TRUE(was_killed(child));
	row = wait_for(1);
	log_end();
	remove_cgroup("small");
	ASSERT_LE(0, row);
	EXPECT_TRUE(is(row, "kind", "memcg_oom"));
	EXPECT_TRUE(strstr(report, "constraint=CONSTRAINT_MEMCG") != NULL);
	EXPECT_TRUE(is(row, "constraint", "memcg"));
	EXPECT_TRUE(is(row, "gfp_mask", "-")) TH_LOG("the charge's own flags are not told");
	EXPECT_TRUE(is(row, "cgroup", "/small")) TH_LOG("%s", table_cell(&list, row, "cgroup"));
	check_victim(_metadata, row, child);
	check_free(_metadata, 1);
	check_files(_metadata, 1);
}

TEST_F_TIMEOUT(incidents, of_a_group_that_dies_together, 120)
{
	pid_t sleeper, child;
	char pid[16];

	make_cgroup("group", "memory.max", "32M");
	write_own(CGROUP "/group/memory.oom.group", "1");
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	sleeper = fork();
	if (!sleeper) {
		snprintf(pid, sizeof(pid), "%d", getpid());
		write_own(CGROUP "/group/cgroup.procs", pid);
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
	remove_cgroup("group");
	EXPECT_EQ(1, list.rows);
	EXPECT_EQ(2, number(0, "victims"));
}

TEST_F_TIMEOUT(incidents, of_a_cpuset, 120)
{
	pid_t child;
	long row;

	make_cgroup("bound", "cpuset.mems", "1");
	log_begin(6);
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	child = eater("bound", -1);
	EXPECT_TRUE(was_killed(child));
	row = wait_for(1);
	log_end();
	remove_cgroup("bound");
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
	pid_t child;
	long row;

	log_begin(6);
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	child = eater(NULL, 1);
	EXPECT_TRUE(was_killed(child));
	row = wait_for(1);
	log_end();
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
	ASSERT_EQ(0, text_write(CONTROL, "4"));
	ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	sleep_ms(1200);
	read_list();
	EXPECT_EQ(0, list.rows) TH_LOG("failures were not asked for");
	log_begin(11);
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

TEST_F_TIMEOUT(incidents, failures_come_at_a_rate, 120)
{
	long long suppressed = 0;
	long row;

	ASSERT_EQ(0, load_eater(ALL_OF_DMA));
	ASSERT_EQ(0, text_write(CONTROL, "16"));
	ASSERT_EQ(0, text_write(FAILURES, "1"));
	/* The first is recorded, and each second one more at the most. */
	for (int i = 0; i < 8; i++)
		ASSERT_EQ(0, text_write(ASK, "KERNEL,DMA 0"));
	sleep_ms(1200);
	ASSERT_EQ(0, text_write(ASK, "ATOMIC,DMA 9"));
	for (int i = 0; i < WAIT_S * 10; i++, sleep_ms(100)) {
		read_list();
		if (list.rows && number(list.rows - 1, "order") == 9)
			break;
	}
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

TEST_F_TIMEOUT(incidents, the_oldest_gives_way, 200)
{
	char path[96], byte;
	int fd = -1;

	make_cgroup("small", "memory.max", "16M");
	ASSERT_EQ(0, text_write(CONTROL, "2"));
	for (unsigned int i = 1; i <= 5; i++) {
		pid_t child = eater("small", -1);

		EXPECT_TRUE(was_killed(child));
		ASSERT_LE(0, wait_for(i)) TH_LOG("%u", i);
		if (i == 1)
			fd = open(DIR_OF "/1/zones", O_RDONLY);
	}
	remove_cgroup("small");
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

TEST_F_TIMEOUT(incidents, switched_off_with_readers_inside, 200)
{
	static const char *const names[] = { "header", "zones", "freelists", "slabs", "owners", NULL };
	pthread_t thread[2];

	make_cgroup("small", "memory.max", "16M");
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
	remove_cgroup("small");
}

TEST_HARNESS_MAIN
