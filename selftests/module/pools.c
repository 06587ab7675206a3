// SPDX-License-Identifier: GPL-2.0-only
// guest: --nodes 2 --append hugepages=8 --kmod zstd --kmod zram
/*
 * `hugepages` against sysfs of the host and of each node, `swap` against /proc/swaps, `zswap`
 * against its debugfs folder, `shrinkers` against the objects that were made for one of them.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/table.h"
#include "lib/text.h"

#define HUGE_BYTES (2UL << 20)
#define PAGE_BYTES ((unsigned long)page_bytes())

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

/* --- hugepages --- */

static const char *const pool_files[][2] = {
	{ "total_hugepages", "nr_hugepages" },
	{ "free_hugepages", "free_hugepages" },
	{ "surplus_hugepages", "surplus_hugepages" },
	{ "reserved_hugepages", "resv_hugepages" },
	{ "overcommit_hugepages", "nr_overcommit_hugepages" },
};

static void compare_pool(struct ledger *l, const struct table *t, size_t row, const char *when)
{
	const char *node = table_cell(t, row, "node");
	char path[256], where[128], topic[96], *text;
	long long size = 0, ours;

	table_number(t, row, "size_bytes", &size);
	for (size_t i = 0; i < sizeof(pool_files) / sizeof(*pool_files); i++) {
		if (!strcmp(node, "-"))
			snprintf(path, sizeof(path), "/sys/kernel/mm/hugepages/hugepages-%lldkB/%s", size >> 10,
				 pool_files[i][1]);
		else
			snprintf(path, sizeof(path), "/sys/devices/system/node/node%s/hugepages/hugepages-%lldkB/%s", node,
				 size >> 10, pool_files[i][1]);
		text = text_read(path, NULL);
		snprintf(where, sizeof(where), "node %s, %lld bytes, %s", node, size, when);
		snprintf(topic, sizeof(topic), "%s equal sysfs %s", pool_files[i][0], pool_files[i][1]);
		if (!table_number(t, row, pool_files[i][0], &ours))
			ours = LEDGER_UNKNOWN;
		/* Reservations belong to no node, so sysfs has no file. */
		if (text)
			ledger_enter_fact(l, topic, where, ours == strtoll(text, NULL, 10), text);
		else
			ledger_enter_fact(l, "what a node does not have is -", where, ours == LEDGER_UNKNOWN, "a number");
		free(text);
	}
}

static void compare_pools(struct ledger *l, const char *when)
{
	struct table t;

	table_need(&t, "hugepages");
	/* 2 MiB and 1 GiB; a processor without the latter has one size. */
	ledger_enter_fact(l, "a row for the host and each node, and each size", when, t.rows == 6 || t.rows == 3, "not");
	for (size_t row = 0; row < t.rows; row++)
		compare_pool(l, &t, row, when);
	table_free(&t);
}

