// SPDX-License-Identifier: GPL-2.0-only
// configs: slabs
// guest:
// guest: --nodes 2 --mem 1G --append hugepages=16
/* `owners` against the kernel's counters, and slab cache by slab cache against /proc/slabinfo. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/delta.h"
#include "lib/ledger.h"
#include "lib/pace.h"
#include "lib/table.h"
#include "lib/text.h"

/* Pages of an owner in all zones. */
static long long pages_of(const struct table *t, const char *kind, const char *owner)
{
	long long sum = 0, pages;
	size_t row;

	for (row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "kind"), kind) && !strcmp(table_cell(t, row, "owner"), owner) &&
		    table_number(t, row, "pages", &pages))
			sum += pages;
	return sum;
}

static long long stat(const char *vmstat, const char *name)
{
	long long value;

	return text_value(vmstat, name, &value) ? value : 0;
}

static long long anon(const char *s) { return stat(s, "nr_anon_pages"); }
static long long shmem(const char *s) { return stat(s, "nr_shmem"); }
static long long tables(const char *s) { return stat(s, "nr_page_table_pages"); }
static long long mlocked(const char *s) { return stat(s, "nr_mlock"); }
static long long huge(const char *s) { return stat(s, "nr_anon_transparent_hugepages") * 512; }

static long long file(const char *s)
{
	return stat(s, "nr_file_pages") - stat(s, "nr_shmem") - stat(s, "nr_swapcached");
}

static const struct match {
	const char *kind, *owner, *counter;
	long long (*value)(const char *vmstat);
} matches[] = {
	{ "state", "anon.mapped", "nr_anon_pages", anon },
	{ "class", "file", "nr_file_pages less nr_shmem", file },
	{ "class", "shmem", "nr_shmem", shmem },
	{ "class", "page_table", "nr_page_table_pages", tables },
};

static long long mlocked_pages(const struct table *t)
{
	return pages_of(t, "state", "anon.mlocked") + pages_of(t, "state", "file.mlocked") +
	       pages_of(t, "state", "shmem.mlocked");
}

static long long hugetlb(const char *meminfo)
{
	long long pages;

	return text_value(meminfo, "HugePages_Total:", &pages) ? pages * 512 : 0;
}

/* The smallest order an object of that many bytes fits in. */
static long long order_for(long long bytes)
{
	long long order = 0;

	while ((sysconf(_SC_PAGESIZE) << order) < bytes)
		order++;
	return order;
}

/*
 * Pages of a cache by a line of slabinfo: slabs times pages for each. Where no block of that order was free,
 * a slab is of the smallest order its objects fit in; the objects that are then lacking tell of how many.
 */
static bool slab_line(const char *line, char *name, long long *pages)
{
	long long objects, size, per_slab, slab_pages, slabs, least_pages, fewer, small;

	if (sscanf(line, "%63s %*d %lld %lld %lld %lld : tunables %*d %*d %*d : slabdata %*d %lld", name, &objects,
		   &size, &per_slab, &slab_pages, &slabs) != 6)
		return false;
	least_pages = 1LL << order_for(size);
	fewer = per_slab - least_pages * sysconf(_SC_PAGESIZE) / size;
	small = fewer > 0 ? (slabs * per_slab - objects) / fewer : 0;
	*pages = (slabs - small) * slab_pages + small * least_pages;
	return true;
}

static void compare_slabs(struct ledger *l, const struct table *t, char *before, char *after)
{
	char first[64], second[64], *a, *b;
	long long x, y;

	while ((a = text_line(&before)) && (b = text_line(&after)))
		if (slab_line(a, first, &x) && slab_line(b, second, &y) && !strcmp(first, second))
			ledger_enter_number(l, "slab pages of each cache equal /proc/slabinfo", first, x,
					    pages_of(t, "slab", first), y);
}

