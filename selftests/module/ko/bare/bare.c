// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the scan is measured against. When it is loaded, a loop reads one word of
 * every struct page, nine times; the fastest is in parameters/best_ns. From then
 * on parameters/zone_locks counts how often a task named by the parameter comm
 * takes the lock of a zone.
 */
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>

static char *comm = "reader";
module_param(comm, charp, 0400);
static unsigned long best_ns = ULONG_MAX;
module_param(best_ns, ulong, 0400);
static unsigned long pages;
module_param(pages, ulong, 0400);
static unsigned long zone_locks;
module_param(zone_locks, ulong, 0600);

#define MAX_ZONES 64
static spinlock_t *locks[MAX_ZONES];
static unsigned int nr_locks;

static unsigned long read_zone(const struct zone *zone)
{
	unsigned long pfn = zone->zone_start_pfn, sum = 0;
	unsigned long end = pfn + zone->spanned_pages, next;
	struct page *page;

	while (pfn < end) {
		next = min(ALIGN(pfn + 1, pageblock_nr_pages), end);
		page = pfn_to_online_page(pfn);
		for (; page && pfn < next; pfn++, page++, pages++)
			sum += READ_ONCE(*(unsigned long *)page);
		pfn = next;
		cond_resched();
	}
	return sum;
}

static struct zone *zone_at(unsigned int index)
{
	unsigned int node = index / MAX_NR_ZONES;

	if (node >= nr_node_ids || !node_online(node))
		return NULL;
	return &NODE_DATA(node)->node_zones[index % MAX_NR_ZONES];
}

static unsigned long read_all(void)
{
	unsigned long sum = 0;
	unsigned int i;

	pages = 0;
	for (i = 0; i < nr_node_ids * MAX_NR_ZONES; i++)
		if (zone_at(i))
			sum += read_zone(zone_at(i));
	return sum;
}

static int lock_taken(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned int i;

	if (strcmp(current->comm, comm))
		return 0;
	for (i = 0; i < nr_locks; i++)
		if (regs->di == (unsigned long)locks[i])
			zone_locks++;
	return 0;
}

static struct kprobe probes[] = {
	{ .symbol_name = "_raw_spin_lock", .pre_handler = lock_taken },
	{ .symbol_name = "_raw_spin_lock_irq", .pre_handler = lock_taken },
	{ .symbol_name = "_raw_spin_lock_irqsave", .pre_handler = lock_taken },
	{ .symbol_name = "_raw_spin_trylock", .pre_handler = lock_taken },
};

static int watch_locks(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < nr_node_ids * MAX_NR_ZONES && nr_locks < MAX_ZONES; i++)
		if (zone_at(i))
			locks[nr_locks++] = &zone_at(i)->lock;
	for (i = 0; i < ARRAY_SIZE(probes) && !ret; i++)
		ret = register_kprobe(&probes[i]);
	while (ret && --i)
		unregister_kprobe(&probes[i - 1]);
	return ret;
}

static int __init bare_init(void)
{
	unsigned long sum = 0;
	unsigned int i;
	u64 start;

	for (i = 0; i < 9; i++) {
		start = ktime_get_ns();
		sum += read_all();
		best_ns = min_t(u64, best_ns, ktime_get_ns() - start);
	}
	pr_debug("sum %lx\n", sum);
	return watch_locks();
}

static void __exit bare_exit(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		unregister_kprobe(&probes[i]);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_DESCRIPTION("A loop over all struct pages, to measure against");
MODULE_LICENSE("GPL");
