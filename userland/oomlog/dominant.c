// SPDX-License-Identifier: GPL-2.0-only
/* What held the memory: of the machine, or of a memory cgroup. */
#include "base/checked.h"
#include "oomlog/held.h"

#include <stdio.h>

static int64_t stat_kb(const struct pfnscope_oom_memcg *memcg,
		       enum pfnscope_memcg_stat stat)
{
	int64_t value = memcg->stats[stat];

	if (value == PFNSCOPE_MISSING)
		return value;
	return memcg->stats_in_kb ? pfnscope_plus(value, memcg->below[stat]) : value / 1024;
}

/* Since 6.11 v1 prints what a cgroup has itself, and with all below it. */
static int64_t all_kb(const struct pfnscope_oom_memcg *memcg, enum pfnscope_memcg_stat own,
		      enum pfnscope_memcg_stat total)
{
	int64_t all = stat_kb(memcg, total);

	return all == PFNSCOPE_MISSING ? stat_kb(memcg, own) : all;
}

static void offer_category(struct pfnscope_oom_dominant *d, const char *category,
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

	offer_category(d, mostly ? "file (dirty page cache)" : "file (page cache)",
		       cache);
}

/* Kernel memory that the statistics do not explain is an answer of its own. */
static void offer_kernel(struct pfnscope_oom_dominant *d,
			 const struct pfnscope_oom_memcg *memcg)
{
	int64_t known = pfnscope_or_zero(stat_kb(memcg, PFNSCOPE_MEMCG_KERNEL_STACK)) +
			pfnscope_or_zero(stat_kb(memcg, PFNSCOPE_MEMCG_PAGETABLES)) +
			pfnscope_or_zero(stat_kb(memcg, PFNSCOPE_MEMCG_PERCPU)) +
			pfnscope_or_zero(stat_kb(memcg, PFNSCOPE_MEMCG_SLAB)) +
			pfnscope_or_zero(stat_kb(memcg, PFNSCOPE_MEMCG_VMALLOC));

	if (memcg->kmem.usage_kb != PFNSCOPE_MISSING &&
	    known < memcg->kmem.usage_kb / 2)
		offer_category(d, "kernel memory (kmem) not broken down",
			       memcg->kmem.usage_kb);
}

static void cgroup(const struct pfnscope_oom_memcg *memcg,
		   struct pfnscope_oom_dominant *d)
{
	offer_category(d, "anon", stat_kb(memcg, PFNSCOPE_MEMCG_ANON));
	offer_category(d, "anon (rss)", all_kb(memcg, PFNSCOPE_MEMCG_RSS, PFNSCOPE_MEMCG_TOTAL_RSS));
	offer_cache(d, stat_kb(memcg, PFNSCOPE_MEMCG_FILE),
		    stat_kb(memcg, PFNSCOPE_MEMCG_FILE_DIRTY));
	offer_cache(d, all_kb(memcg, PFNSCOPE_MEMCG_CACHE, PFNSCOPE_MEMCG_TOTAL_CACHE),
		    all_kb(memcg, PFNSCOPE_MEMCG_DIRTY, PFNSCOPE_MEMCG_TOTAL_DIRTY));
	offer_category(d, "shmem", all_kb(memcg, PFNSCOPE_MEMCG_SHMEM, PFNSCOPE_MEMCG_TOTAL_SHMEM));
	offer_category(d, "slab_unreclaimable",
		       stat_kb(memcg, PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE));
	offer_category(d, "slab_reclaimable",
		       stat_kb(memcg, PFNSCOPE_MEMCG_SLAB_RECLAIMABLE));
	offer_category(d, "kernel_stack", stat_kb(memcg, PFNSCOPE_MEMCG_KERNEL_STACK));
	offer_category(d, "pagetables", stat_kb(memcg, PFNSCOPE_MEMCG_PAGETABLES));
	offer_category(d, "percpu", stat_kb(memcg, PFNSCOPE_MEMCG_PERCPU));
	offer_category(d, "sock", stat_kb(memcg, PFNSCOPE_MEMCG_SOCK));
	offer_category(d, "vmalloc", stat_kb(memcg, PFNSCOPE_MEMCG_VMALLOC));
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
	*dominant = (struct pfnscope_oom_dominant){
		.most_kb = PFNSCOPE_MISSING,
		.unaccounted_kb = PFNSCOPE_MISSING,
	};
	if (report->kind == PFNSCOPE_OOM_MEMCG)
		cgroup(&report->memcg, dominant);
	else
		pfnscope_oom_held(report, page_kb, dominant);
}