/* Compound pages of the kernel's own. */
static long long compound_pages(const struct table *t)
{
	long long sum = 0, pages;

	for (size_t row = 0; row < t->rows; row++)
		if (!strcmp(table_cell(t, row, "kind"), "order") &&
		    !strncmp(table_cell(t, row, "owner"), "kernel-", 7) && table_number(t, row, "pages", &pages))
			sum += pages;
	return sum;
}

/*
 * What kmalloc() takes from the page allocator counts as slab that cannot be reclaimed. Before 6.15
 * such pages have no mark: they are among the compound pages of class kernel.
 */
static void compare_slab_totals(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	long long first = stat(before, "nr_slab_reclaimable") + stat(before, "nr_slab_unreclaimable");
	long long second = stat(after, "nr_slab_reclaimable") + stat(after, "nr_slab_unreclaimable");
	long long ours = pages_of(t, "class", "slab") + pages_of(t, "class", "large_kmalloc");

	ledger_enter_number(l, "state slab.reclaimable equals nr_slab_reclaimable", "all zones",
			    stat(before, "nr_slab_reclaimable"), pages_of(t, "state", "slab.reclaimable"),
			    stat(after, "nr_slab_reclaimable"));
	if (kernel_at_least(6, 15))
		ledger_enter_number(l, "slab and large_kmalloc equal nr_slab_*", "all zones", first, ours, second);
	else if (first == second)
		ledger_enter_number(l, "nr_slab_* is slab, and compound pages of class kernel at most", "all zones", 1,
				    ours <= first && first <= ours + compound_pages(t), 1);
}

/* Stacks of idle tasks, 16 KiB for each CPU, belong to no process and cannot be found. KASAN doubles all stacks. */
static void compare_stacks(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	long long a, b, ours = pages_of(t, "class", "kernel_stack"), stack = (pace() > 1 ? 32 : 16) / page_kb(),
		  slack = sysconf(_SC_NPROCESSORS_ONLN) * stack;

	if (text_value(before, "KernelStack:", &a) && text_value(after, "KernelStack:", &b) && a == b)
		ledger_enter_number(l, "kernel stacks equal KernelStack less those of idle tasks", "all zones", 1,
				    a / page_kb() - ours >= 0 && a / page_kb() - ours <= slack, 1);
}

/* The kernel counts only those that are mapped as one; they do not become small pages by that. */
static void compare_huge(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	long long ours = pages_of(t, "order", "anon-9");

	ledger_enter_number(l, "order anon-9 is at least nr_anon_transparent_hugepages", "all zones",
			    huge(before) == huge(after), huge(before) == huge(after) && ours >= huge(before), 1);
}

/* Folds what the CPUs have counted for themselves into the totals. */
static char *fresh_vmstat(void)
{
	text_write("/proc/sys/vm/stat_refresh", "1");
	return text_need("/proc/vmstat");
}

static void round_of(struct ledger *l)
{
	char *slabs = text_need("/proc/slabinfo"), *meminfo = text_need("/proc/meminfo"), *vmstat = fresh_vmstat();
	char *slabs2, *meminfo2, *vmstat2, topic[96];
	struct table t;
	size_t i;

	table_need(&t, "owners");
	vmstat2 = fresh_vmstat();
	meminfo2 = text_need("/proc/meminfo");
	slabs2 = text_need("/proc/slabinfo");
	for (i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		snprintf(topic, sizeof(topic), "%s %s equals %s", matches[i].kind, matches[i].owner,
			 matches[i].counter);
		ledger_enter_number(l, topic, "all zones", matches[i].value(vmstat),
				    pages_of(&t, matches[i].kind, matches[i].owner), matches[i].value(vmstat2));
	}
	ledger_enter_number(l, "mlocked pages equal nr_mlock", "all zones", mlocked(vmstat), mlocked_pages(&t),
			    mlocked(vmstat2));
	ledger_enter_number(l, "class hugetlb equals HugePages_Total", "all zones", hugetlb(meminfo),
			    pages_of(&t, "class", "hugetlb"), hugetlb(meminfo2));
	compare_slab_totals(l, &t, vmstat, vmstat2);
	compare_stacks(l, &t, meminfo, meminfo2);
	compare_huge(l, &t, vmstat, vmstat2);
	compare_slabs(l, &t, slabs, slabs2);
	table_free(&t);
	free(vmstat);
	free(vmstat2);
	free(meminfo);
	free(meminfo2);
	free(slabs);
	free(slabs2);
}

