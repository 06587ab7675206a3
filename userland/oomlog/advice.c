// SPDX-License-Identifier: GPL-2.0-only
/* Advice and gaps, each from one fact of the report. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/gfp.h"
#include "allocator/zone-advice.h"
#include "base/array.h"
#include "base/checked.h"
#include "oomlog/advice.h"
#include "oomlog/min-free.h"

static bool any(const struct pfnscope_oom_answer *answer,
		enum pfnscope_reason reason)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (answer->verdicts[i].reason == reason)
			return true;
	return false;
}

/* Some zone lacks pages, rather than blocks or a right to them. */
static bool is_short(const struct pfnscope_oom_answer *answer)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (pfnscope_verdict_shortage(&answer->verdicts[i]))
			return true;
	return any(answer, PFNSCOPE_REASON_BELOW_MIN);
}

/* What kernels keep in HighMem is never slab. */
static void advise_lowmem(const struct pfnscope_oom_answer *answer,
			  const struct pfnscope_oom_room *room,
			  struct pfnscope_lines *lines)
{
	const int64_t *hold = answer->dominant.hold;
	int64_t slab = pfnscope_plus_known(
		hold[PFNSCOPE_HOLD_SLAB_RECLAIMABLE],
		hold[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE]);
	char size[32];

	pfnscope_lines_add(lines, "The kernel's own memory has to fit there: a "
			   "64-bit kernel has no such limit, less movable "
			   "memory widens it.");
	slab = pfnscope_plus_known(slab, hold[PFNSCOPE_HOLD_SLAB]);
	if (slab > room->open_kb / 4)
		pfnscope_lines_add(lines, "Slab lies there and nowhere else: "
				   "%s of it. slabtop names the caches.",
				   pfnscope_oom_size(slab, size, sizeof(size)));
}

static void advise_class(const struct pfnscope_oom_answer *answer,
			 const struct pfnscope_oom_room *room,
			 struct pfnscope_lines *lines)
{
	enum pfnscope_class class = answer->preferred;

	pfnscope_lines_add(lines, "Who holds it: pfnscope owners --zone %s.",
			   *room->highest ? room->highest :
			   pfnscope_class_name(class));
	if (class == PFNSCOPE_CLASS_DMA)
		pfnscope_lines_add(lines, "Does the caller need GFP_DMA? Few "
				   "devices do: dma_alloc_coherent() takes the "
				   "zone that the device can reach.");
	else if (class == PFNSCOPE_CLASS_DMA32)
		pfnscope_lines_add(lines, "Does the caller need GFP_DMA32? With "
				   "an IOMMU, or a wider dma_set_mask(), it can "
				   "use all memory.");
	else if (class == PFNSCOPE_CLASS_NORMAL)
		advise_lowmem(answer, room, lines);
}

static void advise_nodes(const struct pfnscope_oom_report *report,
			 struct pfnscope_lines *lines)
{
	bool cpuset = !strcmp(report->constraint, "CONSTRAINT_CPUSET");
	const char *nodes = pfnscope_oom_bound_nodes(report);
	bool one = *nodes && strspn(nodes, "0123456789") == strlen(nodes);

	pfnscope_lines_add(lines, "Who holds it: pfnscope owners --node %s. %s",
			   one ? nodes : "N", cpuset ? "More nodes in cpuset.mems, or "
			   "fewer tasks there, make room." :
			   "numactl --preferred falls back on others, --membind "
			   "does not.");
}

static void advise_order(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	bool pieces = any(answer, PFNSCOPE_REASON_NO_BLOCK) ||
		      any(answer, PFNSCOPE_REASON_TYPE) ||
		      any(answer, PFNSCOPE_REASON_LOOP);

	if (answer->request.order && pieces)
		pfnscope_lines_add(lines, "Memory was free but in small pieces: "
			"an order-%" PRId64 " request is fragile. Let the caller "
			"use kvmalloc or smaller pieces; compaction "
			"(vm.compact_memory) helps for a while.",
			report->order);
}

/* Areas of CMA are as large as the command line or the device tree says. */
static void advise_cma(const struct pfnscope_oom_answer *answer,
		       struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_dominant *d = &answer->dominant;
	char size[32];

	if (!any(answer, PFNSCOPE_REASON_APART) || d->free_cma_kb <= 0)
		return;
	pfnscope_lines_add(lines, "%s are free in CMA areas: smaller ones "
			   "(cma=SIZE, or the device tree) leave more to "
			   "requests like this.",
			   pfnscope_oom_size(d->free_cma_kb, size,
					     sizeof(size)));
}

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

