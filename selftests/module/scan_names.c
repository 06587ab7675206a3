// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1536M --timeout 1200
/*
 * `owners` with ten thousand cgroups, named as a cluster names them, against /proc/kpagecgroup and /proc/zoneinfo: no
 * page and no row is lost, no name is cut; and what comes after the names were collected is counted too. What an
 * incident keeps of it, which has no room for all, has what matters most.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/delta.h"
#include "lib/incident.h"
#include "lib/ledger.h"
#include "lib/memory.h"
#include "lib/pace.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/zoneinfo.h"

#define PODS	100
#define LEAVES	10000
#define SLICE	"/kubepods.slice/kubepods-burstable.slice"
#define POD	SLICE "/kubepods-burstable-pod%08x_1111_2222_3333_%012x.slice"
#define LEAF	POD "/cri-containerd-%064x.scope"

/* A container: the inode of its directory, its pages by kpagecgroup twice and by owners once, and its rows. */
struct leaf {
	uint64_t inode;
	long long before, ours, after;
	unsigned int rows;
};

static struct leaf leaf[LEAVES];
static unsigned int leaves;

/* How long it took to make them: what a busy machine is measured by. */
static double made_in;

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void path_of(char *path, size_t size, unsigned int i)
{
	snprintf(path, size, LEAF, i % PODS, i % PODS, i);
}

static void enable(const char *path)
{
	char file[512];

	snprintf(file, sizeof(file), CGROUP "%s", path);
	mkdir(file, 0755);
	strcat(file, "/cgroup.subtree_control");
	text_write(file, "+memory");
}

static bool make_leaf(unsigned int i)
{
	char path[256], dir[512];
	struct stat st;

	path_of(path, sizeof(path), i);
	snprintf(dir, sizeof(dir), CGROUP "%s", path);
	if (mkdir(dir, 0755) || stat(dir, &st))
		return false;
	leaf[i].inode = st.st_ino;
	return true;
}

static unsigned int make_leaves(unsigned int wanted)
{
	char path[256];
	unsigned int i;

	enable("");
	enable("/kubepods.slice");
	enable(SLICE);
	for (i = 0; i < PODS; i++) {
		snprintf(path, sizeof(path), POD, i, i);
		enable(path);
	}
	for (i = 0; i < wanted && make_leaf(i); i++)
		;
	return i;
}

/* Goes from cgroup to cgroup, and takes one page in each. */
static void take_pages(char *map)
{
	char path[256];

	for (unsigned int i = 0; i < leaves; i++) {
		path_of(path, sizeof(path), i);
		cgroup_enter(path);
		map[i * PAGE] = 1;
	}
	cgroup_enter("");
}

/* --- what the kernel says --- */

static int by_inode(const void *a, const void *b)
{
	const struct leaf *x = &leaf[*(const unsigned int *)a], *y = &leaf[*(const unsigned int *)b];

	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static unsigned int order[LEAVES];

static struct leaf *leaf_of(uint64_t inode)
{
	unsigned int low = 0, high = leaves, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (leaf[order[middle]].inode < inode)
			low = middle + 1;
		else
			high = middle;
	}
	return low < leaves && leaf[order[low]].inode == inode ? &leaf[order[low]] : NULL;
}

/* Adds each page frame to its cgroup, before or after. */
static bool kernel_says(bool after)
{
	int fd = open("/proc/kpagecgroup", O_RDONLY);
	static uint64_t inode[65536];
	struct leaf *l;
	ssize_t got;

	while ((got = read(fd, inode, sizeof(inode))) > 0)
		for (size_t i = 0; i < (size_t)got / 8; i++) {
			l = inode[i] ? leaf_of(inode[i]) : NULL;
			if (l)
				*(after ? &l->after : &l->before) += 1;
		}
	close(fd);
	return !got;
}

/* --- what owners says --- */

/* Pages of all rows of a kind in a zone, of one owner where that is not NULL. */
static long long pages_of(const struct table *t, const struct zi_zone *z, const char *kind, const char *owner)
{
	long long sum = 0, pages;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "kind"), kind) && (!owner || !strcmp(table_cell(t, row, "owner"), owner)) &&
		    (!z || (!strcmp(table_cell(t, row, "node"), z->node) && !strcmp(table_cell(t, row, "zone"), z->zone))) &&
		    table_number(t, row, "pages", &pages))
			sum += pages;
	return sum;
}

/* Adds the row to the leaf whose whole name it has. */
static void take_row(const struct table *t, size_t row)
{
	const char *owner = table_cell(t, row, "owner"), *last = strstr(owner, "/cri-containerd-");
	char path[256];
	long long pages;
	unsigned int i;

	if (strcmp(table_cell(t, row, "kind"), "cgroup") || !last || strlen(last) < 70 ||
	    sscanf(last + strlen("/cri-containerd-") + 56, "%8x", &i) != 1 || i >= leaves)
		return;
	path_of(path, sizeof(path), i);
	if (strcmp(path, owner) || !table_number(t, row, "pages", &pages))
		return;
	leaf[i].ours += pages;
	leaf[i].rows++;
}