static void check_hugepages(struct ledger *l)
{
	char *map;

	compare_pools(l, "untouched");
	ledger_enter_fact(l, "the pool is not empty", "", !access("/sys/kernel/mm/hugepages/hugepages-2048kB", F_OK), "no");
	text_write("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_overcommit_hugepages", "3");
	map = mmap(NULL, 4 * HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	ledger_enter_fact(l, "huge pages can be mapped", "", map != MAP_FAILED, "refused");
	compare_pools(l, "4 reserved");
	if (map != MAP_FAILED) {
		map[0] = map[HUGE_BYTES] = 1;
		compare_pools(l, "2 of 4 used");
		munmap(map, 4 * HUGE_BYTES);
	}
	map = mmap(NULL, 10 * HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	ledger_enter_fact(l, "surplus pages can be mapped", "", map != MAP_FAILED, "refused");
	compare_pools(l, "2 surplus");
	if (map != MAP_FAILED)
		munmap(map, 10 * HUGE_BYTES);
}

/* --- swap --- */

#define ZRAM "/sys/block/zram0/"
#define SWAP_DEVICE "/dev/zram0"
#define SWAP_BYTES (64UL << 20)

/* What mkswap writes: version, last page, and the magic at the end of the first page. */
static bool make_swap(void)
{
	unsigned char page[65536] = { 0 };
	unsigned int version = 1, last = SWAP_BYTES / PAGE_BYTES - 1;
	int fd;
	bool ok;

	/* Where compression is the crypto layer's, nothing else is loaded; others have it built in. */
	text_write(ZRAM "comp_algorithm", "zstd");
	if (text_write(ZRAM "disksize", "64M"))
		return false;
	memcpy(page + 1024, &version, sizeof(version));
	memcpy(page + 1028, &last, sizeof(last));
	memcpy(page + PAGE_BYTES - 10, "SWAPSPACE2", 10);
	fd = open(SWAP_DEVICE, O_WRONLY);
	ok = fd >= 0 && write(fd, page, PAGE_BYTES) == (ssize_t)PAGE_BYTES && !fsync(fd);
	close(fd);
	return ok;
}

struct swap_line {
	char path[128], kind[32];
	long long size_kb, used_kb, priority;
};

static size_t read_swaps(struct swap_line *lines, size_t max)
{
	char *text = text_need("/proc/swaps"), *at = text, *line;
	size_t n = 0;

	while (n < max && (line = text_line(&at)))
		n += sscanf(line, "%127s %31s %lld %lld %lld", lines[n].path, lines[n].kind, &lines[n].size_kb,
			    &lines[n].used_kb, &lines[n].priority) == 5;
	free(text);
	return n;
}

static void round_of_swap(struct ledger *l)
{
	struct swap_line before[8], after[8];
	size_t n = read_swaps(before, 8);
	long long size, used, priority;
	struct table t;
	long row;

	table_need(&t, "swap");
	ledger_enter_fact(l, "swap: as many rows as /proc/swaps", "", t.rows == n && read_swaps(after, 8) == n, "other");
	for (size_t i = 0; i < n && i < t.rows; i++) {
		row = table_find(&t, "path", before[i].path, NULL);
		ledger_enter_fact(l, "swap: every device of /proc/swaps has a row", before[i].path, row >= 0, "missing");
		if (row < 0)
			continue;
		ledger_enter_fact(l, "swap: kind equals /proc/swaps", before[i].path,
				  !strcmp(table_cell(&t, (size_t)row, "kind"), before[i].kind), "differs");
		size = used = LEDGER_UNKNOWN / 8;
		table_number(&t, (size_t)row, "size_pages", &size);
		table_number(&t, (size_t)row, "used_pages", &used);
		priority = strtoll(table_cell(&t, (size_t)row, "priority"), NULL, 10);
		ledger_enter_number(l, "swap: size_pages equals /proc/swaps", before[i].path, before[i].size_kb, size * page_kb(),
				    after[i].size_kb);
		ledger_enter_number(l, "swap: used_pages equals /proc/swaps", before[i].path, before[i].used_kb, used * page_kb(),
				    after[i].used_kb);
		ledger_enter_number(l, "swap: priority equals /proc/swaps", before[i].path, before[i].priority, priority,
				    after[i].priority);
	}
	table_free(&t);
}

/* Anonymous memory that was pushed out; the caller keeps it. */
static char *push_out(size_t bytes)
{
	char *map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		return NULL;
	for (size_t i = 0; i < bytes; i += PAGE_BYTES)
		memcpy(map + i, &i, sizeof(i));
	madvise(map, bytes, MADV_PAGEOUT);
	return map;
}

static void check_some_used(struct ledger *l, const char *when, long long most)
{
	long long used = -1;
	struct table t;
	char text[64];

	table_need(&t, "swap");
	if (t.rows)
		table_number(&t, 0, "used_pages", &used);
	snprintf(text, sizeof(text), "%lld used pages", used);
	ledger_enter_fact(l, "swap: pages that were pushed out are counted", when, used > 1000 && used <= most, text);
	table_free(&t);
}

/* --- zswap --- */

static long long zswap_file(const char *name)
{
	char path[128], *text;
	long long value;

	snprintf(path, sizeof(path), "/sys/kernel/debug/zswap/%s", name);
	text = text_read(path, NULL);
	value = text ? strtoll(text, NULL, 10) : LEDGER_UNKNOWN;
	free(text);
	return value;
}

static long long vmstat(const char *name)
{
	char *text = text_need("/proc/vmstat");
	long long value;

	if (!text_value(text, name, &value))
		value = LEDGER_UNKNOWN;
	free(text);
	return value;
}

static long long zswap_cell(const struct table *t, const char *column)
{
	long long value;

	return t->rows && table_number(t, 0, column, &value) ? value : LEDGER_UNKNOWN;
}

static void round_of_zswap(struct ledger *l)
{
	long long stored = zswap_file("stored_pages"), out = vmstat("zswpout"), in = vmstat("zswpin");
	long long pages = vmstat("nr_zspages");
	struct table t;

	table_need(&t, "zswap");
	ledger_enter_number(l, "zswap: stored_pages equal debugfs", "", stored, zswap_cell(&t, "stored_pages"),
			    zswap_file("stored_pages"));
	ledger_enter_number(l, "zswap: out_pages equal vmstat zswpout", "", out, zswap_cell(&t, "out_pages"),
			    vmstat("zswpout"));
	ledger_enter_number(l, "zswap: in_pages equal vmstat zswpin", "", in, zswap_cell(&t, "in_pages"), vmstat("zswpin"));
	ledger_enter_number(l, "zswap: zsmalloc_pages equal vmstat nr_zspages", "", pages,
			    zswap_cell(&t, "zsmalloc_pages"), vmstat("nr_zspages"));
	table_free(&t);
}

static void check_zswap(struct ledger *l)
{
	bool has = !access("/sys/module/zswap", F_OK);
	struct table t;
	char *map;

	table_need(&t, "zswap");
	ledger_enter_fact(l, "zswap: unavailable where the kernel has none, and only there", "", has == !t.unavailable,
			  t.unavailable ? t.unavailable : "available");
	table_free(&t);
	if (!has)
		return;
	text_write("/sys/module/zswap/parameters/enabled", "1");
	map = push_out(8UL << 20);
	table_need(&t, "zswap");
	ledger_enter_fact(l, "zswap: pages that were pushed out are stored", "", zswap_cell(&t, "stored_pages") > 1000,
			  "fewer than 1000");
	table_free(&t);
	ledger_run(l, round_of_zswap, 40);
	text_write("/sys/module/zswap/parameters/enabled", "0");
	if (map)
		munmap(map, 8UL << 20);
}

static void check_swap(struct ledger *l)
{
	char *map, *more;

	ledger_run(l, round_of_swap, 5);
	ledger_enter_fact(l, "swap: a device can be made", "", make_swap(), strerror(errno));
	ledger_enter_fact(l, "swap: it can be switched on", "", !swapon(SWAP_DEVICE, SWAP_FLAG_PREFER | 7), strerror(errno));
	ledger_run(l, round_of_swap, 5);
	map = push_out(16UL << 20);
	check_some_used(l, "16 MiB", 8192);
	ledger_run(l, round_of_swap, 40);
	check_zswap(l);
	/* More than there is room for: a full device leaves the list of those with room. */
	more = push_out(80UL << 20);
	check_some_used(l, "full", SWAP_BYTES / PAGE_BYTES);
	ledger_run(l, round_of_swap, 40);
	if (more)
		munmap(more, 80UL << 20);
	if (map)
		munmap(map, 16UL << 20);
	ledger_enter_fact(l, "swap: it can be switched off", "", !swapoff(SWAP_DEVICE), strerror(errno));
	ledger_run(l, round_of_swap, 5);
}

/* --- shrinkers --- */

static long long shrinker_sum(const char *name)
{
	long long total = 0, value;
	struct table t;

	table_need(&t, "shrinkers");
	for (size_t row = 0; row < t.rows; row++)
		if (!strcmp(table_cell(&t, row, "name"), name) && table_number(&t, row, "root_objects", &value))
			total += value;
	table_free(&t);
	return total;
}

/* Unused dentries and inodes of sysfs are what the superblocks' shrinkers count. */
static void check_shrinkers(struct ledger *l)
{
	static const char *const known[] = { "super_cache_count", "count_shadow_nodes", "deferred_split_count" };
	char text[96];
	long long before, after;
	struct table t;

	table_need(&t, "shrinkers");
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		ledger_enter_fact(l, "shrinkers: those that every kernel has are listed", known[i],
				  table_find(&t, "name", known[i], NULL) >= 0, "missing");
	for (size_t row = 0; row < t.rows; row++) {
		bool numa = strstr(table_cell(&t, row, "flags"), "numa");

		ledger_enter_fact(l, "shrinkers: node is - where nodes are not told apart",
				  table_cell(&t, row, "name"), numa == !!strcmp(table_cell(&t, row, "node"), "-"), "not");
	}
	table_free(&t);

	text_write("/proc/sys/vm/drop_caches", "2");
	before = shrinker_sum("super_cache_count");
	if (system("find /sys/devices /sys/kernel/slab -type f >/tmp/found; ls -R /proc/self /sys >/tmp/found"))
		ledger_enter_fact(l, "shrinkers: find", "", false, "failed");
	after = shrinker_sum("super_cache_count");
	snprintf(text, sizeof(text), "%lld before, %lld after", before, after);
	ledger_enter_fact(l, "shrinkers: dentries that were looked up are counted", "", after > before + 500, text);
	text_write("/proc/sys/vm/drop_caches", "2");
	before = shrinker_sum("super_cache_count");
	snprintf(text, sizeof(text), "%lld, then %lld", after, before);
	ledger_enter_fact(l, "shrinkers: those that were dropped are not", "", before < after / 2, text);
}

int main(void)
{
	struct ledger l = { 0 };

	check_hugepages(&l);
	check_shrinkers(&l);
	check_swap(&l);
	return ledger_report(&l, "pools");
}
