// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 1G
/*
 * `lrutail` against /proc/kpageflags and /proc/kpagecgroup, page by page, for a cgroup whose lists are
 * short enough to be sampled whole; the cap on a long list; the account of holds in `stats`, and how much
 * is looked at in one, by a trace of the lock.
 */

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/ledger.h"
#include "lib/memory.h"
#include "lib/pace.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/trace.h"

#define SWITCH "/sys/kernel/mm/lru_gen/enabled"
#define CAP 1024

/* Bits of /proc/kpageflags. */
#define KPF_LRU 5
#define KPF_UNEVICTABLE 18

static const struct {
	const char *column;
	unsigned int bit;
} classes[] = {
	{ "dirty_pages", 4 },
	{ "writeback_pages", 8 },
	{ "referenced_pages", 2 },
	{ "mapped_pages", 11 },
};

#define CLASSES (sizeof(classes) / sizeof(*classes))

/* Every page of the cgroup that is on a list but the unevictable one; then of these those of each class. */
struct count {
	long long pages;
	long long class[CLASSES];
};

static void count_page(struct count *c, uint64_t flags)
{
	if (!(flags >> KPF_LRU & 1) || flags >> KPF_UNEVICTABLE & 1)
		return;
	c->pages++;
	for (size_t i = 0; i < CLASSES; i++)
		c->class[i] += flags >> classes[i].bit & 1;
}

static struct count kernel_says(uint64_t cgroup)
{
	int flags = open("/proc/kpageflags", O_RDONLY), owners = open("/proc/kpagecgroup", O_RDONLY);
	static uint64_t flag[8192], owner[8192];
	struct count c = { 0 };
	ssize_t got;

	while ((got = read(flags, flag, sizeof(flag))) > 0 && read(owners, owner, (size_t)got) == got)
		for (size_t i = 0; i < (size_t)got / sizeof(*flag); i++)
			if (owner[i] == cgroup)
				count_page(&c, flag[i]);
	close(flags);
	close(owners);
	return c;
}

static long long total(const struct table *t, const char *cgroup, const char *column)
{
	long long sum = 0, value;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "cgroup"), cgroup) && table_number(t, row, column, &value))
			sum += value;
	return sum;
}

static void round_of_classes(struct ledger *l)
{
	struct stat st;
	struct count a, b;
	struct table t;
	char topic[96];

	if (stat(CGROUP "/tail", &st))
		return;
	a = kernel_says(st.st_ino);
	table_need(&t, "lrutail");
	b = kernel_says(st.st_ino);
	ledger_enter_number(l, "the lists of a cgroup have as many pages as kpagecgroup", "", a.pages,
			    total(&t, "/tail", "sampled_pages"), b.pages);
	for (size_t i = 0; i < CLASSES; i++) {
		snprintf(topic, sizeof(topic), "%s are as many as in kpageflags", classes[i].column);
		ledger_enter_number(l, topic, "", a.class[i], total(&t, "/tail", classes[i].column), b.class[i]);
	}
	ledger_enter_fact(l, "the cgroup has pages of its own", "", a.pages > 500 && a.class[0] > 100 && a.class[3] > 300,
			  "too few to compare");
	table_free(&t);
}