/* In ZONE_DMA some frames have a struct page and are not present. */
static void check_zones(struct ledger *l, const struct table *t, const char *when)
{
	struct zoneinfo zi;
	char topic[96], where[64];
	long long present;

	zoneinfo_need(&zi);
	for (struct zi_zone *z = zi.zone; z < zi.zone + zi.zones; z++) {
		if (!zi_value(z, "present", &present) || !present)
			continue;
		snprintf(where, sizeof(where), "node %s zone %s", z->node, z->zone);
		snprintf(topic, sizeof(topic), "%s: the classes of a zone are all its pages", when);
		if (strcmp(z->zone, "DMA"))
			ledger_enter_number(l, topic, where, present, pages_of(t, z, "class", NULL), present);
		snprintf(topic, sizeof(topic), "%s: the slab caches of a zone are all its slab pages", when);
		ledger_enter_number(l, topic, where, pages_of(t, z, "class", "slab"), pages_of(t, z, "slab", NULL),
				    pages_of(t, z, "class", "slab"));
	}
	zoneinfo_free(&zi);
}

/* Caches, and cgroups, online or not, have the largest first. */
static void check_order(struct ledger *l, const struct table *t)
{
	const char *zone = "", *kind = "", *last_zone, *last_kind;
	long long last = 0, pages;
	bool sorted = true;

	for (size_t row = 0; row < t->rows; row++, last = pages) {
		last_zone = zone;
		last_kind = kind;
		zone = table_cell(t, row, "zone");
		kind = table_cell(t, row, "kind");
		if (strstr(kind, "cgroup"))
			kind = "cgroup";
		if (!table_number(t, row, "pages", &pages))
			pages = 0;
		if (!strcmp(kind, last_kind) && !strcmp(zone, last_zone) && (!strcmp(kind, "cgroup") || !strcmp(kind, "slab")))
			sorted = sorted && pages <= last;
	}
	ledger_enter_fact(l, "the largest caches and cgroups of a zone come first", "", sorted, "not in order");
}

static void compare_leaves(struct ledger *l)
{
	long long kernel = 0, ours = 0;
	unsigned int equal = 0, steady = 0, missing = 0;
	char text[128];

	for (struct leaf *x = leaf; x < leaf + leaves; x++) {
		missing += !x->rows;
		if (x->before != x->after)
			continue;
		steady++;
		kernel += x->before;
		ours += x->ours;
		equal += x->before == x->ours;
	}
	snprintf(text, sizeof(text), "%u of %u missing", missing, leaves);
	ledger_enter_fact(l, "every cgroup has a row with its whole name", "", !missing, text);
	snprintf(text, sizeof(text), "%u of %u that were steady are equal, %lld pages of %lld", equal, steady, ours, kernel);
	ledger_enter_fact(l, "pages of each cgroup equal /proc/kpagecgroup", "",
			  equal == steady && steady > leaves * 9 / 10 && kernel >= steady, text);
}

static void check_leaves(struct ledger *l)
{
	struct table t;
	char text[64];
	double start;

	ledger_enter_fact(l, "kpagecgroup can be read", "", kernel_says(false), strerror(errno));
	start = seconds();
	table_need(&t, "owners");
	start = seconds() - start;
	kernel_says(true);
	printf("# %zu rows in %.2f s\n", t.rows, start);
	/* With few of them the pages of the machine are what takes time. */
	if (leaves == LEAVES) {
		snprintf(text, sizeof(text), "%.2f s of %.2f s", start, made_in);
		ledger_enter_fact(l, "owners is read in a quarter of the time its cgroups were made in", "",
				  start < made_in / 4, text);
	}
	for (size_t row = 0; row < t.rows; row++)
		take_row(&t, row);
	compare_leaves(l);
	check_zones(l, &t, "many");
	check_order(l, &t);
	ledger_enter_number(l, "nobody lacks a name", "cgroups", 0, pages_of(&t, NULL, "cgroup", "unnamed"), 0);
	ledger_enter_number(l, "nobody lacks a name", "slab caches", 0, pages_of(&t, NULL, "slab", "unnamed"), 0);
	table_free(&t);
}

/* --- those who go, and those who come --- */

