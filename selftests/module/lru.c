// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --mem 1G
/*
 * `lru` against memory.numa_stat and the zone counters of the kernel, with the multi-gen LRU on, off
 * and toggled; dying cgroups; ten thousand cgroups; cgroups that come and go under the reader.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
#include "lib/zoneinfo.h"

#define SWITCH "/sys/kernel/mm/lru_gen/enabled"
#define MANY 100
#define TREE 10000

static const char *const lists[] = { "inactive_anon", "active_anon", "inactive_file", "active_file", "unevictable" };

/* How many cgroups are made: TREE, at a slow pace fewer. */
static int tree;

#define LISTS (sizeof(lists) / sizeof(*lists))

static long long cell(const struct table *t, size_t row, const char *list)
{
	char column[40];
	long long value;

	snprintf(column, sizeof(column), "%s_pages", list);
	return table_number(t, row, column, &value) ? value : 0;
}

/* Pages of one list of a node, of a zone of it, of a cgroup: what is NULL is not asked. */
static long long sum(const struct table *t, const char *node, const char *zone, const char *cgroup, const char *list)
{
	long long pages = 0;

	for (size_t row = 0; row < t->rows; row++)
		if ((!node || !strcmp(table_cell(t, row, "node"), node)) &&
		    (!zone || !strcmp(table_cell(t, row, "zone"), zone)) &&
		    (!cgroup || !strcmp(table_cell(t, row, "cgroup"), cgroup)))
			pages += cell(t, row, list);
	return pages;
}

/* The CPUs fold what they have counted into the zones. */
static void fold(void)
{
	text_write("/proc/sys/vm/stat_refresh", "1");
}

static const char *phase;

static void round_of_zones(struct ledger *l)
{
	struct zoneinfo before, after;
	char topic[96], where[64], name[40];
	long long a, b;
	struct table t;

	fold();
	zoneinfo_need(&before);
	table_need(&t, "lru");
	fold();
	zoneinfo_need(&after);
	for (size_t i = 0; i < before.zones && before.zones == after.zones; i++)
		for (size_t k = 0; k < LISTS; k++) {
			const struct zi_zone *z = &before.zone[i];

			snprintf(name, sizeof(name), "nr_zone_%s", lists[k]);
			if (!zi_value(z, name, &a) || !zi_value(&after.zone[i], name, &b))
				continue;
			snprintf(topic, sizeof(topic), "all cgroups of a zone sum up to %s%s", name, phase);
			snprintf(where, sizeof(where), "node %s zone %s", z->node, z->zone);
			ledger_enter_number(l, topic, where, a, sum(&t, z->node, z->zone, NULL, lists[k]), b);
		}
	table_free(&t);
	zoneinfo_free(&before);
	zoneinfo_free(&after);
}

