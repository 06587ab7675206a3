// SPDX-License-Identifier: GPL-2.0-only
// guest: --disk 4G
// kernels: plain
/*
 * `events` and `latency` against the kernel's own trace of the same run, event by event, and against its counters:
 * allocstall, compact_stall, oom_kill. A disk that is larger than memory is read, huge pages are asked for, and cgroups
 * come to their limit, so that each kind happens.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/cgroup.h"
#include "lib/ko.h"
#include "lib/switch.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"
#include "lib/traced.h"
#include "lib/zoneinfo.h"

#define SWITCH PFNSCOPE_DIR "/control/events"
#define DISK "/dev/nvme0n1"
#define MIN_FREE "/proc/sys/vm/min_free_kbytes"
#define BOOST "/proc/sys/vm/watermark_boost_factor"
#define POOL "/proc/sys/vm/nr_hugepages"
#define KINDS "direct_reclaim memcg_reclaim compaction kcompactd steal oom"

static const char *const traced[] = {
	"vmscan/mm_vmscan_direct_reclaim_begin", "vmscan/mm_vmscan_direct_reclaim_end",
	"vmscan/mm_vmscan_memcg_reclaim_begin", "vmscan/mm_vmscan_memcg_reclaim_end",
	"compaction/mm_compaction_try_to_compact_pages", "compaction/mm_compaction_begin",
	"compaction/mm_compaction_end", "kmem/mm_page_alloc_extfrag", "oom/mark_victim",
};

#define TRACED (sizeof(traced) / sizeof(traced[0]))

static char *min_free, *boost;
static size_t nr_past;
static struct zoneinfo zones;

FIXTURE(events)
{
};

FIXTURE_SETUP(events)
{
	if (access("/sys/module/pfnscope", F_OK))
		ASSERT_EQ(0, ko_load(PFNSCOPE_KO, ""));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	min_free = text_need(MIN_FREE);
	boost = text_need(BOOST);
}

FIXTURE_TEARDOWN(events)
{
	text_write(SWITCH, "off");
	text_write(POOL, "0");
	text_write(MIN_FREE, min_free);
	text_write(BOOST, boost);
}

static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* --- what makes them happen --- */

static void read_disk(off_t from, size_t bytes)
{
	static char piece[1 << 20];
	int fd = open(DISK, O_RDONLY);

	lseek(fd, from, SEEK_SET);
	while (bytes >= sizeof(piece) && read(fd, piece, sizeof(piece)) > 0)
		bytes -= sizeof(piece);
	close(fd);
}

static pid_t start(void (*work)(void))
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child)
		return child;
	work();
	_exit(0);
}

static void read_much(void)
{
	read_disk(0, 1UL << 30);
}

static void read_some(void)
{
	read_disk(2UL << 30, 64 << 20);
}

static void ask_for_huge_pages(void)
{
	text_write(POOL, "64");
	text_write(POOL, "0");
}

static void compact_all(void)
{
	text_write("/proc/sys/vm/compact_memory", "1");
}

/* With so little between the watermarks kswapd is late. */
static void make_pressure(void)
{
	pid_t readers[3];

	text_write(MIN_FREE, "256");
	text_write(BOOST, "0");
	zoneinfo_need(&zones);
	for (int i = 0; i < 3; i++)
		readers[i] = start(read_much);
	for (int i = 0; i < 10; i++)
		ask_for_huge_pages();
	for (int i = 0; i < 3; i++)
		waitpid(readers[i], NULL, 0);
	cgroup_run("reads", "8M", read_some);
	cgroup_run("eats", "8M", cgroup_eat);
	/* For no request, and for certain. By somebody who asks for none: what it ends would be taken for that of a request before. */
	waitpid(start(compact_all), NULL, 0);
}

/* --- ours --- */

static struct table ours;

/* The line in which the kernel tells of the end of the same; NULL where it does not. */
static struct traced_line *line_of(size_t row, const char *name, const char *key, const char *column)
{
	long long value = table_value(&ours, row, column), pid = table_value(&ours, row, "pid");
	bool anybody = table_is(&ours, row, "event", "steal") || table_is(&ours, row, "event", "oom");

