// SPDX-License-Identifier: GPL-2.0-only
// guest: --disk 4G
// kernels: plain
/*
 * `events` of kswapd, of tasks that reclaim from their own node, and of those that are throttled, against the kernel's own
 * trace of the same run, event by event.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"
#include "lib/traced.h"

#define SWITCH PFNSCOPE_DIR "/control/events"
#define DISK "/dev/nvme0n1"
#define ZONE_RECLAIM "/proc/sys/vm/zone_reclaim_mode"
#define THROTTLED "vmscan/mm_vmscan_throttled"

/* The last one is not on every kernel. */
static const char *const traced[] = {
	"vmscan/mm_vmscan_kswapd_wake", "vmscan/mm_vmscan_kswapd_sleep", "vmscan/mm_vmscan_node_reclaim_begin",
	"vmscan/mm_vmscan_node_reclaim_end", THROTTLED,
};

#define TRACED (sizeof(traced) / sizeof(traced[0]))

static long long from;

static bool has_throttled(void)
{
	return !access(TRACING "/events/" THROTTLED, F_OK);
}

static bool has_nodes(void)
{
	return !access(ZONE_RECLAIM, F_OK);
}

FIXTURE(events_reclaim)
{
};

FIXTURE_SETUP(events_reclaim)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	/* Mounts tracefs. */
	ASSERT_TRUE(traced_begin(NULL, 0));
}

FIXTURE_TEARDOWN(events_reclaim)
{
	text_write(SWITCH, "off");
	text_write(ZONE_RECLAIM, "0");
}

/* --- what makes them happen --- */

/* On from where the last one ended, which is nowhere in memory. */
static void read_disk(size_t bytes)
{
	static char piece[1 << 20];
	static int fd = -1;

	if (fd < 0)
		fd = open(DISK, O_RDONLY);
	while (bytes >= sizeof(piece) && read(fd, piece, sizeof(piece)) > 0)
		bytes -= sizeof(piece);
}

/* More than there is, by who is killed first. */
static void eat_all(void)
{
	size_t size = 8UL << 30;
	pid_t child = fork();
	char *map;

	if (child) {
		waitpid(child, NULL, 0);
		return;
	}
	text_write("/proc/self/oom_score_adj", "1000");
	map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (map != MAP_FAILED)
		memset(map, 1, size);
	_exit(0);
}

/* With next to nothing left to reclaim, several do: they get into each other's way, or nowhere. */
static void read_while_it_is_eaten(void)
{
	pid_t readers[4];

	for (int i = 0; i < 4; i++) {
		readers[i] = fork();
		if (!readers[i]) {
			read_disk(64 << 20);
			_exit(0);
		}
	}
	eat_all();
	for (int i = 0; i < 4; i++)
		waitpid(readers[i], NULL, 0);
}

static void make_pressure(void)
{
	/* More than the guest has. */
	read_disk(640 << 20);
	text_write(ZONE_RECLAIM, "1");
	read_disk(16 << 20);
	text_write(ZONE_RECLAIM, "0");
	read_while_it_is_eaten();
}

/* --- theirs against ours --- */

static struct table ours;

/* When the task of this end began: where it did so several times, the first one. */
static const struct traced_line *begin_of(const struct traced_line *end, const char *name)
{
	const struct traced_line *line = end, *first = NULL;

	while (line-- > traced_lines) {
		if (line->pid != end->pid)
			continue;
		if (line->name == end->name)
			break;
		if (line->name == name)
			first = line;
	}
	return first;
}

/* The line that tells of the same end: of the task, and as late. */
static struct traced_line *end_of(size_t row, const char *name)
{
	struct traced_line *found = NULL;

	for (size_t i = 0; i < nr_traced && traced_lines[i].ns <= table_value(&ours, row, "boot_ns") + 1000; i++)
		if (traced_lines[i].name == name && traced_lines[i].pid == table_value(&ours, row, "pid"))
			found = &traced_lines[i];
	return found && !found->used ? found : NULL;
}

/* As of the other kinds: its begin lies between those of the trace. The trace is cut to microseconds. */
static void check_times(struct __test_metadata *_metadata, size_t row, const struct traced_line *end, const char *name)
{
	const struct traced_line *begin = begin_of(end, name);
	long long at = table_value(&ours, row, "boot_ns"), ns = table_value(&ours, row, "took_ns");

	ASSERT_NE(NULL, begin);
	EXPECT_LE(begin->ns - 1000, at - ns);
	EXPECT_LE(at - ns, end->ns + 1000);
	EXPECT_LE(end->ns - 1000, at);
	/* It may have set to work before that was looked at. */
	if (begin->ns > from)
		EXPECT_EQ(traced_field(begin, "order="), table_value(&ours, row, "order"));
	EXPECT_EQ(traced_field(begin, "nid="), table_value(&ours, row, "node"));
}

