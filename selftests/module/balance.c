// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --disk 64M --kmod zstd --kmod zram
/*
 * `balance` against the files of the cgroup, memory.stat and lru_gen_full, before and after reclaim with either LRU; what no
 * file of the kernel has, the costs, against what has been swapped out.
 */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/ledger.h"
#include "lib/memory.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zram.h"

#define SWITCH "/sys/kernel/mm/lru_gen/enabled"
#define FULL "/sys/kernel/debug/lru_gen_full"
#define HERE CGROUP "/weighed"
#define TIERS 4

static const char *phase;

/* --- the kernel's files --- */

/* The number in a file of the cgroup, in pages; unknown where it is "max" or not there. */
static long long pages_of(const char *file)
{
	char path[96], *text;
	long long bytes = LEDGER_UNKNOWN;

	snprintf(path, sizeof(path), HERE "/%s", file);
	text = text_read(path, NULL);
	if (text && sscanf(text, "%lld", &bytes) == 1)
		bytes /= page_bytes();
	free(text);
	return bytes;
}

static long long stat_of(const char *name)
{
	char *text = text_need(HERE "/memory.stat");
	long long value = LEDGER_UNKNOWN;

	text_value(text, name, &value);
	free(text);
	return value;
}

/* What lru_gen_full says of the cgroup. */
struct generations {
	long long max_seq, min_seq[2], refaulted[2][TIERS], evicted[2][TIERS];
	char pages[2][96];
};

/* "SEQ AGE ANON FILE", a mark x where the type has no such generation. */
static void take_generation(struct generations *g, const char *line)
{
	long long seq, pages[2];
	char mark[2] = { ' ', ' ' };

	if (sscanf(line, " %lld %*u %lld%c %lld%c", &seq, &pages[0], &mark[0], &pages[1], &mark[1]) < 4)
		return;
	g->max_seq = seq;
	for (int type = 0; type < 2; type++) {
		size_t length = strlen(g->pages[type]);

		if (mark[type] == 'x')
			continue;
		if (!length)
			g->min_seq[type] = seq;
		snprintf(g->pages[type] + length, sizeof(g->pages[type]) - length, "%s%lld", length ? "," : "", pages[type]);
	}
}

/*
 * "TIER R T x R T x" of the youngest generation has the averages, "TIER r e p r e p" the counters of an older one. Where a
 * kernel keeps the counters of all generations those of the oldest one count.
 */
static void take_tier(struct generations *g, const char *line)
{
	long long n[2][3];
	char mark[2][3];
	int tier;

	if (sscanf(line, " %d %lld%c %lld%c %lld%c %lld%c %lld%c %lld%c", &tier, &n[0][0], &mark[0][0], &n[0][1], &mark[0][1],
		   &n[0][2], &mark[0][2], &n[1][0], &mark[1][0], &n[1][1], &mark[1][1], &n[1][2], &mark[1][2]) < 12 ||
	    tier < 0 || tier >= TIERS)
		return;
	for (int type = 0; type < 2; type++) {
		bool oldest = mark[type][0] == 'r' && g->pages[type][0] && g->max_seq == g->min_seq[type];

		if (mark[type][0] == 'R' || oldest) {
			g->refaulted[type][tier] += n[type][0];
			g->evicted[type][tier] += n[type][1] + (oldest ? n[type][2] : 0);
		}
	}
}

static bool kernel_says(struct generations *g)
{
	char *text = text_read(FULL, NULL), *at = text, *line, cgroup[128] = "";
	bool found = false;

	memset(g, 0, sizeof(*g));
	while (text && (line = text_line(&at))) {
		if (sscanf(line, "memcg %*u %127s", cgroup) == 1 || strcmp(cgroup, "/weighed") || strstr(line, "node"))
			continue;
		found = true;
		if (strlen(line) <= 48)
			take_generation(g, line);
		else
			take_tier(g, line);
	}
	free(text);
	return found;
}

/* --- rounds --- */

static const char *topic_of(const char *what)
{
	static char topic[160];

	snprintf(topic, sizeof(topic), "%s%s", what, phase);
	return topic;
}

static long row_of(struct table *t)
{
	long row;

	table_need(t, "balance");
	row = table_find(t, "cgroup", "/weighed", "node", "0", NULL);
	if (row < 0) {
		printf("# balance has no row of /weighed\n");
		exit(1);
	}
	return row;
}

static long long ours(const struct table *t, long row, const char *column)
{
	long long value;

	return table_number(t, (size_t)row, column, &value) ? value : LEDGER_UNKNOWN;
}

