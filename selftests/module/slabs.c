// SPDX-License-Identifier: GPL-2.0-only
// configs: slabs
// guest:
// guest: --nodes 2 --append slab_nomerge --kmod xfs --kmod loop --kmod vfat --kmod nls_cp437 --kmod nls_ascii
/*
 * `slabs` against /proc/slabinfo, summed over the nodes, and against what /sys/kernel/slab says of
 * each node; with a long partial list; with a cache that goes away under the reader.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ko.h"
#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define MAX_NODES 8

/* One line of slabinfo. */
struct info {
	char name[96];
	long long active, objects, size, per_slab, pages, slabs;
};

static bool parse_info(char *line, struct info *info)
{
	return sscanf(line, "%95s %lld %lld %lld %lld %lld : tunables %*u %*u %*u : slabdata %*u %lld", info->name,
		      &info->active, &info->objects, &info->size, &info->per_slab, &info->pages, &info->slabs) == 7;
}

static size_t read_infos(struct info **infos)
{
	char *text = text_need("/proc/slabinfo"), *at = text, *line;
	size_t n = 0;

	*infos = NULL;
	while ((line = text_line(&at))) {
		*infos = realloc(*infos, (n + 1) * sizeof(**infos));
		n += parse_info(line, *infos + n);
	}
	free(text);
	return n;
}

static const struct info *find_info(const struct info *infos, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(infos[i].name, name))
			return &infos[i];
	return NULL;
}

/* The sum of a column over the nodes; LEDGER_UNKNOWN where a cell is no number or there is no row. */
static long long sum(const struct table *t, const char *name, const char *column)
{
	long long total = 0, value;
	bool found = false;

	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(table_cell(t, row, "name"), name))
			continue;
		if (!table_number(t, row, column, &value))
			return LEDGER_UNKNOWN;
		total += value;
		found = true;
	}
	return found ? total : LEDGER_UNKNOWN;
}

static long long shape(const struct table *t, const char *name, const char *column)
{
	long row = table_find(t, "name", name, NULL);
	long long value;

	return row >= 0 && table_number(t, (size_t)row, column, &value) ? value : LEDGER_UNKNOWN;
}

static void compare(struct ledger *l, const struct table *t, const struct info *a, const struct info *b)
{
	long long order = shape(t, a->name, "order");

	ledger_enter_number(l, "objects equal slabinfo", a->name, a->objects, sum(t, a->name, "objects"), b->objects);
	ledger_enter_number(l, "active_objects equal slabinfo", a->name, a->active, sum(t, a->name, "active_objects"),
			    b->active);
	ledger_enter_number(l, "slabs equal slabinfo", a->name, a->slabs, sum(t, a->name, "slabs"), b->slabs);
	ledger_enter_fact(l, "size_bytes equals slabinfo", a->name, shape(t, a->name, "size_bytes") == a->size, "differs");
	ledger_enter_fact(l, "objects_per_slab equals slabinfo", a->name,
			  shape(t, a->name, "objects_per_slab") == a->per_slab, "differs");
	ledger_enter_fact(l, "order equals slabinfo", a->name, order >= 0 && 1LL << order == a->pages, "differs");
	if (a->objects == a->slabs * a->per_slab)
		ledger_enter_number(l, "held_bytes is what the slabs of slabinfo take", a->name,
				    a->slabs * a->pages * page_bytes(), sum(t, a->name, "held_bytes"),
				    b->slabs * b->pages * page_bytes());
}

static void check_row(struct ledger *l, const struct table *t, size_t row)
{
	const char *name = table_cell(t, row, "name");
	long long objects = 0, active = 0, spare = 0, held = 0, wasted = 0, size = 0, partial = 0, walked = 0, sheaf = 0;

	table_number(t, row, "objects", &objects);
	table_number(t, row, "active_objects", &active);
	table_number(t, row, "free_objects", &spare);
	table_number(t, row, "held_bytes", &held);
	table_number(t, row, "wasted_bytes", &wasted);
	table_number(t, row, "object_size_bytes", &size);
	table_number(t, row, "partial_slabs", &partial);
	table_number(t, row, "walked_slabs", &walked);
	ledger_enter_fact(l, "active and free objects make all", name, active + spare == objects, "they do not");
	ledger_enter_fact(l, "wasted_bytes is what the payload leaves of held_bytes", name,
			  wasted == (held > active * size ? held - active * size : 0), "it is not");
	ledger_enter_fact(l, "walked_slabs is at most partial_slabs and 1000", name, walked <= partial && walked <= 1000,
			  "it is more");
	ledger_enter_fact(l, "CPUs keep either objects or slabs", name,
			  table_number(t, row, "sheaf_objects", &sheaf) !=
			  table_number(t, row, "cpu_partial_slabs", &sheaf), "both or neither");
}

