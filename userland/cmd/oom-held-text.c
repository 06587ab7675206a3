// SPDX-License-Identifier: GPL-2.0-only
/* One report for people, the middle of it: who held the memory that was lacking. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/checked.h"
#include "cmd/oom.h"
#include "oomlog/room.h"
#include "render/wrap.h"

static void charge(const char *name, const struct pfnscope_oom_charge *charge)
{
	char usage[32], limit[32], hit[48] = "";

	if (charge->usage_kb == PFNSCOPE_MISSING)
		return;
	if (charge->failcnt != PFNSCOPE_MISSING)
		snprintf(hit, sizeof(hit), ", hit %" PRId64 " time%s",
			 charge->failcnt, charge->failcnt == 1 ? "" : "s");
	pfnscope_wrap("    ", "      ", "%s: usage %s, %s%s%s", name,
		      pfnscope_oom_size(charge->usage_kb, usage, sizeof(usage)),
		      charge->unlimited ? "no limit" : "limit ",
		      charge->unlimited ? "" :
		      pfnscope_oom_size(charge->limit_kb, limit, sizeof(limit)),
		      hit);
}

/* The cgroup whose limit it was, and that of the victim: a pod, say. */
static void memcg(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_memcg *m = &report->memcg;

	if (!m->seen && !*m->path && !*m->task_path)
		return;
	if (*m->path || m->seen)
		pfnscope_wrap("  ", "    ", "%s %s", report->kind ==
			      PFNSCOPE_OOM_POLICY_KILL ? "Under pressure: cgroup"
			      : "Memory cgroup",
			      *m->path ? m->path : "that the log does not name");
	charge("memory", &m->memory);
	charge("swap", &m->swap);
	charge("memory and swap", &m->memsw);
	charge("kernel memory", &m->kmem);
	if (*m->task_path && strcmp(m->task_path, m->path))
		pfnscope_wrap("  ", "    ", "%s %s", report->kind ==
			      PFNSCOPE_OOM_POLICY_KILL ? "Killed: cgroup" :
			      "Cgroup of the victim:", m->task_path);
}

/* "Most" is more than half. */
static const char *how_much(int64_t kb, int64_t all)
{
	return kb > all / 2 ? "Most memory" : "The largest part of memory";
}

static void most(const struct pfnscope_oom_dominant *d)
{
	const char *part = how_much(d->most_kb, d->usable_kb);
	char size[32], total[48] = "", kb[32];

	pfnscope_oom_size(*d->most ? d->most_kb : d->largest_named_kb, size,
			  sizeof(size));
	if (d->usable_kb > 0)
		snprintf(total, sizeof(total), " of %s",
			 pfnscope_oom_size(d->usable_kb, kb, sizeof(kb)));
	if (!*d->most && *d->largest_named)
		pfnscope_wrap("  ", "    ", "The largest that the log names is "
			      "%s: %s. It lacks figures that could be larger.",
			      d->largest_named, size);
	else if (!strcmp(d->most, "free"))
		pfnscope_wrap("  ", "    ", "%s was free: %s%s", part, size,
			      total);
	else if (!strcmp(d->most, "unaccounted"))
		pfnscope_wrap("  ", "    ", "%s is in no counter: %s%s "
			      "unaccounted", part, size, total);
	else if (*d->most)
		pfnscope_wrap("  ", "    ", "%s was held by %s: %s%s", part,
			      d->most, size, total);
}

static void holder(const char *name, int64_t kb, int64_t least)
{
	char size[32];

	if (kb > least && kb > 0)
		pfnscope_wrap("    ", "      ", "%s %s", name,
			      pfnscope_oom_size(kb, size, sizeof(size)));
}

/* All that is worth a line: a fiftieth of the machine, or of the largest. */
static void holders(const struct pfnscope_oom_dominant *d)
{
	int64_t least = (d->usable_kb > 0 ? d->usable_kb :
			 d->largest_named_kb) / 50;

	for (int i = 0; i < PFNSCOPE_HOLD_UNACCOUNTED; i++)
		holder(pfnscope_oom_holder_name(i), d->hold[i], least);
	holder("unaccounted", d->unaccounted_kb, least);
	holder("free", d->free_kb, least);
	holder("mlocked, of unevictable:", d->mlocked_kb, least);
	holder("locked, of shmem: at least", d->locked_shmem_kb, least);
	holder("areas of CMA:", d->cma_kb, least);
	holder("free in CMA, for movable requests only:", d->free_cma_kb,
	       least);
}