/* A task in @cgroup with so many mapped pages and so many of a file; it is ready when this returns. */
static pid_t start_eater(const char *cgroup, size_t mapped, size_t file)
{
	char path[128], byte;
	int ready[2];
	pid_t pid;

	snprintf(path, sizeof(path), CGROUP "%s", cgroup);
	mkdir(path, 0755);
	if (pipe(ready))
		return -1;
	pid = fork();
	if (!pid) {
		size_t bytes = mapped << 12;
		char *map;

		cgroup_enter(cgroup);
		map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		madvise(map, bytes, MADV_NOHUGEPAGE);
		memset(map, 1, bytes);
		snprintf(path, sizeof(path), "/dev/shm/%s", cgroup + 1);
		memory_file(path, file * PAGE);
		if (write(ready[1], "", 1) != 1)
			_exit(4);
		pause();
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		pid = -1;
	close(ready[0]);
	return pid;
}

/* What holds for every row, whatever happens meanwhile. */
static void check_rows(struct ledger *l, const char *when)
{
	static const char *const columns[] = { "dirty_pages", "writeback_pages", "referenced_pages", "mapped_pages",
					       "unevictable_pages", "pinned_pages", "clean_pages" };
	long long entries, sampled, value;
	char where[160];
	struct table t;

	table_need(&t, "lrutail");
	for (size_t row = 0; row < t.rows; row++) {
		const char *stop = table_cell(&t, row, "stop");
		bool ok = table_number(&t, row, "sampled_entries", &entries) &&
			  table_number(&t, row, "sampled_pages", &sampled);

		snprintf(where, sizeof(where), "%s: %.80s %s", when, table_cell(&t, row, "cgroup"), table_cell(&t, row, "list"));
		ledger_enter_fact(l, "no list is sampled by more than 1,024 entries", where,
				  ok && entries > 0 && entries <= CAP && sampled >= entries, "another number");
		ledger_enter_fact(l, "a capped sample has 1,024 entries, any other fewer or as many", where,
				  strcmp(stop, "cap") || entries == CAP, stop);
		for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
			ledger_enter_fact(l, "no class has more pages than were sampled", where,
					  table_number(&t, row, columns[i], &value) && value <= sampled, columns[i]);
	}
	ledger_enter_fact(l, "there are lists", when, t.rows > 0, "none");
	table_free(&t);
}

static void check_cap(struct ledger *l)
{
	struct table t;
	bool capped = false;

	table_need(&t, "lrutail");
	for (size_t row = 0; row < t.rows; row++)
		capped = capped || (!strcmp(table_cell(&t, row, "cgroup"), "/long") &&
				    !strcmp(table_cell(&t, row, "stop"), "cap"));
	ledger_enter_fact(l, "a list of more than 1,024 entries is sampled up to the cap", "", capped, "not capped");
	table_free(&t);
}

/* Reclaim takes pages off the tails while they are sampled, up to the limit of the cgroup. */
static void check_reclaim(struct ledger *l)
{
	pid_t pid = fork();

	if (!pid) {
		cgroup_enter("/squeezed");
		for (;;)
			memory_file("/tmp/squeezed", 8192 * PAGE);
	}
	for (unsigned int rounds = paced(200); rounds; rounds--)
		check_rows(l, "under reclaim");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void check_stats(struct ledger *l)
{
	long long hold = 0, visited = 0;
	struct table t;
	long row;

	table_need(&t, "stats");
	row = table_find(&t, "file", "lrutail", NULL);
	if (row >= 0) {
		table_number(&t, (size_t)row, "longest_hold_ns", &hold);
		table_number(&t, (size_t)row, "visited_pages", &visited);
	}
	printf("# longest hold of lru_lock: %lld ns in this guest\n", hold);
	ledger_enter_fact(l, "stats has the longest hold and the entries visited", "", hold > 0 && visited > 0, "nothing");
	table_free(&t);
}

/* --- what is looked at in one hold --- */

#define LOCK "_raw_spin_lock_irq"
#define ENTRIES_A_HOLD 32
#define HUGE_DIR "/tmp/huge"
#define HUGE_PAGES 40
#define PAGES_OF_HUGE 512

/* Huge pages of tmpfs that nobody maps. Of a cgroup: so they are on lists of their own. */
static bool make_huge(void)
{
	int status;
	pid_t pid;

	mkdir(CGROUP "/huge", 0755);
	pid = fork();
	if (!pid) {
		cgroup_enter("/huge");
		mkdir(HUGE_DIR, 0755);
		if (mount("none", HUGE_DIR, "tmpfs", 0, "huge=always"))
			_exit(1);
		memory_file(HUGE_DIR "/file", HUGE_PAGES * PAGES_OF_HUGE * PAGE);
		_exit(0);
	}
	return waitpid(pid, &status, 0) == pid && !status;
}

/* Up to v6.9 each page of a large one counts its own mappings, and all of them are looked at. */
static bool counts_each_page(void)
{
	struct utsname kernel;
	int major, minor;

	return !uname(&kernel) && sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
	       (major < 6 || (major == 6 && minor < 10));
}

/* Is it a function of the module? A trace has the names of functions alone. */
static bool is_ours(const char *symbols, const char *function)
{
	char line[160];

	snprintf(line, sizeof(line), " %s\t[pfnscope]\n", function);
	return strstr(symbols, line);
}

/* Each is a line "... LOCK <-FUNCTION". */
static long long holds_in(char *trace)
{
	char *symbols = text_need("/proc/kallsyms"), *line, *by;
	long long holds = 0;

	while ((line = text_line(&trace))) {
		by = strstr(line, LOCK " <-");
		holds += by && is_ours(symbols, by + strlen(LOCK " <-"));
	}
	free(symbols);
	return holds;
}

static void check_holds(struct ledger *l)
{
	static const char *const told[] = { LOCK, NULL };
	long long least = 0, value, large, holds;
	char *trace, words[128];
	struct table t;

	/* What other tests left in pieces; the kernel does not compact for tmpfs. */
	text_write("/proc/sys/vm/compact_memory", "1");
	ledger_enter_fact(l, "tmpfs has huge pages", "", make_huge(), "no file");
	ledger_enter_fact(l, "a trace of the lock can be made", "", trace_functions(told), "the kernel has no such function");
	table_need(&t, "lrutail");
	trace = trace_end();
	holds = holds_in(trace);
	free(trace);
	for (size_t row = 0; row < t.rows; row++)
		if (table_number(&t, row, "sampled_entries", &value))
			least += (value + ENTRIES_A_HOLD - 1) / ENTRIES_A_HOLD;
	large = (total(&t, "/huge", "sampled_pages") - total(&t, "/huge", "sampled_entries")) / (PAGES_OF_HUGE - 1);
	snprintf(words, sizeof(words), "%lld holds, at least %lld, %lld entries are large", holds, least, large);
	printf("# %s\n", words);
	ledger_enter_fact(l, "large pages are on a list", words, large > HUGE_PAGES / 2, words);
	ledger_enter_fact(l, "no hold is for more than 32 entries", words, holds >= least, words);
	ledger_enter_fact(l, "a hold looks at one large page where each of its pages is looked at", words,
			  !counts_each_page() || holds >= large, words);
	table_free(&t);
	umount(HUGE_DIR);
}

static void switch_to(const char *to)
{
	if (!access(SWITCH, W_OK))
		text_write(SWITCH, to);
}

int main(void)
{
	struct ledger l = { 0 };
	pid_t tail, long_one;

	text_write(CGROUP "/cgroup.subtree_control", "+memory");
	mkdir(CGROUP "/squeezed", 0755);
	text_write(CGROUP "/squeezed/memory.max", "16777216");
	switch_to("n");
	tail = start_eater("/tail", 400, 400);
	long_one = start_eater("/long", 4000, 3000);
	ledger_enter_fact(&l, "memory is eaten in cgroups", "", tail > 0 && long_one > 0, "no eater");
	ledger_run(&l, round_of_classes, 60);
	check_cap(&l);
	check_rows(&l, "quiet");
	check_holds(&l);
	switch_to("y");
	check_rows(&l, "multi-gen LRU on where there is one");
	check_reclaim(&l);
	switch_to("n");
	check_reclaim(&l);
	check_stats(&l);
	kill(tail, SIGKILL);
	kill(long_one, SIGKILL);
	return ledger_report(&l, "lrutail");
}