	/* Rows and lines stand in the order of time. */
	while (nr_past < nr_traced && traced_lines[nr_past].ns <= table_value(&ours, row, "boot_ns") + 1000)
		nr_past++;
	for (size_t i = nr_past; i--;)
		if (traced_lines[i].name == name && !traced_lines[i].used && (anybody || traced_lines[i].pid == pid) &&
		    (!key || traced_field(&traced_lines[i], key) == value))
			return &traced_lines[i];
	return NULL;
}

/*
 * Its begin lies between those of the trace, which is called first at both ends, and its end after the trace's. The trace
 * is cut to microseconds.
 */
static void check_times(struct __test_metadata *_metadata, size_t row, const struct traced_line *end, const char *begin_name)
{
	const struct traced_line *begin = traced_before(end, begin_name);
	long long at = table_value(&ours, row, "boot_ns"), ns = table_value(&ours, row, "took_ns");

	ASSERT_NE(NULL, begin);
	EXPECT_LE(begin->ns - 1000, at - ns);
	EXPECT_LE(at - ns, end->ns + 1000);
	EXPECT_LE(end->ns - 1000, at);
}

static void check_order(struct __test_metadata *_metadata, size_t row, const struct traced_line *end, const char *name)
{
	const struct traced_line *asked = traced_before(end, name);

	ASSERT_NE(NULL, asked);
	EXPECT_EQ(traced_field(asked, "order="), table_value(&ours, row, "order"));
}

static void check_row(struct __test_metadata *_metadata, size_t row)
{
	const char *kind = table_cell(&ours, row, "event");
	struct traced_line *end = NULL;

	if (!strcmp(kind, "direct_reclaim") || !strcmp(kind, "memcg_reclaim")) {
		bool direct = *kind == 'd';

		end = line_of(row, traced_name(direct ? "mm_vmscan_direct_reclaim_end" : "mm_vmscan_memcg_reclaim_end"),
			      "nr_reclaimed=", "reclaimed_pages");
		ASSERT_NE(NULL, end) TH_LOG("row %zu: %s", row, kind);
		check_times(_metadata, row, end, traced_name(direct ? "mm_vmscan_direct_reclaim_begin" :
								      "mm_vmscan_memcg_reclaim_begin"));
		check_order(_metadata, row, end, traced_name(direct ? "mm_vmscan_direct_reclaim_begin" :
								      "mm_vmscan_memcg_reclaim_begin"));
	} else if (!strcmp(kind, "compaction") || !strcmp(kind, "kcompactd")) {
		end = line_of(row, traced_name("mm_compaction_end"), NULL, "pid");
		ASSERT_NE(NULL, end) TH_LOG("row %zu: %s", row, kind);
		check_times(_metadata, row, end, traced_name("mm_compaction_begin"));
		EXPECT_NE(NULL, strstr(end->rest, table_cell(&ours, row, "result")));
		EXPECT_STRNE("-", table_cell(&ours, row, "zone"));
		if (!table_is(&ours, row, "order", "-"))
			check_order(_metadata, row, end, traced_name("mm_compaction_try_to_compact_pages"));
	} else if (!strcmp(kind, "steal")) {
		end = line_of(row, traced_name("mm_page_alloc_extfrag"), "pfn=", "start_pfn");
		ASSERT_NE(NULL, end) TH_LOG("row %zu: %s", row, kind);
		EXPECT_EQ(end->pid, table_value(&ours, row, "pid"));
		EXPECT_EQ(traced_field(end, "alloc_order="), table_value(&ours, row, "order"));
		EXPECT_EQ(traced_field(end, "fallback_order="), table_value(&ours, row, "block_order"));
		EXPECT_EQ(traced_field(end, "change_ownership="), table_is(&ours, row, "result", "claimed"));
	} else {
		end = line_of(row, traced_name("mark_victim"), "pid=", "pid");
	}
	if (end)
		end->used = true;
}

/*
 * The verdict: its watermark is that of zoneinfo, which does not move meanwhile, and what it says failed follows from its
 * figures by the allocator's check.
 */
