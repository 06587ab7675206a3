// SPDX-License-Identifier: GPL-2.0-only
/* Advice about who holds the memory. */
#include <string.h>

#include "base/array.h"
#include "base/checked.h"
#include "oomlog/advice-inside.h"

static bool no_swap(const struct pfnscope_oom_report *report)
{
	return !report->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB];
}

static bool swap_full(const struct pfnscope_oom_report *report)
{
	int64_t total = report->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB];
	int64_t left = report->counters[PFNSCOPE_MEM_SWAP_FREE_KB];

	return total > 0 && left != PFNSCOPE_MISSING && left < total / 100;
}

struct holder_advice {
	const char *category;
	const char *text;
};

static const struct holder_advice holders[] = {
	{ "anon", "Tasks hold it." },
	{ "anon (rss)", "Tasks of the cgroup hold it." },
	{ "shmem", "Shared memory and tmpfs hold it: no kill frees it; look "
	  "into /dev/shm, /tmp and ipcs -m, and at buffers of GPU drivers." },
	{ "file (dirty page cache)", "Page cache is made dirty faster than "
	  "the disk writes it: lower vm.dirty_bytes, or a larger limit." },
	{ "slab_unreclaimable", "Kernel objects hold it and killing does not "
	  "free them: slabtop, or `pfnscope slabs`, names the cache." },
	{ "slab_reclaimable", "Dentries and inodes hold it: reclaim should "
	  "have freed them; look for what pins them." },
	{ "slab_not_split", "Kernel objects hold it: slabtop names the cache." },
	{ "kernel_stack", "Stacks hold it: too many threads." },
	{ "pagetables", "Page tables hold it: sparse mappings of many tasks." },
	{ "hugepages", "Pools of huge pages hold it, used or not: only their "
	  "users can have it. A smaller vm.nr_hugepages gives the rest "
	  "back." },
	{ "balloon", "A balloon holds it: the host took the memory back. Less "
	  "for the balloon, or a larger guest, makes room." },
	{ "gpu", "Drivers of GPUs hold it: buffers of their clients, which die "
	  "with them, and pools that shrink." },
	{ "unaccounted", "No counter of the report names it: drivers (of a GPU, "
	  "a balloon), vmalloc, reserved firmware memory." },
	{ "kernel memory (kmem) not broken down", "Kernel memory that the "
	  "cgroup's statistics do not name: vmalloc, drivers." },
};

static void advise_locked(const struct pfnscope_oom_dominant *d,
			  struct pfnscope_lines *lines)
{
	int64_t part = d->most_kb / 2;

	if (d->mlocked_kb > part)
		pfnscope_lines_add(lines, "mlock() holds it: RLIMIT_MEMLOCK "
				   "bounds it, and no swap can take it.");
	else if (d->locked_shmem_kb > part)
		pfnscope_lines_add(lines, "Shared memory that is locked holds "
				   "it: SHM_LOCK, or buffers of a GPU driver.");
	else
		pfnscope_lines_add(lines, "Pages that cannot be evicted hold "
				   "it: mlock, ramfs, an initramfs, buffers of "
				   "a GPU driver.");
}

/* Clean page cache is dropped first: much of it left has a reason. */
static void advise_cache(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	const int64_t *counters = report->counters;
	int64_t unwritten = pfnscope_plus_known(
		counters[PFNSCOPE_MEM_DIRTY], counters[PFNSCOPE_MEM_WRITEBACK]);

	unwritten = pfnscope_times(unwritten, answer->page_kb);
	if (unwritten > answer->dominant.most_kb / 2)
		pfnscope_lines_add(lines, "Page cache is made dirty faster than "
				   "the disk writes it: lower vm.dirty_bytes.");
}

/**
 * pfnscope_oom_advise_holder - what to do about what holds the memory
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences
 */
void pfnscope_oom_advise_holder(const struct pfnscope_oom_report *report,
				const struct pfnscope_oom_answer *answer,
				struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	const char *category = d->known ? d->most : d->category;

	for (size_t i = 0; i < ARRAY_SIZE(holders); i++)
		if (!strcmp(holders[i].category, category))
			pfnscope_lines_add(lines, "%s", holders[i].text);
	if (!strcmp(category, "unevictable"))
		advise_locked(d, lines);
	if (d->known && !strcmp(category, "file"))
		advise_cache(report, answer, lines);
	if (!d->known || (strcmp(category, "anon") &&
			  strcmp(category, "shmem")))
		return;
	if (no_swap(report))
		pfnscope_lines_add(lines, "There is no swap: such memory cannot "
			"be reclaimed.");
	else if (swap_full(report))
		pfnscope_lines_add(lines, "Swap is full.");
}