/* Something of everything: a huge page, locked pages. */
static void occupy(void)
{
	char *huge_pages = aligned_alloc(2 << 20, 8 << 20), *locked = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
									  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (!huge_pages || locked == MAP_FAILED)
		return;
	madvise(huge_pages, 8 << 20, MADV_HUGEPAGE);
	memset(huge_pages, 1, 8 << 20);
	mlock(locked, 1 << 20);
}

/* Pages in the pagesets of a zone, whose part of /proc/zoneinfo ends at @end. */
static long long pagesets(const char *text, const char *end)
{
	long long sum = 0, count;

	for (; text && text < end; text = strchr(text + 1, '\n'))
		if (sscanf(text, " count: %lld", &count) == 1)
			sum += count;
	return sum;
}

/* The row of the zone, -1 where there is none. */
static long long pcp_row(const struct table *t, const char *node, const char *zone)
{
	long row = table_find(t, "node", node, "zone", zone, "kind", "counter", "owner", "pcp", NULL);
	long long pages;

	return row >= 0 && table_number(t, (size_t)row, "pages", &pages) ? pages : -1;
}

static void compare_pcp(struct ledger *l, const struct table *t, const char *before, const char *after)
{
	char node[8], zone[16], where[64];
	const char *next, *same;

	for (; before && *before; before = next) {
		next = strstr(before + 1, "\nNode ");
		same = strstr(after + 1, "\nNode ");
		if (sscanf(before, " Node %7[0-9], zone %15s", node, zone) == 2 && pcp_row(t, node, zone) >= 0) {
			snprintf(where, sizeof(where), "node %s zone %s", node, zone);
			ledger_enter_number(l, "counter pcp equals the pagesets of /proc/zoneinfo", where,
					    pagesets(before, next ? next : before + strlen(before)),
					    pcp_row(t, node, zone), pagesets(after, same ? same : after + strlen(after)));
		}
		after = same ? same : after;
	}
}

/* Into memory that is there already. */
static void read_again(int fd, char *text, size_t size, size_t from)
{
	ssize_t got;

	while (from < size - 1 && (got = pread(fd, text + from, size - 1 - from, (off_t)from)) > 0)
		from += (size_t)got;
	text[from] = '\0';
}

/*
 * Whoever opens a file takes pages off these lists. So all are open before the first look: one byte of
 * ours brings the header, and all that the walk needs, but no walk.
 */
static void round_of_pcp(struct ledger *l)
{
	static char before[65536], after[65536], text[262144];
	int fd = open(PFNSCOPE_DIR "/owners", O_RDONLY), zoneinfo = open("/proc/zoneinfo", O_RDONLY);
	struct table t;

	memset(text, 0, sizeof(text));
	read_again(zoneinfo, before, sizeof(before), 0);
	read_again(zoneinfo, after, sizeof(after), 0);
	if (fd < 0 || zoneinfo < 0 || pread(fd, text, 1, 0) != 1) {
		printf("Bail out! owners or zoneinfo: %s\n", strerror(errno));
		exit(1);
	}
	read_again(zoneinfo, before, sizeof(before), 0);
	read_again(fd, text, sizeof(text), 1);
	read_again(zoneinfo, after, sizeof(after), 0);
	close(fd);
	close(zoneinfo);
	if (!table_parse(&t, strdup(text))) {
		printf("Bail out! owners: %s\n", t.error);
		exit(1);
	}
	compare_pcp(l, &t, before, after);
	table_free(&t);
}

int main(void)
{
	struct ledger l = { 0 };

	occupy();
	text_write("/proc/sys/vm/compact_memory", "1");
	ledger_run(&l, round_of, 60);
	ledger_run(&l, round_of_pcp, 60);
	return ledger_report(&l, "owners");
}