static void round_of_limits(struct ledger *l)
{
	static const char *const files[][2] = {
		{ "memory.current", "usage_pages" },	{ "memory.min", "min_pages" },
		{ "memory.low", "low_pages" },		{ "memory.swap.current", "swap_pages" },
		{ "memory.swap.max", "swap_max_pages" },
	};
	const size_t count = sizeof(files) / sizeof(*files);
	long long before[count];
	struct table t;
	long row;

	for (size_t i = 0; i < count; i++)
		before[i] = pages_of(files[i][0]);
	row = row_of(&t);
	for (size_t i = 0; i < count; i++) {
		char what[96];

		snprintf(what, sizeof(what), "%s is %s", files[i][1], files[i][0]);
		ledger_enter_number(l, topic_of(what), "", before[i], ours(&t, row, files[i][1]), pages_of(files[i][0]));
	}
	ledger_enter_fact(l, topic_of("a cgroup of version 2 has no swappiness of its own"), "",
			  !strcmp(table_cell(&t, (size_t)row, "swappiness"), "-"), table_cell(&t, (size_t)row, "swappiness"));
	table_free(&t);
}

static const char *const lists[] = { "inactive_anon", "active_anon", "inactive_file", "active_file" };

/* Before 2cd21c89800c (5.13) each CPU keeps up to 32 pages of a statistic to itself. */
static bool cpus_keep_some(void)
{
	return access(HERE "/memory.reclaim", F_OK);
}

static bool stat_is_exact(void)
{
	bool exact = true;
	struct table t;
	long row = row_of(&t);

	for (int i = 0; i < 4; i++) {
		char column[40];

		snprintf(column, sizeof(column), "%s_pages", lists[i]);
		exact &= ours(&t, row, column) == stat_of(lists[i]) / page_bytes();
	}
	table_free(&t);
	return exact;
}

/* The kernel brings memory.stat up to date every two seconds; sooner only where many pages have changed. */
static void settle(void)
{
	for (int tries = 0; !cpus_keep_some() && !stat_is_exact() && tries < 100; tries++)
		usleep(200000);
}

static void round_of_sizes(struct ledger *l)
{
	long long before[4];
	struct table t;
	long row;

	for (int i = 0; i < 4; i++)
		before[i] = stat_of(lists[i]) / page_bytes();
	row = row_of(&t);
	for (int i = 0; i < 4; i++) {
		char column[40], what[96];
		long long value, after = stat_of(lists[i]) / page_bytes();

		snprintf(column, sizeof(column), "%s_pages", lists[i]);
		snprintf(what, sizeof(what), "%s is %s of memory.stat", column, lists[i]);
		value = ours(&t, row, column);
		if (cpus_keep_some() && llabs(value - before[i]) <= 32 * sysconf(_SC_NPROCESSORS_CONF))
			value = before[i];
		ledger_enter_number(l, topic_of(what), "", before[i], value, after);
	}
	for (int type = 0; type < 2; type++) {
		const char *name = type ? "workingset_activate_file" : "workingset_activate_anon";
		long long snapshot = ours(&t, row, type ? "file_refault_snapshot" : "anon_refault_snapshot");

		ledger_enter_fact(l, topic_of("a snapshot of refaults is not above those there were"), name,
				  snapshot <= stat_of(name) + 32 * sysconf(_SC_NPROCESSORS_CONF), "above");
	}
	table_free(&t);
}

static void compare_tiers(struct ledger *l, const struct table *t, long row, int type, const struct generations *a,
			  const struct generations *b)
{
	static const char *const columns[2][2] = { { "anon_tier_refaulted", "anon_tier_evicted" },
						   { "file_tier_refaulted", "file_tier_evicted" } };

	for (int what = 0; what < 2; what++) {
		const long long *before = what ? a->evicted[type] : a->refaulted[type];
		const long long *after = what ? b->evicted[type] : b->refaulted[type];
		const char *at = table_cell(t, (size_t)row, columns[type][what]);
		char topic[96], where[16];

		for (int tier = 0; tier < TIERS; tier++, at = strchr(at, ',') ? strchr(at, ',') + 1 : "") {
			snprintf(topic, sizeof(topic), "%s is of lru_gen_full", columns[type][what]);
			snprintf(where, sizeof(where), "tier %d", tier);
			ledger_enter_number(l, topic_of(topic), where, before[tier], *at ? atoll(at) : LEDGER_UNKNOWN,
					    after[tier]);
		}
	}
}

static void round_of_generations(struct ledger *l)
{
	static const char *const columns[2][2] = { { "anon_min_seq", "anon_generation_pages" },
						   { "file_min_seq", "file_generation_pages" } };
	struct generations a, b;
	struct table t;
	long row;
	bool there = kernel_says(&a);

	row = row_of(&t);
	there = kernel_says(&b) && there;
	ledger_enter_fact(l, topic_of("lru_gen_full has the cgroup"), "", there, "it has not");
	ledger_enter_number(l, topic_of("max_seq is the youngest of lru_gen_full"), "", a.max_seq, ours(&t, row, "max_seq"),
			    b.max_seq);
	for (int type = 0; type < 2; type++) {
		ledger_enter_number(l, topic_of("min_seq is the oldest of lru_gen_full"), columns[type][0], a.min_seq[type],
				    ours(&t, row, columns[type][0]), b.min_seq[type]);
		ledger_enter(l, topic_of("generation_pages are those of lru_gen_full"), columns[type][1], a.pages[type],
			     table_cell(&t, (size_t)row, columns[type][1]), b.pages[type]);
		compare_tiers(l, &t, row, type, &a, &b);
	}
	table_free(&t);
}