static void round_of_slabinfo(struct ledger *l)
{
	struct info *before, *after;
	size_t na = read_infos(&before), nb;
	struct table t;

	table_need(&t, "slabs");
	nb = read_infos(&after);
	ledger_enter_fact(l, "slabinfo lists caches", "", na > 50, "fewer than 50");
	for (size_t i = 0; i < na; i++) {
		const struct info *b = find_info(after, nb, before[i].name);

		if (!b)
			continue;
		ledger_enter_fact(l, "every cache of slabinfo has a row", b->name,
				  table_find(&t, "name", b->name, NULL) >= 0, "missing");
		compare(l, &t, &before[i], b);
	}
	for (size_t row = 0; row < t.rows; row++) {
		const char *name = table_cell(&t, row, "name");

		ledger_enter_fact(l, "no cache beside those of slabinfo", name,
				  find_info(before, na, name) || find_info(after, nb, name), "not in slabinfo");
		check_row(l, &t, row);
	}
	table_free(&t);
	free(before);
	free(after);
}

/* --- node by node: /sys/kernel/slab/NAME/FILE is "TOTAL N0=A N1=B" --- */

static bool sysfs_node(const char *name, const char *file, int node, long long *value)
{
	char path[256], key[16], *text, *at;

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/%s", name, file);
	text = text_read(path, NULL);
	if (!text)
		return false;
	snprintf(key, sizeof(key), " N%d=", node);
	at = strstr(text, key);
	*value = at ? strtoll(at + strlen(key), NULL, 10) : 0;
	free(text);
	return true;
}

static bool sysfs_number(const char *name, const char *file, long long *value)
{
	char path[256], *text;

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/%s", name, file);
	text = text_read(path, NULL);
	if (!text)
		return false;
	*value = strtoll(text, NULL, 10);
	free(text);
	return true;
}

static void compare_node(struct ledger *l, const char *name, int node, const char *column, const char *file)
{
	char where[128], topic[96], text[16];
	long long before, ours, after;
	struct table t;
	long row;

	snprintf(text, sizeof(text), "%d", node);
	if (!sysfs_node(name, file, node, &before))
		return;
	table_need(&t, "slabs");
	row = table_find(&t, "name", name, "node", text, NULL);
	if (row < 0 || !table_number(&t, (size_t)row, column, &ours) || !sysfs_node(name, file, node, &after))
		ours = LEDGER_UNKNOWN, after = before;
	snprintf(where, sizeof(where), "%s on node %d", name, node);
	snprintf(topic, sizeof(topic), "%s of a node equal sysfs %s", column, file);
	ledger_enter_number(l, topic, where, before, ours, after);
	table_free(&t);
}

static const char *const sample[] = { "dentry", "inode_cache", "filp", "kmalloc-512", "radix_tree_node", "task_struct" };

static void round_of_nodes(struct ledger *l)
{
	for (size_t i = 0; i < sizeof(sample) / sizeof(*sample); i++) {
		for (int node = 0; node < MAX_NODES; node++) {
			char path[64];

			snprintf(path, sizeof(path), "/sys/devices/system/node/node%d", node);
			if (access(path, F_OK))
				break;
			compare_node(l, sample[i], node, "objects", "total_objects");
			compare_node(l, sample[i], node, "partial_slabs", "partial");
		}
	}
}

static bool has_flag(const struct table *t, size_t row, const char *flag)
{
	char list[128], want[32];

	snprintf(list, sizeof(list), ",%s,", table_cell(t, row, "flags"));
	snprintf(want, sizeof(want), ",%s,", flag);
	return strstr(list, want);
}