static void check_row(struct __test_metadata *_metadata, size_t row)
{
	const char *kind = table_cell(&ours, row, "event");
	const char *name = table_is(&ours, row, "event", "kswapd")   ? "mm_vmscan_kswapd_sleep" :
			   table_is(&ours, row, "event", "throttle") ? "mm_vmscan_throttled" :
							  "mm_vmscan_node_reclaim_end";
	struct traced_line *end = end_of(row, traced_name(name));

	ASSERT_NE(NULL, end) TH_LOG("row %zu: %s", row, kind);
	end->used = true;
	EXPECT_STREQ("-", table_cell(&ours, row, "term"));
	if (!strcmp(kind, "kswapd")) {
		check_times(_metadata, row, end, traced_name("mm_vmscan_kswapd_wake"));
		EXPECT_TRUE(end->kswapd);
	} else if (!strcmp(kind, "throttle")) {
		/* So it is spelled. */
		EXPECT_EQ(1000 * traced_field(end, "usect_delayed="), table_value(&ours, row, "took_ns"));
		EXPECT_EQ(traced_field(end, "nid="), table_value(&ours, row, "node"));
		EXPECT_NE(NULL, strcasestr(end->rest, table_cell(&ours, row, "result"))) TH_LOG("%s", end->rest);
	} else {
		check_times(_metadata, row, end, traced_name("mm_vmscan_node_reclaim_begin"));
		EXPECT_EQ(traced_field(end, "nr_reclaimed="), table_value(&ours, row, "reclaimed_pages"));
	}
}

/* Whether a line has to have its row: an end, of what began since it was on. */
static bool has_row(const struct traced_line *line)
{
	const struct traced_line *begin;

	if (line->name == traced_name("mm_vmscan_throttled"))
		return !line->kswapd;
	begin = line->name == traced_name("mm_vmscan_kswapd_sleep") ?
			begin_of(line, traced_name("mm_vmscan_kswapd_wake")) :
		line->name == traced_name("mm_vmscan_node_reclaim_end") ?
			begin_of(line, traced_name("mm_vmscan_node_reclaim_begin")) : NULL;
	return begin && begin->ns > from;
}

static size_t lines_without_row(long long to)
{
	size_t count = 0;

	for (size_t i = 0; i < nr_traced; i++) {
		const struct traced_line *line = &traced_lines[i];

		if (line->used || line->ns <= from || line->ns >= to || !has_row(line))
			continue;
		if (count++ < 3)
			printf("# only in the trace: %ld %s: %s\n", line->pid, line->name, line->rest);
	}
	return count;
}

static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* --- the tests --- */

/* What `about` says of a kind. */
static void expect_reason(struct __test_metadata *_metadata, const char *kind, const char *words)
{
	const char *value;
	struct table t;
	char key[64];
	long row;

	table_need(&t, "about");
	snprintf(key, sizeof(key), "events.%s", kind);
	row = table_find(&t, "key", key, NULL);
	value = row < 0 ? NULL : table_cell(&t, (size_t)row, "value");
	EXPECT_TRUE(value && strstr(value, words)) TH_LOG("%s: %s", key, value ? value : "no row");
	table_free(&t);
}

TEST_F(events_reclaim, all_is_what_the_kernel_has)
{
	char expected[160], *text;

	snprintf(expected, sizeof(expected), "direct_reclaim memcg_reclaim%s%s compaction kswapd kcompactd steal oom\n",
		 has_nodes() ? " node_reclaim" : "", has_throttled() ? " throttle" : "");
	ASSERT_EQ(0, text_write(SWITCH, "all"));
	text = text_need(SWITCH);
	EXPECT_STREQ(expected, text);
	free(text);
	/* A kind that it does not have is refused, for a reason of its own. */
	EXPECT_EQ(has_throttled() ? 0 : -ENODEV, text_write(SWITCH, "throttle"));
	expect_reason(_metadata, "throttle", has_throttled() ? "available" : "v5.16");
	expect_reason(_metadata, "node_reclaim", has_nodes() ? "available" : "CONFIG_NUMA");
}

TEST_F_TIMEOUT(events_reclaim, the_kernels_trace_says_the_same, 600)
{
	size_t events = has_throttled() ? TRACED : TRACED - 1;
	char kinds[64];
	long long to;

	snprintf(kinds, sizeof(kinds), "kswapd%s%s", has_nodes() ? " node_reclaim" : "", has_throttled() ? " throttle" : "");
	ASSERT_TRUE(traced_begin(traced, events));
	ASSERT_EQ(0, text_write(SWITCH, kinds));
	from = now_ns();
	make_pressure();
	to = now_ns();
	table_need(&ours, "events");
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	EXPECT_TRUE(traced_end());
	EXPECT_TRUE(traced_is_whole());
	traced_read();
	EXPECT_EQ(NULL, ours.remark) TH_LOG("%s", ours.remark);
	for (size_t row = 0; row < ours.rows; row++)
		check_row(_metadata, row);
	EXPECT_EQ(0, lines_without_row(to));
	printf("# %zu lines, kswapd %zu, node_reclaim %zu, throttle %zu\n", nr_traced, table_count(&ours, "event", "kswapd"),
	       table_count(&ours, "event", "node_reclaim"), table_count(&ours, "event", "throttle"));
	EXPECT_LT(0, table_count(&ours, "event", "kswapd"));
	EXPECT_EQ(has_nodes(), table_count(&ours, "event", "node_reclaim") > 0);
	table_free(&ours);
}

TEST_HARNESS_MAIN
