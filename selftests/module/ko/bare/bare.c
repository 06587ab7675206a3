// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the scan is measured against: whoever reads parameters/lines has a loop
 * read the first cache line of every struct page, as often as he reads, so that
 * it can be timed in turn with the scan. For a processor one word of it is as
 * good as all; under emulation, which has no caches, it is not: parameters/words
 * is a loop that reads one word. What is printed is how many pages there were.
 *
 * parameters/zone_locks counts how often a task named by the
 * parameter comm takes the lock of a zone, but for what its allocations of memory
 * take, which are in parameters/alloc_locks.
 */
#include <linux/cache.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

static char *comm = "reader";
module_param(comm, charp, 0400);
static unsigned long pages;
static unsigned long zone_locks;
module_param(zone_locks, ulong, 0600);
static unsigned long alloc_locks;
module_param(alloc_locks, ulong, 0600);

#define MAX_ZONES 64
static spinlock_t *locks[MAX_ZONES];
static unsigned int nr_locks;

static __always_inline unsigned long read_line(const struct page *page)
{
	const unsigned long *word = (const unsigned long *)page;
	unsigned long sum = 0;
	unsigned int i;

#pragma GCC unroll 8
	for (i = 0; i < L1_CACHE_BYTES / sizeof(*word); i++)
		sum += READ_ONCE(word[i]);
	return sum;
}

static __always_inline unsigned long read_word(const struct page *page)
{
	return READ_ONCE(*(const unsigned long *)page);
}

static __always_inline unsigned long
read_zone(const struct zone *zone,
	  unsigned long (*read)(const struct page *page))
{
	unsigned long pfn = zone->zone_start_pfn, sum = 0;
	unsigned long end = pfn + zone->spanned_pages, next, start;
	struct page *page;

	while (pfn < end) {
		next = min(ALIGN(pfn + 1, pageblock_nr_pages), end);
		page = pfn_to_online_page(pfn);
		start = pfn;
		for (; page && pfn < next; pfn++, page++)
			sum += read(page);
		pages += page ? next - start : 0;
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

static __always_inline unsigned long
read_all(unsigned long (*read)(const struct page *page))
{
	unsigned long sum = 0;
	unsigned int i;

	pages = 0;
	for (i = 0; i < nr_node_ids * MAX_NR_ZONES; i++)
		if (zone_at(i))
			sum += read_zone(zone_at(i), read);
	return sum;
}

/* The sum is of no use, but for the compiler, which must not leave the loop out. */
static int get_lines(char *buffer, const struct kernel_param *unused)
{
	unsigned long sum = read_all(read_line);

	pr_debug("sum %lx\n", sum);
	return sprintf(buffer, "%lu\n", pages);
}

static int get_words(char *buffer, const struct kernel_param *unused)
{
	unsigned long sum = read_all(read_word);

	pr_debug("sum %lx\n", sum);
	return sprintf(buffer, "%lu\n", pages);
}

static const struct kernel_param_ops lines_ops = { .get = get_lines };
static const struct kernel_param_ops words_ops = { .get = get_words };
module_param_cb(lines, &lines_ops, NULL, 0400);
module_param_cb(words, &words_ops, NULL, 0400);

/* Taken for memory that the task allocates or frees. */
static bool is_allocating(void)
{
	static const char *const names[] = {
		"get_page_from_freelist", "rmqueue", "alloc_pages", "__alloc_pages",
		"__alloc_frozen_pages", "free_unref_page", "free_unref_folios",
		"free_pages", "__free_pages", "free_frozen_page", "__free_frozen_page",
		"drain_pages", "free_pcppages", "vmalloc", "__vmalloc", "vfree",
	};
	unsigned long stack[32];
	char name[KSYM_SYMBOL_LEN];
	unsigned int i, k, depth;

	depth = stack_trace_save(stack, ARRAY_SIZE(stack), 0);
	for (i = 0; i < depth; i++) {
		sprint_symbol_no_offset(name, stack[i]);
		for (k = 0; k < ARRAY_SIZE(names); k++)
			if (!strncmp(name, names[k], strlen(names[k])))
				return true;
	}
	return false;
}

static int lock_taken(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned int i;

	if (strcmp(current->comm, comm))
		return 0;
	for (i = 0; i < nr_locks; i++)
		if (regs_get_kernel_argument(regs, 0) == (unsigned long)locks[i])
			break;
	if (i == nr_locks)
		return 0;
	if (is_allocating())
		alloc_locks++;
	else
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