static void check_verdict(struct __test_metadata *_metadata, size_t row, long long high)
{
	long long order = table_value(&ours, row, "order"), left, min = table_value(&ours, row, "min_pages"), mark = -1;
	const struct zi_zone *zone = zoneinfo_find(&zones, table_cell(&ours, row, "checked_node"),
						   table_cell(&ours, row, "checked_zone"));
	const char *term = "passes";

	ASSERT_NE(NULL, zone);
	EXPECT_TRUE(zi_value(zone, "min", &mark));
	EXPECT_EQ(table_value(&ours, row, "gfp_mask") & high ? mark - mark / 2 : mark, min);
	left = table_value(&ours, row, "free_pages") - ((1LL << order) - 1) - table_value(&ours, row, "unusable_pages");
	if (left <= min)
		term = "below_min";
	else if (left <= min + table_value(&ours, row, "reserve_pages"))
		term = "lowmem_reserve";
	else if (order && !table_value(&ours, row, "fitting_blocks"))
		term = "no_block";
	if (!table_is(&ours, row, "term", "no_usable_block"))
		EXPECT_STREQ(term, table_cell(&ours, row, "term"));
}

static void check_verdicts(struct __test_metadata *_metadata)
{
	long long high = 0;
	size_t checked = 0, passes = 0;
	struct table gfp;
	long found;

	table_need(&gfp, "gfp");
	found = table_find(&gfp, "name", "__GFP_HIGH", NULL);
	ASSERT_LE(0, found);
	ASSERT_TRUE(table_number(&gfp, (size_t)found, "value", &high));
	table_free(&gfp);
	for (size_t row = 0; row < ours.rows; row++) {
		bool waits = table_is(&ours, row, "event", "direct_reclaim") ||
			     (table_is(&ours, row, "event", "compaction") && !table_is(&ours, row, "order", "-"));

		EXPECT_EQ(waits, !table_is(&ours, row, "term", "-"));
		if (!waits)
			continue;
		check_verdict(_metadata, row, high);
		checked++;
		passes += table_is(&ours, row, "term", "passes");
	}
	printf("# %zu verdicts, of which %zu by then were that it passes\n", checked, passes);
	EXPECT_LT(passes, checked);
}

static bool is_end(const struct traced_line *line)
{
	return strstr(line->name, "_end") || strstr(line->name, "extfrag") || strstr(line->name, "victim");
}

/* Each line of the trace in this time has its row. */
static size_t lines_without_row(long long from, long long to)
{
	size_t count = 0;

	for (size_t i = 0; i < nr_traced; i++)
		if (is_end(&traced_lines[i]) && !traced_lines[i].used && traced_lines[i].ns > from && traced_lines[i].ns < to) {
			if (count++ < 3)
				printf("# only in the trace: %ld %s: %s\n", traced_lines[i].pid, traced_lines[i].name, traced_lines[i].rest);
		}
	return count;
}

/* --- counters --- */

static long long counter(const char *vmstat, const char *prefix)
{
	char *copy = strdup(vmstat), *at = copy, *line;
	long long sum = 0;

	while ((line = text_line(&at)))
		if (!strncmp(line, prefix, strlen(prefix)))
			sum += atoll(strchr(line, ' ') + 1);
	free(copy);
	return sum;
}

static long long delta(const char *before, const char *after, const char *prefix)
{
	return counter(after, prefix) - counter(before, prefix);
}

static size_t reclaimed_nothing(void)
{
	size_t count = 0;

	for (size_t row = 0; row < ours.rows; row++)
		count += table_is(&ours, row, "event", "direct_reclaim") && !table_value(&ours, row, "reclaimed_pages");
	return count;
}

/* So many requests of their own that compacted anything; those that found all zones deferred are not seen. */
static size_t requests_that_compacted(void)
{
	const char *asks = traced_name("mm_compaction_try_to_compact_pages"), *ends = traced_name("mm_compaction_end");
	size_t count = 0;

	for (size_t i = 0; i < nr_traced; i++) {
		if (traced_lines[i].name != asks)
			continue;
		for (size_t j = i + 1; j < nr_traced; j++) {
			if (traced_lines[j].pid != traced_lines[i].pid)
				continue;
			count += traced_lines[j].name == ends;
			if (traced_lines[j].name == ends || traced_lines[j].name == asks)
				break;
		}
	}
	return count;
}