static void compare(struct ledger *l, const char *in_phase, bool generations)
{
	struct table t;
	long row;

	phase = in_phase;
	row = row_of(&t);
	ledger_enter_fact(l, topic_of("lru says which one is on"), "",
			  !strcmp(table_cell(&t, (size_t)row, "lru"), generations ? "generations" : "lists"),
			  table_cell(&t, (size_t)row, "lru"));
	if (!generations)
		ledger_enter_fact(l, topic_of("there are no generations"), "",
				  !strcmp(table_cell(&t, (size_t)row, "anon_tier_evicted"), "-"), "but there are");
	table_free(&t);
	ledger_run(l, round_of_limits, 200);
	settle();
	ledger_run(l, round_of_sizes, 200);
	if (generations)
		ledger_run(l, round_of_generations, 200);
}

/* --- something to weigh --- */

/* Holds anonymous memory and, as long as it has the disk open, page cache; says so and waits. */
static pid_t start(void)
{
	static char block[1 << 20];
	int ends[2], disk;
	char byte, *map;
	pid_t pid;

	if (pipe(ends))
		return -1;
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		cgroup_enter("/weighed");
		map = mmap(NULL, 16 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		madvise(map, 16 << 20, MADV_NOHUGEPAGE);
		for (size_t i = 0; i < 16 << 20; i += PAGE)
			*(unsigned long *)(map + i) = i * 2654435761U + 1;
		disk = open("/dev/nvme0n1", O_RDONLY);
		for (int i = 0; i < 16; i++)
			if (read(disk, block, sizeof(block)) != sizeof(block))
				_exit(3);
		if (write(ends[1], "", 1) != 1)
			_exit(4);
		pause();
	}
	close(ends[1]);
	if (read(ends[0], &byte, 1) != 1)
		pid = -1;
	close(ends[0]);
	return pid;
}

/* Takes from the cgroup: by the file for it, before that by a limit. */
static void take(const char *amount)
{
	char bytes[24];

	if (!access(HERE "/memory.reclaim", W_OK)) {
		text_write(HERE "/memory.reclaim", amount);
		return;
	}
	snprintf(bytes, sizeof(bytes), "%lld", (pages_of("memory.current") - 1024) * page_bytes());
	text_write(HERE "/memory.high", bytes);
	text_write(HERE "/memory.high", "max");
}

static long long anon_cost(void)
{
	struct table t;
	long row = row_of(&t);
	long long cost = ours(&t, row, "anon_cost");

	table_free(&t);
	return cost;
}

/* Since 7.3, which counts this as well. */
static bool costs_come_later(void)
{
	char *text = text_need("/proc/vmstat");
	long long value;
	bool counted = text_value(text, "pgrotate_anon", &value);

	free(text);
	return counted;
}

/*
 * Until something was swapped out. Where costs come later, reclaim begins with what the last one has cost, as far as
 * the statistics of the cgroup have it, which are brought up to date every two seconds.
 */
static void press(void)
{
	double since = 0, later = 0;

	while (pages_of("memory.swap.current") <= 0 && wait_on(&since, 20))
		take("4M");
	while (costs_come_later() && !anon_cost() && wait_on(&later, 20)) {
		usleep(500000);
		take("64K");
	}
}

static void check_costs(struct ledger *l, bool pressed)
{
	long long cost = anon_cost();

	phase = "";
	if (!pressed)
		ledger_enter_fact(l, "nothing has been swapped out, and anon_cost is 0", "", !cost, "it is not");
	else
		ledger_enter_fact(l, "pages were swapped out, and anon_cost tells", "", cost > 0, "it is 0");
}

int main(void)
{
	struct ledger l = { 0 };
	char *before = text_read(SWITCH, NULL);
	bool switched = !access(SWITCH, W_OK);
	pid_t pid;

	ledger_enter_fact(&l, "there is swap", "", zram_on(), "zram");
	cgroup_make("weighed", "memory.low", "8M");
	text_write(HERE "/memory.min", "1M");
	text_write(HERE "/memory.swap.max", "40M");
	text_write(SWITCH, "n");
	pid = start();
	ledger_enter_fact(&l, "memory is held in a cgroup", "", pid > 0, "nobody holds any");
	check_costs(&l, false);
	compare(&l, ", on lists", false);
	press();
	ledger_enter_fact(&l, "reclaim has swapped out", "", pages_of("memory.swap.current") > 0, "it has not");
	check_costs(&l, true);
	compare(&l, ", on lists after reclaim", false);
	if (switched) {
		text_write(SWITCH, "y");
		compare(&l, ", in generations", true);
		text_write(HERE "/memory.reclaim", "8M");
		compare(&l, ", in generations after reclaim", true);
	}
	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	cgroup_remove("weighed");
	if (before)
		text_write(SWITCH, before);
	free(before);
	zram_off();
	return ledger_report(&l, "balance");
}