/* "inactive_anon N0=4096 N1=0" in pages of node @node. */
static bool numa_stat(const char *text, const char *list, int node, long long *pages)
{
	char key[48], mark[16];
	const char *line = text, *at;

	snprintf(key, sizeof(key), "%s ", list);
	snprintf(mark, sizeof(mark), " N%d=", node);
	for (; line && strncmp(line, key, strlen(key)); line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		;
	at = line ? strstr(line, mark) : NULL;
	if (!at || (strchr(line, '\n') && at > strchr(line, '\n')))
		return false;
	*pages = strtoll(at + strlen(mark), NULL, 10) / sysconf(_SC_PAGESIZE);
	return true;
}

/*
 * What memory.numa_stat may lag behind by: before 2cd21c89800c (5.13) each CPU kept up to 32 pages of
 * a statistic to itself and reading the file did not fold them in. Later kernels fold.
 */
static long long numa_stat_lag(void)
{
	struct utsname kernel;
	int major = 0, minor = 0;

	uname(&kernel);
	sscanf(kernel.release, "%d.%d", &major, &minor);
	return major < 5 || (major == 5 && minor < 13) ? 32 * sysconf(_SC_NPROCESSORS_CONF) : 0;
}

static void round_of_cgroup(struct ledger *l)
{
	char *before = text_need(CGROUP "/eater/memory.numa_stat"), *after;
	char topic[96], node[8];
	long long a, b, ours;
	struct table t;

	table_need(&t, "lru");
	after = text_need(CGROUP "/eater/memory.numa_stat");
	for (int n = 0; n < 2; n++)
		for (size_t k = 0; k < LISTS; k++) {
			if (!numa_stat(before, lists[k], n, &a) || !numa_stat(after, lists[k], n, &b))
				continue;
			snprintf(node, sizeof(node), "%d", n);
			snprintf(topic, sizeof(topic), "a cgroup's %s_pages equal its memory.numa_stat%s", lists[k], phase);
			ours = sum(&t, node, NULL, "/eater", lists[k]);
			if (llabs(ours - a) <= numa_stat_lag())
				ours = a;
			ledger_enter_number(l, topic, node, a, ours, b);
		}
	table_free(&t);
	free(before);
	free(after);
}

/* --- something to look at --- */

/* A task in /eater with anonymous memory, some of it locked, and a file; it says "ready" and waits. */
static pid_t start_eater(void)
{
	const size_t anon = 16 << 20, locked = 2 << 20;
	int ready[2];
	char byte;
	pid_t pid;

	if (pipe(ready))
		return -1;
	pid = fork();
	if (!pid) {
		char *map;

		cgroup_enter("/eater");
		map = mmap(NULL, anon, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		memset(map, 1, anon);
		if (mlock(map, locked))
			_exit(4);
		memory_file("/dev/shm/eaten", 8 << 20);
		if (write(ready[1], "", 1) != 1)
			_exit(5);
		pause();
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		pid = -1;
	close(ready[0]);
	return pid;
}

static void stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Pages in the batches of the CPUs are on no list, for the kernel and for us. */
static void compare(struct ledger *l, const char *in_phase)
{
	phase = in_phase;
	ledger_run(l, round_of_zones, 200);
	ledger_run(l, round_of_cgroup, 200);
}

static void check_switch(struct ledger *l)
{
	if (access(SWITCH, W_OK)) {
		compare(l, "");
		return;
	}
	text_write(SWITCH, "y");
	compare(l, ", multi-gen LRU on");
	text_write(SWITCH, "n");
	compare(l, ", multi-gen LRU off");
	for (int i = 0; i < 6; i++)
		text_write(SWITCH, i % 2 ? "n" : "y");
	compare(l, ", multi-gen LRU toggled");
}

/* --- cgroups that have gone --- */

static bool has_row(const struct table *t, const char *cgroup, const char *state)
{
	return table_find(t, "cgroup", cgroup, "state", state, NULL) >= 0;
}

static long long anon_of(const struct table *t, const char *cgroup)
{
	return sum(t, NULL, NULL, cgroup, "inactive_anon") + sum(t, NULL, NULL, cgroup, "active_anon");
}

/*
 * Its file stays in tmpfs: up to 6.12 the cgroup lives on with its pages, and since then its parent has them, be the
 * cgroup still listed or not.
 */
static void check_dying(struct ledger *l)
{
	long long all, parent;
	double since = 0;
	struct table t;
	pid_t pid;

	table_need(&t, "lru");
	all = anon_of(&t, NULL);
	parent = anon_of(&t, "/");
	table_free(&t);
	mkdir(CGROUP "/dying", 0755);
	pid = fork();
	if (!pid) {
		cgroup_enter("/dying");
		memory_file("/dev/shm/left", 4 << 20);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	table_need(&t, "lru");
	ledger_enter_fact(l, "a cgroup is online while it has a directory", "", has_row(&t, "/dying", "online"), "no row");
	table_free(&t);
	ledger_enter_fact(l, "a cgroup can be removed", "", !rmdir(CGROUP "/dying"), strerror(errno));
	/* It goes offline by a work of the kernel's. */
	for (table_need(&t, "lru"); has_row(&t, "/dying", "online") && wait_on(&since, 5); table_need(&t, "lru"))
		table_free(&t);
	ledger_enter_fact(l, "no cgroup is online without a directory", "", !has_row(&t, "/dying", "online"), "a row");
	ledger_enter_fact(l, "the pages of a cgroup that has gone are counted", "", anon_of(&t, NULL) - all > 900, "too few");
	ledger_enter_fact(l, "a dying cgroup keeps its pages, or its parent has them", "",
			  anon_of(&t, "/dying") > 900 || anon_of(&t, "/") - parent > 900, "too few");
	table_free(&t);
	unlink("/dev/shm/left");
}

/* --- many --- */

static void directory(char *path, size_t size, int i)
{
	snprintf(path, size, CGROUP "/many/%d/%d", i / MANY, i % MANY);
}

static int make_tree(void)
{
	char path[128];
	int made = 0;

	mkdir(CGROUP "/many", 0755);
	text_write(CGROUP "/many/cgroup.subtree_control", "+memory");
	for (int i = 0; i < tree / MANY; i++) {
		snprintf(path, sizeof(path), CGROUP "/many/%d", i);
		mkdir(path, 0755);
		strcat(path, "/cgroup.subtree_control");
		text_write(path, "+memory");
	}
	for (int i = 0; i < tree; i++) {
		directory(path, sizeof(path), i);
		made += !mkdir(path, 0755);
	}
	return made;
}

static void remove_tree(void)
{
	char path[128];

	for (int i = 0; i < tree; i++) {
		directory(path, sizeof(path), i);
		rmdir(path);
	}
	for (int i = 0; i < tree / MANY; i++) {
		snprintf(path, sizeof(path), CGROUP "/many/%d", i);
		rmdir(path);
	}
	rmdir(CGROUP "/many");
}

/* As a reader that keeps nothing does it; returns the rows. */
static long stream(double *spent)
{
	int fd = open(PFNSCOPE_DIR "/lru", O_RDONLY);
	static char buffer[65536];
	double start = seconds_now();
	long lines = 0;
	ssize_t got;

	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		for (ssize_t i = 0; i < got; i++)
			lines += buffer[i] == '\n';
	close(fd);
	*spent = seconds_now() - start;
	return got < 0 ? -1 : lines - 2;
}

/* Seconds that the kernel's own figures of the same cgroups take, a file of each. */
static double read_numa_stats(void)
{
	double start = seconds_now();
	char path[160];

	for (int i = 0; i < tree; i++) {
		directory(path, sizeof(path), i);
		strcat(path, "/memory.numa_stat");
		free(text_read(path, NULL));
	}
	return seconds_now() - start;
}

/* Both in turn, and the best of three: other work of the machine falls on both. */
static void check_many(struct ledger *l)
{
	double spent, theirs, best = 1e9, best_of_theirs = 1e9;
	char text[96], topic[96];
	long rows;
	int made;

	tree = (int)paced(TREE / MANY) * MANY;
	made = make_tree();
	for (int i = 0; i < 3; i++) {
		rows = stream(&spent);
		best = spent < best ? spent : best;
		theirs = read_numa_stats();
		best_of_theirs = theirs < best_of_theirs ? theirs : best_of_theirs;
	}
	printf("# %d cgroups more: %ld rows in %.2f s, memory.numa_stat of each in %.2f s\n", made, rows, best,
	       best_of_theirs);
	snprintf(text, sizeof(text), "%d made, %ld rows", made, rows);
	snprintf(topic, sizeof(topic), "%d cgroups: every one has a row", tree);
	ledger_enter_fact(l, topic, "", made == tree && rows > tree, text);
	snprintf(text, sizeof(text), "%.2f s, %.2f s", best, best_of_theirs);
	snprintf(topic, sizeof(topic), "%d cgroups are read sooner than memory.numa_stat of each", tree);
	ledger_enter_fact(l, topic, "", best < best_of_theirs, text);
	remove_tree();
}

/* Two tasks make and remove cgroups with pages in them while every view is read. */
static void check_storm(struct ledger *l)
{
	static const char *const names[] = { "lru", "generations", "balance", "lrutail" };
	bool whole = true;
	pid_t pids[2];

	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (pids[i])
			continue;
		for (;;) {
			char path[64];
			pid_t pid;

			snprintf(path, sizeof(path), "/storm%d", i);
			chdir(CGROUP);
			mkdir(path + 1, 0755);
			pid = fork();
			if (!pid) {
				cgroup_enter(path);
				free(memset(malloc(1 << 18), 1, 1 << 18));
				_exit(0);
			}
			waitpid(pid, NULL, 0);
			rmdir(path + 1);
		}
	}
	for (double end = seconds_now() + 8; seconds_now() < end;)
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
			char path[64];
			struct table t;

			snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", names[i]);
			whole = table_read(&t, path) && whole;
			table_free(&t);
		}
	stop(pids[0]);
	stop(pids[1]);
	ledger_enter_fact(l, "cgroups that come and go leave every file whole", "", whole, "a damaged file");
}

int main(void)
{
	struct ledger l = { 0 };
	pid_t eater;

	text_write(CGROUP "/cgroup.subtree_control", "+memory");
	mkdir(CGROUP "/eater", 0755);
	eater = start_eater();
	ledger_enter_fact(&l, "memory is eaten in a cgroup", "", eater > 0, "no eater");
	if (eater > 0) {
		check_switch(&l);
		stop(eater);
	}
	check_dying(&l);
	check_storm(&l);
	check_many(&l);
	return ledger_report(&l, "lru");
}