static void check_counters(struct __test_metadata *_metadata, const char *before, const char *after)
{
	long long stalls = delta(before, after, "allocstall"), compacted = delta(before, after, "compact_stall ");
	long long direct = (long long)table_count(&ours, "event", "direct_reclaim");

	printf("# allocstall %lld, direct_reclaim %lld; compact_stall %lld, of %zu requests compaction began\n", stalls, direct,
	       compacted, requests_that_compacted());
	/* Where nothing was reclaimed it begins anew up to twice, and counts again, within the same event. */
	EXPECT_LE(direct, stalls);
	EXPECT_LE(stalls, direct + 2 * (long long)reclaimed_nothing());
	EXPECT_LE((long long)requests_that_compacted(), compacted);
	EXPECT_EQ(delta(before, after, "oom_kill "), (long long)table_count(&ours, "event", "oom"));
	EXPECT_EQ(1, table_count(&ours, "event", "oom"));
}

/* --- latency --- */

static void check_latency(struct __test_metadata *_metadata)
{
	struct table t;

	table_need(&t, "latency");
	EXPECT_LT(1, t.rows);
	for (size_t row = 0; row < t.rows; row++) {
		const char *kind = table_cell(&t, row, "event"), *orders = table_cell(&t, row, "orders");
		long long count = 0, total = 0, longest = 0, sum = 0, events = 0, ns = 0, most = 0;
		char *bucket = strdup(table_cell(&t, row, "buckets"));

		table_number(&t, row, "count", &count);
		table_number(&t, row, "total_ns", &total);
		table_number(&t, row, "longest_ns", &longest);
		for (char *word = strtok(bucket, ","); word; word = strtok(NULL, ","))
			sum += atoll(word);
		free(bucket);
		for (size_t i = 0; i < ours.rows; i++) {
			long long order = table_value(&ours, i, "order");
			const char *class = order < 0 ? "-" : order == 0 ? "0" : order <= 3 ? "1-3" : order <= 8 ? "4-8" :
					    order == 9 ? "9" : "10+";

			if (!table_is(&ours, i, "event", kind) || strcmp(class, orders))
				continue;
			events++;
			ns += table_value(&ours, i, "took_ns");
			if (table_value(&ours, i, "took_ns") > most)
				most = table_value(&ours, i, "took_ns");
		}
		printf("# latency: %s of order %s: %lld, together %lld us, the longest %lld us\n", kind, orders, count,
		       total / 1000, longest / 1000);
		EXPECT_EQ(events, count) TH_LOG("%s %s", kind, orders);
		EXPECT_EQ(events, sum);
		EXPECT_EQ(ns, total);
		EXPECT_EQ(most, longest);
	}
	table_free(&t);
}

/* --- the tests --- */

TEST_F(events, the_switch_takes_what_it_shows_and_nothing_else)
{
	static const char *const bad[] = {
		" ", "on", "1", "0", "none", "OFF", "hold", "hold ", "hold off", "hold  oom", "hold oom oom", "hold all oom", "off off", "all steal", "steal all", "steal steal", "steal ", " steal",
		"steal  oom", "steal,oom", "steal\toom", "kswapd0", "steal\n\n", "compactions",
	};
	static const struct switch_good good[] = {
		{ "steal", "steal\n" },
		{ "oom steal\n", "steal oom\n" },
		{ "compaction", "compaction\n" },
		{ KINDS, KINDS "\n" },
		{ "off\n", "off\n" },
		{ "steal oom", "steal oom\n" },
	};
	char *text = text_need(SWITCH);

	EXPECT_STREQ("off\n", text);
	free(text);
	EXPECT_TRUE(switch_holds(SWITCH, good, sizeof(good) / sizeof(good[0]), bad, sizeof(bad) / sizeof(bad[0])));
}

TEST_F(events, about_knows_each_kind)
{
	char kinds[] = KINDS, *save = NULL, key[64];
	struct table t;

	table_need(&t, "about");
	for (char *kind = strtok_r(kinds, " ", &save); kind; kind = strtok_r(NULL, " ", &save)) {
		snprintf(key, sizeof(key), "events.%s", kind);
		EXPECT_LE(0, table_find(&t, "key", key, "value", "available", NULL)) TH_LOG("%s", key);
	}
	table_free(&t);
}