static void check_shape(struct ledger *l, const struct table *t, size_t row)
{
	static const char *const flags[][2] = {
		{ "reclaimable", "reclaim_account" }, { "dma", "cache_dma" }, { "rcu", "destroy_by_rcu" },
	};
	const char *name = table_cell(t, row, "name");
	long long ours = LEDGER_UNKNOWN, theirs;
	char topic[96];

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		if (!sysfs_number(name, flags[i][1], &theirs))
			continue;
		snprintf(topic, sizeof(topic), "flag %s equals sysfs %s", flags[i][0], flags[i][1]);
		ledger_enter_fact(l, topic, name, has_flag(t, row, flags[i][0]) == !!theirs, "differs");
	}
	if (sysfs_number(name, "object_size", &theirs)) {
		table_number(t, row, "object_size_bytes", &ours);
		ledger_enter_fact(l, "object_size_bytes equals sysfs object_size", name, ours == theirs, "differs");
	}
	if (sysfs_number(name, "aliases", &theirs)) {
		table_number(t, row, "aliases", &ours);
		ledger_enter_fact(l, "aliases equal sysfs aliases", name, ours == theirs, "differs");
	}
}

static void check_shapes(struct ledger *l)
{
	struct table t;

	table_need(&t, "slabs");
	for (size_t row = 0; row < t.rows; row++)
		check_shape(l, &t, row);
	table_free(&t);
}

/* --- more partial slabs than are looked at --- */

#define FILES 30000

static void make_files(bool keep)
{
	char path[64];

	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "/tmp/many/%d", i);
		if (keep)
			close(open(path, O_CREAT | O_WRONLY, 0600));
		else if (i % 8)
			unlink(path);
	}
}

static void check_extrapolation(struct ledger *l)
{
	static const char cache[] = "shmem_inode_cache";
	const struct info *info;
	struct info *infos;
	struct table t;
	long long active, partial, walked, nodes = 0;
	char text[128];
	size_t n;

	/* A tmpfs has half as many inodes as the memory has pages, if it is not asked for more. */
	mkdir("/tmp/many", 0700);
	mount("many", "/tmp/many", "tmpfs", 0, "nr_inodes=0");
	make_files(true);
	make_files(false);
	sleep(2);
	table_need(&t, "slabs");
	n = read_infos(&infos);
	info = find_info(infos, n, cache);
	active = sum(&t, cache, "active_objects");
	partial = sum(&t, cache, "partial_slabs");
	walked = sum(&t, cache, "walked_slabs");
	for (size_t row = 0; row < t.rows; row++)
		nodes += !strcmp(table_cell(&t, row, "name"), cache);
	snprintf(text, sizeof(text), "partial %lld walked %lld on %lld nodes, active %lld, slabinfo %lld", partial, walked,
		 nodes, active, info ? info->active : -1);
	ledger_enter_fact(l, "a list of more than 1000 partial slabs is not walked whole", text,
			  partial > 1000 && walked <= 1000 * nodes && (nodes > 1 || walked == 1000), text);
	ledger_enter_fact(l, "what is extrapolated is within 10 % of slabinfo", text,
			  info && active > info->active * 9 / 10 && active < info->active * 11 / 10, text);
	free(infos);
	table_free(&t);
}

/* --- caches that go while the reader stands on them --- */

static bool lists(const char *name)
{
	struct table t;
	bool found;

	table_need(&t, "slabs");
	found = table_find(&t, "name", name, NULL) >= 0;
	table_free(&t);
	return found;
}

static size_t read_rest(int fd)
{
	char buffer[4096];
	size_t all = 0;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		all += (size_t)n;
	return n ? 0 : all;
}

/* The xfs module has some twenty caches, the newest, so they are the first rows: the reader holds them all. */
static void check_destroy(struct ledger *l)
{
	static const char topic[] = "caches may go under the reader";
	char first[1024];
	int fd;

	if (access("/sys/module/xfs", F_OK))
		return;
	ledger_enter_fact(l, topic, "before", lists("xfs_inode") && lists("xfs_buf"), "not listed");
	fd = open(PFNSCOPE_DIR "/slabs", O_RDONLY);
	ledger_enter_fact(l, topic, "first rows", read(fd, first, sizeof(first)) > 0, "empty");
	ledger_enter_fact(l, topic, "unload", !ko_unload("xfs"), strerror(errno));
	ledger_enter_fact(l, "caches that went are not listed any more", "", !lists("xfs_inode") && !lists("xfs_buf"),
			  "listed");
	ledger_enter_fact(l, topic, "other rows", read_rest(fd) > 0, "cut");
	close(fd);
	ledger_enter_fact(l, topic, "sysfs", access("/sys/kernel/slab/xfs_inode", F_OK), "still there");
}

int main(void)
{
	struct ledger l = { 0 };

	ledger_run(&l, round_of_slabinfo, 40);
	ledger_run(&l, round_of_nodes, 12);
	check_shapes(&l);
	check_destroy(&l);
	check_extrapolation(&l);
	return ledger_report(&l, "slabs");
}