/* What a cgroup's memory was, each part once; worth a line is a fiftieth. */
static void cgroup_holders(const struct pfnscope_oom_memcg *memcg)
{
	static const struct {
		const char *name;
		enum pfnscope_memcg_stat stat;
	} parts[] = {
		{ "anon", PFNSCOPE_MEMCG_ANON },
		{ "anon (rss)", PFNSCOPE_MEMCG_RSS },
		{ "file, shmem included:", PFNSCOPE_MEMCG_FILE },
		{ "page cache, shmem included:", PFNSCOPE_MEMCG_CACHE },
		{ "shmem", PFNSCOPE_MEMCG_SHMEM },
		{ "dirty", PFNSCOPE_MEMCG_FILE_DIRTY },
		{ "dirty", PFNSCOPE_MEMCG_DIRTY },
		{ "slab_reclaimable", PFNSCOPE_MEMCG_SLAB_RECLAIMABLE },
		{ "slab_unreclaimable", PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE },
		{ "kernel_stack", PFNSCOPE_MEMCG_KERNEL_STACK },
		{ "pagetables", PFNSCOPE_MEMCG_PAGETABLES },
		{ "percpu", PFNSCOPE_MEMCG_PERCPU },
		{ "sock", PFNSCOPE_MEMCG_SOCK },
		{ "vmalloc", PFNSCOPE_MEMCG_VMALLOC },
		{ "hugetlb", PFNSCOPE_MEMCG_HUGETLB },
		{ "zswap", PFNSCOPE_MEMCG_ZSWAP },
		{ "with children, rss:", PFNSCOPE_MEMCG_TOTAL_RSS },
		{ "with children, page cache:", PFNSCOPE_MEMCG_TOTAL_CACHE },
	};
	int64_t least = memcg->memory.usage_kb > 0 ?
			memcg->memory.usage_kb / 50 : 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		int64_t kb = memcg->stats[parts[i].stat];

		if (kb != PFNSCOPE_MISSING)
			kb = memcg->stats_in_kb ? pfnscope_plus(kb, memcg->below[parts[i].stat]) : kb / 1024;
		holder(parts[i].name, kb, least);
	}
}

static void held(const struct pfnscope_oom_memcg *memcg,
		 const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	char size[32];

	if (d->known) {
		most(d);
		if (*d->largest_named)
			holders(d);
	} else if (*d->category) {
		pfnscope_wrap("  ", "    ", "%s was held by %s: %s",
			      how_much(d->kb, memcg->memory.usage_kb),
			      d->category,
			      pfnscope_oom_size(d->kb, size, sizeof(size)));
		cgroup_holders(memcg);
	}
}

static void largest_slabs(const struct pfnscope_oom_report *report)
{
	char text[256] = "", size[32];
	size_t used = 0;

	for (size_t i = 0; i < 3 && i < report->nr_slabs; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
			"%s %s %s", i ? "," : "", report->slabs[i].name,
			pfnscope_oom_size(report->slabs[i].total_kb, size,
					  sizeof(size)));
	if (*text)
		pfnscope_wrap("  ", "    ", "Largest unreclaimable slab caches:"
			      "%s", text);
}

/* The kernel prints the largest first. */
static void largest_sites(const struct pfnscope_oom_report *report)
{
	char text[512] = "", size[32];
	size_t used = 0;

	for (size_t i = 0; i < 3 && i < report->nr_sites; i++) {
		const struct pfnscope_oom_site *site = &report->sites[i];

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s %s%s%s%s (%s) %s", i ? "," : "",
					 site->function, *site->module ? " [" : "", site->module, *site->module ? "]" : "",
					 site->place, pfnscope_oom_size(site->kb, size, sizeof(size)));
		if (used >= sizeof(text))
			break;
	}
	if (*text)
		pfnscope_wrap("  ", "    ", "Allocated by:%s", text);
}

/* The table is sorted by what is resident. */
static void largest_tasks(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer)
{
	char text[256] = "", size[32];
	size_t used = 0;

	for (size_t i = 0; i < 3 && i < report->nr_tasks; i++) {
		const struct pfnscope_oom_task *task = &report->tasks[i];
		int64_t kb = pfnscope_times(task->rss_pages, answer->page_kb);

		if (task->rss_pages <= 0)
			break;
		if (kb == PFNSCOPE_MISSING)
			pfnscope_oom_pages(task->rss_pages, size, sizeof(size));
		else
			pfnscope_oom_size(kb, size, sizeof(size));
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s %s %s", i ? "," : "", task->comm,
					 size);
	}
	if (*text)
		pfnscope_wrap("  ", "    ", "Largest tasks:%s", text);
}

/**
 * pfnscope_oom_held_text - what held the memory of a report, for people
 * @report: the report
 * @answer: its answer
 */
void pfnscope_oom_held_text(const struct pfnscope_oom_report *report,
			    const struct pfnscope_oom_answer *answer)
{
	memcg(report);
	held(&report->memcg, answer);
	largest_slabs(report);
	largest_sites(report);
	largest_tasks(report, answer);
}