static void advise_holder(const struct pfnscope_oom_report *report,
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

/* What lowering the reserve would gain, at most; of a small zone no matter. */
static void advise_reserve(const struct pfnscope_oom_answer *answer,
			   const struct pfnscope_oom_room *room,
			   const struct pfnscope_verdict *v,
			   struct pfnscope_lines *lines)
{
	int64_t usable = answer->dominant.usable_kb;
	int64_t most = usable > room->open_kb ? usable : room->open_kb;
	int64_t kept = pfnscope_minus(v->terms.left, v->terms.min);
	char size[32];

	kept = pfnscope_times(kept, answer->page_kb);
	if (v->reason != PFNSCOPE_REASON_RESERVE || kept < most / 32)
		return;
	pfnscope_lines_add(lines, "%s has memory that vm.lowmem_reserve_ratio "
			   "keeps for requests that need that zone: %s.",
			   v->zone->name, pfnscope_oom_size(kept, size,
							    sizeof(size)));
}

static void advise_zones(const struct pfnscope_oom_answer *answer,
			 const struct pfnscope_oom_room *room,
			 struct pfnscope_lines *lines)
{
	const struct pfnscope_asked asked = {
		.rules = &answer->rules,
		.classes = &answer->classes,
		.request = &answer->request,
		.alloc_flags = answer->alloc_flags,
	};
	struct pfnscope_lines about = { 0 };

	for (size_t i = 0; i < answer->nr_verdicts; i++) {
		advise_reserve(answer, room, &answer->verdicts[i], lines);
		if (answer->page_kb != PFNSCOPE_MISSING)
			pfnscope_zone_advice(&asked, &answer->verdicts[i],
					     &about);
	}
	for (size_t i = 0; i < about.count; i++)
		pfnscope_lines_add(lines, "%s.", about.line[i]);
	pfnscope_lines_clear(&about);
}

/**
 * pfnscope_oom_is_full - is a limit of a cgroup reached?
 * @charge: usage and limit
 *
 * Return: true within a thirty-second of it, for it is charged in batches.
 */
bool pfnscope_oom_is_full(const struct pfnscope_oom_charge *charge)
{
	return charge->usage_kb != PFNSCOPE_MISSING && charge->limit_kb >= 0 &&
	       !charge->unlimited &&
	       charge->usage_kb >= charge->limit_kb - charge->limit_kb / 32;
}

/* The file that holds the limit, in the words of that cgroup version. */
static const char *limit_file(const struct pfnscope_oom_memcg *memcg)
{
	if (memcg->version == 2)
		return "memory.max";
	if (memcg->version != 1)
		return "the memory limit";
	if (pfnscope_oom_is_full(&memcg->memory))
		return "memory.limit_in_bytes";
	if (pfnscope_oom_is_full(&memcg->memsw))
		return "memory.memsw.limit_in_bytes";
	return pfnscope_oom_is_full(&memcg->kmem) ? "memory.kmem.limit_in_bytes" :
				       "memory.limit_in_bytes";
}

static void advise_limit(const struct pfnscope_oom_memcg *memcg,
			 struct pfnscope_lines *lines)
{
	const char *path = memcg->path[0] ? memcg->path : "the cgroup";

	if (memcg->memory.unlimited && !pfnscope_oom_is_full(&memcg->memsw) &&
	    !pfnscope_oom_is_full(&memcg->kmem)) {
		pfnscope_lines_add(lines, "%s has no limit of its own: somebody "
				   "asked for the kill (BPF, a file of the "
				   "cgroup), not a full cgroup.", path);
		return;
	}
	pfnscope_lines_add(lines, "Raise %s of %s, or make its tasks smaller.",
			   limit_file(memcg), path);
	if (*memcg->task_path && *memcg->path &&
	    strcmp(memcg->task_path, memcg->path))
		pfnscope_lines_add(lines, "The limit is that of an ancestor: "
				   "raising the limit of the victim's own "
				   "cgroup does not help.");
}

static void advise_swap_limit(const struct pfnscope_oom_memcg *memcg,
			      struct pfnscope_lines *lines)
{
	if (memcg->version == 2 && !memcg->swap.limit_kb)
		pfnscope_lines_add(lines, "memory.swap.max is 0: its memory may "
				   "not be swapped out.");
	else if (memcg->version == 2 && pfnscope_oom_is_full(&memcg->swap))
		pfnscope_lines_add(lines, "Its swap is full as well: "
				   "memory.swap.max.");
	if (memcg->version != 2 && pfnscope_oom_is_full(&memcg->memsw) &&
	    pfnscope_oom_is_full(&memcg->memory))
		pfnscope_lines_add(lines, "The limit of memory and swap "
				   "together, memory.memsw.limit_in_bytes, is "
				   "reached as well: raise both.");
}

static void advise_cgroup(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines)
{
	advise_limit(&report->memcg, lines);
	advise_swap_limit(&report->memcg, lines);
	/* Statistics that name a small part do not tell who holds it. */
	if (answer->dominant.kb > report->memcg.memory.usage_kb / 3)
		advise_holder(report, answer, lines);
}

static void advise_failure(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer,
			   struct pfnscope_lines *lines)
{
	const struct pfnscope_oom_failure *f = &report->failure;
	bool vmalloc = !strcmp(f->what, "vmalloc") && !f->vmalloc_pages;
	int64_t usable = answer->dominant.usable_kb;

	if (usable > 0 && f->vmalloc_bytes / 1024 > usable)
		return;
	if (vmalloc && !f->vmalloc_bytes)
		pfnscope_lines_add(lines, "Nobody can be given 0 bytes: that is "
				   "a fault of the caller.");
	else if (f->vmalloc_excess)
		pfnscope_lines_add(lines, "More was asked for than the machine "
				   "has memory: the size itself is wrong.");
	else if (!strcmp(f->what, "vmap") ||
		 (vmalloc && report->order == PFNSCOPE_MISSING))
		pfnscope_lines_add(lines, "/proc/vmallocinfo names who holds "
				   "the address space of vmalloc; on 32-bit "
				   "kernels vmalloc=SIZE widens it.");
	else if (!strcmp(f->what, "cma"))
		pfnscope_lines_add(lines, "Pages of the area could not be moved "
				   "away: they are pinned or busy. A larger "
				   "area (cma=SIZE), or a second try, may do.");
	else if (!strcmp(f->what, "hugetlb"))
		pfnscope_lines_add(lines, "`pfnscope forecast` says how many "
				   "can be had, and what is in the way.");
	else if (!strcmp(f->what, "percpu") && strstr(f->where, "reserved chunk"))
		pfnscope_lines_add(lines, "Per-CPU variables of modules share "
				   "a chunk of 8 KiB a CPU, 64 KiB where "
				   "allocations are profiled: unload modules "
				   "that are not used, or build in the one "
				   "that did not load.");
}

/**
 * pfnscope_oom_advise - what to do about a report
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences, the weightiest first
 */
void pfnscope_oom_advise(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines)
{
	bool failure = report->kind == PFNSCOPE_OOM_ALLOC_FAILURE;
	struct pfnscope_oom_room room;

	if (report->kind == PFNSCOPE_OOM_MEMCG) {
		advise_cgroup(report, answer, lines);
		return;
	}
	if (answer->request.no_request ||
	    report->kind == PFNSCOPE_OOM_POLICY_KILL)
		return;
	if (failure)
		advise_failure(report, answer, lines);
	pfnscope_oom_room(report, answer, &room);
	if (room.by_class && room.small && is_short(answer))
		advise_class(answer, &room, lines);
	if (room.by_node && is_short(answer))
		advise_nodes(report, lines);
	if (!room.small && (is_short(answer) ||
			    (!failure && !answer->nr_verdicts)))
		advise_holder(report, answer, lines);
	advise_order(report, answer, lines);
	advise_cma(answer, lines);
	advise_zones(answer, &room, lines);
	pfnscope_oom_advise_min_free(report, answer, lines);
}

/* Some tell all they have in a line or two: nothing of them is missing. */
static bool is_one_line(const struct pfnscope_oom_report *report)
{
	static const char *const what[] = {
		"slab", "cma", "vmap", "hugetlb", "percpu",
	};

	for (size_t i = 0; i < ARRAY_SIZE(what); i++)
		if (!strcmp(report->failure.what, what[i]) &&
		    !report->nr_zones)
			return true;
	return report->kind == PFNSCOPE_OOM_POLICY_KILL;
}

/**
 * pfnscope_oom_missing - what a report does not tell
 * @report: the report
 * @answer: its answer
 * @lines: gets a line for each gap
 */
void pfnscope_oom_missing(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines)
{
	bool memcg = report->kind == PFNSCOPE_OOM_MEMCG;
	bool single = is_one_line(report);

	if (report->unread_lines)
		pfnscope_lines_add(lines, "%zu lines that stand within it behind "
				   "a prefix that was not understood",
				   report->unread_lines);
	if (single)
		return;
	if (!report->has_gfp)
		pfnscope_lines_add(lines, "the header line: who asked, with "
				   "which gfp flags, for which order");
	if (!report->era.release[0])
		pfnscope_lines_add(lines, "the kernel release; rules taken "
				   "from the shape of the lines: %s",
				   answer->rules.name);
	if (!memcg && !report->nr_zones)
		pfnscope_lines_add(lines, "the zones");
	if (!memcg && report->nr_zones && !answer->classes.count)
		pfnscope_lines_add(lines, "the lowmem_reserve lines");
	if (answer->page_kb == PFNSCOPE_MISSING && !memcg)
		pfnscope_lines_add(lines, "the page size, and so pages");
	if (report->kind == PFNSCOPE_OOM_GLOBAL && !report->nr_tasks)
		pfnscope_lines_add(lines, "the task table");
	if (memcg && report->memcg.memory.usage_kb == PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "usage and limit of the cgroup");
	if ((memcg || report->kind == PFNSCOPE_OOM_GLOBAL) &&
	    report->killed.pid == PFNSCOPE_MISSING && !report->no_killable &&
	    !report->panicked)
		pfnscope_lines_add(lines, "who was killed");
	else if (report->killed.pid != PFNSCOPE_MISSING && !report->killed_line)
		pfnscope_lines_add(lines, "the line that tells the death of the "
				   "task chosen");
}
