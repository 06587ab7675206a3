// SPDX-License-Identifier: GPL-2.0-only
/* What held the memory, by the counters of the report. */
#include "oomlog/explain.h"

#include <stdio.h>

static const char *const holder_names[PFNSCOPE_HOLDERS] = {
	[PFNSCOPE_HOLD_ANON] = "anon",
	[PFNSCOPE_HOLD_FILE] = "file",
	[PFNSCOPE_HOLD_SHMEM] = "shmem",
	[PFNSCOPE_HOLD_LRU] = "lru_active_plus_inactive_not_split",
	[PFNSCOPE_HOLD_UNEVICTABLE] = "unevictable",
	[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE] = "slab_unreclaimable",
	[PFNSCOPE_HOLD_SLAB_RECLAIMABLE] = "slab_reclaimable",
	[PFNSCOPE_HOLD_SLAB] = "slab_not_split",
	[PFNSCOPE_HOLD_KERNEL_STACK] = "kernel_stack",
	[PFNSCOPE_HOLD_PAGETABLES] = "pagetables",
	[PFNSCOPE_HOLD_UNACCOUNTED] = "unaccounted",
};

/**
 * pfnscope_oom_holder_name - the key of a holder
 * @holder: the holder
 *
 * Return: its name.
 */
const char *pfnscope_oom_holder_name(enum pfnscope_oom_holder holder)
{
	return holder_names[holder];
}

struct sizes {
	const struct pfnscope_oom_report *report;
	int64_t page_kb;
};

static int64_t kb(const struct sizes *s, enum pfnscope_oom_counter counter)
{
	int64_t pages = s->report->counters[counter];

	if (pages < 0 || pages > INT64_C(1) << 48)
		return PFNSCOPE_MISSING;
	return pages * s->page_kb;
}

static int64_t zero(int64_t value)
{
	return value == PFNSCOPE_MISSING ? 0 : value;
}

static int64_t sum3(const struct sizes *s, enum pfnscope_oom_counter first,
		    enum pfnscope_oom_counter second,
		    enum pfnscope_oom_counter third)
{
	int64_t a = kb(s, first), b = kb(s, second);

	if (a == PFNSCOPE_MISSING && b == PFNSCOPE_MISSING)
		return PFNSCOPE_MISSING;
	return zero(a) + zero(b) + zero(kb(s, third));
}

/* The anon lists hold shmem too: what is left is the tasks' own memory. */
static void split_lists(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t *hold = d->hold;

	d->anon_lru_kb = sum3(s, PFNSCOPE_MEM_ACTIVE_ANON,
			      PFNSCOPE_MEM_INACTIVE_ANON,
			      PFNSCOPE_MEM_ISOLATED_ANON);
	hold[PFNSCOPE_HOLD_FILE] = sum3(s, PFNSCOPE_MEM_ACTIVE_FILE,
					PFNSCOPE_MEM_INACTIVE_FILE,
					PFNSCOPE_MEM_ISOLATED_FILE);
	hold[PFNSCOPE_HOLD_SHMEM] = kb(s, PFNSCOPE_MEM_SHMEM);
	hold[PFNSCOPE_HOLD_ANON] = PFNSCOPE_MISSING;
	if (d->anon_lru_kb != PFNSCOPE_MISSING) {
		int64_t own = d->anon_lru_kb - zero(hold[PFNSCOPE_HOLD_SHMEM]);

		hold[PFNSCOPE_HOLD_ANON] = own > 0 ? own : 0;
	}
	hold[PFNSCOPE_HOLD_LRU] = PFNSCOPE_MISSING;
	if (d->anon_lru_kb == PFNSCOPE_MISSING)
		hold[PFNSCOPE_HOLD_LRU] = sum3(s, PFNSCOPE_MEM_ACTIVE,
					       PFNSCOPE_MEM_INACTIVE,
					       PFNSCOPE_MEM_ISOLATED_ANON);
}

static void usable(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t ram = kb(s, PFNSCOPE_MEM_RAM);
	int64_t reserved = kb(s, PFNSCOPE_MEM_RESERVED);
	int64_t managed = 0;

	d->usable_kb = PFNSCOPE_MISSING;
	if (ram != PFNSCOPE_MISSING && reserved != PFNSCOPE_MISSING) {
		d->usable_kb = ram - reserved;
		return;
	}
	for (size_t i = 0; i < s->report->nr_zones; i++) {
		int64_t zone = s->report->zones[i].managed_kb;

		if (zone < 0 || zone > INT64_C(1) << 50)
			return;
		managed += zone;
	}
	if (s->report->nr_zones) {
		d->usable_kb = managed;
		d->from_managed = true;
	}
}

static void unaccounted(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t left = d->usable_kb;

	d->hold[PFNSCOPE_HOLD_UNACCOUNTED] = PFNSCOPE_MISSING;
	if (left == PFNSCOPE_MISSING)
		return;
	left -= zero(d->anon_lru_kb) + zero(d->free_kb) +
		zero(kb(s, PFNSCOPE_MEM_FREE_PCP)) +
		zero(d->hold[PFNSCOPE_HOLD_FILE]);
	for (int i = PFNSCOPE_HOLD_LRU; i < PFNSCOPE_HOLD_UNACCOUNTED; i++)
		left -= zero(d->hold[i]);
	d->hold[PFNSCOPE_HOLD_UNACCOUNTED] = left;
}

static void largest(struct pfnscope_oom_dominant *d)
{
	for (int i = 0; i < PFNSCOPE_HOLDERS; i++) {
		if (d->hold[i] <= 0 || d->hold[i] <= d->kb)
			continue;
		d->kb = d->hold[i];
		snprintf(d->category, sizeof(d->category), "%s",
			 holder_names[i]);
	}
	if (!d->category[0])
		d->kb = PFNSCOPE_MISSING;
}