TEST_F(events, off_it_says_so)
{
	static const char *const files[] = { "events", "latency" };
	struct table t;

	for (int i = 0; i < 2; i++) {
		table_need(&t, files[i]);
		EXPECT_EQ(0, t.rows);
		EXPECT_STREQ("switched off: control/events", t.remark);
		table_free(&t);
	}
}

TEST_F_TIMEOUT(events, the_kernels_trace_and_counters_say_the_same, 600)
{
	long long from, to, last[2] = { 0, 0 };
	char *before, *after;

	ASSERT_TRUE(traced_begin(traced, TRACED));
	before = text_need("/proc/vmstat");
	ASSERT_EQ(0, text_write(SWITCH, KINDS));
	from = now_ns();
	make_pressure();
	to = now_ns();
	/* What was noted of the others stays, and no more comes. */
	ASSERT_EQ(0, text_write(SWITCH, "oom"));
	after = text_need("/proc/vmstat");
	table_need(&ours, "events");
	check_latency(_metadata);
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	EXPECT_TRUE(traced_end());
	EXPECT_TRUE(traced_is_whole());
	traced_read();
	EXPECT_EQ(NULL, ours.remark) TH_LOG("%s", ours.remark);
	for (size_t row = 0; row < ours.rows; row++) {
		long long cpu = table_value(&ours, row, "cpu");

		EXPECT_EQ(++last[cpu], table_value(&ours, row, "number"));
		check_row(_metadata, row);
	}
	EXPECT_EQ(0, lines_without_row(from, to));
	check_verdicts(_metadata);
	check_counters(_metadata, before, after);
	printf("# %zu rows, %zu lines: direct_reclaim %zu, memcg_reclaim %zu, compaction %zu, kcompactd %zu, steal %zu\n",
	       ours.rows, nr_traced, table_count(&ours, "event", "direct_reclaim"),
	       table_count(&ours, "event", "memcg_reclaim"), table_count(&ours, "event", "compaction"),
	       table_count(&ours, "event", "kcompactd"), table_count(&ours, "event", "steal"));
	EXPECT_LT(0, table_count(&ours, "event", "direct_reclaim"));
	EXPECT_LT(0, table_count(&ours, "event", "memcg_reclaim"));
	EXPECT_LT(0, table_count(&ours, "event", "compaction"));
	EXPECT_LT(0, table_count(&ours, "event", "steal"));
	table_free(&ours);
	free(before);
	free(after);
}

TEST_F_TIMEOUT(events, one_kind_alone, 300)
{
	ASSERT_EQ(0, text_write(SWITCH, "memcg_reclaim"));
	cgroup_run("reads", "8M", read_some);
	table_need(&ours, "events");
	EXPECT_LT(0, ours.rows);
	EXPECT_EQ(ours.rows, table_count(&ours, "event", "memcg_reclaim"));
	table_free(&ours);
	/* Another kind more: what was noted stays. */
	ASSERT_EQ(0, text_write(SWITCH, "memcg_reclaim oom"));
	cgroup_run("eats", "8M", cgroup_eat);
	ASSERT_EQ(0, text_write(SWITCH, "oom"));
	cgroup_run("reads", "8M", read_some);
	cgroup_run("eats", "8M", cgroup_eat);
	table_need(&ours, "events");
	EXPECT_EQ(2, table_count(&ours, "event", "oom"));
	EXPECT_EQ(ours.rows, table_count(&ours, "event", "oom") + table_count(&ours, "event", "memcg_reclaim"));
	table_free(&ours);
	/* And off gives it up. */
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	ASSERT_EQ(0, text_write(SWITCH, "oom"));
	table_need(&ours, "events");
	EXPECT_EQ(0, ours.rows);
	table_free(&ours);
}

TEST_F(events, a_reader_outlives_the_switch)
{
	char text[256];
	int fd;

	ASSERT_EQ(0, text_write(SWITCH, "all"));
	cgroup_run("reads", "8M", read_some);
	fd = open(PFNSCOPE_DIR "/events", O_RDONLY);
	ASSERT_LT(0, read(fd, text, sizeof(text)));
	ASSERT_EQ(0, text_write(SWITCH, "off"));
	while (read(fd, text, sizeof(text)) > 0)
		;
	EXPECT_EQ(0, close(fd));
}

TEST_HARNESS_MAIN