static void file_in(const char *cgroup, const char *file, size_t size)
{
	pid_t pid = fork();

	if (!pid) {
		cgroup_enter(cgroup);
		memory_file(file, size);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

/* Up to 7.0 a cgroup that was removed keeps its pages; since then its parent has them. */
static void check_dying(struct ledger *l)
{
	char path[256], dir[512], pod[256], text[64];
	long long parent, ours;
	struct table t;

	snprintf(pod, sizeof(pod), POD, 0, 0);
	snprintf(path, sizeof(path), LEAF, 0, 0, LEAVES);
	snprintf(dir, sizeof(dir), CGROUP "%s", path);
	mkdir(dir, 0755);
	table_need(&t, "owners");
	parent = pages_of(&t, NULL, "cgroup", pod);
	table_free(&t);
	file_in(path, "/dev/shm/left", 1 << 20);
	ledger_enter_fact(l, "a cgroup is removed", "", !rmdir(dir), strerror(errno));
	sleep(1);
	table_need(&t, "owners");
	if (kernel_at_least(7, 1))
		ours = pages_of(&t, NULL, "cgroup", pod) - parent;
	else
		ours = pages_of(&t, NULL, "dying_cgroup", path);
	snprintf(text, sizeof(text), "%lld pages", ours);
	ledger_enter_fact(l, "a removed cgroup keeps pages and name, or its parent has them", "", ours >= 256, text);
	ledger_enter_number(l, "removed: nobody lacks a name", "", 0, pages_of(&t, NULL, "cgroup", "unnamed"), 0);
	check_zones(l, &t, "removed");
	table_free(&t);
	unlink("/dev/shm/left");
}

/* The first byte of the file comes after the names, and before the walk. */
static void check_latecomer(struct ledger *l)
{
	static char text[16 << 20];
	int fd = open(PFNSCOPE_DIR "/owners", O_RDONLY);
	size_t length = 1;
	struct table t;
	char words[64];
	long long ours;
	ssize_t got;

	if (fd < 0 || read(fd, text, 1) != 1) {
		ledger_enter_fact(l, "owners is begun", "", false, strerror(errno));
		return;
	}
	mkdir(CGROUP "/late", 0755);
	file_in("/late", "/dev/shm/late", 1 << 20);
	while ((got = read(fd, text + length, sizeof(text) - 1 - length)) > 0)
		length += (size_t)got;
	close(fd);
	text[length] = '\0';
	ledger_enter_fact(l, "late: the file keeps its grammar", "", table_parse(&t, strdup(text)), t.error);
	ours = pages_of(&t, NULL, "cgroup", "unnamed");
	snprintf(words, sizeof(words), "%lld pages", ours);
	ledger_enter_fact(l, "late: a cgroup that came during the scan is counted as unnamed", "",
			  ours >= 256 && ours < 512, words);
	check_zones(l, &t, "late");
	table_free(&t);
	unlink("/dev/shm/late");
	rmdir(CGROUP "/late");
}

/* The text up to its first remark: it is cut where it is full. */
static void check_kept(struct ledger *l)
{
	char *text, *remark;
	struct table t;
	long row;

	cgroup_make("small", "memory.max", "8M");
	ledger_enter_fact(l, "kept: incidents are", "", !text_write(CONTROL, "4"), strerror(errno));
	row = was_killed(eater("small", -1)) ? wait_for(1) : -1;
	ledger_enter_fact(l, "kept: a cgroup's kill is", "", row >= 0, "not listed");
	cgroup_remove("small");
	if (row < 0)
		return;
	text = text_need(DIR_OF "/1/owners");
	remark = strstr(text, "\n# ");
	if (leaves == LEAVES)
		ledger_enter_fact(l, "kept: there is no room for all", "", remark && strstr(remark, "cut here"), "not cut");
	if (remark)
		remark[1] = '\0';
	ledger_enter_fact(l, "kept: the file keeps its grammar", "", table_parse(&t, text), t.error);
	check_zones(l, &t, "kept");
	table_free(&t);
	incidents_off();
}

int main(void)
{
	unsigned int wanted = paced(LEAVES / PODS) * PODS;
	struct ledger l = { 0 };
	struct memory m;
	double start = seconds();
	char path[256];

	leaves = make_leaves(wanted);
	made_in = seconds() - start;
	printf("# %u cgroups made in %.1f s\n", leaves, made_in);
	path_of(path, sizeof(path), 1);
	ledger_enter_number(&l, "cgroups are made", "", wanted, leaves, wanted);
	ledger_enter_fact(&l, "their names are as long as in a cluster", "", strlen(path) >= 190, path);
	for (unsigned int i = 0; i < leaves; i++)
		order[i] = i;
	qsort(order, leaves, sizeof(*order), by_inode);
	start = seconds();
	ledger_enter_fact(&l, "memory is mapped", "", memory_map(&m, LEAVES * PAGE), strerror(errno));
	take_pages(m.map);
	drain_lru();
	printf("# a page was taken in each in %.1f s\n", seconds() - start);
	check_leaves(&l);
	check_dying(&l);
	check_latecomer(&l);
	check_kept(&l);
	return ledger_report(&l, "owners");
}