static void machine(const struct pfnscope_oom_report *report, int64_t page_kb,
		    struct pfnscope_oom_dominant *d)
{
	struct sizes s = { report, page_kb };
	int64_t *hold = d->hold;

	split_lists(&s, d);
	usable(&s, d);
	d->free_kb = kb(&s, PFNSCOPE_MEM_FREE);
	hold[PFNSCOPE_HOLD_UNEVICTABLE] = kb(&s, PFNSCOPE_MEM_UNEVICTABLE);
	hold[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE] =
		kb(&s, PFNSCOPE_MEM_SLAB_UNRECLAIMABLE);
	hold[PFNSCOPE_HOLD_SLAB_RECLAIMABLE] =
		kb(&s, PFNSCOPE_MEM_SLAB_RECLAIMABLE);
	hold[PFNSCOPE_HOLD_SLAB] = kb(&s, PFNSCOPE_MEM_SLAB);
	hold[PFNSCOPE_HOLD_PAGETABLES] = kb(&s, PFNSCOPE_MEM_PAGETABLES);
	hold[PFNSCOPE_HOLD_KERNEL_STACK] =
		report->counters[PFNSCOPE_MEM_KERNEL_STACK_KB];
	unaccounted(&s, d);
	d->known = true;
	largest(d);
}

static int64_t stat_kb(const struct pfnscope_oom_memcg *memcg,
		       enum pfnscope_memcg_stat stat)
{
	int64_t value = memcg->stats[stat];

	if (value == PFNSCOPE_MISSING || memcg->stats_in_kb)
		return value;
	return value / 1024;
}

static void offer(struct pfnscope_oom_dominant *d, const char *category,
		  int64_t size)
{
	if (size == PFNSCOPE_MISSING || size <= 0 || size <= d->kb)
		return;
	d->kb = size;
	snprintf(d->category, sizeof(d->category), "%s", category);
}

/* Page cache waiting to be written cannot be dropped to make room. */
static void offer_cache(struct pfnscope_oom_dominant *d, int64_t cache,
			int64_t dirty)
{
	bool mostly = dirty != PFNSCOPE_MISSING && dirty > cache / 2;

	offer(d, mostly ? "file (dirty page cache)" : "file (page cache)",
	      cache);
}

/* Kernel memory that the statistics do not explain is an answer of its own. */
static void offer_kernel(struct pfnscope_oom_dominant *d,
			 const struct pfnscope_oom_memcg *memcg)
{
	int64_t known = zero(stat_kb(memcg, PFNSCOPE_MEMCG_KERNEL_STACK)) +
			zero(stat_kb(memcg, PFNSCOPE_MEMCG_PAGETABLES)) +
			zero(stat_kb(memcg, PFNSCOPE_MEMCG_PERCPU)) +
			zero(stat_kb(memcg, PFNSCOPE_MEMCG_SLAB)) +
			zero(stat_kb(memcg, PFNSCOPE_MEMCG_VMALLOC));

	if (memcg->kmem_usage_kb != PFNSCOPE_MISSING &&
	    known < memcg->kmem_usage_kb / 2)
		offer(d, "kernel memory (kmem) not broken down",
		      memcg->kmem_usage_kb);
}

static void cgroup(const struct pfnscope_oom_memcg *memcg,
		   struct pfnscope_oom_dominant *d)
{
	offer(d, "anon", stat_kb(memcg, PFNSCOPE_MEMCG_ANON));
	offer(d, "anon (rss)", stat_kb(memcg, PFNSCOPE_MEMCG_RSS));
	offer_cache(d, stat_kb(memcg, PFNSCOPE_MEMCG_FILE),
		    stat_kb(memcg, PFNSCOPE_MEMCG_FILE_DIRTY));
	offer_cache(d, stat_kb(memcg, PFNSCOPE_MEMCG_CACHE),
		    stat_kb(memcg, PFNSCOPE_MEMCG_DIRTY));
	offer(d, "shmem", stat_kb(memcg, PFNSCOPE_MEMCG_SHMEM));
	offer(d, "slab_unreclaimable",
	      stat_kb(memcg, PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE));
	offer(d, "slab_reclaimable",
	      stat_kb(memcg, PFNSCOPE_MEMCG_SLAB_RECLAIMABLE));
	offer(d, "kernel_stack", stat_kb(memcg, PFNSCOPE_MEMCG_KERNEL_STACK));
	offer(d, "pagetables", stat_kb(memcg, PFNSCOPE_MEMCG_PAGETABLES));
	offer(d, "percpu", stat_kb(memcg, PFNSCOPE_MEMCG_PERCPU));
	offer(d, "sock", stat_kb(memcg, PFNSCOPE_MEMCG_SOCK));
	offer(d, "vmalloc", stat_kb(memcg, PFNSCOPE_MEMCG_VMALLOC));
	offer_kernel(d, memcg);
	if (!d->category[0])
		d->kb = PFNSCOPE_MISSING;
}

/**
 * pfnscope_oom_dominant - what held the memory
 * @report: the report
 * @page_kb: page size, PFNSCOPE_MISSING where it is not known
 * @dominant: gets the answer
 */
void pfnscope_oom_dominant(const struct pfnscope_oom_report *report,
			   int64_t page_kb,
			   struct pfnscope_oom_dominant *dominant)
{
	*dominant = (struct pfnscope_oom_dominant){ 0 };
	if (report->kind == PFNSCOPE_OOM_MEMCG)
		cgroup(&report->memcg, dominant);
	else if (page_kb != PFNSCOPE_MISSING)
		machine(report, page_kb, dominant);
	else
		dominant->kb = PFNSCOPE_MISSING;
}
